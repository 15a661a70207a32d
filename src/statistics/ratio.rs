//! Exact shares, and what is rounded of them: once, at the end.

use std::cmp::Ordering;

/// A number in thousandths: 625 is 0.625.
pub type Thousandths = i32;

/// An exact share or difference of shares. The denominator is above 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// None where the denominator is not above 0.
    pub(super) fn new(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator > 0).then(|| Self { numerator: numerator.into(), denominator: denominator.into() })
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            numerator: self.numerator * other.denominator - other.numerator * self.denominator,
            denominator: self.denominator * other.denominator,
        }
    }

    /// Rounded, a half away from 0.
    pub(super) fn thousandths(self) -> Thousandths {
        i32::try_from(rounded(self.numerator * 1000, self.denominator)).unwrap_or(i32::MAX)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

/// `numerator` ÷ `denominator`, a half rounded away from 0. The denominator is above 0.
pub(super) const fn rounded(numerator: i128, denominator: i128) -> i128 {
    let half = if numerator < 0 { -denominator } else { denominator };
    (2 * numerator + half) / (2 * denominator)
}

/// The square root of `numerator` ÷ `denominator`, rounded down. The numerator is not below 0, the denominator above 0.
pub(super) const fn root(numerator: i128, denominator: i128) -> i128 {
    (numerator / denominator).isqrt()
}

/// A number in thousandths as people read it: 625 is "0.625", -8 is "-0.008".
pub fn decimal(thousandths: Thousandths) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1000, size % 1000)
}

/// The same as people read an index: 625 is ".63", -8 is "-.01", 1000 is "1.00".
pub fn index(thousandths: Thousandths) -> String {
    let hundredths = rounded(thousandths.into(), 10);
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    let whole = if size < 100 { String::new() } else { (size / 100).to_string() };
    format!("{sign}{whole}.{:02}", size % 100)
}

/// The same in whole per cent: 625 is "63 %".
pub fn percent(thousandths: Thousandths) -> String {
    format!("{} %", rounded(thousandths.into(), 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numerator: i64, denominator: i64, thousandths: Thousandths) {
        assert_eq!(Ratio::new(numerator, denominator).map(Ratio::thousandths), Some(thousandths));
    }

    #[test]
    fn a_half_is_rounded_away_from_nothing() {
        check(1, 3, 333);
        check(2, 3, 667);
        check(1, 2000, 1);
        check(-1, 2000, -1);
        check(-1, 2001, 0);
        check(0, 7, 0);
        assert_eq!(Ratio::new(1, 0), None);
    }

    #[test]
    fn a_difference_is_exact() {
        let share = |numerator, denominator| Ratio::new(numerator, denominator).unwrap();
        assert_eq!(share(1, 2).minus(share(1, 3)), share(1, 6));
        assert!(share(1, 3) < share(334, 1000));
    }

    #[test]
    fn figures_are_written_in_one_way() {
        assert_eq!([decimal(625), decimal(-8), decimal(1000)], ["0.625", "-0.008", "1.000"]);
        assert_eq!([index(625), index(-8), index(1000), index(-4)], [".63", "-.01", "1.00", ".00"]);
        assert_eq!([percent(625), percent(4)], ["63 %", "0 %"]);
    }
}
