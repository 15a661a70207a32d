//! Times as authors write them: a day of the week with a time, a date, or both.

use crate::scenario::calendar::{DAYS, MONTHS};
use crate::scenario::format::current as format;
use crate::scenario::id::PromiseId;
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::{Resolver, rules};

impl Resolver<'_> {
    /// A text that says when something falls due. People read it; what is no time cannot be told as one.
    pub(super) fn moment(&mut self, text: &str, at: &At<'_>) -> String {
        if !text.trim().is_empty() && Moment::read(text).is_none() {
            let short: String = text.chars().take(40).collect();
            let more = if short.len() < text.len() { "…" } else { "" };
            self.report
                .warning(rules::UNREADABLE_TIME, at, format!("`{short}{more}` is not read as a time"))
                .expected("a day and a time, such as `Fri 18:30`, or with its date: `Fri 11 July 18:30`");
        }
        self.text(text, at)
    }

    /// From when on a promise can be kept.
    pub(super) fn start_of(&mut self, promise: &format::Promise, at: &At<'_>) -> Option<String> {
        let start = promise.start.as_ref()?;
        let at = at.field("start");
        if let (Some(from), Some(due)) = (Moment::read(start), Moment::read(&promise.due))
            && from.is_after(due)
        {
            let message =
                format!("The promise can be kept from {start} on, but falls due before that, {}", promise.due);
            self.report
                .error(rules::START_AFTER_DUE, &at, message)
                .expected("a time that is not after `due`")
                .help("set it earlier, or `due` later; where more than five days lie between, write the dates");
        }
        Some(self.moment(start, &at))
    }

    /// Judges that a promise is kept at a time at which it can be, and is not late. Times that cannot be compared, such
    /// as one with a date and one without, are left to the author.
    pub(super) fn judge_kept(&mut self, promise: PromiseId, when: &str, at: &At<'_>) {
        let Some((name, promise)) = self.document.promises.0.get(promise.index()) else { return };
        let events = self.document.encounters.iter().flat_map(|encounter| &encounter.diary);
        let (Some(now), Some(due), Some(first)) = (
            Moment::read(when),
            Moment::read(&promise.due),
            events.into_iter().find_map(|event| Moment::read(&event.at)),
        ) else {
            return;
        };
        let from = promise.start.as_deref().and_then(Moment::read);
        let is_told = from.map_or(promise.start.is_some(), |from| from.is_after(due));
        if is_told {
            // The start itself is at fault.
            return;
        }
        match now.misses(from, due, first) {
            None => {}
            Some(Miss::Early) => {
                let start = promise.start.as_deref().unwrap_or_default();
                let message =
                    format!("The promise `{name}` is kept at {when}, but it can only be kept from {start} on");
                self.report
                    .warning(rules::KEPT_BEFORE_START, at, message)
                    .help("let a later event keep it, or set the promise’s `start` earlier");
            }
            Some(Miss::Late) => {
                let message =
                    format!("The promise `{name}` is kept at {when}, but it fell due before that, {}", promise.due);
                self.report.warning(rules::KEPT_AFTER_DUE, at, message).help(
                    "write `Late` or `LateWarned`, let an earlier event keep it, or set the promise’s `due` later",
                );
            }
        }
    }
}

/// A time as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    /// The day of the week, from 0.
    day: u32,
    /// The day of the year, where every month has 31.
    date: Option<u32>,
    /// The minute of the day. A date may stand without one: then the whole day is meant.
    minute: Option<u32>,
}

/// How a promise that is called kept is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Miss {
    Early,
    Late,
}

/// Minutes of a day.
const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;
const YEAR: u32 = 12 * 31 * DAY;
/// The longest way from one day of the week to another that is taken for a way ahead, where no dates are written.
const AHEAD: u32 = 5 * DAY + DAY - 1;

impl Moment {
    fn read(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        let (day, rest) = words.split_first()?;
        let day = u32::try_from(DAYS.iter().position(|(written, _)| written == day)?).ok()?;
        let (date, minute) = match rest {
            [time] => (None, Some(minute_of(time)?)),
            [date, month] => (Some(day_of_year(date, month)?), None),
            [date, month, time] => (Some(day_of_year(date, month)?), Some(minute_of(time)?)),
            _ => return None,
        };
        Some(Self { day, date, minute })
    }

    /// Whether both have a date, or neither has.
    fn is_like(self, other: Self) -> bool {
        self.date.is_some() == other.date.is_some()
    }

