//! How they left, and why: one question first, then the score with everything that it was made of.
//!
//! What the person says about themselves (how the customer left, their own five scores, their goal) comes back as
//! [`Action`]s; whoever keeps it builds the next [`View`] with it. Everything else, such as which skill stands open,
//! is [`Memory`].

mod chart;
mod data;
mod parts;
mod row_words;
mod rows;
#[cfg(test)]
mod tests;
mod ui;
mod wording;

pub use data::{
    Closing, Column, Curve, CurveSpot, FirstRun, Given, Guess, Headline, Line, Marker, OutcomeOption, OwnScores,
    OwnSkills, Question, Result, RowLine, SkillBar, SkillRows, TurnRows, Turning, View, ViolationRow,
};
pub use ui::{Action, Memory, Page, draw};
