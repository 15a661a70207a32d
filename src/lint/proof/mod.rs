//! What the rules of the second tier rest on: every scenario solved, and all of them played by players of several kinds.
//!
//! [`prove`] works it out for the files of a library, several at a time, and can be stopped. What it comes to is the
//! same however many threads there are.

mod places;
mod standing;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::explore::simulate::{Played, Player, Report, Settings, simulate};
use crate::explore::solve::{self, Extreme, Options, Progress, Range, Settled};
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Outcome, Skill};
use crate::scoring::outcome_points;

pub(super) use standing::{Standing, standing};

/// Plays of each scenario by all players together: as many as `simmer simulate` makes, and with its seed, so that both
/// speak of the same figures.
const PLAYS: u64 = 100_000;
const SEED: u64 = 0;

/// What is being worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The scenario of this place among the files is being solved.
    Solving { place: usize, stage: solve::Stage },
    /// So many plays of all have been made.
    Playing { done: u64, of: u64 },
}

/// Who looks on, and may stop it. Called from several threads.
pub trait Watch: Sync {
    fn report(&self, step: Step);
    /// Whether to stop: of what is not worked out by then nothing is said.
    fn is_stopped(&self) -> bool;
}

impl Watch for () {
    fn report(&self, _step: Step) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// What is known of one scenario.
#[derive(Debug)]
pub struct Proof<'s> {
    /// In the order of the file.
    pub elements: Vec<Settled>,
    /// The overall score, then each skill.
    ranges: Vec<Range>,
    report: Rc<Report<'s>>,
    place: usize,
}

impl<'s> Proof<'s> {
    /// What came of many plays of the scenario.
    pub fn played(&self) -> &Played<'s> {
        &self.report.scenarios[self.place]
    }

    /// The best of a score, or of the overall one. None where no run was played to its end.
    pub fn best(&self, skill: Option<Skill>) -> Option<&Extreme> {
        self.range(skill)?.best.as_ref()
    }

    /// The worst of a score, or of the overall one.
    pub fn worst(&self, skill: Option<Skill>) -> Option<&Extreme> {
        self.range(skill)?.worst.as_ref()
    }

    /// The best outcome that any playthrough was seen to come to.
    pub fn finest_outcome(&self) -> Option<Outcome> {
        let played = Player::ALL.iter().flat_map(|player| {
            let outcomes = self.played().of(*player).outcomes;
            Outcome::ALL.iter().copied().filter(move |outcome| outcomes[outcome.index()] > 0)
        });
        let searched = self.ranges.iter().flat_map(|range| range.best.iter().chain(&range.worst));
        played.chain(searched.map(|extreme| extreme.outcome)).max_by_key(|outcome| outcome_points(*outcome))
    }

    fn range(&self, skill: Option<Skill>) -> Option<&Range> {
        self.ranges.iter().find(|range| range.skill == skill)
    }
}

/// All that was worked out.
#[derive(Debug)]
pub struct Proved<'s> {
    /// In the order of the scenarios.
    pub proofs: Vec<Proof<'s>>,
    pub report: Rc<Report<'s>>,
}

/// Works it out for these scenarios. None where it was stopped.
pub fn prove<'s>(scenarios: &[&'s Scenario], threads: NonZeroUsize, watch: &dyn Watch) -> Option<Proved<'s>> {
    let solved = solve_all(scenarios, threads, watch);
    let settings = Settings { plays: PLAYS, seed: SEED, threads };
    let of = settings.plays_in_all(scenarios.len());
    let report = simulate(scenarios, settings, &|done| {
        watch.report(Step::Playing { done, of });
        if watch.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if watch.is_stopped() {
        return None;
    }
    let report = Rc::new(report);
    let proofs = solved.into_iter().enumerate().map(|(place, solved)| {
        let Solved { elements, ranges } = solved?;
        Some(Proof { elements, ranges, report: Rc::clone(&report), place })
    });
    let proofs = proofs.collect::<Option<Vec<_>>>()?;
    Some(Proved { proofs, report })
}

struct Solved {
    elements: Vec<Settled>,
    ranges: Vec<Range>,
}

/// Solves them, as many at a time as there are threads. None where it was stopped.
fn solve_all(scenarios: &[&Scenario], threads: NonZeroUsize, watch: &dyn Watch) -> Vec<Option<Solved>> {
    let next = AtomicUsize::new(0);
    let solved: Mutex<Vec<Option<Solved>>> = Mutex::new(scenarios.iter().map(|_| None).collect());
    let work = || {
        while !watch.is_stopped() {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(scenario) = scenarios.get(place) else { break };
            let mut looking_on = LookingOn { place, watch };
            let options = Options::default();
            let elements = solve::reachability(scenario, &options, &mut looking_on);
            let ranges = solve::ranges(scenario, &options, &mut looking_on);
            if !watch.is_stopped()
                && let Ok(mut solved) = solved.lock()
            {
                solved[place] = Some(Solved { elements, ranges });
            }
        }
    };
    let threads = threads.get().min(scenarios.len());
    if threads < 2 {
        work();
    } else {
        // A thread that panics makes this one panic.
        std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    }
    solved.into_inner().unwrap_or_default()
}

struct LookingOn<'w> {
    place: usize,
    watch: &'w dyn Watch,
}

impl Progress for LookingOn<'_> {
    fn report(&mut self, stage: solve::Stage) {
        self.watch.report(Step::Solving { place: self.place, stage });
    }

    fn is_stopped(&self) -> bool {
        self.watch.is_stopped()
    }
}
