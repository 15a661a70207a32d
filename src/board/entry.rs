//! What a board knows of a finished attempt, and what it is worth there.

use std::cmp::{Ordering, Reverse};

use serde::Serialize;

use crate::scenario::vocabulary::{Outcome, Skill};

/// One finished attempt, as a board sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The attempt's id, as text.
    pub attempt: String,
    /// The pseudonym.
    pub player: String,
    pub team: Option<String>,
    /// The scenario's slug.
    pub scenario: String,
    pub title: String,
    /// 1 to 5.
    pub difficulty: u8,
    /// Seconds since 1970, UTC. It says which attempt was the first, and breaks no tie.
    pub finished_at: i64,
    pub practice: bool,
    pub is_final: bool,
    pub outcome: Outcome,
    /// 0 to 1000.
    pub overall: u16,
    /// Hundredths of a point, by [`Skill::index`].
    pub skills: [i32; 5],
    /// Moderate, severe and critical violations.
    pub moderate_or_worse: u16,
    /// Trust at the end, in hundredths.
    pub trust: i32,
    /// In the smallest unit of money.
    pub given_away: u32,
    /// The share of the hidden need that was met, 0 to 100.
    pub needs_met: i32,
}

/// What a board ranks by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum Measure {
    #[default]
    Overall,
    Skill(Skill),
}

/// Ladder points, exact: in ten-thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Points(pub i64);

impl Points {
    const ONE: i64 = 10_000;

    /// Whole points, rounded half up.
    pub const fn whole(self) -> i64 {
        (self.0 + Self::ONE / 2).div_euclid(Self::ONE)
    }
}

/// What a difficulty of 1 to 5 multiplies by, in hundredths.
const fn factor(difficulty: u8) -> i64 {
    match difficulty {
        0 | 1 => 100,
        2 => 108,
        3 => 116,
        4 => 124,
        _ => 132,
    }
}

impl Entry {
    /// Ladder points: the overall score or one skill, times 1.00 to 1.32 by difficulty.
    pub fn points(&self, measure: Measure) -> Points {
        let hundredths = match measure {
            Measure::Overall => i64::from(self.overall) * 100,
            Measure::Skill(skill) => i64::from(self.skills[skill.index()]),
        };
        Points(hundredths * factor(self.difficulty))
    }

    /// The better one first; `Equal` is a shared rank.
    ///
    /// After the points: fewer moderate or worse violations, the higher lowest skill, final trust, and less value given
    /// away per need met.
    pub(super) fn compare(&self, other: &Self, measure: Measure) -> Ordering {
        let key = |entry: &Self| {
            let lowest = entry.skills.iter().copied().min();
            (Reverse(entry.points(measure)), entry.moderate_or_worse, Reverse(lowest), Reverse(entry.trust))
        };
        key(self).cmp(&key(other)).then_with(|| self.generosity(other))
    }

    /// Given away ÷ needs met, compared without dividing. Nothing given away is the least there is, whatever was met;
    /// something given away for nothing met is the most.
    fn generosity(&self, other: &Self) -> Ordering {
        let fraction = |entry: &Self| (i64::from(entry.given_away), i64::from(entry.needs_met.max(0)));
        let ((one, one_met), (two, two_met)) = (fraction(self), fraction(other));
        let endless = |given: i64, met: i64| given > 0 && met == 0;
        match (endless(one, one_met), endless(two, two_met)) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            // With nothing given away, what was met is no divisor.
            (false, false) => (one * two_met.max(1)).cmp(&(two * one_met.max(1))),
        }
    }
}
