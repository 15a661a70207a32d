//! A skill across runs (`engine-and-scoring`, "Across runs").
//!
//! θ = (Σ 0.85ᵏ·earned + 6·0.5) ÷ (Σ 0.85ᵏ·available + 6) over the last eight runs, the newest being k = 0. All of it
//! is integer arithmetic: 0.85 is 17/20, so every weight is 17ᵏ·20⁷⁻ᵏ over one common denominator; the one division is
//! rounded half up to hundredths of a point.

use serde::Serialize;

use crate::scenario::vocabulary::Skill;

/// Runs that are read, newest first.
pub const RUNS_READ: u32 = 8;
/// Evidence that is assumed before any run, in hundredths: six rows of weight 1, shown by half.
const PRIOR: i64 = 600;
/// 0.85 as a fraction.
pub(super) const DECAY: (i64, i64) = (17, 20);
/// Hundredths of a point.
const MASTERED_FROM: i32 = 8000;
const CHECK_FROM: i32 = 7500;
const SCENARIOS: usize = 3;
const DIFFICULTIES: usize = 2;
/// Runs in which nothing severe may have happened.
const WITHOUT_SEVERE: usize = 3;
/// Days until mastery is checked.
const CHECK_AFTER_DAYS: i64 = 14;

/// What one finished run says, for all five skills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The scenario's slug.
    pub scenario: String,
    /// 1 to 5.
    pub difficulty: u8,
    /// Days since any fixed day; only differences count.
    pub day: i64,
    /// Earned and available, in weight × hundredths of credit, by [`Skill::index`].
    pub evidence: [(i32, i32); 5],
    /// In hundredths of a point.
    pub skills: [i32; 5],
    /// Severe and critical violations.
    pub severe: u16,
}

/// A skill across runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mastery {
    pub skill: Skill,
    /// θ in hundredths of a point, 0 to 10000.
    pub theta: i32,
    /// Twice the standard deviation of θ, in hundredths of a point: in about 19 of 20 cases the skill lies within θ
    /// plus or minus this.
    pub spread: i32,
    /// Runs that were read, at most `RUNS_READ`.
    pub runs: usize,
    pub standing: Standing,
}

/// Whether a skill is mastered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Standing {
    /// This is missing.
    Learning(Vec<Missing>),
    /// All is there but the check, which a run on this [`Reading::day`] or later makes.
    CheckFrom(i64),
    Mastered,
}

/// What mastery still asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Missing {
    /// θ of 80.
    Level,
    /// Three scenarios; this many there are.
    Scenarios(usize),
    /// Two difficulties.
    Difficulties,
    /// A severe violation lies in the last three runs.
    Severe,
}

/// Reads a skill from finished runs, **oldest first**. Practice runs and unfinished ones are the caller's to leave out.
///
/// The check: once θ, scenarios, difficulties and conduct were there for the first time, a run fourteen days later or
/// more has to give at least 75; the latest such run decides. What is lost since is missing again.
pub fn mastery(skill: Skill, readings: &[Reading]) -> Mastery {
    let newest: Vec<&Reading> = readings.iter().rev().take(RUNS_READ as usize).collect();
    let (theta, spread) = estimate(skill, &newest);
    Mastery { skill, theta, spread, runs: newest.len(), standing: standing(skill, readings) }
}

/// θ and twice its standard deviation, in hundredths of a point.
///
/// The spread is that of a beta distribution with θ's own evidence, √(θ·(1−θ) ÷ (n+1)), n the weighted evidence with
/// the prior. Rows of one call hang together, so n counts a third of the weight: with that, one call of about 12
/// weighted rows reads as ± 30 points, which is what a reliability of about .5 comes to.
fn estimate(skill: Skill, newest: &[&Reading]) -> (i32, i32) {
    let (keep, of) = DECAY;
    let scale = of.pow(RUNS_READ - 1);
    let (mut earned, mut available, mut weight) = (PRIOR / 2 * scale, PRIOR * scale, scale);
    for reading in newest {
        let (got, offered) = reading.evidence[skill.index()];
        earned += weight * i64::from(got);
        available += weight * i64::from(offered);
        weight = weight * keep / of;
    }
    let theta = half_up(earned * 10_000, available);
    // Variance in hundredths of a point, squared; n in hundredths.
    let evidence = PRIOR + (available / scale - PRIOR) / 3;
    let theta_wide = i64::from(theta);
    let variance = theta_wide * (10_000 - theta_wide) * 100 / (evidence + 100);
    let spread = 2 * variance.isqrt();
    (theta, i32::try_from(spread).unwrap_or(10_000))
}

fn standing(skill: Skill, readings: &[Reading]) -> Standing {
    let missing = missing(skill, readings);
    if !missing.is_empty() {
        return Standing::Learning(missing);
    }
    // Not empty, because a level of 80 asks for runs: so some prefix is the first at which nothing was missing.
    let reached = (1..=readings.len()).find(|&length| self::missing(skill, &readings[..length]).is_empty());
    let Some(first) = reached.map(|length| readings[length - 1].day) else { return Standing::Learning(missing) };
    let due = first + CHECK_AFTER_DAYS;
    match readings.iter().rev().find(|reading| reading.day >= due) {
        Some(check) if check.skills[skill.index()] >= CHECK_FROM => Standing::Mastered,
        _ => Standing::CheckFrom(due),
    }
}

