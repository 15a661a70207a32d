use super::Action;
use crate::campaign::{Run, RunStage};
use crate::desktop::screens::due::in_full;
use crate::desktop::screens::page::{Difficulty, Person, place};
use crate::desktop::screens::prepare::COUNTS;
use crate::scenario::Scenario;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::Channel;
use crate::scenario::vocabulary::capitalised;

/// What Home is built from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// What the person is called.
    pub name: &'a str,
    pub unfinished: Option<Unfinished<'a>>,
    /// The next customer in line; `None` when all have been met.
    pub next: Option<&'a Scenario>,
    /// The scenario of which the next finished run would count on the board; `None` when one of each does.
    pub counting: Option<&'a Scenario>,
    /// The goal of the latest debrief.
    pub goal: Option<&'a str>,
    /// Review cards that are due today.
    pub review_cards: usize,
    /// Scenario files that cannot be played.
    pub broken_files: usize,
    /// What a team's service wants attention for.
    pub team: Option<&'a str>,
    /// The published call that would count for the team.
    pub ranked: Option<Ranked<'a>>,
}

/// A call that would count for a team.
#[derive(Debug, Clone, Copy)]
pub struct Ranked<'a> {
    pub title: &'a str,
    pub slug: &'a str,
    /// The name of the team's service.
    pub service: &'a str,
}

/// A run that was left before its end.
#[derive(Debug, Clone, Copy)]
pub struct Unfinished<'a> {
    pub scenario: &'a Scenario,
    pub run: &'a Run,
}

/// What Home says.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub greeting: String,
    pub first: Waiting,
    /// The next customer, where an unfinished call comes first.
    pub then: Option<Waiting>,
    /// The goal, and who set it.
    pub goal: Option<String>,
    pub rooms: Vec<Room>,
}

/// Somebody who waits, or that nobody does.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    pub person: Option<Person>,
    pub headline: String,
    /// Where, and on which channel; or where the call stands.
    pub place: String,
    /// In the customer's words or the author's.
    pub teaser: String,
    pub difficulty: Option<Difficulty>,
    pub go_on: &'static str,
    pub action: Action,
}

/// Another room: its name, a line about it, and the way there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    pub name: String,
    pub about: String,
    pub action: Action,
}

impl View {
    /// Home as it is now.
    pub fn of(facts: &Facts<'_>) -> Self {
        let unfinished = facts.unfinished.and_then(|unfinished| continued(&unfinished));
        let next = facts.next.map(waiting);
        let (first, then) = match (unfinished, next) {
            (Some(unfinished), next) => (unfinished, next),
            (None, Some(next)) => (next, None),
            (None, None) => (everyone_was_met(), None),
        };
        let greeting = if facts.name.is_empty() { "Home".to_owned() } else { format!("Hello, {}", facts.name) };
        Self { greeting, first, then, goal: facts.goal.map(str::to_owned), rooms: rooms(facts) }
    }
}

fn continued(unfinished: &Unfinished<'_>) -> Option<Waiting> {
    let Unfinished { scenario, run } = *unfinished;
    let name = &scenario.customer.name;
    let seat = scenario.encounter(run.talk.encounter).seat;
    let headline = match (run.stage, scenario.channel, seat) {
        (RunStage::Talking, Channel::Counter, Seat::Agent) => format!("{name} is still at the counter"),
        (RunStage::Talking, Channel::Counter, Seat::Customer) => format!("{name} is still across the desk"),
        (RunStage::Talking, Channel::Phone, _) => format!("{name} is still on the line"),
        (RunStage::Note, _, Seat::Agent) => format!("Your note about {name}"),
        (RunStage::Note, _, Seat::Customer) => format!("Your note after {name}"),
        (RunStage::Diary(_), ..) => format!("{name}: something is due"),
        (RunStage::Between, ..) => format!("{name} again"),
        (RunStage::Closed, ..) => return None,
    };
    let place = where_it_stands(scenario, run)?;
    Some(Waiting {
        person: Some(Person::of(scenario)),
        headline,
        place,
        teaser: String::new(),
        difficulty: None,
        go_on: "Go on where you stopped",
        action: Action::Continue,
    })
}

