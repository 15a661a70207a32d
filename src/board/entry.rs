//! What a board knows of an attempt.

use uuid::Uuid;

use crate::attempt::{Attempt, Played};
use crate::diagnostic::steers;
use crate::dialogue::Mode;
use crate::scenario::Scenario;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::{Outcome, Skill};

/// Per cent by which a difficulty of 1 to 5 raises the overall score (`leaderboards`, "What is ranked").
const BY_DIFFICULTY: [u32; 5] = [100, 108, 116, 124, 132];

/// Letters of a name that are shown.
const LONGEST_NAME: usize = 60;

/// An attempt as it was played back, with who says to have played it.
///
/// The fields are those of the index over finished runs, so that either can be made from the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub attempt: Uuid,
    /// A pseudonym.
    pub player: String,
    pub team: Option<String>,
    /// The scenario's slug.
    pub scenario: String,
    pub title: String,
    /// 1 to 5.
    pub difficulty: u8,
    pub scenario_hash: Hash,
    pub rules_version: u32,
    pub mode: Mode,
    /// Seconds since 1970, UTC: when the last promise matured or, before that, up to when it was played.
    pub ended_at: i64,
    /// Private to the player, never on a board.
    pub practice: bool,
    /// Every promise has matured.
    pub is_final: bool,
    pub outcome: Outcome,
    /// 0 to 1000.
    pub overall: u16,
    /// Hundredths of a point, by [`Skill::index`].
    pub skills: [i32; 5],
    /// Weight × hundredths of credit earned and available, by [`Skill::index`].
    pub evidence: [(i32, i32); 5],
    pub moderate_or_worse: u16,
    pub severe_or_worse: u16,
    /// Trust at the end, in hundredths.
    pub trust: i32,
    /// In the smallest unit of money.
    pub given_away: u32,
    /// The share of the hidden need that was met, 0 to 100.
    pub needs_met: i32,
}

impl Entry {
    /// The entry of an attempt that was played back on its scenario. Whether the attempt holds is not asked here: for
    /// an attempt from elsewhere use [`verify()`](super::verify()).
    pub fn of(scenario: &Scenario, attempt: &Attempt, played: &Played) -> Self {
        let (score, run) = (&played.score, &played.run);
        let tally = &run.tally;
        let ended = attempt.ended.map_or_else(
            || attempt.started.as_second().saturating_add(i64::from(attempt.elapsed_seconds)),
            jiff::Timestamp::as_second,
        );
        Self {
            attempt: attempt.id,
            player: plain_name(&attempt.player),
            team: attempt.team.as_deref().map(plain_name).filter(|team| !team.is_empty()),
            scenario: scenario.slug.clone(),
            title: scenario.title.clone(),
            difficulty: scenario.difficulty,
            scenario_hash: attempt.full_hash,
            rules_version: attempt.rules,
            mode: attempt.mode,
            ended_at: ended,
            // A rewound one has seen how it goes.
            practice: attempt.practice || attempt.rewound.is_some(),
            is_final: score.is_final,
            outcome: score.outcome,
            overall: score.overall,
            skills: score.skills.map(|skill| skill.score),
            evidence: score.skills.map(|skill| (skill.earned, skill.available)),
            moderate_or_worse: tally.moderate.saturating_add(tally.severe).saturating_add(tally.critical),
            severe_or_worse: tally.severe.saturating_add(tally.critical),
            trust: run.talk.meters.trust,
            given_away: tally.gave,
            needs_met: run.talk.needs_met(scenario),
        }
    }

    /// Ladder points: the overall score raised by the difficulty, rounded half up; 0 to 1320.
    pub fn points(&self) -> u32 {
        raised(u32::from(self.overall) * 100, self.difficulty)
    }

    /// The same for one skill, on the same scale.
    pub fn skill_points(&self, skill: Skill) -> u32 {
        raised(u32::try_from(self.skills[skill.index()]).unwrap_or(0) * 10, self.difficulty)
    }

    /// The skill that showed least, in hundredths of a point.
    pub fn lowest_skill(&self) -> i32 {
        self.skills.into_iter().min().unwrap_or(0)
    }
}

/// `hundredths` raised by a difficulty, in whole points, half up.
fn raised(hundredths: u32, difficulty: u8) -> u32 {
    let place = usize::from(difficulty.clamp(1, 5)) - 1;
    (hundredths * BY_DIFFICULTY[place] + 5000) / 10_000
}

/// A name as it may be shown: one line, without what steers a terminal or turns the direction of other text around.
pub(super) fn plain_name(name: &str) -> String {
    let plain: String = name.chars().filter(|letter| !steers(*letter)).take(LONGEST_NAME).collect();
    plain.trim().to_owned()
}
