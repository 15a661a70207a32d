//! What a trainee can do, and why it may be refused.

use serde::{Deserialize, Serialize};

use crate::dialogue::state::Posture;
use crate::scenario::id::ReplyId;
use crate::scenario::vocabulary::{Pace, Volume};

/// Whether there are clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mode {
    /// Speech streams, and speaking at a moment of it is an act.
    Timed,
    /// The turn arrives in segments; at each end the trainee chooses to listen on or to speak.
    Steps,
}

/// One thing the trainee did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Input {
    /// Engine milliseconds since the turn began; 0 in steps mode.
    pub at: u32,
    pub action: Action,
}

impl Input {
    /// An input of steps mode.
    pub const fn step(action: Action) -> Self {
        Self { at: 0, action }
    }
}

/// The verbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Timed: nothing but that the time has come to `at`. Steps: hear the next segment.
    Listen,
    /// A nod, or "mm-hm" on the phone: answers the phrase that has just ended. Costs a beat.
    Nod,
    /// Face to face: how one sits.
    Posture(Posture),
    /// Eyes on the screen, or typing. A customer has no screen.
    Consult,
    /// Keeps the latest fact at hand for the note. Costs a beat.
    Jot,
    /// "Give me a moment, I'm opening it." Once in three turns. A customer has nothing to open.
    Hold,
    /// The trainee's own heat goes back to 0. Costs two seconds.
    Breathe,
    /// Picks a reading of the feeling, by the author's order: 0 is the right one. Costs three seconds, once a node.
    Reflect(u8),
    /// Speaks before the end: the full wording opens, and what was unsaid stays unsaid.
    Interrupt,
    /// Says the ready sentence at a lapse.
    TakeBait,
    /// Speaks a reply.
    Speak { reply: ReplyId, pace: Pace, volume: Volume },
}

/// Why an input was not taken. The state is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    #[error("the conversation is over")]
    Over,
    #[error("time went backwards: the input is at {at} ms, the one before it at {last} ms")]
    TimeWentBack { at: u32, last: u32 },
    #[error("a clock time of {at} ms in steps mode, which has no clocks")]
    ClockInSteps { at: u32 },
    #[error("they are still speaking: let them finish, or interrupt first")]
    StillSpeaking,
    #[error("no such reply here")]
    NoSuchReply,
    #[error("that reply is not offered here now")]
    NotOffered,
    #[error("there is nothing left to listen to")]
    NothingToHear,
    #[error("nothing has been said yet that a nod could answer, or it has been answered")]
    NothingToNodAt,
    #[error("nobody can see that on the phone")]
    NotOnThisChannel,
    #[error("no fact has been said that is not jotted down")]
    NothingToJot,
    #[error("holding again so soon: once in three turns")]
    HoldTooSoon,
    #[error("there is nothing to reflect on here, or it has been done")]
    NothingToReflect,
    #[error("no ready sentence tempts here")]
    NoBaitHere,
    #[error("you are the customer here: the screen is on the other side of the desk")]
    ScreenIsTheirs,
}
