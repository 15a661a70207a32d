//! What someone's runs say about their skills. The reading is [`mastery`].

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::desktop::screens::days::{coming, day_of, in_full, in_short};
use crate::desktop::screens::home::moments_for_today;
use crate::desktop::screens::page::Likely;
use crate::desktop::screens::text::whole;
use crate::history::FinishedRun;
use crate::scenario::vocabulary::Skill;
use crate::scoring::review::Deck;
use crate::scoring::{Mastery, Missing, Reading, Standing, mastery};

/// Past runs that are listed.
const LISTED: usize = 30;
/// Runs that a curve shows, the latest.
const DRAWN: usize = 24;

/// What the screen is built from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The runs of one person in any order.
    pub runs: &'a [FinishedRun],
    /// Where the person's days begin.
    pub zone: &'a TimeZone,
    pub deck: &'a Deck,
    /// By number, as the deck counts.
    pub today: i64,
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub about: String,
    pub skills: Vec<SkillLine>,
    /// "Today: three moments to try again"; none where no card is due.
    pub review: Option<String>,
    /// By [`Skill::index`]. Empty before the second call that counts: one point is no curve.
    pub curves: Vec<Curve>,
    /// Newest first.
    pub runs: Vec<RunLine>,
    /// In place of the runs.
    pub empty: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillLine {
    pub label: &'static str,
    /// 0 to 100, and from where to where it may well lie. None before the first run.
    pub reading: Option<Likely>,
    /// "About 74, likely between 61 and 87."
    pub words: String,
    /// What is still missing, or when it is checked.
    pub standing: String,
    pub mastered: bool,
    /// How many moments of it are to be tried again, and when the next one comes.
    pub cards: String,
}

/// How a skill went from call to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    pub skill: Skill,
    /// Oldest first.
    pub spots: Vec<Spot>,
    /// In a sentence.
    pub summary: String,
}

/// A skill as it stood after a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// "22 Nov"
    pub when: String,
    pub title: String,
    /// In that call alone, 0 to 100.
    pub alone: u8,
    /// Across the calls up to it, and from where to where it may well have lain.
    pub across: Likely,
    /// All of it in a sentence.
    pub words: String,
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
    /// The screen for one person.
    pub fn of(given: &Given<'_>) -> Self {
        let Given { zone, deck, today, .. } = *given;
        let mut runs: Vec<_> = given.runs.iter().collect();
        runs.sort_by_key(|run| (run.ended_at, &run.attempt));
        let counting: Vec<_> = runs.iter().copied().filter(|run| counts(run)).collect();
        let readings: Vec<Reading> = counting.iter().map(|run| reading(run, zone)).collect();
        let curves = if counting.len() < 2 {
            Vec::new()
        } else {
            Skill::ALL.iter().map(|&skill| curve(skill, &counting, &readings)).collect()
        };
        Self {
            about: about(readings.len()),
            skills: Skill::ALL.iter().map(|&skill| skill_line(skill, &readings, deck, today)).collect(),
            review: moments_for_today(deck.due(today).len()),
            curves,
            empty: runs.is_empty().then_some("No call is over yet. Each one will stand here, with its debrief."),
            runs: run_lines(&runs, zone),
        }
    }
}

/// The five skills as runs show them, by [`Skill::index`]. `None` before the first that counts: practice and provisional
/// runs are not read. `runs` in any order.
pub fn likely_skills(runs: &[&FinishedRun], zone: &TimeZone) -> Option<[Likely; 5]> {
    let mut counting: Vec<_> = runs.iter().copied().filter(|run| counts(run)).collect();
    counting.sort_by_key(|run| (run.ended_at, &run.attempt));
    let readings: Vec<Reading> = counting.into_iter().map(|run| reading(run, zone)).collect();
    let mut skills = [[0; 3]; 5];
    for &skill in Skill::ALL {
        skills[skill.index()] = likely(&mastery(skill, &readings));
    }
    (!readings.is_empty()).then_some(skills)
}

/// "About 74, likely between 61 and 87."
pub fn likely_words([value, low, high]: Likely) -> String {
    format!("About {value}, likely between {low} and {high}.")
}

fn counts(run: &FinishedRun) -> bool {
    run.is_final && !run.practice
}

