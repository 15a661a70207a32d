//! The turns of a run, as they can be put to the person again.

use crate::dialogue::{Event, Purpose, Source, generator, shuffle};
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::vocabulary::{Flaw, Indicator};
use crate::scenario::{Encounter, Scenario};
use crate::scoring::debrief::Debrief;
use crate::scoring::tally::credit;
use crate::scoring::worth::worth;

/// A turn that was answered: what was said, what could have been, and what that showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub encounter: EncounterId,
    /// The first of the encounter is 1.
    pub turn: u8,
    pub node: NodeId,
    /// What the trainee had said the turn before; none at the first.
    pub before: Option<ReplyId>,
    /// All of what the customer had to say, in the variant of that run, also where they were cut off.
    pub heard: String,
    pub said: ReplyId,
    /// The replies that were visible, in the author's order; never empty.
    pub offered: Vec<ReplyId>,
    /// What a reply could show there, as far as it was counted.
    pub chances: Vec<Chance>,
}

/// An indicator that was on offer, and what was made of it. In weight × hundredths of credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    pub indicator: Indicator,
    pub earned: i32,
    pub available: i32,
}

impl Chance {
    /// What was on offer and not shown.
    pub fn lost(&self) -> i32 {
        self.available - self.earned
    }
}

/// What an answer to a card comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    pub reply: ReplyId,
    /// What it would have earned on the card's indicator, in weight × hundredths of credit.
    pub earned: i32,
    /// The most that a visible reply earns on it.
    pub available: i32,
    /// What else is wrong with it.
    pub flaw: Option<Flaw>,
    /// At least three quarters of what was on offer, without breaking a rule.
    pub well: bool,
    /// The reply that shows the most of it, where this one shows less or breaks a rule.
    pub better: Option<ReplyId>,
}

/// The moments of a run in their order, from all its events and its debrief.
pub fn moments(scenario: &Scenario, events: &[Event], debrief: &Debrief) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    let mut turns = debrief.turns.iter();
    let (mut encounter, mut heard) = (EncounterId(0), String::new());
    for event in events {
        match *event {
            Event::EncounterBegan(id) => encounter = id,
            Event::TurnBegan { .. } => {
                let said = turns.next().map(|turn| [Some(turn.heard.as_str()), turn.unsaid.as_deref()]);
                let said = said.into_iter().flatten().flatten().filter(|words| !words.is_empty());
                heard = said.collect::<Vec<_>>().join(" ");
            }
            Event::Spoke { turn, node, reply, offered, .. } => {
                let visible = scenario.encounter(encounter).node(node).reply_ids().enumerate();
                let before = moments.last().filter(|before| before.encounter == encounter).map(|before| before.said);
                moments.push(Moment {
                    encounter,
                    turn,
                    node,
                    before,
                    heard: std::mem::take(&mut heard),
                    said: reply,
                    offered: visible.filter(|(place, _)| offered & (1 << place) != 0).map(|(_, id)| id).collect(),
                    chances: Vec::new(),
                });
            }
            Event::Evidence(row) => {
                if let Source::Reply { .. } = row.source
                    && let Some(moment) = moments.last_mut()
                {
                    let weight = i32::from(row.weight);
                    let (earned, available) = (weight * credit(row.quality), weight * credit(row.best));
                    moment.chances.push(Chance { indicator: row.indicator, earned, available });
                }
            }
            _ => {}
        }
    }
    moments
}

impl Moment {
    /// What was made of an indicator here; none where it was not on offer.
    pub fn chance(&self, indicator: Indicator) -> Option<Chance> {
        self.chances.iter().copied().find(|chance| chance.indicator == indicator)
    }

    /// The replies in the order in which they are shown on a day: another each time a card comes back, so that what is
    /// remembered is not a place.
    pub fn order(&self, scenario: &Scenario, day: i64) -> Vec<ReplyId> {
        let node = scenario.encounter(self.encounter).node(self.node);
        let mut order = self.offered.clone();
        shuffle(&mut order, &mut generator(day.unsigned_abs(), node.key, self.turn, Purpose::Order));
        order
    }

    /// What a reply comes to on an indicator. None where one of the two was not on offer.
    pub fn answer(&self, scenario: &Scenario, indicator: Indicator, reply: ReplyId) -> Option<Answer> {
        let encounter = scenario.encounter(self.encounter);
        let place = encounter.node(self.node).opportunities.iter().position(|row| row.indicator == indicator)?;
        if !self.offered.contains(&reply) {
            return None;
        }
        let strength = |id: ReplyId| (earned(encounter, self.node, place, id), worth_of(encounter, self.node, id));
        // The first of equals, as the author wrote them.
        let best = self.offered.iter().copied().reduce(
            |best, next| {
                if strength(next) > strength(best) { next } else { best }
            },
        )?;
        let (earned, available) = (strength(reply).0, strength(best).0);
        let flaw = encounter.reply(reply).slip.and(encounter.reply(reply).flaw);
        let sound = encounter.reply(reply).slip.is_none();
        let well = sound && earned * 4 >= available * 3;
        let better = (best != reply && (earned < available || !sound)).then_some(best);
        Some(Answer { reply, earned, available, flaw, well, better })
    }
}

fn earned(encounter: &Encounter, node: NodeId, place: usize, reply: ReplyId) -> i32 {
    let weight = encounter.node(node).opportunities[place].weight;
    let quality = encounter.reply(reply).shows.get(place).copied().unwrap_or(0);
    i32::from(weight) * credit(quality)
}

fn worth_of(encounter: &Encounter, node: NodeId, reply: ReplyId) -> i32 {
    worth(encounter.node(node), encounter.reply(reply))
}
