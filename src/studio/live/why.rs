//! Why a condition holds or does not, part by part.

use crate::dialogue::{Standing, State, holds};
use crate::scenario::finding::Path;
use crate::scenario::in_words::in_words;
use crate::scenario::model::{Condition, Meter};
use crate::scenario::vocabulary::capitalised;
use crate::scenario::{Encounter, Scenario};

/// A condition or a part of one, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it asks, and of one that asks for a value what that value is: "Anger is 72, must be below 60".
    pub words: String,
    /// Whether it holds now.
    pub holds: bool,
    /// Whether it is for this part that the whole does not hold: it would have to be otherwise.
    pub is_in_the_way: bool,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// Where it stands in the text.
    pub path: Path,
}

/// What a condition is asked of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'s> {
    pub(super) scenario: &'s Scenario,
    /// In which the names of replies and nodes stand.
    pub(super) encounter: &'s Encounter,
    pub(super) state: &'s State,
}

impl Part {
    /// Takes a condition apart that would have to hold.
    pub(super) fn of(asked: Asked<'_>, condition: &Condition, path: Path) -> Self {
        Self::taken_apart(asked, condition, path, Some(true))
    }

    /// `wanted`: how it would have to be for the whole to hold; none where it does not matter.
    fn taken_apart(asked: Asked<'_>, condition: &Condition, path: Path, wanted: Option<bool>) -> Self {
        let holds_now = holds(condition, asked.state);
        let is_in_the_way = wanted.is_some_and(|wanted| wanted != holds_now);
        // Parts are to blame only where the whole is.
        let inner = wanted.filter(|_| is_in_the_way);
        let list = |parts: &[Condition], variant: &'static str| {
            let all = path.variant(variant);
            let parts = parts.iter().enumerate();
            parts.map(|(index, part)| Self::taken_apart(asked, part, all.index(index), inner)).collect()
        };
        let (words, parts) = match condition {
            Condition::All(parts) => ("All of these".to_owned(), list(parts, "All")),
            Condition::Any(parts) => ("One of these at least".to_owned(), list(parts, "Any")),
            Condition::Not(part) => {
                let part = Self::taken_apart(asked, part, path.variant("Not"), inner.map(|wanted| !wanted));
                ("Not".to_owned(), vec![part])
            }
            leaf => (leaf_words(asked, leaf, wanted.unwrap_or(true)), Vec::new()),
        };
        Self { words, holds: holds_now, is_in_the_way, parts, path }
    }

    /// The parts that ask for one thing, in their order, each with how deep it stands.
    pub fn rows(&self) -> Vec<(usize, &Self)> {
        let mut rows = Vec::new();
        self.gather(0, &mut rows);
        rows
    }

    fn gather<'p>(&'p self, depth: usize, rows: &mut Vec<(usize, &'p Self)>) {
        rows.push((depth, self));
        for part in &self.parts {
            part.gather(depth + 1, rows);
        }
    }
}

/// What a single condition asks, and how it stands. `wanted`: whether it should hold.
fn leaf_words(asked: Asked<'_>, condition: &Condition, wanted: bool) -> String {
    let Asked { scenario, encounter, state } = asked;
    let must = if wanted { "must" } else { "must not" };
    match condition {
        Condition::Meter(meter, from, below) => {
            let is = format!("{} is {}", meter_name(*meter), hundredths(state.meters.get(*meter)));
            let (from_words, below_words) = (hundredths(*from), hundredths(*below));
            match (*from, *below) {
                (i32::MIN, i32::MAX) => is,
                (_, i32::MAX) => format!("{is}, {must} be {from_words} or more"),
                (i32::MIN, _) => format!("{is}, {must} be below {below_words}"),
                _ => format!("{is}, {must} be from {from_words} to below {below_words}"),
            }
        }
        Condition::Used(act, times) => {
            let used = state.used[act.index()];
            let times_words = |times: u8| match times {
                0 => "never".to_owned(),
                1 => "once".to_owned(),
                times => format!("{times} times"),
            };
            let least = if *times > 1 { format!("{times} times or more") } else { "once at least".to_owned() };
            format!("{} was used {}, {must} be {least}", capitalised(act.words()), times_words(used))
        }
        Condition::Promised(id) | Condition::Kept(id) | Condition::Warned(id) | Condition::Broken(id) => {
            let standing = state.promises.get(id.index()).copied().unwrap_or_default();
            let promise = &scenario.promises[id.index()].name;
            let asks = match condition {
                Condition::Promised(_) => "made",
                Condition::Kept(_) => "kept",
                Condition::Warned(_) => "late, with a warning",
                _ => "broken",
            };
            format!("The promise “{promise}” is {}, {must} be {asks}", standing_words(standing))
        }
        Condition::Ended(outcome) => match state.ended {
            Some(ended) => format!("It ended {ended}, {must} be at least {outcome}"),
            None => format!("No encounter has ended yet, {must} have ended at least {outcome}"),
        },
        other => {
            let so = holds(other, state);
            let words = capitalised_after_quote(&in_words(scenario, encounter, other));
            let now = if so { "so it is now" } else { "not so now" };
            if so && !wanted { format!("{words}: {now}, and should not be") } else { format!("{words}: {now}") }
        }
    }
}

fn capitalised_after_quote(words: &str) -> String {
    if words.starts_with('“') { words.to_owned() } else { capitalised(words) }
}

/// What has become of a promise, in a word or two.
pub fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::NotMade => "not made",
        Standing::Open => "made and open",
        Standing::Done(fulfilment) => fulfilment.words(),
    }
}

/// What a meter is called.
pub fn meter_name(meter: Meter) -> &'static str {
    match meter {
        Meter::Anger => "Anger",
        Meter::Trust => "Trust",
        Meter::Patience => "Patience",
        Meter::FeelsHeard => "Feeling heard",
        Meter::Clarity => "Clarity",
    }
}

/// Hundredths as a person reads them, nothing rounded away: 7200 is "72", 5964 is "59.64".
pub fn hundredths(value: i32) -> String {
    let sign = if value < 0 { "−" } else { "" };
    let value = value.unsigned_abs();
    let text = format!("{}.{:02}", value / 100, value % 100);
    format!("{sign}{}", text.trim_end_matches('0').trim_end_matches('.'))
}
