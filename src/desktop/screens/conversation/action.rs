//! What a person can do on this screen.

use crate::desktop::screens::conversation::introduced::Control;
use crate::dialogue;
use crate::scenario::id::ReplyId;
use crate::scenario::vocabulary::{Pace, Volume};

/// One thing the trainee did. [`Do`](Self::Do) goes to the engine; all others change only what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// An input, word for word.
    Do(dialogue::Action),
    /// While the customer speaks: gets a reply ready, or puts it back.
    Pin(ReplyId),
    /// When the replies are open: picks the one that Enter would say.
    Choose(ReplyId),
    /// Neither ready nor chosen any more.
    PutBack,
    SetPace(Pace),
    SetVolume(Volume),
    /// Takes back what the trainee's own heat has pre-set.
    SetBack,
    Open(Panel),
    Close,
    Pause,
    GoOn,
    /// The coach has been read.
    CoachSeen,
    /// The line that introduces a control has been read.
    HintSeen(Control),
    /// Away from the call, which is kept at this word.
    Leave,
    /// The call is over: on to the note.
    Finish,
}

impl Action {
    /// The control that is used by it, where its line helps while it is being used. What ends the turn, and what belongs
    /// to a pause, is explained before or not at all.
    pub const fn control(self) -> Option<Control> {
        use dialogue::Action as Deed;
        Some(match self {
            Self::Do(Deed::Nod) => Control::Nod,
            Self::Do(Deed::Posture(_)) => Control::Posture,
            Self::Do(Deed::Jot) => Control::Jot,
            Self::Do(Deed::Breathe) => Control::Breathe,
            Self::Do(Deed::Hold) => Control::Hold,
            Self::Do(Deed::Consult) | Self::Open(Panel::Record) => Control::Record,
            Self::Open(Panel::Readings) => Control::Reflect,
            Self::SetPace(_) | Self::SetVolume(_) => Control::Delivery,
            _ => return None,
        })
    }
}

/// What can lie open beside the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Panel {
    /// The customer's record, and what is the trainee's to give.
    Record,
    /// What was said so far.
    Said,
    /// What was jotted down.
    Notes,
    /// Three readings of the feeling.
    Readings,
}
