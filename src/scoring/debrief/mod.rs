//! Why each point was given: every number opened to its rows, in words and quotes.
//!
//! Built from the events of a run alone, so that a recorded attempt gives the same debrief as the call itself. The
//! window, the terminal and `replay --format json` all show this, and compute nothing of their own.

mod build;
mod turning;
mod words;

use serde::Serialize;

use crate::dialogue::{CutOff, Event};
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Flaw, Fulfilment, Indicator, Pace, Severity, Skill, TileKind, Volume};
use crate::scoring::goal::Goal;
use crate::scoring::tally::Score;

pub use words::points;

/// All that a debrief says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Debrief {
    pub score: Score,
    pub skills: Vec<SkillLine>,
    pub turns: Vec<TurnLine>,
    /// The meters before the first turn of each encounter and after each turn.
    pub curve: Vec<CurvePoint>,
    pub helped: Option<TurningPoint>,
    pub turned: Option<TurningPoint>,
    pub unsurfaced: Unsurfaced,
    pub promises: Vec<PromiseLine>,
    /// One for each encounter that was begun.
    pub notes: Vec<NoteLine>,
    /// What was seen or heard last.
    pub ending: String,
    /// What to set out to do next time, from what lost most; at most three.
    pub goals: Vec<Goal>,
}

/// A skill with its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkillLine {
    pub skill: Skill,
    pub rows: Vec<Row>,
    pub violations: Vec<ViolationLine>,
}

/// One row behind a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub indicator: Indicator,
    /// Its place in [`Debrief::turns`]; none for what came after the call or was never reached.
    pub at: Option<usize>,
    /// "Turn 8", "The note", "The promise: ring her".
    pub place: String,
    /// What was said or chosen, in full.
    pub quote: Option<String>,
    /// How, where that is what counted: "spoken slow", "heard to the end".
    pub manner: Option<String>,
    pub weight: u8,
    pub quality: u8,
    pub best: u8,
    /// Weight × hundredths of credit.
    pub earned: i32,
    pub available: i32,
    /// Its place among all rows: those of a node stand in the author's order.
    #[serde(skip)]
    order: usize,
}

/// What took points beyond the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ViolationLine {
    pub flaw: Flaw,
    pub severity: Severity,
    /// Its place in [`Debrief::turns`].
    pub at: Option<usize>,
    pub place: String,
    /// A sentence that says what happened.
    pub words: String,
    /// The reply, the tile or the choice it stands in, in full.
    pub quote: Option<String>,
    /// Hundredths of a point, after a repair.
    pub cost: i32,
    /// Half was restored by a repair in the next turn.
    pub repaired: bool,
}

/// One turn, as it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnLine {
    /// The encounter it stands in, the first being 0.
    pub encounter: u16,
    /// Within its encounter, the first being 1.
    pub turn: u8,
    pub node: String,
    /// What the customer said, as far as they got.
    pub heard: String,
    pub cut_off: Option<CutOff>,
    /// What they said to being spoken over.
    pub objection: Option<String>,
    /// What they had not said when they were cut off.
    pub unsaid: Option<String>,
    /// None where the customer had gone before anything was said.
    pub reply: Option<ReplyLine>,
    /// What the customer said last of all, where the conversation ended with this turn; else their answer opens the
    /// next one.
    pub last_words: Option<String>,
    /// What was told of the ending then.
    pub ending: Option<String>,
    /// Anger, trust, patience, heard, clarity, 0 to 100.
    pub before: [i32; 5],
    pub after: [i32; 5],
    /// Each movement of the meters, and why.
    pub moves: Vec<Move>,
}

impl TurnLine {
    /// What the customer said, and what they said to being spoken over.
    pub fn heard_and_objected(&self) -> String {
        match &self.objection {
            Some(objection) => format!("{}\u{2014} {objection}", self.heard),
            None => self.heard.clone(),
        }
    }
}

/// What the trainee said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplyLine {
    pub id: String,
    pub text: String,
    pub pace: Pace,
    pub volume: Volume,
    pub flaw: Option<Flaw>,
    pub why: String,
    pub hears: String,
    /// A compromise before its time: it worked as a premature solution.
    pub too_early: bool,
    /// The strongest reply that was on offer, where this was not it.
    pub better: Option<String>,
}

/// One movement of the meters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    pub words: String,
    /// Anger, trust, patience, heard, clarity, in hundredths.
    pub by: [i32; 5],
}

/// The meters in points, and what was said to bring them there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CurvePoint {
    pub encounter: u16,
    /// 0 before the first turn of an encounter.
    pub turn: u8,
    /// The turn behind it in [`Debrief::turns`].
    pub at: Option<usize>,
    /// Anger, trust, patience, heard, clarity, 0 to 100.
    pub meters: [i32; 5],
    /// What the trainee said; empty before the first turn.
    pub quote: String,
}

/// A turn that mattered most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurningPoint {
    /// Its place in [`Debrief::turns`].
    pub index: usize,
    pub encounter: u16,
    pub turn: u8,
    pub quote: String,
    pub hears: String,
    pub why: String,
    pub better: Option<String>,
    /// The heaviest row of it: "Owning apology, 3 of 3".
    pub row: Option<String>,
    /// The costliest violation in it: "You raised your voice."
    pub violation: Option<String>,
    pub anger: (i32, i32),
    pub trust: (i32, i32),
}

/// What never came to light.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unsurfaced {
    pub facts: Vec<String>,
    /// Parts of the need that were not met.
    pub needs: Vec<String>,
}

/// A promise and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromiseLine {
    pub text: String,
    /// From when on it could be kept, where not at once.
    pub start: Option<String>,
    pub due: String,
    pub made: bool,
    /// Never making it costs points.
    pub core: bool,
    pub fulfilment: Option<Fulfilment>,
    /// What came of it, in the author's words.
    pub result: Option<String>,
}

/// The note of one encounter beside the author's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteLine {
    pub encounter: u16,
    /// The tiles filed, in their order.
    pub filed: Vec<(TileKind, String)>,
    pub model: String,
}

/// Opens a run to its rows. `events` are all of them, from the first on; `score` is what they come to.
pub fn debrief(scenario: &Scenario, events: &[Event], score: Score) -> Debrief {
    build::build(scenario, events, score)
}
