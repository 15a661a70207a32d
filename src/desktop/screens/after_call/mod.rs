//! After the call: the note, what was promised, and what happens when it is due.
//!
//! The engine goes from one diary event to the next at once; here the result of a choice stands until it has been read.
//! That, and the note being written, is [`Memory`]; what was filed and chosen comes back as [`Action`]s.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Answered, ChoiceCard, Due, Given, Next, Note, Past, PromiseCard, Stage, TileCard, View};
pub use ui::{Action, Memory, draw};
