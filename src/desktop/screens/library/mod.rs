//! The library: everyone who can be met, how it went so far, and the files that cannot be played, with the reason.
//!
//! `Memory` is to be new whenever the screen is entered: the first drawing gives the focus to the first customer.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Broken, Entry, Filter, Record, Status, View};
pub use ui::{Memory, draw};

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Prepare for this scenario, named by its slug, or go on with the open run of it.
    Open {
        slug: String,
    },
    Back,
}