fn reading(run: &FinishedRun, zone: &TimeZone) -> Reading {
    Reading {
        scenario: run.scenario.clone(),
        difficulty: run.difficulty,
        day: ended_on(run, zone).unwrap_or_default(),
        evidence: run.evidence,
        skills: run.skills,
        severe: run.severe_or_worse,
    }
}

fn ended_on(run: &FinishedRun, zone: &TimeZone) -> Option<i64> {
    Some(day_of(Timestamp::from_second(run.ended_at).ok()?, zone))
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

fn skill_line(skill: Skill, readings: &[Reading], deck: &Deck, today: i64) -> SkillLine {
    let mastery = mastery(skill, readings);
    let reading = (mastery.runs > 0).then_some(likely(&mastery));
    SkillLine {
        label: skill.words(),
        reading,
        words: reading.map_or_else(|| "Not known yet.".to_owned(), likely_words),
        standing: if mastery.runs == 0 { String::new() } else { standing(&mastery.standing) },
        mastered: mastery.standing == Standing::Mastered,
        cards: cards(skill, deck, today),
    }
}

fn likely(mastery: &Mastery) -> Likely {
    [mastery.theta, mastery.theta - mastery.spread, mastery.theta + mastery.spread].map(whole)
}

fn cards(skill: Skill, deck: &Deck, today: i64) -> String {
    let waiting = deck.cards().iter().filter(|card| card.indicator.skill() == skill && card.due().is_some()).count();
    let Some(next) = deck.next(today, |card| card.indicator.skill() == skill) else { return String::new() };
    let next = coming(next, today);
    match waiting {
        1 => format!("One moment to try again, {next}."),
        _ => format!("{waiting} moments to try again, the next {next}."),
    }
}

/// What was known after each call. `runs` and `readings` are the same calls, oldest first.
fn curve(skill: Skill, runs: &[&FinishedRun], readings: &[Reading]) -> Curve {
    let first = readings.len().saturating_sub(DRAWN);
    let spots: Vec<Spot> = (first..readings.len())
        .map(|place| {
            let (run, reading) = (runs[place], &readings[place]);
            let across = likely(&mastery(skill, &readings[..=place]));
            let alone = whole(reading.skills[skill.index()]);
            let [value, low, high] = across;
            let words = format!("{alone} in that call. Across calls about {value}, likely between {low} and {high}.");
            Spot { when: in_short(reading.day), title: run.title.clone(), alone, across, words }
        })
        .collect();
    let ends = spots.first().zip(spots.last()).map_or((0, 0), |(first, last)| (first.across[0], last.across[0]));
    let summary =
        format!("{} across calls, from {} to {}. Left and right arrows read each call.", skill.words(), ends.0, ends.1);
    Curve { skill, spots, summary }
}

fn standing(standing: &Standing) -> String {
    match standing {
        Standing::Mastered => "Mastered, and it held when it was checked.".to_owned(),
        Standing::CheckFrom(day) => {
            format!("At the level. A call from {} on shows whether it holds.", in_full(*day))
        }
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

/// The latest, newest first. `runs`: oldest first.
fn run_lines(runs: &[&FinishedRun], zone: &TimeZone) -> Vec<RunLine> {
    let of_that_day = |run: &&FinishedRun| (run.title.clone(), ended_on(run, zone));
    let line = |(place, run): (usize, &&FinishedRun)| {
        let same =
            |others: &[&FinishedRun]| others.iter().filter(|other| of_that_day(other) == of_that_day(run)).count();
        run_line(run, zone, same(&runs[..=place]), same(runs))
    };
    runs.iter().enumerate().rev().take(LISTED).map(line).collect()
}

/// `number`, `of`: which run of that title on that day it is.
fn run_line(run: &FinishedRun, zone: &TimeZone, number: usize, of: usize) -> RunLine {
    let day = ended_on(run, zone).map(in_full).unwrap_or_default();
    let which = if of > 1 { format!(", number {number} of {of} that day") } else { String::new() };
    let note = match (run.practice, run.is_final) {
        (true, _) => ", practice: only you see it",
        (false, false) => ", provisional: a promise is still open",
        (false, true) => "",
    };
    RunLine {
        attempt: run.attempt.clone(),
        title: run.title.clone(),
        result: format!("{}, {}", run.overall, run.outcome.words()),
        name: format!("Open the debrief of {}, {day}{which}", run.title),
        when: format!("{day}{note}"),
    }
}
