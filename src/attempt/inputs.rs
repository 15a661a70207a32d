//! A run's inputs by name: what the attempt file stores, and what a trainer can write by hand.
//!
//! ```ron
//! [
//!     Nod, Finish, Speak("went-unheard", Slow),
//!     Listen, Interrupt, Speak("by-the-book", Quick, Raised),
//!     File(["wrong-door", "her-number"], "rings Friday"),
//!     Choose("ring-on-the-minute"), GoOn,
//! ]
//! ```
//!
//! Pace and volume may be left out and are then even and level. In timed mode `At(4200, Nod)` is a nod 4.2 seconds into
//! the turn; without a time an input comes at the same moment as the one before it. `Finish` listens to the true end of
//! the turn; it is a shorthand for people, and never stands in an attempt.
//!
//! The spelling is part of the attempt format: changing it takes a new format version.

mod mistake;
mod spelling;

use crate::campaign::{self, Input, Refused, Run, RunStage};
use crate::diagnostic::nearest;
use crate::dialogue::{self, Action, EventSink, Mode, Posture, schedule};
use crate::scenario::id::TileId;
use crate::scenario::vocabulary::{Pace, Volume};
use crate::scenario::{Encounter, Scenario};

pub use spelling::{NotInputs, SPELLINGS, parse_inputs, read_inputs, write_inputs};
pub(super) use spelling::{bounded, words};

/// The most inputs that an attempt may have. A run of 64 turns has some hundreds.
pub const MAXIMUM_INPUTS: usize = 65_536;

/// One input, by names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenInput {
    /// Engine milliseconds since the turn began, in timed mode; where left out, the moment of the input before.
    pub at: Option<u32>,
    pub verb: Verb,
}

