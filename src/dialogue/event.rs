//! What an input brought about.

use serde::{Deserialize, Serialize};

use crate::dialogue::meters::Meters;
use crate::scenario::id::{
    ChoiceId, EncounterId, EndingId, EventId, FactId, FlagId, GrievanceId, NeedId, NodeId, PromiseId, ReplyId, TileId,
};
use crate::scenario::model::Nod;
use crate::scenario::vocabulary::{Act, Flaw, Fulfilment, Indicator, Pace, Severity, Skill, TileKind, Volume};

/// Takes events as they happen. A `Vec` keeps them, a tally adds them up, `()` drops them.
pub trait EventSink {
    fn push(&mut self, event: Event);
}

impl EventSink for Vec<Event> {
    fn push(&mut self, event: Event) {
        Self::push(self, event);
    }
}

impl EventSink for () {
    #[inline]
    fn push(&mut self, _event: Event) {}
}

impl<A: EventSink, B: EventSink> EventSink for (&mut A, &mut B) {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "whoever drops an event of this kind is then spared making it")]
    fn push(&mut self, event: Event) {
        self.0.push(event);
        self.1.push(event);
    }
}

/// One thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    EncounterBegan(EncounterId),
    /// The customer begins to speak at a node.
    TurnBegan {
        node: NodeId,
        turn: u8,
        /// What they say to the last reply: the reply, the line, the variant.
        answer: Option<(ReplyId, u16, u16)>,
        /// What they say here: the line, the variant.
        line: (u16, u16),
    },
    /// A phrase of the turn has been said, the first being 0.
    Said {
        phrase: u16,
    },
    /// Something has come to light.
    FactHeard(FactId),
    /// The customer added a fact because nobody cut in.
    Volunteered {
        node: NodeId,
        fact: FactId,
    },
    Nodded(Nod),
    Jotted(FactId),
    Held,
    Breathed,
    Reflected {
        node: NodeId,
        right: bool,
    },
    ConsultedUnannounced,
    /// The true end of the turn.
    Finished,
    CutOff {
        node: NodeId,
        how: CutOff,
        bait: bool,
    },
    /// The trainee's own heat, 0 to 100.
    OwnHeat(u8),
    Spoke {
        turn: u8,
        node: NodeId,
        reply: ReplyId,
        pace: Pace,
        volume: Volume,
        /// The replies that were on offer: bit 0 is the node's first, as the author wrote them.
        offered: u16,
    },
    /// A compromise that was not armed yet: it worked as a premature solution.
    FobOff(ReplyId),
    /// The meters moved.
    Moved {
        cause: Cause,
        before: Meters,
        after: Meters,
    },
    /// The turn is over, with these meters.
    TurnEnded {
        turn: u8,
        node: NodeId,
        meters: Meters,
    },
    Evidence(Evidence),
    Violation(Violation),
    /// An owning apology or a right paraphrase: half of what the turn before cost is restored.
    Repaired {
        turn: u8,
    },
    NeedMet(NeedId),
    Promised(PromiseId),
    FlagSet(FlagId),
    FlagCleared(FlagId),
    /// The conversation is over.
    Ended {
        exit: Exit,
        /// What they still say to the last reply: the reply, the line, the variant.
        answer: Option<(ReplyId, u16, u16)>,
    },
    /// A tile was put in the note.
    Filed {
        tile: TileId,
        kind: TileKind,
    },
    DiaryOpened(EventId),
    Chosen {
        event: EventId,
        choice: ChoiceId,
    },
    /// What became of a promise.
    Matured {
        promise: PromiseId,
        fulfilment: Fulfilment,
    },
    /// Something of worth was given away, in the smallest unit of money.
    Gave(u32),
    /// Every promise has matured: the score is final.
    Closed,
}

/// How the customer was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CutOff {
    /// Inside a false lapse.
    Soft,
    /// While they were speaking.
    Hard,
}

/// Why the meters moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    HeardToTheEnd,
    CutOff(CutOff),
    Nod(Nod),
    OpenPosture,
    EyesOnScreen,
    WrongReading,
    Retelling(GrievanceId),
    DeadAir,
    RaisedVoice,
    Act(Act),
    /// Rule 4: being heard lowers anger.
    BeingHeard,
    /// Rule 5: the trainee's display carries over.
    Contagion,
    /// Rule 6.
    TurnsPass,
    /// Rule 7, at the start of the next encounter.
    Promise(PromiseId, Fulfilment),
    /// An act that works once, done again.
    Again(Act),
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Exit {
    /// At an ending of the author's.
    Ending(EndingId),
    /// Patience ran out, or the turns did.
    Left,
    /// Anger reached 97.
    Escalated,
}

/// One row behind a skill: an opportunity and what was made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Evidence {
    pub indicator: Indicator,
    /// 1 to 3.
    pub weight: u8,
    /// The quality shown, 0 to 4.
    pub quality: u8,
    /// The best quality on offer, 0 to 4.
    pub best: u8,
    pub source: Source,
}

/// What took points beyond the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Violation {
    pub flaw: Flaw,
    pub severity: Severity,
    pub skill: Skill,
    pub turn: u8,
    pub source: Source,
}

/// Where a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// A reply, in this turn.
    Reply {
        turn: u8,
        node: NodeId,
        reply: ReplyId,
    },
    /// How a turn was heard, or a reply delivered.
    Conduct {
        turn: u8,
        node: NodeId,
    },
    /// A fact volunteered made this node's question needless.
    Volunteered {
        node: NodeId,
    },
    /// A core node that was never reached, because the customer left.
    Forfeit {
        node: NodeId,
    },
    Note,
    Tile(TileId),
    Promise(PromiseId),
    Diary {
        event: EventId,
        choice: ChoiceId,
    },
}
