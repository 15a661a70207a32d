//! Who stands where, among those who play on this computer and those whose attempts were added from a folder.
//!
//! Whoever wires it keeps the [`Choice`](crate::board::Choice), [`Who`] and whether all rows are shown, and builds the
//! next [`View`] with what an [`Action`] asks for. Adding is [`board::Folder::add_while`](crate::board::Folder::add_while);
//! how far it is and its result are given back as [`Given::reading`] and [`Given::added`].

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Added, Column, Filter, Given, Line, Reading, View, Who};
pub use ui::{Action, Memory, draw};
pub(super) use ui::{filter_row, rows};
