//! What someone's runs say about their skills. The reading is [`mastery`].

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::history::FinishedRun;
use crate::scenario::vocabulary::Skill;
use crate::scoring::{Missing, Reading, Standing, mastery};

/// Past runs that are listed.
const LISTED: usize = 30;
const EPOCH: Date = date(1970, 1, 1);

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub about: String,
    pub skills: Vec<SkillLine>,
    /// Newest first.
    pub runs: Vec<RunLine>,
    /// In place of the runs.
    pub empty: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillLine {
    pub label: &'static str,
    /// 0 to 100, and from where to where it may well lie. None before the first run.
    pub reading: Option<[u8; 3]>,
    /// "About 74, likely between 61 and 87."
    pub words: String,
    /// What is still missing, or when it is checked.
    pub standing: String,
    pub mastered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    /// The attempt's id.
    pub attempt: String,
    pub title: String,
    /// "754, satisfied"
    pub result: String,
    /// "22 November 2026", "22 November 2026, practice: only you see it"
    pub when: String,
    /// What a screen reader calls the way to the debrief.
    pub name: String,
}

impl View {
    /// The runs of one person in any order; `zone` is where the person's days begin.
    pub fn of(runs: &[FinishedRun], zone: &TimeZone) -> Self {
        let mut runs: Vec<_> = runs.iter().collect();
        runs.sort_by_key(|run| (run.ended_at, &run.attempt));
        let counting = runs.iter().filter(|run| run.is_final && !run.practice);
        let readings: Vec<Reading> = counting.map(|run| reading(run, zone)).collect();
        Self {
            about: about(readings.len()),
            skills: Skill::ALL.iter().map(|&skill| skill_line(skill, &readings)).collect(),
            empty: runs.is_empty().then_some("No call is over yet. Each one will stand here, with its debrief."),
            runs: runs.into_iter().rev().take(LISTED).map(|run| run_line(run, zone)).collect(),
        }
    }
}

fn reading(run: &FinishedRun, zone: &TimeZone) -> Reading {
    Reading {
        scenario: run.scenario.clone(),
        difficulty: run.difficulty,
        day: day_of(run, zone).map_or(0, |day| i64::from((day - EPOCH).get_days())),
        evidence: run.evidence,
        skills: run.skills,
        severe: run.severe_or_worse,
    }
}

fn day_of(run: &FinishedRun, zone: &TimeZone) -> Option<Date> {
    Some(Timestamp::from_second(run.ended_at).ok()?.to_zoned(zone.clone()).date())
}

fn about(count: usize) -> String {
    const NOISY: &str = "One call is a noisy reading: the pale band shows how far it may be off.";
    match count {
        0 => "Your skills are read from whole calls, once their last promise has come due.".to_owned(),
        1 => format!("{NOISY} It narrows as you take more."),
        2..=8 => format!("Read from your {count} finished calls, the latest counting most. {NOISY}"),
        _ => format!("Read from your last eight finished calls, the latest counting most. {NOISY}"),
    }
}

fn skill_line(skill: Skill, readings: &[Reading]) -> SkillLine {
    let mastery = mastery(skill, readings);
    let whole = |hundredths: i32| u8::try_from((hundredths.clamp(0, 10_000) + 50) / 100).unwrap_or(100);
    let spots = [mastery.theta, mastery.theta - mastery.spread, mastery.theta + mastery.spread].map(whole);
    let reading = (mastery.runs > 0).then_some(spots);
    SkillLine {
        label: skill.words(),
        reading,
        words: reading.map_or_else(
            || "Not known yet.".to_owned(),
            |[value, low, high]| format!("About {value}, likely between {low} and {high}."),
        ),
        standing: if mastery.runs == 0 { String::new() } else { standing(&mastery.standing) },
        mastered: mastery.standing == Standing::Mastered,
    }
}

fn standing(standing: &Standing) -> String {
    match standing {
        Standing::Mastered => "Mastered, and it held when it was checked.".to_owned(),
        Standing::CheckFrom(day) => match EPOCH.checked_add(day.days()) {
            Ok(day) => format!("At the level. A call from {} on shows whether it holds.", long(day)),
            Err(_) => "At the level. A call in two weeks shows whether it holds.".to_owned(),
        },
        Standing::Learning(missing) => {
            let parts: Vec<_> = missing.iter().map(missing_words).collect();
            format!("For mastery: {}.", parts.join("; "))
        }
    }
}

fn missing_words(missing: &Missing) -> String {
    match missing {
        Missing::Level => "80 across your calls".to_owned(),
        Missing::Scenarios(count) => format!("three different calls, {count} so far"),
        Missing::Difficulties => "calls of two difficulties".to_owned(),
        Missing::Severe => "three calls without a severe slip".to_owned(),
    }
}

fn run_line(run: &FinishedRun, zone: &TimeZone) -> RunLine {
    let day = day_of(run, zone).map(long).unwrap_or_default();
    let note = match (run.practice, run.is_final) {
        (true, _) => ", practice: only you see it",
        (false, false) => ", provisional: a promise is still open",
        (false, true) => "",
    };
    RunLine {
        attempt: run.attempt.clone(),
        title: run.title.clone(),
        result: format!("{}, {}", run.overall, run.outcome.words()),
        name: format!("Open the debrief of {}, {day}", run.title),
        when: format!("{day}{note}"),
    }
}

fn long(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
