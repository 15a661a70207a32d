//! Who stands where on this computer, and letting in attempts from a folder.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Choice, Choices, ColumnHead, Folder, Given, Line, RefusedFile, View, Who};
pub use ui::{Action, Memory, draw};
