//! Plays of one scenario that can be looked at on the way and gone on with.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use super::count::Counts;
use super::player::Player;
use super::prepared::Prepared;
use super::report::Report;
use super::{Settings, dice, play};
use crate::scenario::Scenario;

/// Plays of one scenario so far. After as many plays its report is that of [`super::simulate`].
#[derive(Debug)]
pub struct Series<'a> {
    prepared: [Prepared<'a>; 1],
    seed: u64,
    rounds: u64,
    counts: Vec<Counts>,
}

impl<'a> Series<'a> {
    /// Nothing is played yet.
    pub fn new(scenario: &'a Scenario, seed: u64) -> Self {
        let prepared = Prepared::new(scenario);
        let counts = prepared.blank_counts();
        Self { prepared: [prepared], seed, rounds: 0, counts }
    }

    /// Plays made so far, all players together.
    pub fn plays(&self) -> u64 {
        self.rounds * Player::ALL.len() as u64
    }

    /// Plays on until there are at least so many plays in all: whole rounds, in which each player plays once. `watch`
    /// is told after each round how many plays there are, and may break off; then it can be gone on with later.
    pub fn play_to(&mut self, plays: u64, mut watch: impl FnMut(u64) -> ControlFlow<()>) -> ControlFlow<()> {
        let [prepared] = &self.prepared;
        while self.plays() < plays {
            let seed = dice::play_seed(self.seed, self.rounds);
            for (player, counts) in Player::ALL.iter().zip(&mut self.counts) {
                play::play(prepared, *player, seed, counts);
            }
            self.rounds += 1;
            watch(self.plays())?;
        }
        ControlFlow::Continue(())
    }

    /// What the plays so far came to.
    pub fn report(&self) -> Report<'a> {
        let settings = Settings { plays: self.plays(), seed: self.seed, threads: NonZeroUsize::MIN };
        Report::new(settings, false, &self.prepared, vec![self.counts.clone()])
    }
}
