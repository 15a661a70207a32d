//! Who stands where: pure ranking over finished attempts, and letting them in by playing them back.
//!
//! `leaderboards`, "What is ranked": quality and never volume, the first final attempt at a scenario and never the best
//! of many, and no tie is broken by time.

mod admit;
mod entry;
mod ranking;
mod teams;

#[cfg(test)]
mod tests;

pub use admit::{Refused, admit};
pub use entry::{Entry, Measure, Points};
pub use ranking::{Excerpt, Filter, Ranked, excerpt, rank};
pub use teams::{LEAST_MEMBERS, RankedTeam, rank_teams};
