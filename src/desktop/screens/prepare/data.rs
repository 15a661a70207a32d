use crate::desktop::screens::page::{Difficulty, Person, sentence};
use crate::dialogue::Mode;
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::Channel;

/// What is said of a run that would stand on the board.
pub const COUNTS: &str = "Your first finished run of this call: it counts on the board.";

/// What Prepare is built from.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub scenario: &'a Scenario,
    /// Which meeting with this customer is about to begin.
    pub encounter: EncounterId,
    /// The note of the meeting before this one.
    pub last_time: Option<&'a LastTime>,
    /// The goal of the latest debrief.
    pub goal: Option<&'a str>,
    pub mode: Mode,
    pub coach: bool,
    /// It was begun to practise.
    pub practice: bool,
    /// A finished run of this call stands already.
    pub met_before: bool,
}

/// What was written down after the meeting before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastTime {
    /// The tiles of the note, in words.
    pub tiles: Vec<String>,
    /// The line in one's own words; may be empty.
    pub line: String,
}

/// What Prepare says.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub person: Person,
    pub name: String,
    pub about: String,
    /// Where, when, and who the trainee is.
    pub setting: String,
    /// Where the tables are turned, that they are.
    pub announcement: Option<&'static str>,
    pub difficulty: Difficulty,
    pub content_note: Option<String>,
    /// Over the record.
    pub record_title: &'static str,
    pub record: Vec<String>,
    pub last_time: Vec<String>,
    pub yours: Vec<String>,
    pub not_yours: Vec<String>,
    /// Over what is yours, and over what is not.
    pub limits: [&'static str; 2],
    pub goal: Option<String>,
    pub intentions: Vec<String>,
    pub mode: Mode,
    /// What the mode does, in a line.
    pub about_mode: &'static str,
    pub coach: bool,
    pub about_coach: &'static str,
    /// What the run counts for.
    pub counts: &'static str,
    pub go_on: &'static str,
}

impl View {
    /// The minute before this meeting.
    pub fn of(facts: &Facts<'_>) -> Self {
        let scenario = facts.scenario;
        let encounter = scenario.encounter(facts.encounter);
        let customer = &scenario.customer;
        Self {
            person: Person::of(scenario),
            name: customer.name.clone(),
            about: sentence(&customer.about),
            setting: encounter.setting.clone(),
            announcement: encounter.seat.announcement(),
            difficulty: Difficulty(scenario.difficulty),
            content_note: scenario.content_note.clone(),
            record_title: match encounter.seat {
                Seat::Agent => "The record on your screen",
                Seat::Customer => Seat::Customer.record(),
            },
            record: encounter.record.clone(),
            last_time: facts.last_time.map(noted).unwrap_or_default(),
            yours: encounter.yours.clone(),
            not_yours: encounter.not_yours.clone(),
            limits: encounter.seat.limits(),
            goal: facts.goal.map(str::to_owned),
            intentions: scenario.intentions.clone(),
            mode: facts.mode,
            about_mode: about_mode(facts.mode),
            coach: facts.coach,
            about_coach: "After each turn the call stops, and a few lines say what happened and why.",
            counts: match (facts.practice, facts.met_before) {
                (true, _) => "Practice: it stands on no board.",
                (false, false) => COUNTS,
                (false, true) => "You have met before: the first finished run stays the one that counts on the board.",
            },
            go_on: match (scenario.channel, encounter.seat) {
                (Channel::Phone, Seat::Agent) => "Pick up the phone",
                (Channel::Phone, Seat::Customer) => "Make the call",
                (Channel::Counter, Seat::Agent) => "Call the next person",
                (Channel::Counter, Seat::Customer) => "Step up to the desk",
            },
        }
    }
}

fn about_mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Timed => "They speak at their own pace, and when you answer is up to you.",
        Mode::Steps => "No clock. They say a little at a time, and you choose: listen on, or speak.",
    }
}

fn noted(last_time: &LastTime) -> Vec<String> {
    let line = last_time.line.trim();
    let own = (!line.is_empty()).then(|| format!("\u{201c}{line}\u{201d}"));
    let lines: Vec<String> = last_time.tiles.iter().cloned().chain(own).collect();
    if lines.is_empty() { vec!["Nothing was written down.".to_owned()] } else { lines }
}