    /// How many minutes lie ahead from the first of this moment to the last of the other: within the year where both
    /// have dates, else within the week.
    fn until(self, other: Self) -> u32 {
        let (from, to, circle) = match (self.date, other.date) {
            (Some(from), Some(to)) => (from, to, YEAR),
            _ => (self.day, other.day, WEEK),
        };
        let (from, to) = (from * DAY + self.minute.unwrap_or(0), to * DAY + other.minute.unwrap_or(DAY - 1));
        (to + circle - from) % circle
    }

    /// Whether this one, at its earliest, lies after the other, at its latest.
    fn is_after(self, other: Self) -> bool {
        let way = self.until(other);
        self.is_like(other) && if self.date.is_some() { way > YEAR / 2 } else { way > AHEAD }
    }

    /// Whether this is too early or too late to keep a promise. `first` is when the diary begins: days of the week are
    /// counted from that day on, since a week has no beginning of its own.
    fn misses(self, from: Option<Self>, due: Self, first: Self) -> Option<Miss> {
        if !self.is_like(due) || from.is_some_and(|from| !from.is_like(due)) {
            return None;
        }
        if self.date.is_some() {
            let is_early = from.is_some_and(|from| from.is_after(self));
            return if is_early { Some(Miss::Early) } else { self.is_after(due).then_some(Miss::Late) };
        }
        if from.is_some_and(|from| from.until(self) <= from.until(due)) {
            return None;
        }
        let begin = Self { date: None, minute: Some(0), ..first };
        let (now, end) = (begin.until(self), begin.until(due));
        // What is not ahead of the first day was before it.
        let is_late = end > AHEAD || now > end;
        if is_late { Some(Miss::Late) } else { from.map(|_| Miss::Early) }
    }
}

/// The minute of the day: `18:30`.
fn minute_of(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    if minutes.len() != 2 {
        return None;
    }
    let hours = number(hours).filter(|hours| *hours < 24)?;
    let minutes = number(minutes).filter(|minutes| *minutes < 60)?;
    Some(hours * 60 + minutes)
}

/// `11 July`; a month may be shortened to three letters or more.
fn day_of_year(day: &str, month: &str) -> Option<u32> {
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    let month = MONTHS.iter().position(|name| month.len() >= 3 && name.starts_with(month))?;
    Some(u32::try_from(month).ok()? * 31 + day - 1)
}

