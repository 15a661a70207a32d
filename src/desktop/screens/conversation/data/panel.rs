//! What can lie open beside the conversation.

use crate::desktop::screens::conversation::action::Panel;
use crate::desktop::screens::conversation::data::Seen;
use crate::desktop::screens::conversation::transcript::Line;
use crate::dialogue::reading_order;
use crate::scenario::seat::Seat;

/// An open panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelSeen {
    Record {
        title: &'static str,
        lines: Vec<String>,
        /// What the note of the encounter before says.
        note: Vec<String>,
        yours: Vec<String>,
        not_yours: Vec<String>,
        /// Over what is yours, and over what is not.
        limits: [&'static str; 2],
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
                title: match encounter.seat {
                    Seat::Agent => "The record",
                    Seat::Customer => Seat::Customer.record(),
                },
                lines: encounter.record.clone(),
                note: self.last_note(),
                yours: encounter.yours.clone(),
                not_yours: encounter.not_yours.clone(),
                limits: encounter.seat.limits(),
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

    fn readings(&self) -> Option<PanelSeen> {
        let state = self.state();
        let reflect = self.node().reflect.as_ref().filter(|_| state.turn.reflected.is_none())?;
        let order = reading_order(self.scenario, state).into_iter().enumerate();
        let readings = order.filter_map(|(index, reading)| {
            Some(((index + 1).to_string(), reflect.readings.get(usize::from(reading))?.clone(), reading))
        });
        let she = self.pronoun();
        let question = format!("What {} {} feeling underneath?", she.verb("is", "are"), she.words());
        Some(PanelSeen::Readings { question, readings: readings.collect() })
    }
}
