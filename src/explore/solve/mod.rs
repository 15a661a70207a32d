//! Solving a scenario: what can be reached and what cannot, and the best and the worst score there is.
//!
//! The real engine is explored, in three ways. *Reaching* plays: layer by layer, then by chance over many seeds, and
//! every element that is met has a playthrough as its witness. What was never met is *proved* unreachable by playing
//! with intervals for meters and sets for facts ([`prove`]), or it stays *unsettled* and is named. *Scores* are found by
//! branch and bound: a bound that no playthrough can pass whatever its meters do ([`bounds`]), and a search that stops
//! where the bound is no better than what has been found.
//!
//! The solver plays in steps: the same evidence and the same weights as with clocks. What only a clock can do (dead air,
//! cutting in before the first phrase has ended) is part of what is proved unreachable, and not of best and worst.

mod best;
mod bounds;
mod cover;
mod element;
mod graph;
mod outlook;
mod prove;
mod reach;
mod turns;

use crate::campaign::Input;
use crate::dialogue::Mode;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Outcome, Skill};

pub use element::{Asked, Element, Part, elements};
pub use outlook::{Outlook, outlooks};

/// The best playthrough earns at least this much overall, in points of 1000 (`content-guide`, "How writing is measured").
pub const BEST: i64 = 950;
/// The worst one at most this much, in the same points.
pub const WORST: i64 = 250;
/// Every skill can be lifted to this, in points of 100.
pub const SKILL: i64 = 88;

/// How freely the trainee of the best and the worst score plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize)]
pub enum Timing {
    /// Hears every turn to its end, nods where it is welcome, sits openly, and speaks in the calmest way that earns
    /// most. Only the replies, the note and the diary are free.
    Perfect,
    /// Everything is free.
    #[default]
    Free,
}

impl Timing {
    /// A budget that suffices for twelve nodes of four replies, where timing is perfect, and otherwise ends within
    /// seconds; see [`Options::budget`].
    pub const fn budget(self) -> u64 {
        match self {
            Self::Perfect => 32_000_000,
            Self::Free => 1_000_000,
        }
    }
}

/// What to solve, and with how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The seed of best and worst, and the first of those that reaching plays with.
    pub seed: u64,
    pub timing: Timing,
    /// Runs that the search for scores may play on by a decision, all questions together. What is not closed by then is
    /// an interval.
    pub budget: u64,
    /// Runs by chance, each with a seed of its own, after the layers.
    pub playouts: u32,
    /// Runs that a layer keeps. Memory grows with it: about 3 kB each.
    pub width: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 0, timing: Timing::Free, budget: Timing::Free.budget(), playouts: 1500, width: 400 }
    }
}

/// What solving is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// So many elements of all are reached.
    Reaching { reached: usize, of: usize },
    /// What was not reached is being proved.
    Proving { left: usize },
    /// So much of the budget is spent on best and worst.
    Scoring { spent: u64, budget: u64 },
}

/// Who looks on while something is solved, and may stop it.
pub trait Progress {
    fn report(&mut self, stage: Stage);
    /// Whether to stop: what is known so far is then the answer.
    fn is_stopped(&self) -> bool;
}

impl Progress for () {
    fn report(&mut self, _stage: Stage) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// A playthrough, as long as it has to be to show something.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Witness {
    pub seed: u64,
    pub mode: Mode,
    pub inputs: Vec<Input>,
    /// How many replies are spoken in it.
    pub replies: u16,
}

/// What is known of an element.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub enum Verdict {
    /// `shortest`: no playthrough with fewer replies reaches it, whatever the conditions; otherwise it is the shortest
    /// found.
    Reached { witness: Witness, shortest: bool },
    /// No playthrough reaches it, with any seed, in steps or with clocks.
    Unreachable,
    /// Neither was settled.
    Unsettled,
}

