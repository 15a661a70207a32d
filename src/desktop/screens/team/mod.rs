//! The team, as its service has it: joining it, who stands where, calls that count, and what one shares.
//!
//! Whoever wires it passes each [`Action`] on and builds the next [`View`] from what was heard of the service last.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Asked, Board, Call, Given, Join, Team, View, Way, What};
pub use ui::{Action, Memory, draw, which};
