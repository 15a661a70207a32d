//! Evidence, violations, outcome: what the events of a run are worth, and why.
//!
//! Nothing is scored anywhere else. A [`Tally`] takes the events as they happen and adds them up in integers; [`score`]
//! reads it; [`debrief()`] opens every number to the rows it was made of.

mod debrief;
mod goal;
mod mastery;
mod outcome;
pub mod review;
mod tally;
mod worth;

pub use debrief::{
    CurvePoint, Debrief, Move, NoteLine, PromiseLine, ReplyLine, Row, SkillLine, TurnLine, TurningPoint, Unsurfaced,
    ViolationLine, debrief, points,
};
pub use goal::Goal;
pub use mastery::{Mastery, Missing, Reading, Standing, mastery};
pub use outcome::{outcome, satisfaction};
pub use tally::{Cap, SCORE_CAP_CRITICAL, SCORE_CAP_RAISED, Score, SkillScore, Tally, credit, outcome_points, score};
pub use worth::worth;
