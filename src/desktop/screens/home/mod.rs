//! Home: who is waiting, what was left unfinished, and the few other rooms.
//!
//! `Memory` is to be new whenever the screen is entered: the first drawing gives the focus to the main action.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Facts, Ranked, Unfinished, View, Waiting};
pub(super) use data::{moments_for_today, where_it_stands};
pub use ui::{Memory, draw};

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Go on with the unfinished call where it stands.
    Continue,
    /// Prepare for the customer who waits.
    Meet,
    /// Prepare for the run that would count on the board.
    Rank,
    /// Meet somebody again, marked as practice.
    Practise,
    /// The review cards that are due today.
    Review,
    OpenLibrary,
    OpenBoards,
    OpenProgress,
    OpenStudio,
    OpenSettings,
}
