//! Plans: recorded playthroughs that lie beside a scenario and are its regression tests.
//!
//! A plan says what was done, and what was said and scored then. [`test()`] plays it again and says what has become
//! different. A plan is no attempt: it belongs to the author, is changed by hand, and is written anew when a change was
//! meant.

mod compare;
mod file;

use serde::{Deserialize, Serialize};

use crate::attempt::{ClaimedScore, Mistake, Verb, WrittenInput, play};
use crate::campaign::{self, Run};
use crate::dialogue::{Event, Mode};
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;
use crate::scoring::debrief;

pub use compare::{Change, Difference, Line, compare};
pub use file::{CURRENT, NotAPlan, read, write, write_anew};

/// A recorded playthrough with what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of the format: [`CURRENT`].
    pub format: u32,
    /// The id of the scenario.
    pub scenario: String,
    /// What this playthrough is there for.
    #[serde(default)]
    pub about: String,
    pub seed: u64,
    #[serde(default = "steps")]
    pub mode: Mode,
    pub inputs: Vec<WrittenInput>,
    pub expected: Expected,
}

fn steps() -> Mode {
    Mode::Steps
}

/// What a playthrough comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub turns: Vec<Turn>,
    /// What came of each choice of the diary, in the author's words.
    #[serde(default)]
    pub diary: Vec<String>,
    pub score: ClaimedScore,
}

/// One turn of the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The node at which it stands.
    pub node: String,
    /// What the customer said, as far as they got, and what they said to being spoken over.
    pub heard: String,
    /// The reply that was said; none where the customer had gone before.
    #[serde(default)]
    pub reply: Option<String>,
    /// Its words.
    #[serde(default)]
    pub said: Option<String>,
    /// Of the last turn of a conversation: what the customer said then, and what was told of the ending.
    #[serde(default)]
    pub ends: Option<String>,
}

/// Whether a plan still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Word for word, and to the hundredth of a point.
    Holds,
    /// It can be played, and what came of it is different.
    Differs(Difference),
    /// An input is no longer possible; what was said up to there may be different as well.
    Broken { mistake: Mistake, before: Difference },
}

/// Makes a plan of a list of inputs.
pub fn record(scenario: &Scenario, seed: u64, mode: Mode, inputs: Vec<WrittenInput>) -> Result<Plan, Mistake> {
    let played = Played::of(scenario, seed, mode, &inputs);
    match played.mistake {
        Some(mistake) => Err(mistake),
        None => Ok(Plan {
            format: CURRENT,
            scenario: scenario.slug.clone(),
            about: String::new(),
            seed,
            mode,
            inputs,
            expected: played.expected,
        }),
    }
}

/// The same plan with what is said and scored now.
pub fn record_anew(scenario: &Scenario, plan: &Plan) -> Result<Plan, Mistake> {
    let anew = record(scenario, plan.seed, plan.mode, plan.inputs.clone())?;
    Ok(Plan { about: plan.about.clone(), ..anew })
}

/// Plays a plan again. `scenario` is the one that it names.
pub fn test(scenario: &Scenario, plan: &Plan) -> Verdict {
    let played = Played::of(scenario, plan.seed, plan.mode, &plan.inputs);
    match played.mistake {
        Some(mistake) => {
            // What was not played, or not to the end of its turn, is no difference.
            let (mut expected, mut found) = (plan.expected.clone(), played.expected);
            if found.turns.last().is_some_and(|turn| turn.reply.is_none()) {
                found.turns.pop();
            }
            expected.turns.truncate(found.turns.len());
            expected.diary.truncate(found.diary.len());
            expected.score = found.score;
            Verdict::Broken { mistake, before: compare(scenario, &expected, &found) }
        }
        None if played.expected == plan.expected => Verdict::Holds,
        None => Verdict::Differs(compare(scenario, &plan.expected, &played.expected)),
    }
}

/// The inputs as a person would write them: where somebody listened to the end, bit by bit, stands `Finish`.
pub fn by_hand(scenario: &Scenario, seed: u64, mode: Mode, inputs: Vec<WrittenInput>) -> Vec<WrittenInput> {
    if mode == Mode::Timed {
        return inputs;
    }
    let mut short: Vec<WrittenInput> = Vec::new();
    let mut run = campaign::begin(scenario, seed, mode, &mut ());
    for input in &inputs {
        let opens = input.verb == Verb::Listen && {
            let before = run.talk.replies_open();
            play(scenario, &mut run, std::slice::from_ref(input), &mut ()).is_ok() && !before && run.talk.replies_open()
        };
        if input.verb != Verb::Listen {
            // A mistake is for `record` to tell.
            let _ = play(scenario, &mut run, std::slice::from_ref(input), &mut ());
        }
        if opens {
            while short.last().is_some_and(|last| last.verb == Verb::Listen) {
                short.pop();
            }
            short.push(Verb::Finish.into());
        } else {
            short.push(input.clone());
        }
    }
    let all = |list: &[WrittenInput]| {
        let mut run = campaign::begin(scenario, seed, mode, &mut ());
        play(scenario, &mut run, list, &mut ()).ok()
    };
    if all(&short).is_some_and(|played| Some(played) == all(&inputs)) { short } else { inputs }
}

/// What came of a list of inputs, up to one that was not possible.
struct Played {
    expected: Expected,
    mistake: Option<Mistake>,
}

impl Played {
    fn of(scenario: &Scenario, seed: u64, mode: Mode, inputs: &[WrittenInput]) -> Self {
        let mut events = Vec::new();
        let mut run = campaign::begin(scenario, seed, mode, &mut events);
        let mistake = play(scenario, &mut run, inputs, &mut events).err();
        Self { expected: expected(scenario, &events, &run), mistake }
    }
}

fn expected(scenario: &Scenario, events: &[Event], run: &Run) -> Expected {
    let score = campaign::result(scenario, run);
    let claimed = ClaimedScore::from(&score);
    let turns = debrief(scenario, events, score).turns.into_iter().map(|turn| {
        let ends: Vec<_> = [&turn.last_words, &turn.ending].into_iter().flatten().map(String::as_str).collect();
        let (reply, said) = match &turn.reply {
            Some(reply) => (Some(reply.id.clone()), Some(reply.text.clone())),
            None => (None, None),
        };
        let ends = (!ends.is_empty()).then(|| ends.join(" "));
        Turn { heard: turn.heard_and_objected(), node: turn.node, reply, said, ends }
    });
    Expected { turns: turns.collect(), diary: diary(scenario, events), score: claimed }
}

fn diary(scenario: &Scenario, events: &[Event]) -> Vec<String> {
    let mut encounter = EncounterId(0);
    let mut results = Vec::new();
    for event in events {
        match event {
            Event::EncounterBegan(id) => encounter = *id,
            Event::Chosen { event, choice } => {
                results.push(scenario.encounter(encounter).diary[event.index()].choice(*choice).result.clone());
            }
            _ => {}
        }
    }
    results
}

#[cfg(test)]
mod tests;
