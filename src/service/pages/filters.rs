//! What templates say of values: times, places, numbers in words.

#![expect(
    unreachable_pub,
    clippy::inline_always,
    clippy::trivially_copy_pass_by_ref,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "a filter is what `filter_fn` makes of it, and that has this form"
)]

use askama::{Result, Values};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::team::protocol::Standing;

/// The most points there are.
const MOST_POINTS: u32 = 1320;

/// "22 November 2026, 14:32 UTC".
#[askama::filter_fn]
pub(super) fn moment(at: &Timestamp, _: &dyn Values) -> Result<String> {
    Ok(moment_in_words(*at))
}

/// "22 November 2026".
#[askama::filter_fn]
pub(super) fn day(at: &Timestamp, _: &dyn Values) -> Result<String> {
    Ok(day_in_words(*at))
}

/// How far a bar of 1000 is filled by points.
#[askama::filter_fn]
pub(super) fn reach(points: &u32, _: &dyn Values) -> Result<u32> {
    Ok(reach_of(*points))
}

/// "1 member", "7 members": those with a score.
#[askama::filter_fn]
pub(super) fn members(count: &u32, _: &dyn Values) -> Result<String> {
    Ok(counted(u64::from(*count), "member", "members"))
}

#[askama::filter_fn]
pub(super) fn standing(standing: &Standing, _: &dyn Values) -> Result<&'static str> {
    Ok(standing_in_words(*standing))
}

pub(super) fn moment_in_words(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y, %H:%M UTC").to_string()
}

pub(super) fn day_in_words(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y").to_string()
}

pub(super) fn reach_of(points: u32) -> u32 {
    points.min(MOST_POINTS) * 1000 / MOST_POINTS
}

/// A number with its noun.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Where an attempt stands, for the one who played it.
pub(super) fn standing_in_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Ranked => "On the board",
        Standing::Provisional => "Provisional: a promise is still open",
        Standing::Later => "A later one: counts for “most improved”",
        Standing::Unranked => "Kept, not ranked",
        Standing::NotFinished => "Not finished",
        Standing::Invalid => "Taken off by an administrator",
    }
}
