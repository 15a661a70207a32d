//! The screens, one folder each: `data.rs` says what is on it, `ui.rs` draws that and returns what was done.

pub mod after_call;
pub mod board;
pub mod debrief;
mod page;
mod pick;
pub mod progress;
mod table;
#[cfg(test)]
mod testing;
