//! Prepare: up to a minute before the call. What the firm knows, what is yours to give, and one intention.
//!
//! `Memory` is to be new whenever the screen is entered: the first drawing gives the focus to the way on.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{COUNTS, Facts, ForTheTeam, LastTime, Ranked, View, Wish};
pub use ui::{Memory, draw};

use crate::dialogue::Mode;

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Pick up, or call the next person. `intention` is a place in the scenario's list.
    Begin {
        intention: Option<usize>,
    },
    /// With clocks, or in steps: for this call and the ones after it.
    SetMode(Mode),
    /// Whether the coach explains after each turn.
    SetCoach(bool),
    /// Whether this run counts for the team.
    SetRanked(bool),
    Back,
}
