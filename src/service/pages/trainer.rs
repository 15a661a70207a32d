//! What people find hard: the trainer's pages.

use askama::Template;

use super::frame::{Choice, Frame};

/// `GET /trainer`.
#[derive(Debug, Template)]
#[template(path = "trainer.html")]
pub(super) struct TrainerView {
    pub(super) frame: Frame,
    pub(super) whose: Whose,
    pub(super) scenarios: Vec<InShort>,
}

/// Whose calls are told of, and whose could be.
#[derive(Debug, Clone)]
pub(super) struct Whose {
    pub(super) seasons: Vec<Choice>,
    pub(super) about: String,
}

/// A scenario in the list.
#[derive(Debug, Clone)]
pub(super) struct InShort {
    pub(super) to: String,
    pub(super) title: String,
    pub(super) state: String,
    pub(super) facts: Vec<Fact>,
    pub(super) look: Option<String>,
}

/// A figure with its name and what to make of it.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) under: String,
}

/// `GET /trainer/{scenario}`.
#[derive(Debug, Template)]
#[template(path = "items.html")]
pub(super) struct ItemsView {
    pub(super) frame: Frame,
    /// The address of this page, and of the table, without what is asked for after it.
    pub(super) here: String,
    /// The list of scenarios, for the same season.
    pub(super) back: String,
    /// All of it as a table, for the same season.
    pub(super) table: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) whose: Whose,
    pub(super) few: Option<String>,
    pub(super) facts: Vec<Fact>,
    pub(super) notices: Vec<Notice>,
    pub(super) moments: Vec<MomentItems>,
    pub(super) tables: Vec<FigureTable>,
}

/// How much something needs to be looked at, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grave {
    Wrong,
    Revise,
    Dead,
}

/// Something to look at.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    pub(super) grave: Grave,
    pub(super) verdict: String,
    pub(super) words: String,
    pub(super) to: Option<String>,
}

/// A moment at which something is said in reply.
#[derive(Debug, Clone)]
pub(super) struct MomentItems {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) said: Option<String>,
    pub(super) seen: String,
    pub(super) measures: Vec<Measure>,
    pub(super) replies: Vec<ReplyItem>,
}

#[derive(Debug, Clone)]
pub(super) struct ReplyItem {
    pub(super) said: String,
    pub(super) tags: Vec<InkedWord>,
    pub(super) measures: Vec<Measure>,
}

/// A word in an ink: `heat`, `gold`, `calm` or none.
#[derive(Debug, Clone)]
pub(super) struct InkedWord {
    pub(super) words: String,
    pub(super) ink: &'static str,
}

/// A measured value, drawn and in words.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub(super) name: &'static str,
    /// Of 1000.
    pub(super) filled: Option<u32>,
    /// `warm` for heat.
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) verdict: String,
    pub(super) ink: &'static str,
}

/// Figures in rows, the first cell of each being its name.
#[derive(Debug, Clone)]
pub(super) struct FigureTable {
    pub(super) heading: String,
    pub(super) about: String,
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}
