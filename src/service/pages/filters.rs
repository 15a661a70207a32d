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
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// "2,000".
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// An address with what is asked for after the `?`; what is empty is left out.
pub(super) fn address(path: &str, asked: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in asked.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(if address.len() == path.len() { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    address
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

#[cfg(test)]
mod tests {
    use super::{address, counted};

    #[test]
    fn numbers_are_grouped_and_have_their_noun() {
        let check = |count, words: &str| assert_eq!(counted(count, "call", "calls"), words);
        check(0, "0 calls");
        check(1, "1 call");
        check(999, "999 calls");
        check(1000, "1,000 calls");
        check(1_234_567, "1,234,567 calls");
    }

    #[test]
    fn an_address_says_what_was_asked_for_and_nothing_else() {
        let check = |asked: &[(&str, &str)], expected: &str| assert_eq!(address("/a", asked), expected);
        check(&[], "/a");
        check(&[("x", "")], "/a");
        check(&[("x", "1"), ("y", ""), ("z", "2")], "/a?x=1&z=2");
        check(&[("x", "a b&c=d#e%<\"é")], "/a?x=a%20b%26c%3Dd%23e%25%3C%22%C3%A9");
    }
}
