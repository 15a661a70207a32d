//! Days by number, as cards and readings count them, and in words.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

const EPOCH: Date = date(1970, 1, 1);

/// The number of the day on which a moment falls, where the person lives. Days are counted from 1 January 1970.
pub fn day_of(moment: Timestamp, zone: &TimeZone) -> i64 {
    i64::from((moment.to_zoned(zone.clone()).date() - EPOCH).get_days())
}

fn date_of(day: i64) -> Option<Date> {
    EPOCH.checked_add(day.days()).ok()
}

/// "22 November 2026"; nothing for a day beyond the calendar.
pub(super) fn in_full(day: i64) -> String {
    date_of(day).map(|date| date.strftime("%-d %B %Y").to_string()).unwrap_or_default()
}

/// "22 Nov"
pub(super) fn in_short(day: i64) -> String {
    date_of(day).map(|date| date.strftime("%-d %b").to_string()).unwrap_or_default()
}

/// "today", "tomorrow", "on Tuesday", "on 24 December": a day that comes, as one would say it.
pub(super) fn coming(day: i64, today: i64) -> String {
    match (day - today, date_of(day)) {
        (..=0, _) | (_, None) => "today".to_owned(),
        (1, _) => "tomorrow".to_owned(),
        (2..=6, Some(date)) => date.strftime("on %A").to_string(),
        (_, Some(date)) => date.strftime("on %-d %B").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday, 22 November 2026.
    const TODAY: i64 = 20_779;

    fn check(day: i64, expected: &str) {
        assert_eq!(coming(TODAY + day, TODAY), expected);
    }

    #[test]
    fn a_day_that_comes_is_told_in_words() {
        check(-3, "today");
        check(0, "today");
        check(1, "tomorrow");
        check(2, "on Tuesday");
        check(6, "on Saturday");
        check(7, "on 29 November");
        check(50, "on 11 January");
    }

    #[test]
    fn a_day_begins_at_midnight_where_the_person_is() {
        let late: Timestamp = "2026-11-22T23:30:00Z".parse().unwrap();
        assert_eq!(day_of(late, &TimeZone::UTC), TODAY);
        assert_eq!(day_of(late, &TimeZone::fixed(jiff::tz::offset(1))), TODAY + 1);
        assert_eq!(in_full(TODAY), "22 November 2026");
    }
}
