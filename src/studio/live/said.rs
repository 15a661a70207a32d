//! What was said, in words that stay as they were said.

use crate::dialogue::{CutOff, Exit, State, beats};
use crate::scenario::id::ReplyId;
use crate::scenario::model::Speech;
use crate::scenario::vocabulary::{Pace, Volume};
use crate::scenario::{Encounter, Scenario};

/// Who a line is by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    Customer,
    /// The trainee.
    You,
    /// Nobody: what is told, such as an ending.
    Told,
    /// Studio itself, about the conversation and the text.
    Studio,
}

/// A line of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub speaker: Speaker,
    pub text: String,
    /// How it was said: "slow", "quick, raised".
    pub manner: Option<String>,
}

impl Line {
    pub(super) fn new(speaker: Speaker, text: impl Into<String>) -> Self {
        Self { speaker, text: text.into(), manner: None }
    }
}

/// A phrase of the present turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub speaker: Speaker,
    pub text: String,
    /// What can be seen or heard as it begins.
    pub direction: Option<String>,
    /// A false lapse follows.
    pub lapse: bool,
}

/// What has been said in the present turn so far.
pub(super) fn said(scenario: &Scenario, state: &State) -> Vec<Said> {
    let phrases = beats(scenario, state).take(usize::from(state.turn.cursor));
    let mut said: Vec<Said> = phrases
        .map(|beat| Said {
            speaker: Speaker::Customer,
            text: beat.phrase.text.clone(),
            direction: beat.phrase.direction.clone(),
            lapse: beat.lapse.is_some(),
        })
        .collect();
    let node = scenario.encounter(state.encounter).node(state.node());
    let line = |speaker, text: String| Said { speaker, text, direction: None, lapse: false };
    match (&state.turn.cut_off, &node.bait) {
        (Some(_), Some(bait)) if state.turn.took_bait => {
            said.push(line(Speaker::You, bait.text.clone()));
            said.push(line(Speaker::Customer, bait.answer.plain()));
        }
        (Some(CutOff::Soft), _) => said.push(line(Speaker::Customer, scenario.customer.objects.plain())),
        _ => {}
    }
    said.retain(|said| !said.text.is_empty() || said.direction.is_some());
    said
}

/// The same as lines of a transcript: phrases of one speaker together.
pub(super) fn lines(said: &[Said]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for said in said {
        let direction = said.direction.as_ref().map(|direction| format!("[{direction}]"));
        let pause = said.lapse.then(|| "…".to_owned());
        let parts = direction.into_iter().chain([said.text.clone()]).chain(pause).filter(|part| !part.is_empty());
        let text = parts.collect::<Vec<_>>().join(" ");
        match lines.last_mut() {
            Some(line) if line.speaker == said.speaker => {
                line.text.push(' ');
                line.text.push_str(&text);
            }
            _ => lines.push(Line::new(said.speaker, text)),
        }
    }
    lines
}

/// What the trainee said, and how.
pub(super) fn spoken(encounter: &Encounter, reply: ReplyId, pace: Pace, volume: Volume) -> Line {
    let manner = match (pace, volume) {
        (Pace::Even, Volume::Level) => None,
        (pace, Volume::Level) => Some(pace.words().to_owned()),
        (pace, Volume::Raised) => Some(format!("{}, with a raised voice", pace.words())),
    };
    Line { speaker: Speaker::You, text: encounter.reply(reply).text.clone(), manner }
}

/// How it ended: what the customer still said, and what is told.
pub(super) fn ended(encounter: &Encounter, exit: Exit, answer: Option<(ReplyId, u16, u16)>) -> Vec<Line> {
    let by_customer = |speech: &Speech| Line::new(Speaker::Customer, speech.plain());
    let mut lines: Vec<Line> = answer.map(|answer| by_customer(encounter.answer(answer))).into_iter().collect();
    lines.push(match exit {
        Exit::Ending(ending) => Line::new(Speaker::Told, encounter.ending(ending).text.clone()),
        Exit::Left => by_customer(&encounter.leaves),
        Exit::Escalated => by_customer(&encounter.escalates),
    });
    lines.retain(|line| !line.text.is_empty());
    lines
}
