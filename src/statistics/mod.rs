//! What many attempts say of a scenario: how often each reply is chosen, how hard and how telling it is, where people
//! crash, how reliable the scores are (`leaderboards`, "Trainer's statistics"; every formula is in `docs/statistics.md`).
//!
//! [`Observed`] is what one verified attempt says; it knows no person and is small enough to be kept for good.
//! [`Report::of`] takes many of them, each with a key for who played it, and says what they come to. Only the first
//! attempt of a person counts, practice never does, and nothing is told of fewer than [`LEAST_PEOPLE`] people.
//!
//! Everything is exact until it is rounded, once; figures are in thousandths.

mod csv;
mod item;
mod observed;
mod parts;
mod population;
mod ratio;
mod reliability;
mod report;
mod share;

#[cfg(test)]
mod tests;

pub use csv::csv;
pub use item::{ByMode, DEAD_BELOW, Discrimination, FAIR, GOOD, Item, ItemFigures, Reply, ReplyFigures, Verdict};
pub use observed::{Crash, OBSERVED_VERSION, Observed, Of, SkillSum, Visit};
pub use parts::InParts;
pub use population::{LEAST_PEOPLE, Sample, month, week};
pub use ratio::{Thousandths, decimal, index, percent};
pub use reliability::{GoodFor, RELIABLE_FOR_GROUPS, RELIABLE_FOR_PEOPLE, Reliability};
pub use report::{Figures, Group, Groups, Modes, REPORT_SCHEMA, Report, Summary, Withheld};
pub use share::Difference;

/// Discrimination, dead distractors and reliability are told of so many people at least: below it a quarter would be
/// fewer than [`LEAST_PEOPLE`], and one person more than 5 %.
pub const ENOUGH_PEOPLE: usize = 4 * LEAST_PEOPLE;
