//! Whether the scores would come out alike if everybody played again: the agreement of two halves of each attempt.

use std::collections::BTreeSet;

use rand_pcg::Pcg64Mcg;
use serde::Serialize;

use super::ratio::{Thousandths, root, rounded};
use super::{ENOUGH_PEOPLE, Observed};
use crate::dialogue::below;

/// How often the people are drawn anew for the interval.
const DRAWS: usize = 1000;
/// Of so many, as many are left out at either end.
const OUTSIDE: usize = 25;
/// The draws are the same each time, so that the same attempts give the same interval.
const SEED: u128 = 0x243f_6a88_85a3_08d3_1319_8a2e_0370_7344;
/// Shares of halves are kept to a millionth.
const MILLION: i64 = 1_000_000;

/// Below this, differences between people are mostly luck.
pub const RELIABLE_FOR_GROUPS: Thousandths = 500;
/// From this on, people may be compared with each other.
pub const RELIABLE_FOR_PEOPLE: Thousandths = 800;

/// How far the differences between people's scores are differences between people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reliability {
    /// Those with at least two decisions that earn credit.
    pub people: usize,
    /// Guttman's λ4 of the odd against the even decisions, -1000 to 1000.
    pub coefficient: Thousandths,
    /// The interval in which the middle 95 of 100 draws of the same people lie.
    pub low: Thousandths,
    pub high: Thousandths,
    /// The standard error of measurement, of a share of credit of 0 to 1000.
    pub error: Thousandths,
    pub good_for: GoodFor,
}

/// What scores of this reliability may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum GoodFor {
    /// Only to learn from: another call would rank people otherwise.
    Practice,
    /// To compare teams, and stretches of time.
    Groups,
    /// To compare people.
    People,
}

impl GoodFor {
    const fn of(coefficient: Thousandths) -> Self {
        match coefficient {
            RELIABLE_FOR_PEOPLE.. => Self::People,
            RELIABLE_FOR_GROUPS.. => Self::Groups,
            _ => Self::Practice,
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Practice => "good for practice, too rough to compare people or groups",
            Self::Groups => "good enough to compare groups, too rough to compare two people",
            Self::People => "good enough to compare people",
        }
    }
}

/// None where there are fewer than [`ENOUGH_PEOPLE`] or all have earned the same.
pub(super) fn reliability<'o>(attempts: impl Iterator<Item = &'o Observed>) -> Option<Reliability> {
    let mut people: Vec<Halves> = attempts.filter_map(Halves::of).collect();
    if people.len() < ENOUGH_PEOPLE {
        return None;
    }
    // The draws below go by the place in the list.
    people.sort_unstable();
    let sums: Sums = people.iter().copied().collect();
    let coefficient = sums.coefficient()?;
    let mut dice = Pcg64Mcg::new(SEED);
    let mut drawn: Vec<Thousandths> = (0..DRAWS)
        .filter_map(|_| {
            let again: Sums = (0..people.len()).map(|_| people[below(&mut dice, people.len())]).collect();
            again.coefficient()
        })
        .collect();
    drawn.sort_unstable();
    let outside = drawn.len() * OUTSIDE / DRAWS;
    Some(Reliability {
        people: people.len(),
        coefficient,
        low: *drawn.get(outside)?,
        high: *drawn.get(drawn.len().checked_sub(outside + 1)?)?,
        error: sums.error(coefficient),
        good_for: GoodFor::of(coefficient),
    })
}

/// The shares of credit that one person earned, in millionths: at the first, third, fifth… decision, and at the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Halves(i64, i64);

impl Halves {
    /// None with fewer than two decisions. Who comes back to a node knows what was said there: only the first visit counts.
    fn of(observed: &Observed) -> Option<Self> {
        let mut been = BTreeSet::new();
        let (mut earned, mut available) = ([0_i64; 2], [0_i64; 2]);
        let mut half = 0;
        for visit in &observed.visits {
            let is_first = been.insert((&visit.encounter, &visit.node));
            let here = i64::from(visit.reply.available) + i64::from(visit.conduct.available);
            if !is_first || here == 0 {
                continue;
            }
            earned[half] += i64::from(visit.reply.earned) + i64::from(visit.conduct.earned);
            available[half] += here;
            half = 1 - half;
        }
        let share = |half: usize| (earned[half] * MILLION).checked_div(available[half]);
        Some(Self(share(0)?, share(1)?))
    }
}

/// Sums over people of their halves a and b.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    people: i128,
    a: i128,
    b: i128,
    a_times_b: i128,
    squares: i128,
}

impl FromIterator<Halves> for Sums {
    fn from_iter<T: IntoIterator<Item = Halves>>(people: T) -> Self {
        people.into_iter().fold(Self::default(), |sums, Halves(a, b)| {
            let (a, b) = (i128::from(a), i128::from(b));
            Self {
                people: sums.people + 1,
                a: sums.a + a,
                b: sums.b + b,
                a_times_b: sums.a_times_b + a * b,
                squares: sums.squares + (a + b) * (a + b),
            }
        })
    }
}

impl Sums {
    /// n² times the variance of a + b.
    const fn spread(&self) -> i128 {
        self.people * self.squares - (self.a + self.b) * (self.a + self.b)
    }

    /// λ4 = 4 · cov(a, b) ÷ var(a + b). None where all have earned the same.
    fn coefficient(&self) -> Option<Thousandths> {
        let (spread, together) = (self.spread(), self.people * self.a_times_b - self.a * self.b);
        let coefficient = (spread > 0).then(|| rounded(4000 * together, spread))?;
        // Halves that contradict each other have no lower bound.
        i32::try_from(coefficient.max(-1000)).ok()
    }

    /// The standard deviation of (a + b) ÷ 2 times √(1 − λ4), in thousandths.
    fn error(&self, coefficient: Thousandths) -> Thousandths {
        let unreliable = 1000 - i128::from(coefficient);
        // Millionths: √(spread ÷ n(n − 1) ÷ 4 · (1 − λ4)).
        let millionths = root(self.spread() * unreliable, 4000 * self.people * (self.people - 1));
        i32::try_from(rounded(millionths, 1000)).unwrap_or(i32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(halves: &[(i64, i64)]) -> Sums {
        halves.iter().map(|&(a, b)| Halves(a * MILLION / 100, b * MILLION / 100)).collect()
    }

    #[test]
    fn the_coefficient_is_that_of_guttman() {
        // Halves that agree, that have nothing to do with each other, and that contradict each other.
        assert_eq!(sums(&[(10, 10), (50, 50), (90, 90)]).coefficient(), Some(1000));
        assert_eq!(sums(&[(0, 0), (0, 100), (100, 0), (100, 100)]).coefficient(), Some(0));
        assert_eq!(sums(&[(10, 80), (50, 50), (80, 10)]).coefficient(), Some(-1000));
        assert_eq!(sums(&[(50, 50), (50, 50)]).coefficient(), None, "all alike");
        // cov = 75 − 5 · 10 = 25, var of the sum = 350 − 15² = 125.
        assert_eq!(sums(&[(0, 0), (10, 10), (10, 20), (0, 10)]).coefficient(), Some(800));
    }

    #[test]
    fn the_error_of_measurement_is_nothing_where_halves_agree() {
        let agreeing = sums(&[(10, 10), (50, 50), (90, 90)]);
        assert_eq!(agreeing.error(1000), 0);
        // Standard deviation .4, and √(1 − .75) = ½.
        assert_eq!(agreeing.error(750), 200);
    }
}
