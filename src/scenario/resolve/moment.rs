//! Times as authors write them: a day of the week with a time, a date, or both.

use crate::scenario::calendar::{DAYS, MONTHS};
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::{Resolver, rules};

impl Resolver<'_> {
    /// A text that says when something falls due. People read it; what is no time cannot be told as one.
    pub(super) fn moment(&mut self, text: &str, at: &At<'_>) -> String {
        if !text.trim().is_empty() && !is_moment(text) {
            let short: String = text.chars().take(40).collect();
            let more = if short.len() < text.len() { "…" } else { "" };
            self.report
                .warning(rules::UNREADABLE_TIME, at, format!("`{short}{more}` is not read as a time"))
                .expected("a day and a time, such as `Fri 18:30`, or with its date: `Fri 11 July 18:30`");
        }
        self.text(text, at)
    }
}

fn is_moment(text: &str) -> bool {
    let is_day = |day: &str| DAYS.iter().any(|(written, _)| *written == day);
    match text.split(' ').collect::<Vec<_>>().as_slice() {
        [day, time] => is_day(day) && is_time(time),
        [day, date, month] => is_day(day) && is_date(date, month),
        [day, date, month, time] => is_day(day) && is_date(date, month) && is_time(time),
        _ => false,
    }
}

fn is_time(text: &str) -> bool {
    text.split_once(':').is_some_and(|(hours, minutes)| {
        minutes.len() == 2
            && number(hours).is_some_and(|hours| hours < 24)
            && number(minutes).is_some_and(|minutes| minutes < 60)
    })
}

/// `11 July`; a month may be shortened to three letters or more.
fn is_date(day: &str, month: &str) -> bool {
    number(day).is_some_and(|day| (1..=31).contains(&day))
        && month.len() >= 3
        && MONTHS.iter().any(|name| name.starts_with(month))
}

/// A number of one or two digits.
fn number(text: &str) -> Option<u8> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::is_moment;

    #[test]
    fn a_moment_is_a_day_with_a_time_or_a_date() {
        for text in ["Fri 18:30", "Mon 9:05", "Fri 11 July", "Wed 9 July 11:20", "Fri 1 Aug", "Sun 28 Sept 00:00"] {
            assert!(is_moment(text), "{text}");
        }
        for text in [
            "whenever 99:99",
            "Fri",
            "Fri 24:00",
            "Fri 18:60",
            "Fri 18:3",
            "Fri +8:30",
            "Fri 18.30",
            "Friday 18:30",
            "Fri 32 July",
            "Fri 1 Jux",
            "Fri 1 Ju",
            "18:30",
            "Fri  18:30",
            "Before closing",
            "",
        ] {
            assert!(!is_moment(text), "{text}");
        }
    }
}
