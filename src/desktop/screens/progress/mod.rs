//! The five skills across runs, with how sure that is, and the runs themselves.

mod data;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{PastRun, RunLine, SkillLine, View};
pub use ui::{Action, Memory, draw};