/// Where a run was left, in a sentence or two. `None` once it is closed.
pub(in super::super) fn where_it_stands(scenario: &Scenario, run: &Run) -> Option<String> {
    Some(match run.stage {
        RunStage::Talking => {
            let number = run.talk.turn.number;
            let turn = if number <= 1 { "You had only just begun.".to_owned() } else { format!("Turn {number}.") };
            let pronoun = scenario.customer.pronoun;
            let (they, are) = (capitalised(pronoun.words()), pronoun.verb("is", "are"));
            format!("{turn} {they} {are} where you left off.")
        }
        RunStage::Note => "The call is over. The note is still to be written.".to_owned(),
        RunStage::Diary(event) => {
            let event = scenario.encounter(run.talk.encounter).diary.get(event.index())?;
            format!("{}. It waits for your decision.", in_full(&event.at))
        }
        RunStage::Between => "Your note is filed. The next time you meet is about to begin.".to_owned(),
        RunStage::Closed => return None,
    })
}

fn waiting(scenario: &Scenario) -> Waiting {
    Waiting {
        person: Some(Person::of(scenario)),
        headline: format!("{} is waiting", scenario.customer.name),
        place: place(scenario),
        teaser: scenario.teaser.clone(),
        difficulty: Some(Difficulty(scenario.difficulty)),
        go_on: "Get ready",
        action: Action::Meet,
    }
}

fn everyone_was_met() -> Waiting {
    Waiting {
        person: None,
        headline: "Nobody is waiting".to_owned(),
        place: "You have met every customer here. You can meet any of them again: they do not always say the same."
            .to_owned(),
        teaser: String::new(),
        difficulty: None,
        go_on: "Choose a customer",
        action: Action::OpenLibrary,
    }
}

/// "Today: three moments to try again". None where no card is due.
pub(in super::super) fn moments_for_today(cards: usize) -> Option<String> {
    let number = match cards {
        0 => return None,
        1 => return Some("Today: one moment to try again".to_owned()),
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        _ => "several",
    };
    Some(format!("Today: {number} moments to try again"))
}

fn rooms(facts: &Facts<'_>) -> Vec<Room> {
    let mut rooms = Vec::new();
    let mut room = |name: &str, about: String, action| rooms.push(Room { name: name.to_owned(), about, action });
    if let Some(name) = moments_for_today(facts.review_cards) {
        room(&name, "From your own calls. No board sees it.".to_owned(), Action::Review);
    }
    if let Some(Ranked { title, service, .. }) = facts.ranked {
        let about = format!("{title}, for {service}. Your first ranked run of it is the one on the board.");
        room("A run that counts", about, Action::Rank);
    } else if let Some(scenario) = facts.counting {
        let about = format!("{}. {COUNTS} What you try again afterwards is practice.", scenario.customer.name);
        room("A run that counts", about, Action::Rank);
    }
    room("Practise", "Any call again. It stays between you and this computer.".to_owned(), Action::Practise);
    let broken = match facts.broken_files {
        0 => String::new(),
        1 => " One file cannot be played.".to_owned(),
        files => format!(" {files} files cannot be played."),
    };
    room("Customers", format!("Everyone you can meet, and how it went.{broken}"), Action::OpenLibrary);
    room("Progress", "Your five skills, over all your calls.".to_owned(), Action::OpenProgress);
    let boards = facts.team.unwrap_or("Yours, and your team\u{2019}s if it has one.");
    room("Boards", boards.to_owned(), Action::OpenBoards);
    room("Studio", "Write and change scenarios, and see at once what they do.".to_owned(), Action::OpenStudio);
    room("Settings", "Text size, clocks, your data.".to_owned(), Action::OpenSettings);
    rooms
}
