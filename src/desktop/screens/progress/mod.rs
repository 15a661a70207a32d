//! The five skills across runs, with how sure that is, and the runs themselves.
//!
//! Built from the index over finished runs; [`finished_run`] makes its rows when a run is finished.

mod chart;
mod data;
mod index;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Curve, Given, RunLine, SkillLine, Spot, View, likely_skills, likely_words};
pub use index::{entry, finished_run};
pub use ui::{Action, Memory, draw};
