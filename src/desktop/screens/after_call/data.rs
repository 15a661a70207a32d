//! What stands on the screen after a call, in words.

use crate::campaign::{Run, RunStage, choice_order, tile_order};
use crate::desktop::screens::due::{became, in_full, passed, since, window};
use crate::dialogue::Standing;
use crate::scenario::id::{ChoiceId, EventId, PromiseId, TileId};
use crate::scenario::vocabulary::TileKind;
use crate::scenario::{Encounter, Scenario};

/// What the screen is built from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub scenario: &'a Scenario,
    pub run: &'a Run,
    /// What was chosen so far in this encounter's diary, in order.
    pub answered: &'a [Answered],
}

/// A diary event and what was chosen at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    pub event: EventId,
    pub choice: ChoiceId,
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// "Marisol Quint"
    pub customer: String,
    pub stage: Stage,
    /// What was promised and is noted in the diary, soonest first.
    pub promises: Vec<PromiseCard>,
    /// What has happened since the call, oldest first.
    pub past: Vec<Past>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The call is still on: nothing to draw here.
    Talking,
    Note(Note),
    Due(Due),
    /// Another encounter follows.
    Between(Next),
    /// Every promise has matured.
    Closed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub words: &'static str,
    pub hint: String,
    /// In the order of the screen: shuffled by the seed.
    pub tiles: Vec<TileCard>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileCard {
    pub tile: TileId,
    pub text: String,
    /// The fact behind it was jotted down in the call.
    pub jotted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseCard {
    /// "Friday, 18:30", or "Friday, between 18:00 and 18:30" where it cannot be kept before.
    pub due: String,
    pub text: String,
    /// "Kept.", or nothing while it is open.
    pub became: Option<String>,
}

/// Something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub event: EventId,
    /// "Friday, 18:30"
    pub at: String,
    /// "Six hours later", "The next day".
    pub passed: Option<String>,
    pub text: String,
    /// In the order of the screen.
    pub choices: Vec<ChoiceCard>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceCard {
    pub choice: ChoiceId,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub at: String,
    pub text: String,
    pub chose: String,
    pub result: String,
    /// "Ring her with the report: kept."
    pub became: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub title: String,
    pub setting: String,
}

impl View {
    /// What stands after a call.
    pub fn of(given: Given<'_>) -> Self {
        let Given { scenario, run, answered } = given;
        let encounter = scenario.encounter(run.talk.encounter);
        Self {
            customer: scenario.customer.name.clone(),
            stage: stage(given, encounter),
            promises: promises(scenario, run, answered, encounter),
            past: answered.iter().map(|answered| past(scenario, encounter, *answered)).collect(),
        }
    }
}

fn stage(given: Given<'_>, encounter: &Encounter) -> Stage {
    let Given { scenario, run, answered } = given;
    match run.stage {
        RunStage::Talking => Stage::Talking,
        RunStage::Note => Stage::Note(note(run, encounter)),
        RunStage::Diary(event) => {
            let before = answered.last().map(|last| encounter.diary[last.event.index()].at.as_str());
            let due = &encounter.diary[event.index()];
            let choices = choice_order(encounter, event, &run.talk).into_iter();
            Stage::Due(Due {
                event,
                at: in_full(&due.at),
                passed: before.and_then(|before| passed(before, &due.at)),
                text: due.text.clone(),
                choices: choices.map(|choice| ChoiceCard { choice, text: due.choice(choice).text.clone() }).collect(),
            })
        }
        RunStage::Between => {
            // Between means that another follows; the last one closes the run.
            let next = scenario.encounters.get(run.talk.encounter.index() + 1).unwrap_or(encounter);
            Stage::Between(Next { title: next.title.clone(), setting: next.setting.clone() })
        }
        RunStage::Closed => Stage::Closed,
    }
}

fn note(run: &Run, encounter: &Encounter) -> Note {
    let tiles = tile_order(encounter, &run.talk).into_iter().map(|id| {
        let tile = encounter.tile(id);
        TileCard {
            tile: id,
            text: tile.text.clone(),
            // Several tiles may stand on one fact; only the true one is what was jotted.
            jotted: tile.kind == TileKind::Fact && tile.fact.is_some_and(|fact| run.talk.jotted.contains(fact.index())),
        }
    });
    Note {
        words: "Write what the next person needs to know.",
        hint: "Pick what belongs in the note. Whoever takes the next call knows this and nothing else.".to_owned(),
        tiles: tiles.collect(),
    }
}

/// What was promised before the diary began; what a later choice promises comes to light with it.
fn promises(scenario: &Scenario, run: &Run, answered: &[Answered], encounter: &Encounter) -> Vec<PromiseCard> {
    let fulfilled_here = |promise: PromiseId| {
        answered.iter().any(|answered| {
            let choice = encounter.diary[answered.event.index()].choice(answered.choice);
            choice.fulfils.iter().any(|(fulfilled, _)| *fulfilled == promise)
        })
    };
    let first = encounter.diary.first().map_or("", |event| event.at.as_str());
    let mut promised: Vec<_> = scenario.promises.iter().enumerate().collect();
    promised.sort_by_key(|(_, promise)| since(first, &promise.due));
    promised
        .into_iter()
        .filter_map(|(index, promise)| {
            let became = match run.talk.promises[index] {
                Standing::NotMade => return None,
                Standing::Open => None,
                // Settled in an earlier encounter: no longer in this diary.
                Standing::Done(_) if !fulfilled_here(PromiseId::at(index)) && run.stage != RunStage::Closed => {
                    return None;
                }
                Standing::Done(fulfilment) => Some(became(fulfilment, scenario.customer.pronoun)),
            };
            Some(PromiseCard {
                due: window(promise.start.as_deref(), &promise.due),
                text: promise.text.clone(),
                became,
            })
        })
        .collect()
}

fn past(scenario: &Scenario, encounter: &Encounter, answered: Answered) -> Past {
    let event = &encounter.diary[answered.event.index()];
    let choice = event.choice(answered.choice);
    let became = choice.fulfils.iter().map(|(promise, fulfilment)| {
        let words = became(*fulfilment, scenario.customer.pronoun);
        format!("{}: {}", scenario.promises[promise.index()].text, lower_first(&words))
    });
    Past {
        at: in_full(&event.at),
        text: event.text.clone(),
        chose: choice.text.clone(),
        result: choice.result.clone(),
        became: became.collect(),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
