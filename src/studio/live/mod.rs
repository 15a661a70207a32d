//! The conversation beside the text. It keeps its place and its state when the text changes.
//!
//! It is played in steps over the real [`crate::campaign::step`]. When the text changes, the run is carried over by name
//! ([`Live::follow`]): what is left keeps its value, what is gone is dropped, and where its place is gone it stands at the
//! last one that is left. What was said stays as it was said.

mod carry;
mod effect;
mod looking;
mod names;
mod place;
mod play;
mod present;
mod said;
#[cfg(test)]
mod tests;
mod why;

use std::sync::Arc;

pub use effect::{Effect, Shown};
pub use place::{find, node_at, place_of};
pub use present::{Act, Choice, Deed, Hidden, Offer, OtherLine, Present, Replies, Stage};
pub use said::{Line, Said, Speaker};
pub use why::{Part, hundredths, meter_name, standing_words};

use crate::campaign::{Input, Refused, RunStage};
use crate::dialogue::{Action, Standing};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, FactId, FlagId, NeedId, NodeId, PromiseId};
use crate::scenario::model::Meter;
use looking::Looking;
use play::Play;
use present::{Around, talk};

/// The conversation beside the text.
#[derive(Debug)]
pub struct Live {
    seed: u64,
    play: Option<Play>,
    looking: Option<Looking>,
    present: Option<Arc<Present>>,
}

/// A change of the state by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// In hundredths, 0 to 10000.
    Meter(Meter, i32),
    /// 0 to 100.
    OwnHeat(u8),
    Fact(FactId, bool),
    Flag(FlagId, bool),
    Need(NeedId, bool),
    Promise(PromiseId, Standing),
    /// How often a node of the present encounter was reached.
    Visits(NodeId, u8),
}

impl Default for Live {
    fn default() -> Self {
        Self { seed: 1, play: None, looking: None, present: None }
    }
}

impl Live {
    /// The text was changed, and can be played. The first one is begun.
    pub fn follow(&mut self, scenario: &Arc<Scenario>) {
        match &mut self.play {
            Some(play) => play.follow(scenario),
            None => self.play = Some(Play::begin(scenario, self.seed)),
        }
        if let Some(looking) = self.looking.take() {
            // The way is looked for anew in the new text, if the node is left.
            let left = names::Left::of(&looking.scenario, scenario);
            self.looking =
                left.node(looking.goal.0, looking.goal.1).map(|goal| Looking::begin(scenario, self.seed, goal));
        }
        self.refresh();
    }

    /// What there is to be seen; none before any text could be played.
    pub fn present(&self) -> Option<&Arc<Present>> {
        self.present.as_ref()
    }

    /// With which variants, orders and pauses are drawn.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Begins the conversation anew.
    pub fn begin(&mut self) {
        self.looking = None;
        if let Some(play) = &mut self.play {
            *play = Play::begin(&Arc::clone(&play.scenario), self.seed);
        }
        self.refresh();
    }

    /// Takes another seed, and begins anew with it.
    pub fn reseed(&mut self, seed: u64) {
        self.seed = seed;
        self.begin();
    }

    /// Begins at a node, as it would be after the shortest way there. The way is looked for on a thread; until it is
    /// found, the conversation stays where it is.
    pub fn begin_at(&mut self, encounter: EncounterId, node: NodeId) {
        if let Some(play) = self.play.as_ref().filter(|play| has(&play.scenario, encounter, node)) {
            self.looking = Some(Looking::begin(&play.scenario, self.seed, (encounter, node)));
        }
    }

    /// Goes to a node and leaves the state as it is.
    pub fn stand_at(&mut self, encounter: EncounterId, node: NodeId) {
        self.looking = None;
        if let Some(play) = self.play.as_mut().filter(|play| has(&play.scenario, encounter, node)) {
            let name = play.scenario.encounter(encounter).node(node).name.clone();
            play.stand_at((encounter, node));
            play.remark(format!("Taken to ‘{name}’, the state as it was."));
        }
        self.refresh();
    }

