use crate::desktop::screens::page::{Difficulty, Person, place};
use crate::diagnostic::Severity;
use crate::scenario::Scenario;
use crate::scenario::load::Loaded;
use crate::scenario::vocabulary::Channel;

/// What is known of a scenario besides itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// 0 to 1000; `None` before the first finished run.
    pub best: Option<u16>,
    pub times_played: u32,
    /// What stands in the diary, such as "Fri 18:30: ring her with the report".
    pub due: Vec<String>,
}

/// What the library says.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub entries: Vec<Entry>,
    pub broken: Vec<Broken>,
}

/// A scenario that can be played.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub slug: String,
    pub title: String,
    pub customer: String,
    pub place: String,
    pub person: Person,
    pub difficulty: Difficulty,
    pub channel: Channel,
    pub result: String,
    /// Empty where nothing is.
    pub due: String,
    /// All that the search looks into, in small letters.
    haystack: String,
}

/// A file that cannot be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The file, as it was named.
    pub path: String,
    /// The first thing in the way, with its line.
    pub first: String,
    /// How many there are, and how to read them all.
    pub rest: String,
}

/// Which scenarios are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    pub difficulty: Option<Difficulty>,
    pub channel: Option<Channel>,
}

impl View {
    /// The library of these scenarios, in their order. `broken` are the files of which no scenario came.
    pub fn of<'a>(
        scenarios: impl IntoIterator<Item = (&'a Scenario, Record)>,
        broken: impl IntoIterator<Item = &'a Loaded>,
    ) -> Self {
        Self {
            entries: scenarios.into_iter().map(|(scenario, record)| entry(scenario, &record)).collect(),
            broken: broken.into_iter().map(file).collect(),
        }
    }

    /// The entries that a search and a filter leave: every word of the search occurs somewhere.
    pub fn found(&self, search: &str, filter: Filter) -> Vec<&Entry> {
        let search = search.to_lowercase();
        self.entries
            .iter()
            .filter(|entry| search.split_whitespace().all(|word| entry.haystack.contains(word)))
            .filter(|entry| filter.difficulty.is_none_or(|degree| entry.difficulty == degree))
            .filter(|entry| filter.channel.is_none_or(|channel| entry.channel == channel))
            .collect()
    }

    /// How many are shown of how many, for everybody who cannot see the list grow shorter.
    pub fn count(&self, found: usize) -> String {
        match (found, self.entries.len()) {
            (0, 0) => {
                "There is nobody here yet. Scenario files go into the scenarios folder; Settings says where.".to_owned()
            }
            (0, _) => "Nobody here fits. Change the search or the filters.".to_owned(),
            (1, 1) => "One customer".to_owned(),
            (found, all) if found == all => format!("{all} customers"),
            (found, all) => format!("{found} of {all} customers"),
        }
    }
}

fn entry(scenario: &Scenario, record: &Record) -> Entry {
    let customer = &scenario.customer;
    let place = place(scenario);
    let result = match (record.times_played, record.best) {
        (0, _) => "Not met yet".to_owned(),
        (times, None) => format!("Met {}", often(times)),
        (times, Some(best)) => format!("Best {best}, met {}", often(times)),
    };
    let due = match record.due.as_slice() {
        [] => String::new(),
        [one] => format!("Due: {one}"),
        [one, rest @ ..] => format!("Due: {one}, and {} more", rest.len()),
    };
    let difficulty = Difficulty(scenario.difficulty);
    let setting = scenario.encounters.first().map_or("", |encounter| encounter.setting.as_str());
    let searched = [
        &scenario.title,
        &scenario.slug,
        &customer.name,
        &customer.about,
        setting,
        &scenario.teaser,
        difficulty.words(),
        scenario.channel.words(),
    ];
    Entry {
        slug: scenario.slug.clone(),
        title: scenario.title.clone(),
        customer: customer.name.clone(),
        person: Person::of(scenario),
        haystack: searched.join("\n").to_lowercase(),
        channel: scenario.channel,
        difficulty,
        place,
        result,
        due,
    }
}

fn often(times: u32) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{times} times"),
    }
}

fn file(loaded: &Loaded) -> Broken {
    let path = loaded.source.name().to_owned();
    let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let first = errors.clone().next().or(loaded.findings.first()).map_or_else(
        || "It holds no scenario.".to_owned(),
        |finding| match finding.span {
            Some(span) => format!("Line {}: {}.", loaded.source.place(span.start).line, finding.message),
            None => format!("{}.", finding.message),
        },
    );
    let rest = match errors.count() {
        0 | 1 => format!("`simmer check {path}` shows the place and how to mend it."),
        errors => format!("{errors} problems. `simmer check {path}` tells them all."),
    };
    Broken { path, first, rest }
}
