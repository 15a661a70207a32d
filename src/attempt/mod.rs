//! The recorded attempt: its inputs by name, its file, its folder, and playing it back.
//!
//! Files are the truth. An attempt is a list of inputs with a header; [`replay()`] plays it back and says whether what
//! it claims holds, [`Recorder`] writes it while a call is on, and [`Store`] keeps it through crashes.

pub mod atomic;
mod file;
pub mod format;
mod inputs;
mod own_words;
mod recorder;
mod replay;
mod store;

#[cfg(test)]
mod fixture;

pub use file::{MAXIMUM_SIZE, ReadError, read, write};
pub use format::current::{Attempt, ClaimedScore, Rewound, SkillHundredths};
pub use inputs::{
    MAXIMUM_INPUTS, Mistake, NotInputs, Problem, SPELLINGS, Verb, WrittenInput, from_input, parse_inputs, play,
    read_inputs, to_input, write_inputs,
};
pub use own_words::{OwnWords, Reason};
pub use recorder::{Applied, Beginning, CannotResume, NoSuchTurn, NotTaken, Recorder, fresh_seed};
pub use replay::{Played, Replay, Report, Verdict, replay, report};
pub use store::{Kept, Listed, Store, StoreError};

/// The version of the rules by which a run is played and scored. Any change of either raises it.
///
/// Until 1.0 an attempt of older rules keeps the verdict stored with it, and one of newer rules is refused.
pub const RULES_VERSION: u32 = 2;
