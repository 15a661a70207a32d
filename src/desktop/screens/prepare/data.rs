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
    /// It can count for a team.
    pub ranked: Option<Ranked<'a>>,
}

/// How a call can count for a team.
#[derive(Debug, Clone, Copy)]
pub struct Ranked<'a> {
    /// The name of the team's service.
    pub service: &'a str,
    /// Ranked runs that are left this season.
    pub left: u32,
    /// It would be the one that is ranked.
    pub first: bool,
    /// It was fetched ahead, and needs no network.
    pub ahead: bool,
    pub wish: Wish,
    /// Why there was no leave.
    pub refused: Option<&'a str>,
}

/// Whether a call is to count for a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Off,
    On,
    /// The service is being asked for leave.
    Asking,
}

/// How a call can count for a team, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForTheTeam {
    pub about: String,
    /// None is left.
    pub none_left: bool,
    pub on: bool,
    /// What is going on, or why nothing is.
    pub said: Option<String>,
    pub waits: bool,
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
    pub counts: String,
    pub team: Option<ForTheTeam>,
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
            counts: match (facts.ranked.filter(|ranked| ranked.wish != Wish::Off), facts.practice, facts.met_before) {
                (Some(ranked), ..) => format!("It counts for {}, from the moment it begins.", ranked.service),
                (None, true, _) => "Practice: it stands on no board.".to_owned(),
                (None, false, false) => COUNTS.to_owned(),
                (None, false, true) => {
                    "You have met before: the first finished run stays the one that counts on the board.".to_owned()
                }
            },
            team: facts.ranked.map(for_the_team),
            go_on: match (scenario.channel, encounter.seat) {
                (Channel::Phone, Seat::Agent) => "Pick up the phone",
                (Channel::Phone, Seat::Customer) => "Make the call",
                (Channel::Counter, Seat::Agent) => "Call the next person",
                (Channel::Counter, Seat::Customer) => "Step up to the desk",
            },
        }
    }
}

fn for_the_team(ranked: Ranked<'_>) -> ForTheTeam {
    let Ranked { service, left, first, ahead, .. } = ranked;
    let which = if first {
        "Your first ranked run of this call is the one on the board."
    } else {
        "Your first run is the one on the board; this one counts for \u{201c}most improved\u{201d}."
    };
    let left = match left {
        0 => "You have begun all your ranked runs of this call this season.".to_owned(),
        1 => format!("{which} It is the last one left this season."),
        left => format!("{which} {left} are left this season."),
    };
    let offline = if ahead { " It needs no network, and the board says that it is less protected." } else { "" };
    ForTheTeam {
        about: format!("{left}{offline} It goes to {service}."),
        none_left: ranked.left == 0,
        on: ranked.wish != Wish::Off,
        said: match ranked.wish {
            Wish::Asking => Some("Asking your team\u{2019}s service for leave\u{2026}".to_owned()),
            Wish::Off | Wish::On => ranked.refused.map(str::to_owned),
        },
        waits: ranked.wish == Wish::Asking,
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
