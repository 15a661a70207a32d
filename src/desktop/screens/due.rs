//! What falls due: times as authors write them ("Fri 18:30"), told as people say them, and what became of a promise.

use crate::scenario::calendar::{DAYS, MONTHS, between};
use crate::scenario::vocabulary::{Fulfilment, Pronoun};

/// "Fri 18:30" as a day of the week and a minute of the day. Authors may write anything; then there is nothing to tell.
fn moment(label: &str) -> Option<(usize, u32)> {
    let (day, time) = label.split_once(' ')?;
    let day = DAYS.iter().position(|(short, _)| *short == day)?;
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some((day, hours * 60 + minutes))
}

/// "Fri 18:30" as "Friday, 18:30", "Fri 1 Aug 15:40" as "Friday 1 August, 15:40"; anything else as it stands.
pub(super) fn in_full(label: &str) -> String {
    let words: Vec<&str> = label.split(' ').collect();
    let full = match words[..] {
        [day, time] => moment_in_full(day, "", time),
        [day, date, month, time] => date_in_full(date, month).and_then(|date| moment_in_full(day, &date, time)),
        _ => None,
    };
    full.unwrap_or_else(|| label.to_owned())
}

/// When a promise can be kept: "Friday, between 18:00 and 18:30"; where it has no start, when it is due.
pub(super) fn window(start: Option<&str>, due: &str) -> String {
    between(start.map(in_full).as_deref(), &in_full(due))
}

/// `date`: empty, or " 1 August".
fn moment_in_full(day: &str, date: &str, time: &str) -> Option<String> {
    let (day, _) = moment(&format!("{day} {time}"))?;
    Some(format!("{}{date}, {time}", DAYS[day].1))
}

/// " 1 August" of "1" and "Aug".
fn date_in_full(date: &str, month: &str) -> Option<String> {
    let day: u8 = date.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = MONTHS.into_iter().find(|whole| month.len() >= 3 && whole.starts_with(month))?;
    Some(format!(" {day} {month}"))
}

/// What became of a promise, in a sentence.
pub(super) fn became(fulfilment: Fulfilment, customer: Pronoun) -> String {
    match fulfilment {
        Fulfilment::Kept => "Kept.".to_owned(),
        Fulfilment::Exceeded => "Kept, and more.".to_owned(),
        Fulfilment::LateWarned => {
            format!("Late, and {} {} told before.", customer.words(), customer.verb("was", "were"))
        }
        Fulfilment::Late => format!("Late, and nobody told {}.", customer.object()),
        Fulfilment::Broken => "Broken.".to_owned(),
    }
}

/// For sorting: days and minutes from the day of `first` on, since a week has no beginning of its own.
pub(super) fn since(first: &str, label: &str) -> Option<(usize, u32)> {
    let from = moment(first).map_or(0, |(day, _)| day);
    moment(label).map(|(day, minute)| ((day + DAYS.len() - from) % DAYS.len(), minute))
}

/// How long it has been, as one would say it.
pub(super) fn passed(before: &str, now: &str) -> Option<String> {
    let ((day_before, minute_before), (day, minute)) = (moment(before)?, moment(now)?);
    let days = (day + DAYS.len() - day_before) % DAYS.len();
    Some(match days {
        0 => {
            let minutes = minute.checked_sub(minute_before)?;
            match minutes {
                0 => "At the same time".to_owned(),
                1 => "A minute later".to_owned(),
                2..=54 => format!("{} minutes later", in_words(minutes)),
                55..=89 => "An hour later".to_owned(),
                _ => format!("{} hours later", in_words((minutes + 30) / 60)),
            }
        }
        1 => "The next day".to_owned(),
        _ => format!("{} days later", in_words(u32::try_from(days).unwrap_or(0))),
    })
}

fn in_words(number: u32) -> String {
    let words = ["Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];
    let word = usize::try_from(number).ok().and_then(|number| number.checked_sub(2)).and_then(|index| words.get(index));
    word.map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{in_full, passed, since, window};

    fn check(before: &str, now: &str, expected: Option<&str>) {
        assert_eq!(passed(before, now).as_deref(), expected, "{before} to {now}");
    }

    #[test]
    fn time_passes_in_words() {
        check("Fri 12:10", "Fri 18:30", Some("Six hours later"));
        check("Fri 08:40", "Fri 09:20", Some("40 minutes later"));
        check("Fri 08:40", "Fri 09:40", Some("An hour later"));
        check("Fri 18:30", "Sat 07:10", Some("The next day"));
        check("Sun 18:30", "Tue 10:00", Some("Two days later"));
        check("Fri 18:30", "Fri 12:10", None);
        check("In the evening", "Sat 07:10", None);
    }

    #[test]
    fn what_is_due_is_sorted_from_the_first_day_on() {
        let mut labels = ["Mon 09:00", "Sat 08:00", "Fri 18:30", "Fri 12:00"];
        labels.sort_by_key(|label| since("Fri 08:40", label));
        assert_eq!(labels, ["Fri 12:00", "Fri 18:30", "Sat 08:00", "Mon 09:00"]);
    }

    #[test]
    fn a_day_with_its_date_is_told_in_full() {
        assert_eq!(in_full("Wed 9 July 11:20"), "Wednesday 9 July, 11:20");
        assert_eq!(in_full("Fri 1 Aug 15:40"), "Friday 1 August, 15:40");
    }

    #[test]
    fn a_window_is_told_in_full() {
        assert_eq!(window(None, "Fri 18:30"), "Friday, 18:30");
        assert_eq!(window(Some("Fri 18:00"), "Fri 18:30"), "Friday, between 18:00 and 18:30");
        assert_eq!(window(Some("Thu 16:00"), "Fri 18:30"), "between Thursday, 16:00 and Friday, 18:30");
    }

    #[test]
    fn a_label_that_is_no_time_stands_as_written() {
        assert_eq!(in_full("Fri 18:30"), "Friday, 18:30");
        assert_eq!(in_full("Before closing"), "Before closing");
        assert_eq!(in_full("Fri 24:00"), "Fri 24:00");
        assert_eq!(in_full("Fri 32 Aug 15:40"), "Fri 32 Aug 15:40");
        assert_eq!(in_full("Fri 1 Au 15:40"), "Fri 1 Au 15:40");
    }
}
