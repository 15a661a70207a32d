//! The times that authors write ("Fri 1 Aug 18:30"): the names of days and months in them, and the words between two.

/// Each day as it is written, and in full.
pub const DAYS: [(&str, &str); 7] = [
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

/// In full; an author may shorten them to three letters or more.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// When something can be done, in words: "Fri, between 18:00 and 18:30", "between Thu 16:00 and Fri 18:30"; the due time
/// alone where there is no start. Both are told as they stand, or both already in full: "Friday, 18:30".
#[must_use]
pub fn between(start: Option<&str>, due: &str) -> String {
    let timed = |label| str::rsplit_once(label, ' ').filter(|(_, time)| time.contains(':'));
    match start {
        None => due.to_owned(),
        Some(start) if start == due => due.to_owned(),
        Some(start) => match (timed(start), timed(due)) {
            (Some((day, from)), Some((due_day, to))) if day == due_day => {
                format!("{}, between {from} and {to}", day.trim_end_matches(','))
            }
            _ => format!("between {start} and {due}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn what_lies_between_two_times_is_said_as_people_do() {
        for (start, due, expect) in [
            (None, "Fri 18:30", "Fri 18:30"),
            (Some("Fri 18:30"), "Fri 18:30", "Fri 18:30"),
            (Some("Fri 18:00"), "Fri 18:30", "Fri, between 18:00 and 18:30"),
            (Some("Friday, 18:00"), "Friday, 18:30", "Friday, between 18:00 and 18:30"),
            (Some("Fri 11 July 9:00"), "Fri 11 July 18:30", "Fri 11 July, between 9:00 and 18:30"),
            (Some("Thu 16:00"), "Fri 18:30", "between Thu 16:00 and Fri 18:30"),
            (Some("Wed 9 July"), "Fri 11 July", "between Wed 9 July and Fri 11 July"),
            (Some("Fri 11 July 9:00"), "Fri 11 July", "between Fri 11 July 9:00 and Fri 11 July"),
        ] {
            assert_eq!(between(start, due), expect);
        }
    }
}
