//! The very first start: no menu, one sentence and a name, and then the first customer.
//!
//! `Memory` is to be new whenever the screen is entered: the first drawing gives the focus to the field.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::View;
pub use ui::{Memory, draw};

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// On to the first call, under this name: trimmed, 1 to 40 characters.
    Begin { name: String },
    /// Larger text, before anything else.
    OpenSettings,
}
