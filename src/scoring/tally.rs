//! Adding up, in integers: evidence in weight × hundredths of credit, scores in hundredths of a point.

use serde::{Deserialize, Serialize};

use crate::dialogue::{Event, EventSink, Evidence, Row, State, Violation};
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Flaw, Fulfilment, Outcome, Severity, Skill};
use crate::scoring::outcome::{outcome, satisfaction};

/// A raised voice: the overall score is at most this.
pub const SCORE_CAP_RAISED: u16 = 599;
/// A critical violation: the overall score is at most this.
pub const SCORE_CAP_CRITICAL: u16 = 399;
/// A raised voice: calm tone is at most this, in hundredths.
const CALM_CAP_RAISED: i32 = 4000;
/// The same kind of violation costs in full this often in an attempt, and half from then on.
const FULL_COST_TIMES: u8 = 3;

/// What a quality of 0 to 4 is worth, in hundredths (`engine-and-scoring`, "Evidence").
pub const fn credit(quality: u8) -> i32 {
    match quality {
        0 => 0,
        1 => 10,
        2 => 40,
        3 => 75,
        _ => 100,
    }
}

/// The sums of a run so far. Takes events; allocates nothing while it does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts that cap a score, not the states of one thing")]
pub struct Tally {
    /// Weight × credit, by [`Skill::index`].
    earned: [i32; 5],
    /// Weight × credit of the best on offer.
    available: [i32; 5],
    /// Points taken, in hundredths.
    taken: [i32; 5],
    /// What the latest turns with a violation took: the turn, and hundredths by skill. A repair gives half back.
    recent: [(u8, [i32; 5]); 2],
    /// How often each flaw has cost something, by [`Flaw::index`].
    times: Row<u8, { Flaw::ALL.len() }>,
    pub minor: u16,
    pub moderate: u16,
    pub severe: u16,
    pub critical: u16,
    pub raised_voice: bool,
    /// A promise was kept or exceeded.
    pub kept_a_promise: bool,
    /// A promise was broken; one that was kept late is not among these.
    pub broke_a_promise: bool,
    /// Given away, in the smallest unit of money.
    pub gave: u32,
    pub is_final: bool,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            earned: [0; 5],
            available: [0; 5],
            taken: [0; 5],
            recent: [(0, [0; 5]); 2],
            times: Row::with_length(Flaw::ALL.len()),
            minor: 0,
            moderate: 0,
            severe: 0,
            critical: 0,
            raised_voice: false,
            kept_a_promise: false,
            broke_a_promise: false,
            gave: 0,
            is_final: false,
        }
    }
}

impl EventSink for Tally {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "where an event is made its kind is known, and most count for nothing")]
    fn push(&mut self, event: Event) {
        match event {
            Event::EncounterBegan(_) => self.begin_encounter(),
            Event::Evidence(row) => self.count(&row),
            Event::Violation(violation) => {
                self.take(&violation);
            }
            Event::Repaired { turn } => {
                self.repair(turn);
            }
            Event::Matured { fulfilment, .. } => match fulfilment {
                Fulfilment::Kept | Fulfilment::Exceeded => self.kept_a_promise = true,
                Fulfilment::Broken => self.broke_a_promise = true,
                Fulfilment::LateWarned | Fulfilment::Late => {}
            },
            Event::Gave(cost) => self.gave = self.gave.saturating_add(cost),
            Event::Closed => self.is_final = true,
            _ => {}
        }
    }
}

impl Tally {
    /// Turns are counted anew, so what an earlier encounter took can no longer be repaired.
    pub(super) fn begin_encounter(&mut self) {
        self.recent = [(0, [0; 5]); 2];
    }

    #[inline]
    fn count(&mut self, row: &Evidence) {
        let skill = row.indicator.skill().index();
        self.earned[skill] += i32::from(row.weight) * credit(row.quality);
        self.available[skill] += i32::from(row.weight) * credit(row.best.max(row.quality));
    }

    /// Takes the points of a violation and says how many hundredths they were.
    pub(super) fn take(&mut self, violation: &Violation) -> i32 {
        let times = &mut self.times[violation.flaw.index()];
        *times = times.saturating_add(1);
        let full = violation.severity.cost() * 100;
        let cost = if *times > FULL_COST_TIMES { full / 2 } else { full };
        let skill = violation.skill.index();
        self.taken[skill] += cost;
        if self.recent[0].0 != violation.turn {
            self.recent[1] = self.recent[0];
            self.recent[0] = (violation.turn, [0; 5]);
        }
        self.recent[0].1[skill] += cost;
        match violation.severity {
            Severity::Minor => self.minor += 1,
            Severity::Moderate => self.moderate += 1,
            Severity::Severe => self.severe += 1,
            Severity::Critical => self.critical += 1,
        }
        if violation.flaw == Flaw::RaisedVoice {
            self.raised_voice = true;
        }
        cost
    }

