//! Which indicators are shown least, across runs.

use super::Moment;
use crate::scenario::vocabulary::Indicator;
use crate::scoring::mastery::{DECAY, RUNS_READ};

/// An indicator of which a smaller share is shown is weak: three quarters, in hundredths of a point.
pub const WEAK_BELOW: i32 = 7500;
/// Fewer opportunities than this say nothing of a habit.
const LEAST_OPPORTUNITIES: usize = 2;
/// And less than this neither, in weight × hundredths of credit, the older runs counting less.
const LEAST_AVAILABLE: i64 = 300;

/// An indicator that is shown less than it could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weakness {
    pub indicator: Indicator,
    /// Earned of available, in hundredths of a point: 0 to just below [`WEAK_BELOW`].
    pub share: i32,
    /// How often it was on offer.
    pub opportunities: usize,
}

/// The weak indicators of a person, the weakest first. `runs` are the moments of each finished run, **oldest first**.
///
/// Runs count as they do for a skill (`engine-and-scoring`, "Across runs"): the last eight, each 0.85 of the one after
/// it. What only the trainee's conduct shows (listening to the end, a calm voice) is not among these: a card asks what
/// one would say.
pub fn weakest(runs: &[&[Moment]]) -> Vec<Weakness> {
    let (keep, of) = DECAY;
    let scale = of.pow(RUNS_READ - 1);
    let mut sums = vec![(0, 0, 0); Indicator::ALL.len()];
    let mut weight = scale;
    for moments in runs.iter().rev().take(RUNS_READ as usize) {
        for chance in moments.iter().flat_map(|moment| &moment.chances).filter(|chance| chance.available > 0) {
            let (earned, available, opportunities) = &mut sums[chance.indicator.index()];
            *earned += weight * i64::from(chance.earned);
            *available += weight * i64::from(chance.available);
            *opportunities += 1;
        }
        weight = weight * keep / of;
    }
    let mut weak: Vec<Weakness> = Indicator::ALL
        .iter()
        .zip(sums)
        .filter(|(_, (_, available, opportunities))| {
            *opportunities >= LEAST_OPPORTUNITIES && *available >= LEAST_AVAILABLE * scale
        })
        .map(|(&indicator, (earned, available, opportunities))| {
            let share = i32::try_from(earned * 10_000 / available).unwrap_or(10_000);
            Weakness { indicator, share, opportunities }
        })
        .filter(|weakness| weakness.share < WEAK_BELOW)
        .collect();
    weak.sort_by_key(|weakness| weakness.share);
    weak
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::id::{EncounterId, NodeId, ReplyId};
    use crate::scoring::review::Chance;

    fn moment(chances: &[(Indicator, i32, i32)]) -> Moment {
        let chance = |&(indicator, earned, available)| Chance { indicator, earned, available };
        Moment {
            encounter: EncounterId(0),
            turn: 1,
            node: NodeId(0),
            before: None,
            heard: String::new(),
            said: ReplyId(0),
            offered: vec![ReplyId(0)],
            chances: chances.iter().map(chance).collect(),
        }
    }

    /// Each run is a list of moments with one chance each, the oldest run first.
    fn check(runs: &[&[(Indicator, i32, i32)]], expected: &[(Indicator, i32)]) {
        let runs: Vec<Vec<Moment>> = runs.iter().map(|run| run.iter().map(|&one| moment(&[one])).collect()).collect();
        let runs: Vec<&[Moment]> = runs.iter().map(Vec::as_slice).collect();
        let found: Vec<_> = weakest(&runs).iter().map(|weakness| (weakness.indicator, weakness.share)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_shown_least_comes_first() {
        use Indicator::{NextStep, OwningApology, Paraphrase};
        check(&[&[(Paraphrase, 80, 200), (Paraphrase, 80, 200)]], &[(Paraphrase, 4000)]);
        check(
            &[&[(Paraphrase, 100, 200), (OwningApology, 0, 300), (OwningApology, 30, 300), (Paraphrase, 100, 200)]],
            &[(OwningApology, 500), (Paraphrase, 5000)],
        );
        check(&[&[(NextStep, 225, 300), (NextStep, 225, 300)]], &[]);
    }

    #[test]
    fn too_few_opportunities_mean_nothing() {
        use Indicator::{OwningApology, WarmClose};
        check(&[&[(OwningApology, 0, 300)]], &[]);
        check(&[&[(WarmClose, 0, 100), (WarmClose, 0, 100)]], &[]);
        check(&[&[(WarmClose, 0, 100), (WarmClose, 0, 100), (WarmClose, 0, 100)]], &[(WarmClose, 0)]);
        // Two runs ago it was on offer, but nothing could be earned.
        check(&[&[(OwningApology, 0, 0)], &[(OwningApology, 0, 300)]], &[]);
    }

    #[test]
    fn later_runs_count_more_and_only_the_last_eight() {
        use Indicator::Validate;
        let (bad, good): (&[_], &[_]) = (&[(Validate, 0, 400)], &[(Validate, 400, 400)]);
        // 0.85 ÷ 1.85 and 1 ÷ 1.85.
        check(&[good, bad], &[(Validate, 4594)]);
        check(&[bad, good], &[(Validate, 5405)]);
        check(&[bad, good, good, good, good, good, good, good, good], &[]);
    }
}
