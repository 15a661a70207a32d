//! What the plays came to.

use super::classifier::{Classified, classify};
use super::count::{Counts, EncounterCounts};
use super::player::Player;
use super::prepared::Prepared;
use super::verdict::{Giveaway, Verdict, giveaways, verdicts};
use super::{Cue, Settings};
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;

/// All that was found, scenario by scenario, and how it stands against the targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Report<'a> {
    pub settings: Settings,
    /// It was broken off: the counts are of what was played until then.
    pub stopped: bool,
    pub scenarios: Vec<Played<'a>>,
    pub classified: Classified,
    /// The targets of the content guide, in its order.
    pub verdicts: Vec<Verdict>,
}

/// What came of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Played<'a> {
    pub scenario: &'a Scenario,
    /// In the order of [`Player::ALL`].
    players: Vec<Counts>,
}

impl<'a> Report<'a> {
    pub(super) fn new(settings: Settings, stopped: bool, prepared: &[Prepared<'a>], counts: Vec<Vec<Counts>>) -> Self {
        let scenarios: Vec<_> = prepared
            .iter()
            .zip(counts)
            .map(|(prepared, players)| Played { scenario: prepared.scenario, players })
            .collect();
        let classified = classify(prepared);
        let verdicts = verdicts(&scenarios, &classified);
        Self { settings, stopped, scenarios, classified, verdicts }
    }

    /// All plays of all scenarios.
    pub fn plays(&self) -> u64 {
        self.scenarios.iter().map(Played::plays).sum()
    }

    /// Whether a target is missed. One that could not be measured is not.
    pub fn misses_a_target(&self) -> bool {
        self.verdicts.iter().any(|verdict| verdict.met == Some(false))
    }

    /// The mean of the scenarios' means, in hundredths of a point: each scenario counts the same.
    pub fn mean(&self, player: Player) -> i64 {
        library_mean(&self.scenarios, |played| played.of(player).mean())
    }

    /// By how much the bot's mean over the library lies above that of the random player, in hundredths of a point, and
    /// two standard errors of it. How another library would do is not asked: it is this one that is published.
    pub fn lift(&self, cue: Cue) -> (i64, i64) {
        let errors = self
            .scenarios
            .iter()
            .flat_map(|played| [Player::Cue(cue), Player::Random].map(|player| played.of(player).error_of_mean()));
        (library_mean(&self.scenarios, |played| played.lift(cue)), two_errors(errors, self.scenarios.len()))
    }

    /// Per mille of the bot's calls that leave the customer satisfied, each scenario counting the same, and two standard
    /// errors of it.
    pub fn satisfied(&self, cue: Cue) -> (i64, i64) {
        let of_cue = |played: &Played<'_>| played.of(Player::Cue(cue)).satisfied();
        let errors = self.scenarios.iter().map(|played| played.of(Player::Cue(cue)).error_of_satisfied());
        (library_mean(&self.scenarios, of_cue), two_errors(errors, self.scenarios.len()))
    }
}

impl Played<'_> {
    /// What came of one player's plays.
    pub fn of(&self, player: Player) -> &Counts {
        &self.players[player.index()]
    }

    pub fn plays(&self) -> u64 {
        self.players.iter().map(|counts| counts.plays).sum()
    }

    /// By how much the bot's mean lies above that of the random player, in hundredths of a point.
    pub fn lift(&self, cue: Cue) -> i64 {
        self.of(Player::Cue(cue)).mean() - self.of(Player::Random).mean()
    }

    /// Two standard errors of the random player's mean, in hundredths of a point.
    pub fn random_uncertainty(&self) -> i64 {
        two_errors(std::iter::once(self.of(Player::Random).error_of_mean()), 1)
    }

    /// Two standard errors of [`Self::lift`], in hundredths of a point. Bot and random player play with the same seeds,
    /// which makes the difference surer than this.
    pub fn lift_uncertainty(&self, cue: Cue) -> i64 {
        two_errors([Player::Cue(cue), Player::Random].map(|player| self.of(player).error_of_mean()).into_iter(), 1)
    }

    /// What came of one encounter, all players together.
    pub fn together(&self, encounter: EncounterId) -> EncounterCounts {
        let mut counts = self.players.iter().map(|counts| &counts.encounters[encounter.index()]);
        let mut sum = counts.next().cloned().unwrap_or_default();
        counts.for_each(|more| sum.add(more));
        sum
    }

    /// The nodes at which a bot earns more than the random player, those that give most away first.
    pub fn giveaways(&self, cue: Cue) -> Vec<Giveaway> {
        giveaways(self, cue)
    }
}

/// The mean over the scenarios, rounded toward zero; 0 where there are none.
pub(super) fn library_mean(scenarios: &[Played<'_>], value: impl Fn(&Played<'_>) -> i64) -> i64 {
    let many = i64::try_from(scenarios.len()).unwrap_or(i64::MAX);
    if many == 0 { 0 } else { scenarios.iter().map(value).sum::<i64>() / many }
}

/// Two standard errors of a mean of so many figures, from the squares of theirs.
fn two_errors(squares: impl Iterator<Item = u64>, many: usize) -> i64 {
    let sum = squares.fold(0, u64::saturating_add);
    let twice = sum.saturating_mul(4).isqrt().checked_div(many as u64);
    twice.and_then(|twice| i64::try_from(twice).ok()).unwrap_or(i64::MAX)
}
