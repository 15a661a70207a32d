//! Review cards: a moment of one's own calls, what one would say now, and at once what that would have shown.
//!
//! Nothing here counts anywhere. Whoever wires it keeps the answer and builds the next [`View`] with it.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Asked, Done, Given, Told, View};
pub use ui::{Action, Memory, draw};
