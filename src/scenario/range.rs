//! What every number of a scenario file may be.
//!
//! `parse` tells of a number that is none, `resolve` of one that is out of bounds; both say the bounds that stand here.

use std::fmt::Display;
use std::ops::RangeInclusive;

use crate::scenario::format;
use crate::scenario::speech::LAPSE_LIMIT;

pub const DIFFICULTY: RangeInclusive<u32> = 1..=5;
/// In per cent of the usual.
pub const HEAT: RangeInclusive<u32> = 70..=140;
/// In per cent of the usual.
pub const COOL: RangeInclusive<u32> = 70..=130;
pub const METER: RangeInclusive<u32> = 0..=100;
/// A meter is asked from this on.
pub const METER_FROM: RangeInclusive<u32> = 0..=100;
/// A meter is asked below this; nothing is below 0.
pub const METER_BELOW: RangeInclusive<u32> = 1..=100;
/// One of several parts that add up to 100.
pub const PART: RangeInclusive<u32> = 0..=100;
pub const SKILL_WEIGHT: RangeInclusive<u32> = 15..=30;
pub const PROMISE_WEIGHT: RangeInclusive<u32> = 0..=3;
pub const OPPORTUNITY: RangeInclusive<u32> = 1..=3;
pub const QUALITY: RangeInclusive<u32> = 0..=4;
pub const TILE_WEIGHT: RangeInclusive<u32> = 1..=3;
/// In tenths of a second.
pub const VOLUNTEER_AFTER: RangeInclusive<u32> = 2..=200;
/// Counted from 1.
pub const BAIT_LAPSE: RangeInclusive<u32> = 1..=8;
const _: () = assert!(LAPSE_LIMIT == 8, "a bait can wait for every lapse");
pub const TIMES: RangeInclusive<u32> = 1..=64;

/// The bounds of a field that holds a whole number, or of the values of one that holds a map of them. `owner` is the
/// struct or the enum variant that the field belongs to.
pub fn of_field(owner: &str, field: &str) -> Option<RangeInclusive<u32>> {
    FIELDS.iter().find(|(known, name, _)| *known == owner && *name == field).map(|(_, _, range)| range.clone())
}

/// What is told of a number out of its bounds. `what` is what it is the number of, inside a sentence.
pub(super) fn outside(written: &str, what: &str, is_less: bool) -> String {
    format!("{written} is too {} for {what}", if is_less { "small" } else { "large" })
}

/// What is expected instead.
pub(super) fn wanted(least: impl Display, most: impl Display) -> String {
    format!("a whole number from {least} to {most}")
}

pub(super) const FIELDS: &[(&str, &str, RangeInclusive<u32>)] = &[
    ("Scenario", "format", format::MINIMUM..=format::CURRENT),
    ("Scenario", "difficulty", DIFFICULTY),
    ("Customer", "heat", HEAT),
    ("Customer", "cool", COOL),
    ("Mood", "anger", METER),
    ("Mood", "trust", METER),
    ("Mood", "patience", METER),
    ("Mood", "heard", METER),
    ("Mood", "clarity", METER),
    ("Focus", "outcome", PART),
    ("Focus", "process", PART),
    ("Focus", "interaction", PART),
    ("SkillWeights", "listening", SKILL_WEIGHT),
    ("SkillWeights", "calm_tone", SKILL_WEIGHT),
    ("SkillWeights", "empathy", SKILL_WEIGHT),
    ("SkillWeights", "needs_assessment", SKILL_WEIGHT),
    ("SkillWeights", "follow_through", SKILL_WEIGHT),
    ("Need", "weight", PART),
    ("Promise", "weight", PROMISE_WEIGHT),
    ("Volunteer", "after", VOLUNTEER_AFTER),
    ("Bait", "lapse", BAIT_LAPSE),
    ("Node", "weigh", OPPORTUNITY),
    ("Reply", "shows", QUALITY),
    ("Gift", "cost", 0..=u32::MAX),
    ("Tile", "weight", TILE_WEIGHT),
    ("Anger", "from", METER_FROM),
    ("Anger", "below", METER_BELOW),
    ("Trust", "from", METER_FROM),
    ("Trust", "below", METER_BELOW),
    ("Patience", "from", METER_FROM),
    ("Patience", "below", METER_BELOW),
    ("FeelsHeard", "from", METER_FROM),
    ("FeelsHeard", "below", METER_BELOW),
    ("Clarity", "from", METER_FROM),
    ("Clarity", "below", METER_BELOW),
    ("Used", "times", TIMES),
];
