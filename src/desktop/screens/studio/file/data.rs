//! What is said of the file.

use std::sync::Arc;

use jiff::Timestamp;

use crate::diagnostic::Severity;
use crate::studio::Studio;
use crate::studio::keeping::{Copy, Merge, Place, State, lines_that_differ};

/// What the desk knows besides Studio.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Another for each text that is laid on the bench.
    pub opened: u64,
    /// How often something was saved.
    pub saves: u64,
    /// Why what was asked for could not be done.
    pub problem: Option<&'a str>,
    pub asks: Option<&'a Asks>,
    pub now: Timestamp,
}

/// A name is needed to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    /// Another for each time.
    pub number: u64,
    pub suggested: String,
    pub why: String,
    /// What was typed leads to a file that can be replaced.
    pub can_replace: bool,
}

/// What is said of the file on the bench.
#[derive(Debug)]
pub struct View {
    pub opened: u64,
    pub saves: u64,
    pub name: String,
    pub place: String,
    /// What is proposed when it is to be saved under another name.
    pub path: String,
    pub state: State,
    pub errors: usize,
    pub warnings: usize,
    pub can_be_played: bool,
    pub problem: Option<String>,
    pub trouble: Option<String>,
    pub note: Option<String>,
    pub asks: Option<Asks>,
    pub offer: Option<OfferSeen>,
    pub clash: Option<ClashSeen>,
    pub copies: Option<Arc<[Copy]>>,
    pub now: Timestamp,
}

/// A draft that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferSeen {
    pub question: String,
    pub about: String,
}

/// Two have changed the file.
#[derive(Debug, Clone)]
pub struct ClashSeen {
    pub id: u64,
    pub saving: bool,
    pub mine: Arc<str>,
    pub theirs: Arc<str>,
    pub merge: Arc<Merge>,
}

impl View {
    /// What is said of the file that lies on the bench.
    pub fn of(studio: &Studio, facts: Facts<'_>) -> Self {
        let keeping = studio.keeping();
        let findings = &studio.checked().findings;
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let (place, path) = match keeping.place() {
            Place::File(path) => (path.display().to_string(), path.display().to_string()),
            Place::Shipped(name) => (format!("{name}, which comes with Simmer"), name.clone()),
        };
        Self {
            opened: facts.opened,
            saves: facts.saves,
            name: studio.document().name().to_owned(),
            place,
            path,
            state: keeping.state(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            can_be_played: studio.checked().scenario.is_some(),
            problem: facts.problem.map(str::to_owned),
            trouble: keeping.trouble(),
            note: keeping.note().map(str::to_owned),
            asks: facts.asks.cloned(),
            offer: keeping.offer().map(|draft| OfferSeen {
                question: format!("You were writing here {}", ago(draft.at, facts.now)),
                about: differs(lines_that_differ(studio.document().text(), &draft.text)),
            }),
            clash: keeping.clash().map(|clash| ClashSeen {
                id: clash.id,
                saving: clash.saving,
                mine: Arc::clone(&clash.mine),
                theirs: Arc::clone(&clash.theirs),
                merge: Arc::clone(&clash.merge),
            }),
            copies: keeping.copies().cloned(),
            now: facts.now,
        }
    }

    /// "2 errors, 1 warning".
    pub fn count(&self) -> String {
        let some = |number: usize, what: &str| match number {
            0 => None,
            1 => Some(format!("1 {what}")),
            number => Some(format!("{number} {what}s")),
        };
        let counts: Vec<_> =
            [some(self.errors, "error"), some(self.warnings, "warning")].into_iter().flatten().collect();
        if counts.is_empty() { "Nothing to mend".to_owned() } else { counts.join(", ") }
    }
}

fn differs(lines: usize) -> String {
    match lines {
        0 => "It is what stands in the file.".to_owned(),
        1 => "It differs from the file in 1 line, and was not saved.".to_owned(),
        lines => format!("It differs from the file in {lines} lines, and was not saved."),
    }
}

/// How long ago something was, roughly: "3 minutes ago".
pub fn ago(then: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(then).as_mins().max(0);
    let some = |number: i64, one: &str, many: &str| {
        if number == 1 { format!("{one} ago") } else { format!("{number} {many} ago") }
    };
    match minutes {
        0 => "just now".to_owned(),
        1..60 => some(minutes, "a minute", "minutes"),
        60..1_440 => some(minutes / 60, "an hour", "hours"),
        _ => some(minutes / 1_440, "a day", "days"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn times_are_told_roughly() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let check = |seconds: i64, expected: &str| {
            assert_eq!(ago(now.checked_sub(SignedDuration::from_secs(seconds)).unwrap(), now), expected);
        };
        check(-5, "just now");
        check(59, "just now");
        check(60, "a minute ago");
        check(3_599, "59 minutes ago");
        check(3_600, "an hour ago");
        check(86_399, "23 hours ago");
        check(200_000, "2 days ago");
    }
}
