//! Studio: a scenario as text, and beside it what is found in it, its graph, the running conversation, and what many
//! plays came to.
//!
//! | folder | what is in it |
//! |---|---|
//! | `shelf` | opening a file, or beginning one |
//! | `file` | how the file stands, and what is asked about it |
//! | `text` | the text, coloured, with its findings underlined |
//! | `findings` | the findings as a list |
//! | `graph` | the nodes and the ways between them |
//! | `talk` | the conversation, from any node in any state |
//! | `figures` | who gets where and how often, and what can be earned |
//!
//! The text is always in sight; beside it stands one [`Pane`] at a time, or, where large text leaves no room for two
//! columns, instead of it. Where the caret is, is where the other panes look; what is chosen in them moves the caret.

mod data;
pub mod figures;
pub mod file;
pub mod findings;
pub mod graph;
pub mod shelf;
pub mod talk;
#[cfg(test)]
mod tests;
pub mod text;
mod ui;

pub use data::{Bench, View};
pub use ui::{Memory, Pane, draw};

use crate::studio::asking::Wish;
use crate::studio::document::Change;

/// What the trainer wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Shelf(shelf::Action),
    File(file::Action),
    Edit(Change),
    /// Asks something of the text, once what was written before it is there.
    Ask(Wish),
    Undo,
    Redo,
    Talk(talk::Action),
    Figures(figures::Action),
    /// Back to the shelf.
    Close,
    Leave,
}