    /// Whether a way is being looked for.
    pub fn is_looking(&self) -> bool {
        self.looking.is_some()
    }

    /// Takes in a way that was found, and says whether there is anything new.
    pub fn look_around(&mut self) -> bool {
        let Some(found) = self.looking.as_mut().and_then(Looking::found) else { return false };
        let (Some(looking), Some(play)) = (self.looking.take(), &mut self.play) else { return false };
        let (encounter, node) = looking.goal;
        let scenario = Arc::clone(&play.scenario);
        let name = scenario.encounter(encounter).node(node).name.clone();
        *play = Play::begin(&scenario, looking.seed);
        let Ok(found) = found else {
            play.stand_at((encounter, node));
            play.remark(format!("No way to ‘{name}’ was found by playing: it begins here as a conversation begins."));
            self.refresh();
            return true;
        };
        for input in &found.inputs {
            // The way was played over this very text with this seed: every input is taken.
            let _ = play.take(input);
        }
        self.refresh();
        true
    }

    /// Takes one input; a refused one changes nothing.
    pub fn take(&mut self, input: &Input) -> Result<(), Refused> {
        let taken = self.play.as_mut().map_or(Ok(()), |play| play.take(input));
        self.refresh();
        taken
    }

    /// Hears the present turn to its end.
    pub fn hear_out(&mut self) {
        if let Some(play) = &mut self.play {
            while play.run.stage == RunStage::Talking
                && !play.run.talk.replies_open()
                && play.take(&talk(Action::Listen)).is_ok()
            {}
        }
        self.refresh();
    }

    /// Takes the latest decision back, and says whether there was one.
    pub fn back(&mut self) -> bool {
        let is_back = self.play.as_mut().is_some_and(Play::back);
        self.refresh();
        is_back
    }

    /// Changes the state by hand. What names nothing in the scenario changes nothing.
    pub fn edit(&mut self, edit: Edit) {
        let Some(play) = &mut self.play else { return };
        let before = play.run.talk.clone();
        let talk = &mut play.run.talk;
        let set = |bits: &mut crate::dialogue::Bits, index: usize, length: usize, on: bool| {
            if on && index < length {
                bits.insert(index);
            } else {
                bits.remove(index);
            }
        };
        let scenario = &play.scenario;
        match edit {
            Edit::Meter(meter, value) => {
                let meters = &mut talk.meters;
                let which = match meter {
                    Meter::Anger => &mut meters.anger,
                    Meter::Trust => &mut meters.trust,
                    Meter::Patience => &mut meters.patience,
                    Meter::FeelsHeard => &mut meters.heard,
                    Meter::Clarity => &mut meters.clarity,
                };
                *which = value.clamp(0, 10_000);
            }
            Edit::OwnHeat(heat) => talk.own_heat = heat.min(100),
            Edit::Fact(fact, known) => set(&mut talk.facts, fact.index(), scenario.facts.len(), known),
            Edit::Flag(flag, is_set) => set(&mut talk.flags, flag.index(), scenario.flags.len(), is_set),
            Edit::Need(need, met) => set(&mut talk.needs, need.index(), scenario.needs.len(), met),
            Edit::Promise(promise, standing) => {
                if let Some(place) = talk.promises.get_mut(promise.index()) {
                    *place = standing;
                }
            }
            Edit::Visits(node, times) => {
                if let Some(place) = talk.visits.get_mut(node.index()) {
                    *place = times;
                }
            }
        }
        play.is_edited |= before != play.run.talk;
        self.refresh();
    }

    fn refresh(&mut self) {
        self.present = self.play.as_ref().map(|play| {
            let around = Around {
                transcript: &play.transcript,
                last: play.last.as_ref(),
                is_edited: play.is_edited,
                can_go_back: play.can_go_back(),
            };
            Arc::new(Present::of(&play.scenario, &play.run, &around))
        });
    }
}

fn has(scenario: &Scenario, encounter: EncounterId, node: NodeId) -> bool {
    scenario.encounters.get(encounter.index()).is_some_and(|inside| node.index() < inside.nodes.len())
}