/// An element and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Settled {
    pub element: Element,
    /// What it is called; see [`Element::name`].
    pub name: String,
    pub verdict: Verdict,
}

/// Which end of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Side {
    Best,
    Worst,
}

/// A score that is asked for: of one skill, or the overall one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Question {
    pub skill: Option<Skill>,
    pub side: Side,
}

/// The best or the worst of a score: a playthrough that comes to `found`, and the proof that none comes beyond `proved`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Extreme {
    /// 0 to 1000 overall; hundredths of a point for a skill.
    pub found: i64,
    /// The same unit. Equal to `found` where the answer is exact.
    pub proved: i64,
    /// How the playthrough ends. Of two best ones with the same score the search prefers the one that ends better.
    pub outcome: Outcome,
    pub witness: Witness,
}

impl Extreme {
    /// Whether no playthrough goes beyond what was found.
    pub const fn is_exact(&self) -> bool {
        self.found == self.proved
    }
}

/// The best and the worst of a score. None where the search was stopped before any run came to its end.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Range {
    pub skill: Option<Skill>,
    pub best: Option<Extreme>,
    pub worst: Option<Extreme>,
}

/// All that was found out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Solution {
    pub seed: u64,
    pub timing: Timing,
    /// In the order of the file.
    pub elements: Vec<Settled>,
    /// The overall score, then each skill in the order of [`Skill::ALL`].
    pub ranges: Vec<Range>,
    /// It was stopped before it was done.
    pub stopped: bool,
}

impl Solution {
    /// The elements that no playthrough reaches though the author wrote them to be.
    pub fn unreachable(&self) -> impl Iterator<Item = &Settled> {
        let proved = |settled: &&Settled| settled.verdict == Verdict::Unreachable && settled.element.is_expected();
        self.elements.iter().filter(proved)
    }

    /// What could not be settled.
    pub fn unsettled(&self) -> impl Iterator<Item = &Settled> {
        self.elements.iter().filter(|settled| settled.verdict == Verdict::Unsettled)
    }

    /// The element of this name.
    pub fn named(&self, name: &str) -> Option<&Settled> {
        self.elements.iter().find(|settled| settled.name == name)
    }
}

/// Solves a scenario. Same scenario and options, same solution.
pub fn solve(scenario: &Scenario, options: &Options, progress: &mut impl Progress) -> Solution {
    let elements = reachability(scenario, options, progress);
    let ranges = ranges(scenario, options, progress);
    Solution { seed: options.seed, timing: options.timing, elements, ranges, stopped: progress.is_stopped() }
}

/// What can be reached and what cannot: the first part of [`solve`] alone.
pub fn reachability(scenario: &Scenario, options: &Options, progress: &mut impl Progress) -> Vec<Settled> {
    let reached = reach::reach(scenario, options, progress);
    let left = reached.values().filter(|witness| witness.is_none()).count();
    progress.report(Stage::Proving { left });
    let possible = (left > 0).then(|| prove::possible(scenario, progress)).flatten();
    let distances = reach::distances(scenario);
    let settle = |(element, witness): (Element, Option<Witness>)| {
        let name = element.name(scenario);
        let verdict = match (witness, &possible) {
            (Some(witness), _) => {
                let shortest = distances.get(&element).is_some_and(|least| *least == witness.replies);
                Verdict::Reached { witness, shortest }
            }
            (None, Some(possible)) if !possible.contains(&element) => Verdict::Unreachable,
            (None, _) => Verdict::Unsettled,
        };
        Settled { element, name, verdict }
    };
    let mut reached = reached;
    let in_order = elements(scenario).into_iter();
    in_order.map(|element| (element, reached.remove(&element).flatten())).map(settle).collect()
}

/// The best and the worst scores: the second part of [`solve`] alone.
pub fn ranges(scenario: &Scenario, options: &Options, progress: &mut impl Progress) -> Vec<Range> {
    best::ranges(scenario, options, progress)
}
