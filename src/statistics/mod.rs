//! What many attempts say of a scenario: how often each reply is chosen, how hard and how telling it is, where people
//! crash, how reliable the scores are (`leaderboards`, "Trainer's statistics").
//!
//! [`Observed`] is what one verified attempt says; it knows no person and is small enough to be kept for good.

mod observed;

pub use observed::{Crash, OBSERVED_VERSION, Observed, Of, SkillSum, Visit};
