//! What can lie open beside the conversation.

use crate::desktop::screens::conversation::action::Panel;
use crate::desktop::screens::conversation::data::Seen;
use crate::desktop::screens::conversation::transcript::Line;
use crate::dialogue::State;

/// An open panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelSeen {
    Record {
        lines: Vec<String>,
        /// What the note of the encounter before says.
        note: Vec<String>,
        yours: Vec<String>,
        not_yours: Vec<String>,
    },
    Said {
        name: String,
        lines: Vec<Line>,
    },
    Notes(Vec<String>),
    Readings {
        question: String,
        /// The key, the reading, and its place in the author's order.
        readings: Vec<(String, String, u8)>,
    },
}

impl Seen<'_> {
    pub(super) fn panel(&self) -> Option<PanelSeen> {
        let state = self.state();
        let encounter = self.scenario.encounter(state.encounter);
        Some(match self.call.draft.panel()? {
            Panel::Record => PanelSeen::Record {
                lines: encounter.record.clone(),
                note: self.last_note(),
                yours: encounter.yours.clone(),
                not_yours: encounter.not_yours.clone(),
            },
            Panel::Said => PanelSeen::Said {
                name: self.scenario.customer.name.clone(),
                lines: self.call.transcript.lines().cloned().collect(),
            },
            Panel::Notes => PanelSeen::Notes(
                state
                    .jotted
                    .iter()
                    .filter_map(|fact| self.scenario.facts.get(fact))
                    .map(|fact| fact.text.clone())
                    .collect(),
            ),
            Panel::Readings => self.readings()?,
        })
    }

    fn last_note(&self) -> Vec<String> {
        let state = self.state();
        let before = state.encounter.index().checked_sub(1).and_then(|index| self.scenario.encounters.get(index));
        let tiles = before.into_iter().flat_map(|before| {
            state.noted.iter().filter_map(|tile| before.note.get(tile)).map(|tile| tile.text.clone())
        });
        tiles.collect()
    }

    /// The readings in an order of their own: the author's has the right one first.
    fn readings(&self) -> Option<PanelSeen> {
        let state = self.state();
        let reflect = self.node().reflect.as_ref().filter(|_| state.turn.reflected.is_none())?;
        let readings = shuffled(reflect.readings.len(), place(state, self.node().key))
            .into_iter()
            .enumerate()
            .filter_map(|(index, reading)| {
                let text = reflect.readings.get(reading)?.clone();
                Some(((index + 1).to_string(), text, u8::try_from(reading).ok()?))
            });
        let she = self.pronoun();
        let question = format!("What {} {} feeling underneath?", she.verb("is", "are"), she.words());
        Some(PanelSeen::Readings { question, readings: readings.collect() })
    }
}

/// A number for this place in this run, for show only: no verdict depends on it.
fn place(state: &State, key: u64) -> u64 {
    let mut value = state.seed ^ key.rotate_left(17) ^ u64::from(state.turn.number) << 56;
    for _ in 0..2 {
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^= value >> 31;
    }
    value
}

/// The numbers below `count`, shuffled.
fn shuffled(count: usize, mut chance: u64) -> Vec<usize> {
    let mut order: Vec<_> = (0..count).collect();
    for last in (1..count).rev() {
        let bound = last as u64 + 1;
        order.swap(last, usize::try_from(chance % bound).unwrap_or(0));
        chance /= bound;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_its_turn_to_be_right() {
        let mut firsts = [0; 3];
        for seed in 0..3000_u64 {
            let order = shuffled(3, seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let right = order.iter().position(|reading| *reading == 0).unwrap();
            firsts[right] += 1;
        }
        assert!(firsts.iter().all(|count| (800..1200).contains(count)), "{firsts:?}");
    }
}
