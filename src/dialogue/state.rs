//! All that a conversation is at one moment.

use serde::{Deserialize, Serialize};

use crate::dialogue::bits::Bits;
use crate::dialogue::event::{CutOff, Exit};
use crate::dialogue::input::Mode;
use crate::dialogue::meters::Meters;
use crate::dialogue::row::Row;
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::vocabulary::{Act, Fulfilment, Outcome};

/// A conversation at one moment. Small, comparable, hashable and serialisable; a step allocates nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State {
    pub seed: u64,
    pub mode: Mode,
    pub encounter: EncounterId,
    pub stage: Stage,
    pub meters: Meters,
    /// The trainee's own heat, 0 to 100.
    pub own_heat: u8,
    /// Replies in a row that were calmly delivered; counts to 4.
    pub calm_streak: u8,
    pub turn: Turn,
    /// How often each act was used, by [`Act::index`].
    pub used: Row<u8, { Act::ALL.len() }>,
    /// How often each node was reached, 255 standing for "many".
    pub visits: Row<u8, 64>,
    pub chosen: Bits,
    pub facts: Bits,
    pub jotted: Bits,
    pub needs: Bits,
    pub flags: Bits,
    /// Grievances told since the last right paraphrase.
    pub told: Bits,
    /// Nodes whose questions a volunteered fact has made needless.
    pub credited: Bits,
    /// What came of the reading at each node of this encounter: whoever comes back to it does not reflect again.
    pub reflected: Row<Option<bool>, 64>,
    /// By `PromiseId`; carried from encounter to encounter.
    pub promises: Row<Standing, 16>,
    /// The promises that have matured since this encounter began: they colour the start of the next one, and no other.
    pub matured: Bits,
    /// The tiles of the latest note that was filed.
    pub noted: Bits,
    /// How the encounter before this one ended.
    pub ended: Option<Outcome>,
    /// Points of patience that dead air has taken in this encounter, at most 5.
    pub dead_air: u8,
    /// The turn of the latest holding phrase.
    pub held_in: Option<u8>,
}

/// Whether there is still someone to talk to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    Talking,
    Over(Exit),
}

/// What became of a promise so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Standing {
    #[default]
    NotMade,
    Open,
    Done(Fulfilment),
}

/// Face to face: how the trainee sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Posture {
    #[default]
    Neutral,
    /// Turned to the customer, hands open.
    Open,
}

/// The customer's turn and what the trainee has done in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one turn")]
pub struct Turn {
    /// The first turn is 1.
    pub number: u8,
    pub node: NodeId,
    /// What they say at once to the last reply: the reply, the line and the variant.
    pub answer: Option<(ReplyId, u16, u16)>,
    /// What they say here: the line and the variant.
    pub line: (u16, u16),
    /// Whether they have a fact to add for someone who waits.
    pub volunteers: bool,
    /// They were hot when the turn began, and speak faster.
    pub fast: bool,
    /// Phrases said so far.
    pub cursor: u16,
    /// The true end has been reached.
    pub finished: bool,
    pub cut_off: Option<CutOff>,
    pub took_bait: bool,
    /// A reply has been spoken in this turn.
    pub answered: bool,
    /// Welcome nods so far.
    pub nods: u8,
    /// The boundary that the last nod answered.
    pub nodded_at: u16,
    pub posture: Posture,
    pub posture_counted: bool,
    /// The trainee has said that they turn to the screen.
    pub announced: bool,
    /// Whether the feeling at this node was read rightly, now or at an earlier visit.
    pub reflected: Option<bool>,
    /// Engine milliseconds of the latest input.
    pub clock: u32,
    /// The trainee is busy with a small action until then.
    pub busy_until: u32,
    /// When the replies opened, for dead air.
    pub opened_at: Option<u32>,
    /// Points of patience that dead air has taken in this turn.
    pub dead_air: u8,
}

impl State {
    /// The node at which the conversation stands.
    pub fn node(&self) -> NodeId {
        self.turn.node
    }

    /// Whether the full wording of the replies is open.
    pub fn replies_open(&self) -> bool {
        self.stage == Stage::Talking && (self.turn.finished || self.turn.cut_off.is_some())
    }

    /// The share of the hidden need that is met, 0 to 100.
    pub fn needs_met(&self, scenario: &Scenario) -> i32 {
        scenario
            .needs
            .iter()
            .enumerate()
            .filter(|(index, _)| self.needs.contains(*index))
            .map(|(_, need)| i32::from(need.weight))
            .sum()
    }

    /// How often the node was reached, this time included.
    pub fn visit(&self, node: NodeId) -> u8 {
        self.visits.get(node.index()).copied().unwrap_or(0)
    }
}