fn missing(skill: Skill, readings: &[Reading]) -> Vec<Missing> {
    let newest: Vec<&Reading> = readings.iter().rev().take(RUNS_READ as usize).collect();
    let mut missing = Vec::new();
    if estimate(skill, &newest).0 < MASTERED_FROM {
        missing.push(Missing::Level);
    }
    let scenarios = distinct(newest.iter().map(|reading| reading.scenario.as_str()));
    if scenarios < SCENARIOS {
        missing.push(Missing::Scenarios(scenarios));
    }
    if distinct(newest.iter().map(|reading| reading.difficulty)) < DIFFICULTIES {
        missing.push(Missing::Difficulties);
    }
    if newest.iter().take(WITHOUT_SEVERE).any(|reading| reading.severe > 0) {
        missing.push(Missing::Severe);
    }
    missing
}

fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> usize {
    values.collect::<std::collections::BTreeSet<_>>().len()
}

/// `numerator` ÷ `denominator`, rounded half up; both are non-negative and the second is not 0.
fn half_up(numerator: i64, denominator: i64) -> i32 {
    let (numerator, denominator) = (i128::from(numerator), i128::from(denominator));
    i32::try_from((2 * numerator + denominator) / (2 * denominator)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reading(scenario: &str, difficulty: u8, day: i64, earned: i32, available: i32) -> Reading {
        let score = if available == 0 { 0 } else { earned * 10_000 / available };
        Reading {
            scenario: scenario.to_owned(),
            difficulty,
            day,
            evidence: [(earned, available); 5],
            skills: [score; 5],
            severe: 0,
        }
    }

    fn strong(days: &[i64]) -> Vec<Reading> {
        let scenarios = [("a", 1), ("b", 2), ("c", 3)];
        let runs = days.iter().enumerate();
        runs.map(|(run, &day)| reading(scenarios[run % 3].0, scenarios[run % 3].1, day, 1150, 1200)).collect()
    }

    fn check(readings: &[Reading], theta: i32) {
        assert_eq!(mastery(Skill::Listening, readings).theta, theta);
    }

    #[test]
    fn without_runs_theta_is_a_half_and_wide() {
        let mastery = mastery(Skill::Empathy, &[]);
        assert_eq!((mastery.theta, mastery.runs), (5000, 0));
        assert!(mastery.spread > 3500, "{}", mastery.spread);
    }

    #[test]
    fn the_formula_of_the_design() {
        // (9.60 + 3) ÷ (11 + 6) = 0.741176…
        check(&[reading("a", 1, 0, 960, 1100)], 7412);
        // Newest first: 5 of 10, then 0.85 × 10 of 10: (5 + 8.5 + 3) ÷ (10 + 8.5 + 6) = 0.673469…
        check(&[reading("a", 1, 0, 1000, 1000), reading("a", 1, 1, 500, 1000)], 6735);
    }

    #[test]
    fn only_the_last_eight_runs_count() {
        let mut runs: Vec<_> = (0..8).map(|day| reading("a", 1, day, 900, 1000)).collect();
        let theta = mastery(Skill::Listening, &runs).theta;
        runs.insert(0, reading("a", 1, -1, 0, 1000));
        check(&runs, theta);
    }

    #[test]
    fn more_runs_narrow_the_reading() {
        let one = mastery(Skill::Listening, &strong(&[0])).spread;
        let eight = mastery(Skill::Listening, &strong(&[0, 1, 2, 3, 4, 5, 6, 7])).spread;
        assert!(eight < one, "{eight} is not below {one}");
    }

    #[test]
    fn mastery_is_checked_after_fourteen_days() {
        let standing = |days: &[i64]| mastery(Skill::Listening, &strong(days)).standing;
        assert_eq!(standing(&[0]), Standing::Learning(vec![Missing::Scenarios(1), Missing::Difficulties]));
        assert_eq!(standing(&[0, 1, 2]), Standing::CheckFrom(16));
        assert_eq!(standing(&[0, 1, 2, 15]), Standing::CheckFrom(16));
        assert_eq!(standing(&[0, 1, 2, 16]), Standing::Mastered);
    }

    #[test]
    fn a_weak_check_does_not_pass() {
        let mut runs = strong(&[0, 1, 2, 16]);
        runs[3].skills = [7499; 5];
        assert_eq!(mastery(Skill::Listening, &runs).standing, Standing::CheckFrom(16));
    }

    #[test]
    fn a_severe_violation_takes_mastery_back_for_three_runs() {
        let mut runs = strong(&[0, 1, 2, 16]);
        runs[3].severe = 1;
        assert_eq!(mastery(Skill::Listening, &runs).standing, Standing::Learning(vec![Missing::Severe]));
        runs.extend(strong(&[17, 18, 19]));
        assert_eq!(mastery(Skill::Listening, &runs).standing, Standing::Mastered);
    }

    proptest! {
        #[test]
        fn theta_stays_in_bounds_and_rises_with_what_is_earned(
            rows in prop::collection::vec((0..=4000_i32, 0..=4000_i32), 0..12),
            better in 0..12_usize,
        ) {
            let mut runs: Vec<_> = rows.iter().enumerate().map(|(day, &(one, other))| {
                reading("a", 1, i64::try_from(day).unwrap(), one.min(other), one.max(other))
            }).collect();
            let before = mastery(Skill::CalmTone, &runs);
            prop_assert!((0..=10_000).contains(&before.theta));
            prop_assert!((0..=10_000).contains(&before.spread));
            if let Some(run) = runs.get_mut(better) {
                run.evidence = run.evidence.map(|(_, available)| (available, available));
                prop_assert!(mastery(Skill::CalmTone, &runs).theta >= before.theta);
            }
        }
    }
}