    /// Gives back half of what a turn took, once, and says how much in hundredths.
    pub(super) fn repair(&mut self, turn: u8) -> i32 {
        let Some((_, taken)) = self.recent.iter_mut().find(|(taken_in, _)| *taken_in == turn) else { return 0 };
        let mut restored = 0;
        for (skill, cost) in taken.iter_mut().enumerate() {
            self.taken[skill] -= *cost / 2;
            restored += *cost / 2;
            *cost = 0;
        }
        restored
    }

    /// The most that a repair can still give back of a skill to someone who answers in this turn or later: half of what
    /// this turn and the one before it have taken.
    pub fn repairable(&self, skill: Skill, turn: u8) -> i32 {
        let recent = self.recent.iter().filter(|(taken_in, _)| taken_in.saturating_add(1) >= turn);
        recent.map(|(_, taken)| taken[skill.index()] / 2).sum()
    }

    /// Weight × hundredths of credit earned and available so far.
    pub fn evidence(&self, skill: Skill) -> (i32, i32) {
        (self.earned[skill.index()], self.available[skill.index()])
    }

    /// One skill so far.
    pub fn skill(&self, skill: Skill) -> SkillScore {
        let (earned, available) = self.evidence(skill);
        let base = if available == 0 { 0 } else { half_up(i64::from(earned) * 10_000, i64::from(available)) };
        let violations = self.taken[skill.index()];
        let mut score = (base - violations).clamp(0, 10_000);
        if skill == Skill::CalmTone && self.raised_voice {
            score = score.min(CALM_CAP_RAISED);
        }
        SkillScore { skill, earned, available, base, violations, score }
    }

    /// Whether anything moderate or worse was taken.
    pub fn has_moderate_or_worse(&self) -> bool {
        self.moderate + self.severe + self.critical > 0
    }
}

/// `numerator` ÷ `denominator`, rounded half up; both are non-negative and the second is not 0.
fn half_up(numerator: i64, denominator: i64) -> i32 {
    i32::try_from((2 * numerator + denominator) / (2 * denominator)).unwrap_or(i32::MAX)
}

/// A skill and what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct SkillScore {
    pub skill: Skill,
    /// Weight × hundredths of credit.
    pub earned: i32,
    pub available: i32,
    /// Hundredths of a point, 0 to 10000.
    pub base: i32,
    /// Hundredths of a point taken by violations, after repairs.
    pub violations: i32,
    /// Hundredths of a point, 0 to 10000.
    pub score: i32,
}

/// What holds the score down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Cap {
    RaisedVoice,
    CriticalViolation,
    BrokenPromise,
}

/// The score of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// In the order of [`Skill::ALL`].
    pub skills: [SkillScore; 5],
    /// Hundredths of a point, 0 to 10000.
    pub satisfaction: i32,
    pub outcome: Outcome,
    /// 0 to 1000.
    pub overall: u16,
    pub caps: Vec<Cap>,
    /// Every promise has matured.
    pub is_final: bool,
}

/// What an outcome adds (`engine-and-scoring`, "Outcome": Q).
pub const fn outcome_points(outcome: Outcome) -> i64 {
    match outcome {
        Outcome::Advocate => 100,
        Outcome::Satisfied | Outcome::RightlyEscalated => 85,
        Outcome::Pacified => 50,
        Outcome::Lost => 15,
        Outcome::Escalated => 0,
    }
}

/// The score of a run that stands at `state`: overall = round(10 · (0.75 · Σ v·skill + 0.25 · Q)), then caps.
pub fn score(scenario: &Scenario, state: &State, tally: &Tally) -> Score {
    let skills = [0, 1, 2, 3, 4].map(|index: usize| tally.skill(Skill::ALL[index]));
    let outcome = outcome(scenario, state, tally, &skills);
    // Hundredths of a weight times hundredths of a point.
    let weighted: i64 = skills
        .iter()
        .zip(scenario.skill_weights)
        .map(|(skill, weight)| i64::from(skill.score) * i64::from(weight))
        .sum();
    let overall = half_up(75 * weighted + 25 * outcome_points(outcome) * 10_000, 100_000);
    let mut overall = u16::try_from(overall).unwrap_or(0).min(1000);
    let mut caps = Vec::new();
    if tally.raised_voice {
        overall = overall.min(SCORE_CAP_RAISED);
        caps.push(Cap::RaisedVoice);
    }
    if tally.critical > 0 {
        overall = overall.min(SCORE_CAP_CRITICAL);
        caps.push(Cap::CriticalViolation);
    }
    if tally.broke_a_promise {
        caps.push(Cap::BrokenPromise);
    }
    Score { skills, satisfaction: satisfaction(scenario, state), outcome, overall, caps, is_final: tally.is_final }
}