/// A number of one or two digits.
fn number(text: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::{Miss, Moment};
    use crate::diagnostic::{Checked, OutputFormat, render::render};
    use crate::scenario::load::load;

    const SAMPLE: &str = include_str!("sample.ron");

    /// What is found where the promise of the sample has these times, and is kept at this one.
    fn told(times: &str, kept_at: &str) -> String {
        let text = SAMPLE.replacen("due: \"Fri 18:30\"", times, 1).replacen("at: \"Fri 18:00\"", kept_at, 1);
        let loaded = load("sample.ron", text.as_bytes());
        render(OutputFormat::Full, &[Checked { source: &loaded.source, findings: &loaded.findings }], false)
    }

    #[test]
    fn a_promise_has_a_window_and_is_kept_in_it() {
        assert_eq!(told(r#"start: "Fri 18:00", due: "Fri 18:30""#, r#"at: "Fri 18:10""#), "");
        assert_snapshot!(told(r#"start: "Fri 18:20", due: "Fri 18:30""#, r#"at: "Fri 18:10""#), @r#"
        warning[kept-before-start]: The promise `callback` is kept at Fri 18:10, but it can only be kept from Fri 18:20 on
          --> sample.ron:59:104
           |
        59 |                 Choice(id: "ring", text: "Ring her", result: "She thanks you.", fulfils: { "callback": Kept }, why: "You promised."),
           |                                                                                                        ^^^^
           |
           = help: let a later event keep it, or set the promise’s `start` earlier
        "#);
        assert_snapshot!(told(r#"due: "Fri 18:30""#, r#"at: "Sat 9:00""#), @r#"
        warning[kept-after-due]: The promise `callback` is kept at Sat 9:00, but it fell due before that, Fri 18:30
          --> sample.ron:59:104
           |
        59 |                 Choice(id: "ring", text: "Ring her", result: "She thanks you.", fulfils: { "callback": Kept }, why: "You promised."),
           |                                                                                                        ^^^^
           |
           = help: write `Late` or `LateWarned`, let an earlier event keep it, or set the promise’s `due` later
        "#);
        assert_snapshot!(told(r#"start: "Fri 18:31", due: "Fri 18:30""#, r#"at: "Fri 18:10""#), @r#"
        error[start-after-due]: The promise can be kept from Fri 18:31 on, but falls due before that, Fri 18:30
          --> sample.ron:11:67
           |
        11 |     promises: { "callback": (text: "Ring with the report", start: "Fri 18:31", due: "Fri 18:30", core: true) },
           |                                                                   ^^^^^^^^^^^
           |
           = expected: a time that is not after `due`
           = help: set it earlier, or `due` later; where more than five days lie between, write the dates
        "#);
        assert_snapshot!(told(r#"start: "Soon", due: "Fri 18:30""#, r#"at: "Fri 18:10""#), @r#"
        warning[unreadable-time]: `Soon` is not read as a time
          --> sample.ron:11:67
           |
        11 |     promises: { "callback": (text: "Ring with the report", start: "Soon", due: "Fri 18:30", core: true) },
           |                                                                   ^^^^^^
           |
           = expected: a day and a time, such as `Fri 18:30`, or with its date: `Fri 11 July 18:30`
        "#);
    }

    #[test]
    fn a_moment_is_a_day_with_a_time_or_a_date() {
        for text in ["Fri 18:30", "Mon 9:05", "Fri 11 July", "Wed 9 July 11:20", "Fri 1 Aug", "Sun 28 Sept 00:00"] {
            assert!(Moment::read(text).is_some(), "{text}");
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
            assert!(Moment::read(text).is_none(), "{text}");
        }
    }
    fn read(text: &str) -> Moment {
        Moment::read(text).unwrap_or_else(|| panic!("{text} is a time"))
    }

    #[test]
    fn a_start_is_not_after_the_due_time() {
        for (start, due, expect) in [
            ("Fri 18:00", "Fri 18:30", false),
            ("Fri 18:30", "Fri 18:30", false),
            ("Fri 18:31", "Fri 18:30", true),
            ("Mon 9:00", "Sat 18:30", false),
            ("Sat 9:00", "Mon 18:30", false),
            ("Sat 9:00", "Fri 18:30", true),
            ("Fri 11 July", "Fri 11 July", false),
            ("Fri 11 July 16:00", "Fri 11 July", false),
            ("Sat 12 July", "Fri 11 July 16:00", true),
            ("Tue 30 Dec", "Fri 2 Jan", false),
            ("Fri 2 Jan", "Tue 30 Dec", true),
            // Nobody can tell.
            ("Sat 12 July", "Fri 16:00", false),
        ] {
            assert_eq!(read(start).is_after(read(due)), expect, "{start} and {due}");
        }
    }

    #[test]
    fn a_promise_is_kept_between_its_start_and_its_due_time() {
        let (early, late) = (Some(Miss::Early), Some(Miss::Late));
        for (start, due, now, expect) in [
            ("", "Fri 18:30", "Fri 12:00", None),
            ("", "Fri 18:30", "Fri 18:30", None),
            ("", "Fri 18:30", "Fri 18:31", late),
            ("", "Fri 08:00", "Fri 12:00", late),
            ("", "Fri 18:30", "Mon 12:00", late),
            ("", "Mon 18:30", "Sat 12:00", None),
            ("Fri 18:00", "Fri 18:30", "Fri 18:10", None),
            ("Fri 18:00", "Fri 18:30", "Fri 17:59", early),
            ("Fri 18:00", "Fri 18:30", "Sat 09:00", late),
            ("Thu 16:00", "Fri 18:30", "Fri 12:00", None),
            ("Sat 10:00", "Mon 18:30", "Fri 12:00", early),
            ("Sat 10:00", "Mon 18:30", "Sun 12:00", None),
            ("", "Fri 11 July", "Fri 11 July 16:20", None),
            ("", "Fri 11 July", "Sat 12 July 9:00", late),
            ("Thu 10 July", "Fri 1 Aug", "Thu 31 July", None),
            ("Thu 10 July", "Fri 1 Aug", "Wed 9 July 11:20", early),
            // Nobody can tell.
            ("", "Fri 18:30", "Sat 12 July 9:00", None),
        ] {
            let from = (!start.is_empty()).then(|| read(start));
            assert_eq!(read(now).misses(from, read(due), read("Fri 08:40")), expect, "{start}, {due}: {now}");
        }
        assert_eq!(read("Sat 9:00").misses(None, read("Fri 18:30"), read("Sat 9:00")), late, "before the first day");
    }
}
