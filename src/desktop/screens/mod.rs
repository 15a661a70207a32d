//! The screens, one folder each: `data.rs` says what is on it, `ui.rs` draws that and returns what was done.

pub mod after_call;
pub mod board;
pub mod debrief;
pub mod progress;
