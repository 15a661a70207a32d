//! What the runs of a person say about their skills. The reading is [`scoring::mastery`](crate::scoring::mastery).

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::scenario::vocabulary::{Outcome, Skill};
use crate::scoring::{Missing, Reading, Standing, mastery};

/// Past runs that are listed.
const LISTED: usize = 20;

/// A finished run of this person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRun {
    /// The attempt's id, as text.
    pub attempt: String,
    pub title: String,
    pub outcome: Outcome,
    pub overall: u16,
    pub is_final: bool,
    pub practice: bool,
    /// [`Reading::day`] is in days since 1970-01-01.
    pub reading: Reading,
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub about: String,
    pub skills: Vec<SkillLine>,
    pub runs: Vec<RunLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillLine {
    pub label: &'static str,
    /// 0 to 100, and from where to where it may well lie.
    pub value: u8,
    pub low: u8,
    pub high: u8,
    /// "About 74, likely between 61 and 87."
    pub words: String,
    /// What is still missing.
    pub standing: String,
    pub mastered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    pub attempt: String,
    /// "Before Saturday: 754, satisfied"
    pub words: String,
    /// "Sunday, 22 November"
    pub when: String,
    /// "practice", "not final yet"
    pub note: Option<&'static str>,
}

impl View {
    /// The runs of a person, **oldest first**.
    pub fn of(runs: &[PastRun]) -> Self {
        let readings: Vec<Reading> =
            runs.iter().filter(|run| !run.practice && run.is_final).map(|run| run.reading.clone()).collect();
        Self {
            about: about(readings.len()),
            skills: Skill::ALL.iter().map(|&skill| skill_line(skill, &readings)).collect(),
            runs: runs.iter().rev().take(LISTED).map(run_line).collect(),
        }
    }
}

fn about(count: usize) -> String {
    let noisy = "One run is a noisy reading: the pale band shows how far it may be off.";
    match count {
        0 => "No run is finished yet, so the bands are as wide as they can be.".to_owned(),
        1 => format!("Read from one run. {noisy}"),
        2..=8 => format!("Read from {count} runs. {noisy}"),
        _ => format!("Read from your last eight runs. {noisy}"),
    }
}

fn skill_line(skill: Skill, readings: &[Reading]) -> SkillLine {
    let mastery = mastery(skill, readings);
    let whole = |hundredths: i32| u8::try_from((hundredths.clamp(0, 10_000) + 50) / 100).unwrap_or(100);
    let (value, low, high) =
        (whole(mastery.theta), whole(mastery.theta - mastery.spread), whole(mastery.theta + mastery.spread));
    SkillLine {
        label: skill.words(),
        value,
        low,
        high,
        words: if mastery.runs == 0 {
            "Not known yet.".to_owned()
        } else {
            format!("About {value}, likely between {low} and {high}.")
        },
        standing: standing(&mastery.standing, mastery.runs),
        mastered: mastery.standing == Standing::Mastered,
    }
}

fn standing(standing: &Standing, runs: usize) -> String {
    match standing {
        Standing::Mastered => "Mastered.".to_owned(),
        Standing::CheckFrom(day) => format!("At the level. A run from {} on checks whether it stays.", date(*day)),
        Standing::Learning(_) if runs == 0 => String::new(),
        Standing::Learning(missing) => {
            let parts: Vec<String> = missing.iter().map(missing_words).collect();
            format!("To master it: {}.", parts.join("; "))
        }
    }
}

fn missing_words(missing: &Missing) -> String {
    match missing {
        Missing::Level => "80 over the last eight runs".to_owned(),
        Missing::Scenarios(1) => "three different calls (one so far)".to_owned(),
        Missing::Scenarios(count) => format!("three different calls ({count} so far)"),
        Missing::Difficulties => "calls of two difficulties".to_owned(),
        Missing::Severe => "three runs without a severe slip".to_owned(),
    }
}

fn run_line(run: &PastRun) -> RunLine {
    RunLine {
        attempt: run.attempt.clone(),
        words: format!("{}: {}, {}", run.title, run.overall, run.outcome.words()),
        when: date(run.reading.day),
        note: match (run.practice, run.is_final) {
            (true, _) => Some("practice"),
            (false, false) => Some("not final yet"),
            (false, true) => None,
        },
    }
}

/// "22 November" of a day since 1970-01-01.
fn date(day: i64) -> String {
    let epoch = Date::constant(1970, 1, 1);
    i32::try_from(day)
        .ok()
        .and_then(|day| epoch.checked_add(day.days()).ok())
        .map_or_else(String::new, |date| date.strftime("%-d %B %Y").to_string())
}
