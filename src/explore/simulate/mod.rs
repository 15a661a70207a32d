//! Playing scenarios many times over, by players of several kinds: how random play does, and whether a reply can be
//! guessed by its looks (`scenario-language`, "Guessability"; `content-guide`, "How writing is measured").
//!
//! [`simulate`] gives the same report for the same seed, however many threads play. A play is told by its number alone:
//! who plays it, with which seed of the scenario and with which dice. All that is kept are counts, so that they add up
//! to the same in any order.

mod classifier;
mod count;
mod cue;
mod dice;
mod figures;
mod play;
mod player;
mod prepared;
mod report;
mod series;
mod verdict;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::scenario::Scenario;

pub use classifier::Classified;
pub use count::{Counts, EncounterCounts, METERS, Through, TurnMeters, mean_of, quantile};
pub use cue::Cue;
pub use figures::{grouped, points, signed};
pub use player::{Player, Share};
pub use report::{Played, Report};
pub use series::Series;
pub use verdict::{
    CLASSIFIED, Giveaway, LIFT_IN_SCENARIO, LIFT_OVER_LIBRARY, Measured, RANDOM, SATISFIED, Target, Verdict,
};

use prepared::Prepared;

/// Plays that a thread takes at a time: each kind of player comes to the same number of them.
const ROUNDS_AT_A_TIME: u64 = 32;

/// What is to be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Plays of each scenario, all players together. Rounded up to whole rounds, in which each player plays once.
    pub plays: u64,
    pub seed: u64,
    /// How many play at once. The report does not depend on it.
    pub threads: NonZeroUsize,
}

impl Settings {
    /// Rounds of each scenario: in a round every player of [`Player::ALL`] plays once, all with the same seed.
    pub fn rounds(&self) -> u64 {
        self.plays.div_ceil(Player::ALL.len() as u64).max(1)
    }

    /// Plays of so many scenarios.
    pub fn plays_in_all(&self, scenarios: usize) -> u64 {
        self.rounds() * Player::ALL.len() as u64 * scenarios as u64
    }
}

/// Plays every scenario and judges what came of it.
///
/// `watch` is told now and then how many plays have been made in all, by whichever thread made them, and may break off:
/// then the report is about what was played so far, and says so.
pub fn simulate<'a>(
    scenarios: &[&'a Scenario],
    settings: Settings,
    watch: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
) -> Report<'a> {
    let prepared: Vec<_> = scenarios.iter().map(|scenario| Prepared::new(scenario)).collect();
    let work = Work {
        prepared: &prepared,
        settings,
        chunks: settings.rounds().div_ceil(ROUNDS_AT_A_TIME),
        next: AtomicU64::new(0),
        done: AtomicU64::new(0),
        stopped: AtomicBool::new(false),
        watch,
    };
    let counts = if settings.threads.get() == 1 {
        work.take()
    } else {
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..settings.threads.get()).map(|_| scope.spawn(|| work.take())).collect();
            let mut all: Option<Vec<Vec<Counts>>> = None;
            for thread in threads {
                let counts = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                match &mut all {
                    None => all = Some(counts),
                    Some(all) => add(all, &counts),
                }
            }
            all.unwrap_or_default()
        })
    };
    let stopped = work.stopped.into_inner();
    Report::new(settings, stopped, &prepared, counts)
}

/// What the threads share: the next chunk to be played. The chunks of all scenarios stand in one row.
struct Work<'w> {
    prepared: &'w [Prepared<'w>],
    settings: Settings,
    /// Of each scenario.
    chunks: u64,
    next: AtomicU64,
    done: AtomicU64,
    stopped: AtomicBool,
    watch: &'w (dyn Fn(u64) -> ControlFlow<()> + Sync),
}

impl Work<'_> {
    /// Plays chunks until there are none left, and counts: by scenario, then by player.
    fn take(&self) -> Vec<Vec<Counts>> {
        let mut counts: Vec<Vec<Counts>> = self.prepared.iter().map(Prepared::blank_counts).collect();
        let rounds = self.settings.rounds();
        while !self.stopped.load(Ordering::Relaxed) {
            let chunk = self.next.fetch_add(1, Ordering::Relaxed);
            let Ok(place) = usize::try_from(chunk / self.chunks) else { break };
            let Some(prepared) = self.prepared.get(place) else { break };
            let first = chunk % self.chunks * ROUNDS_AT_A_TIME;
            let last = (first + ROUNDS_AT_A_TIME).min(rounds);
            for round in first..last {
                let seed = dice::play_seed(self.settings.seed, round);
                for (player, counts) in Player::ALL.iter().zip(&mut counts[place]) {
                    play::play(prepared, *player, seed, counts);
                }
            }
            let played = (last - first) * Player::ALL.len() as u64;
            let done = self.done.fetch_add(played, Ordering::Relaxed) + played;
            if (self.watch)(done).is_break() {
                self.stopped.store(true, Ordering::Relaxed);
            }
        }
        counts
    }
}

fn add(all: &mut [Vec<Counts>], counts: &[Vec<Counts>]) {
    for (all, counts) in all.iter_mut().zip(counts) {
        for (all, counts) in all.iter_mut().zip(counts) {
            all.add(counts);
        }
    }
}

#[cfg(test)]
mod tests;
