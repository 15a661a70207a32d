use crate::campaign::RunStage;
use crate::desktop::screens::due::{since, window};
use crate::desktop::screens::home::{Unfinished, where_it_stands};
use crate::desktop::screens::page::{Difficulty, Likely, Person, SkillMark, place, sentence};
use crate::desktop::screens::progress::likely_words;
use crate::diagnostic::Severity;
use crate::dialogue::Standing;
use crate::scenario::Scenario;
use crate::scenario::load::Loaded;
use crate::scenario::vocabulary::{Channel, Skill};

/// What is known of a scenario besides itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Record<'a> {
    /// 0 to 1000; `None` before the first finished run.
    pub best: Option<u16>,
    pub times_played: u32,
    /// By [`Skill::index`], read from the runs of this scenario alone; `None` before the first that counts.
    pub skills: Option<[Likely; 5]>,
    /// The run of it that was left before its end.
    pub open: Option<Unfinished<'a>>,
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
    /// How many calls it has and which comes next, where there are several; and where an open run was left. May be
    /// empty.
    pub stands: String,
    /// What is in the diary of the open run, the soonest told. Empty where nothing is.
    pub due: String,
    /// Empty before the first run that counts.
    pub skills: Vec<SkillMark>,
    status: Status,
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
    pub status: Option<Status>,
}

/// How the person stands with a customer, where that is worth a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    NotMet,
    Met,
    /// Something of an open run is due.
    Due,
}

impl View {
    /// The library of these scenarios, in their order. `broken` are the files of which no scenario came.
    pub fn of<'a>(
        scenarios: impl IntoIterator<Item = (&'a Scenario, Record<'a>)>,
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
            .filter(|entry| filter.status.is_none_or(|status| entry.status == status))
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

fn entry(scenario: &Scenario, record: &Record<'_>) -> Entry {
    let customer = &scenario.customer;
    let place = place(scenario);
    let result = match (record.times_played, record.best, record.open) {
        (0, _, None) => "Not met yet".to_owned(),
        (0, _, Some(_)) => "Not finished yet".to_owned(),
        (times, None, _) => format!("Met {}", often(times)),
        (times, Some(best), _) => format!("Best {best}, met {}", often(times)),
    };
    let due = record.open.map(|open| due(&open)).unwrap_or_default();
    let status = match (due.is_empty(), record.times_played, record.open) {
        (false, ..) => Status::Due,
        (true, 0, None) => Status::NotMet,
        (true, ..) => Status::Met,
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
        stands: stands(scenario, record),
        due: told(&due),
        skills: record.skills.map(marks).unwrap_or_default(),
        status,
    }
}

fn stands(scenario: &Scenario, record: &Record<'_>) -> String {
    let open = record.open;
    // What waits for a decision is told with what is due.
    let place = open.filter(|open| !matches!(open.run.stage, RunStage::Diary(_)));
    let place = place.and_then(|open| where_it_stands(open.scenario, open.run));
    let words = [campaign(open.map_or(scenario, |open| open.scenario), open), place];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How far a person is in a scenario of several calls. `None` where there is one.
fn campaign(scenario: &Scenario, open: Option<Unfinished<'_>>) -> Option<String> {
    let all = scenario.encounters.len();
    if all < 2 {
        return None;
    }
    let (call, calls) = match scenario.channel {
        Channel::Phone => ("Call", "calls"),
        Channel::Counter => ("Visit", "visits"),
    };
    let title = |index: usize| scenario.encounters.get(index).map_or("", |encounter| encounter.title.as_str());
    let quoted = |index: usize| format!("\u{201c}{}\u{201d}", title(index));
    Some(match open.map(|open| (open.run.stage, open.run.talk.encounter.index())) {
        None => format!("A story of {all} {calls}. {call} 1 comes next: {}.", quoted(0)),
        Some((RunStage::Between, at)) => format!("{call} {} of {all} comes next: {}.", at + 2, quoted(at + 1)),
        Some((_, at)) => format!("{call} {} of {all}: {}.", at + 1, quoted(at)),
    })
}

/// What stands in the diary of a run, the soonest first: what waits for a decision, then what was promised.
fn due(open: &Unfinished<'_>) -> Vec<String> {
    let Unfinished { scenario, run } = *open;
    let first = scenario.encounter(run.talk.encounter).diary.first().map_or("", |event| event.at.as_str());
    let promised =
        scenario.promises.iter().zip(&run.talk.promises).filter(|(_, standing)| **standing == Standing::Open);
    let mut promised: Vec<_> = promised.map(|(promise, _)| promise).collect();
    promised.sort_by_key(|promise| since(first, &promise.due));
    let waits = matches!(run.stage, RunStage::Diary(_)).then(|| where_it_stands(scenario, run)).flatten();
    let promised = promised.into_iter().map(|promise| {
        let when = window(promise.start.as_deref(), &promise.due);
        format!("{when}. {}", sentence(&promise.text))
    });
    waits.into_iter().chain(promised).collect()
}

fn told(due: &[String]) -> String {
    match due {
        [] => String::new(),
        [one] => format!("Due {one}"),
        [one, rest @ ..] => format!("Due {one} And {} more in the diary.", rest.len()),
    }
}

fn marks(skills: [Likely; 5]) -> Vec<SkillMark> {
    let mark = |skill: Skill| {
        let reading = skills[skill.index()];
        let words = format!("{}: {}", skill.words(), likely_words(reading).to_lowercase());
        SkillMark { label: skill.words(), reading, words }
    };
    Skill::ALL.iter().map(|&skill| mark(skill)).collect()
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
