//! The customer's five meters: fixed-point, in hundredths, 0 to 10000.

use serde::{Deserialize, Serialize};

use crate::scenario::format::current::Mood;
use crate::scenario::model::Meter;
use crate::scenario::vocabulary::Temper;

/// The five meters in hundredths: 0 to 10000, shown as 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Meters {
    pub anger: i32,
    pub trust: i32,
    pub patience: i32,
    /// How far they feel heard.
    pub heard: i32,
    /// How far they know what happens next.
    pub clarity: i32,
}

/// Where irritated, angry, hot and boiling begin, in points of anger (`engine-and-scoring`, "Customer state").
pub const TEMPER_BOUNDS: [i32; 4] = [20, 40, 60, 80];

/// The mood in one word for an anger in hundredths.
pub fn temper(anger: i32) -> Temper {
    let above = TEMPER_BOUNDS.iter().filter(|&&bound| anger >= bound * 100).count();
    Temper::ALL[above]
}

impl Meters {
    /// The meters of an authored mood.
    pub fn of(mood: &Mood) -> Self {
        let hundredths = |points: u8| i32::from(points) * 100;
        Self {
            anger: hundredths(mood.anger),
            trust: hundredths(mood.trust),
            patience: hundredths(mood.patience),
            heard: hundredths(mood.heard),
            clarity: hundredths(mood.clarity),
        }
    }

    /// One of the five, in hundredths.
    pub const fn get(&self, meter: Meter) -> i32 {
        match meter {
            Meter::Anger => self.anger,
            Meter::Trust => self.trust,
            Meter::Patience => self.patience,
            Meter::FeelsHeard => self.heard,
            Meter::Clarity => self.clarity,
        }
    }

    /// All five kept within 0 to 10000.
    #[must_use]
    #[inline]
    pub fn clamped(self) -> Self {
        let keep = |value: i32| value.clamp(0, 10_000);
        Self {
            anger: keep(self.anger),
            trust: keep(self.trust),
            patience: keep(self.patience),
            heard: keep(self.heard),
            clarity: keep(self.clarity),
        }
    }

    /// In whole points, rounded half up, in the order anger, trust, patience, heard, clarity.
    pub fn points(&self) -> [i32; 5] {
        [self.anger, self.trust, self.patience, self.heard, self.clarity].map(|value| (value + 50) / 100)
    }
}
