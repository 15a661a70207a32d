//! Who stands where on this computer, and letting in attempts from a folder.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{ColumnHead, Folder, Given, Line, Choice, Choices, RefusedFile, View, Who};
pub use ui::{Action, Memory, draw};