impl From<Verb> for WrittenInput {
    fn from(verb: Verb) -> Self {
        Self { at: None, verb }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    Listen,
    /// Listens to the true end of the turn. Only where people write.
    Finish,
    Nod,
    Interrupt,
    TakeBait,
    Breathe,
    /// A reading of the feeling by the author's order, from 0: that is the right one.
    Reflect(u8),
    Jot,
    Hold,
    Consult,
    /// Face to face: turns to the customer.
    Open,
    /// Face to face: no longer does.
    Neutral,
    Speak {
        reply: String,
        pace: Pace,
        volume: Volume,
    },
    /// The tiles of the note, and a line of one's own.
    File {
        tiles: Vec<String>,
        line: String,
    },
    /// A choice of the diary event that is due.
    Choose(String),
    GoOn,
}

/// Why a written input cannot be taken. The run is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("there is no {kind} \"{name}\" {place}; expected {}{}", one_of(expected), did_you_mean(meant.as_deref()))]
    Unknown {
        /// "reply", "tile" or "choice".
        kind: &'static str,
        name: String,
        /// "at node \"waited-in\"".
        place: String,
        expected: Vec<String>,
        meant: Option<String>,
    },
    #[error("reply \"{name}\" belongs to node \"{its_node}\", and this is \"{node}\"; expected {}", one_of(expected))]
    AnotherNode { name: String, its_node: String, node: String, expected: Vec<String> },
    #[error("only what is done in the call has a time: leave `At` away here")]
    TimeAfterTheCall,
    #[error("`Finish` is a shorthand for people and does not stand in an attempt")]
    Shorthand,
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// The input of a list that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("input {} of the list, {input}: {problem}", index + 1)]
pub struct Mistake {
    /// The first is 0; people are told one more.
    pub index: usize,
    pub input: WrittenInput,
    pub problem: Box<Problem>,
}

/// What a written input means at this moment of a run: one input, or for `Finish` as many as it takes (none where
/// nothing is left to hear).
///
/// Names are looked up here; whether the input is fit for the moment is for [`campaign::step`] to say.
pub fn to_input(scenario: &Scenario, run: &Run, written: &WrittenInput) -> Result<Vec<Input>, Problem> {
    let encounter = scenario.encounter(run.talk.encounter);
    let after_the_call = |input: Input| {
        if written.at.is_some() { Err(Problem::TimeAfterTheCall) } else { Ok(vec![input]) }
    };
    let action = match &written.verb {
        Verb::Finish => return finish(scenario, run, written.at),
        Verb::Listen => Action::Listen,
        Verb::Nod => Action::Nod,
        Verb::Interrupt => Action::Interrupt,
        Verb::TakeBait => Action::TakeBait,
        Verb::Breathe => Action::Breathe,
        Verb::Reflect(reading) => Action::Reflect(*reading),
        Verb::Jot => Action::Jot,
        Verb::Hold => Action::Hold,
        Verb::Consult => Action::Consult,
        Verb::Open => Action::Posture(Posture::Open),
        Verb::Neutral => Action::Posture(Posture::Neutral),
        Verb::Speak { reply, pace, volume } => {
            fits(scenario, run, &Input::Talk(dialogue::Input::step(Action::Listen)), RunStage::Talking)?;
            Action::Speak { reply: find_reply(encounter, run, reply)?, pace: *pace, volume: *volume }
        }
        Verb::File { tiles, line } => {
            fits(scenario, run, &Input::File { tiles: Vec::new(), line: String::new() }, RunStage::Note)?;
            let tiles = tiles.iter().map(|name| find_tile(encounter, run, name)).collect::<Result<_, _>>()?;
            return after_the_call(Input::File { tiles, line: line.clone() });
        }
        Verb::Choose(name) => return after_the_call(find_choice(scenario, run, name)?),
        Verb::GoOn => return after_the_call(Input::GoOn),
    };
    Ok(vec![Input::Talk(dialogue::Input { at: time(run, written.at), action })])
}

/// How an input is written at this moment of a run, before it is taken. None where it names what is not there: then it
/// would be refused.
pub fn from_input(scenario: &Scenario, run: &Run, input: &Input) -> Option<WrittenInput> {
    let encounter = scenario.encounter(run.talk.encounter);
    let verb = match input {
        Input::Talk(dialogue::Input { action, .. }) => match *action {
            Action::Listen => Verb::Listen,
            Action::Nod => Verb::Nod,
            Action::Posture(Posture::Open) => Verb::Open,
            Action::Posture(Posture::Neutral) => Verb::Neutral,
            Action::Consult => Verb::Consult,
            Action::Jot => Verb::Jot,
            Action::Hold => Verb::Hold,
            Action::Breathe => Verb::Breathe,
            Action::Reflect(reading) => Verb::Reflect(reading),
            Action::Interrupt => Verb::Interrupt,
            Action::TakeBait => Verb::TakeBait,
            Action::Speak { reply, pace, volume } => {
                Verb::Speak { reply: encounter.replies.get(reply.index())?.name.clone(), pace, volume }
            }
        },
        Input::File { tiles, line } => {
            let name = |tile: &TileId| Some(encounter.note.get(tile.index())?.name.clone());
            Verb::File { tiles: tiles.iter().map(name).collect::<Option<_>>()?, line: line.clone() }
        }
        Input::Choose(choice) => {
            let RunStage::Diary(event) = run.stage else { return None };
            Verb::Choose(encounter.diary.get(event.index())?.choices.get(choice.index())?.name.clone())
        }
        Input::GoOn => Verb::GoOn,
    };
    let at = match input {
        Input::Talk(input) if run.talk.mode == Mode::Timed => Some(input.at),
        _ => None,
    };
    Some(WrittenInput { at, verb })
}

/// Plays a written list on from where a run stands, and gives the inputs that it came to. On a mistake the run stands
/// before the input that was one.
pub fn play(
    scenario: &Scenario,
    run: &mut Run,
    list: &[WrittenInput],
    sink: &mut impl EventSink,
) -> Result<Vec<Input>, Mistake> {
    let mut played = Vec::new();
    for (index, written) in list.iter().enumerate() {
        let mistake = |problem: Problem| Mistake { index, input: written.clone(), problem: Box::new(problem) };
        for input in to_input(scenario, run, written).map_err(mistake)? {
            campaign::step(scenario, run, &input, sink).map_err(|refused| mistake(refused.into()))?;
            played.push(input);
        }
    }
    Ok(played)
}

fn time(run: &Run, at: Option<u32>) -> u32 {
    match run.talk.mode {
        Mode::Timed => at.unwrap_or(run.talk.turn.clock),
        Mode::Steps => at.unwrap_or(0),
    }
}

/// Listens until the replies are open or the call is over.
fn finish(scenario: &Scenario, run: &Run, at: Option<u32>) -> Result<Vec<Input>, Problem> {
    let listen = |run: &Run, at| Input::Talk(dialogue::Input { at: time(run, at), action: Action::Listen });
    fits(scenario, run, &listen(run, at), RunStage::Talking)?;
    let mut ahead = run.clone();
    let mut inputs = Vec::new();
    while ahead.stage == RunStage::Talking && !ahead.talk.replies_open() {
        let at = match run.talk.mode {
            Mode::Steps => at,
            Mode::Timed => Some(schedule(scenario, &ahead.talk).true_end.max(time(&ahead, at))),
        };
        let input = listen(&ahead, at);
        campaign::step(scenario, &mut ahead, &input, &mut ())?;
        inputs.push(input);
    }
    Ok(inputs)
}

/// Refuses what the run's stage refuses, before names are looked up that mean nothing in it.
fn fits(scenario: &Scenario, run: &Run, input: &Input, stage: RunStage) -> Result<(), Refused> {
    if run.stage == stage { Ok(()) } else { campaign::step(scenario, &mut run.clone(), input, &mut ()) }
}

fn find_reply(encounter: &Encounter, run: &Run, name: &str) -> Result<crate::scenario::id::ReplyId, Problem> {
    let here = run.talk.node();
    if let Some((id, _)) = encounter.replies_of(here).find(|(_, reply)| reply.name == name) {
        return Ok(id);
    }
    let expected: Vec<_> = encounter.replies_of(here).map(|(_, reply)| reply.name.clone()).collect();
    let node = encounter.node(here).name.clone();
    if let Some(reply) = encounter.replies.iter().find(|reply| reply.name == name) {
        let its_node = encounter.node(reply.node).name.clone();
        return Err(Problem::AnotherNode { name: name.to_owned(), its_node, node, expected });
    }
    Err(unknown("reply", name, format!("at node \"{node}\""), expected))
}

fn find_tile(encounter: &Encounter, run: &Run, name: &str) -> Result<TileId, Problem> {
    encounter.tile_named(name).ok_or_else(|| {
        let expected = campaign::tiles(encounter, &run.talk).map(|(_, tile)| tile.name.clone()).collect();
        unknown("tile", name, "for this note".to_owned(), expected)
    })
}

fn find_choice(scenario: &Scenario, run: &Run, name: &str) -> Result<Input, Problem> {
    let RunStage::Diary(event) = run.stage else {
        let any = Input::Choose(crate::scenario::id::ChoiceId(0));
        campaign::step(scenario, &mut run.clone(), &any, &mut ())?;
        return Ok(any);
    };
    let event = &scenario.encounter(run.talk.encounter).diary[event.index()];
    if let Some(place) = event.choices.iter().position(|choice| choice.name == name) {
        return Ok(Input::Choose(crate::scenario::id::ChoiceId::at(place)));
    }
    let expected = campaign::choices(event, &run.talk).map(|(_, choice)| choice.name.clone()).collect();
    Err(unknown("choice", name, format!("at diary event \"{}\"", event.name), expected))
}

fn unknown(kind: &'static str, name: &str, place: String, expected: Vec<String>) -> Problem {
    let meant = nearest(name, expected.iter().map(String::as_str)).map(str::to_owned);
    Problem::Unknown { kind, name: name.to_owned(), place, expected, meant }
}

fn one_of(names: &[String]) -> String {
    match names {
        [] => "nothing: none is on offer".to_owned(),
        [only] => format!("\"{only}\""),
        several => format!("one of \"{}\"", several.join("\", \"")),
    }
}

fn did_you_mean(meant: Option<&str>) -> String {
    meant.map_or_else(String::new, |meant| format!(" (did you mean \"{meant}\"?)"))
}

#[cfg(test)]
mod tests;
