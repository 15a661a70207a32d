//! Shares of what was on offer, over people: the mean, its standard error, and the upper less the lower quarter.

use super::Of;
use super::ratio::{Ratio, Thousandths, root, rounded};
use serde::Serialize;

/// Residuals are kept to a millionth: their squares are added up, and only the root of the sum is shown.
const MILLION: i128 = 1_000_000;

/// What one person earned, of what was on offer to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) earned: i64,
    pub(super) of: i64,
}

impl Part {
    pub(super) const fn new(earned: i64, of: i64) -> Self {
        Self { earned, of }
    }

    /// One who did it, or did not.
    pub(super) fn whether(did: bool) -> Self {
        Self::new(did.into(), 1)
    }
}

impl From<Of> for Part {
    fn from(of: Of) -> Self {
        Self::new(of.earned.into(), of.available.into())
    }
}

fn sum<'p>(parts: impl IntoIterator<Item = &'p Part>) -> Part {
    parts.into_iter().fold(Part::new(0, 0), |sum, part| Part::new(sum.earned + part.earned, sum.of + part.of))
}

/// All that was earned of all that was on offer. None where nothing was.
pub(super) fn mean(parts: &[Part]) -> Option<Ratio> {
    let sum = sum(parts);
    Ratio::new(sum.earned, sum.of)
}

/// The square of the standard error of [`mean`], in millionths squared: that of a ratio of two sums, which for equal
/// offers is that of a mean. None for fewer than two people.
fn squared_error(parts: &[Part]) -> Option<i128> {
    let people = i128::try_from(parts.len()).ok()?;
    let Part { earned, of } = sum(parts);
    let (earned, of) = (i128::from(earned), i128::from(of));
    if people < 2 || of <= 0 {
        return None;
    }
    let residual = |part: &Part| (i128::from(part.earned) * of - earned * i128::from(part.of)) * MILLION / of;
    let squares: i128 = parts.iter().map(|part| residual(part).pow(2)).sum();
    Some(people * squares / ((people - 1) * of * of))
}

/// How far two groups lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The first less the second.
    pub by: Thousandths,
    /// The standard error of it.
    pub error: Thousandths,
    /// It is more than two standard errors from nothing.
    pub clear: bool,
}

/// The share of the one group less that of the other.
pub(super) fn difference(one: &[Part], other: &[Part]) -> Option<Difference> {
    let by = mean(one)?.minus(mean(other)?).thousandths();
    let error = root(squared_error(one)? + squared_error(other)?, 1);
    let clear = i128::from(by.unsigned_abs()) * 1000 > 2 * error;
    Some(Difference { by, error: i32::try_from(rounded(error, 1000)).ok()?, clear })
}

/// A person as an item sees them: how they did at everything else, and at it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) rest: Ratio,
    pub(super) at_it: Part,
}

/// The share of the quarter that did best at everything else, less that of the quarter that did worst.
///
/// Where several did equally well at the edge of a quarter, all of them count, each by the same fraction, so that the
/// quarter is as large as it should be and nobody's place depends on the order of the list.
pub(super) fn discrimination(people: &[Placed]) -> Option<Ratio> {
    let quarter = people.len() / 4;
    let mut people = people.to_vec();
    people.sort_by_key(|person| person.rest);
    let lower = first(&people, quarter)?;
    people.reverse();
    Some(first(&people, quarter)?.minus(lower))
}

/// The share of the first `quarter` of sorted people.
fn first(sorted: &[Placed], quarter: usize) -> Option<Ratio> {
    let edge = sorted.get(quarter.checked_sub(1)?)?.rest;
    let begin = sorted.iter().position(|person| person.rest == edge)?;
    let tied = sorted[begin..].iter().take_while(|person| person.rest == edge).count();
    let inside = sum(sorted[..begin].iter().map(|person| &person.at_it));
    let at_edge = sum(sorted[begin..begin + tied].iter().map(|person| &person.at_it));
    let (tied, seats) = (i64::try_from(tied).ok()?, i64::try_from(quarter - begin).ok()?);
    Ratio::new(tied * inside.earned + seats * at_edge.earned, tied * inside.of + seats * at_edge.of)
}
