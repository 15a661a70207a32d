//! A whole run: the call, the note, the diary, and the next encounter.
//!
//! [`step`] passes conversation inputs to the engine, files the note, opens the diary event by event, lets promises
//! mature and carries all of it into the next encounter. A run is a list of [`Input`]s; the same list gives the same
//! events and the same score.

mod order;

use serde::{Deserialize, Serialize};

use crate::dialogue::{self, Event, EventSink, Evidence, Exit, Mode, Refusal, Source, Stage, Standing, State, holds};
use crate::scenario::id::{ChoiceId, EventId, NodeId, PromiseId, TileId};
use crate::scenario::model::{Choice, DiaryEvent, Tile};
use crate::scenario::vocabulary::{Flaw, Fulfilment, Indicator, Outcome, Severity, Skill, TileKind};
use crate::scenario::{Encounter, Scenario};
use crate::scoring::{Score, Tally, score};

pub use order::{choice_order, tile_order};

/// The evidence weight of a note.
const NOTE_WEIGHT: u8 = 3;
/// The turn that violations outside a conversation are booked on: no reply can repair them.
const AFTER_THE_CALL: u8 = u8::MAX;

/// A run at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Run {
    pub talk: State,
    pub tally: Tally,
    pub stage: RunStage,
}

/// Which part of the run is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RunStage {
    Talking,
    /// The call is over; the note is to be written.
    Note,
    /// Something happens after the call, and something is to be done about it.
    Diary(EventId),
    /// The next encounter is to begin.
    Between,
    /// Every promise has matured.
    Closed,
}

/// One thing the trainee did in a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    Talk(dialogue::Input),
    /// Files the note: the tiles, and a line of one's own, which is kept and not scored.
    File {
        tiles: Vec<TileId>,
        line: String,
    },
    /// Answers the open diary event.
    Choose(ChoiceId),
    /// Begins the next encounter.
    GoOn,
}

/// Why an input was not taken. The run is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Talk(#[from] Refusal),
    #[error("the note is to be written now, and nothing else")]
    WriteTheNote,
    #[error("something in the diary is due: answer it first")]
    AnswerTheDiary,
    #[error("the call is still on")]
    StillTalking,
    #[error("no note is to be written now")]
    NoNoteNow,
    #[error("nothing in the diary is due now")]
    NothingDue,
    #[error("that tile is not on offer")]
    NoSuchTile,
    #[error("a tile stands twice in the note")]
    TileTwice,
    #[error("that choice is not on offer")]
    NoSuchChoice,
    #[error("there is no next encounter")]
    NoNextEncounter,
    #[error("the run is closed: every promise has matured")]
    Closed,
}

/// Begins a run.
pub fn begin(scenario: &Scenario, seed: u64, mode: Mode, sink: &mut impl EventSink) -> Run {
    let mut tally = Tally::default();
    let talk = dialogue::begin(scenario, seed, mode, &mut (&mut tally, sink));
    Run { talk, tally, stage: RunStage::Talking }
}

/// Takes one input. A refused one changes nothing and sends no event.
pub fn step(scenario: &Scenario, run: &mut Run, input: &Input, sink: &mut impl EventSink) -> Result<(), Refused> {
    match (run.stage, input) {
        (RunStage::Talking, Input::Talk(input)) => {
            let Run { talk, tally, .. } = run;
            dialogue::take(scenario, talk, input, &mut (tally, &mut *sink))?;
            if let Stage::Over(exit) = run.talk.stage {
                forfeit(scenario, run, exit, sink);
                run.stage = RunStage::Note;
            }
            Ok(())
        }
        (RunStage::Note, Input::File { tiles, .. }) => {
            check_tiles(scenario, run, tiles)?;
            file_note(scenario, run, tiles, sink);
            open_diary(scenario, run, 0, sink);
            Ok(())
        }
        (RunStage::Diary(event), Input::Choose(choice)) => {
            let diary = &scenario.encounter(run.talk.encounter).diary[event.index()];
            if !choices(diary, &run.talk).any(|(id, _)| id == *choice) {
                return Err(Refused::NoSuchChoice);
            }
            answer_diary(scenario, run, event, *choice, sink);
            open_diary(scenario, run, event.index() + 1, sink);
            Ok(())
        }
        (RunStage::Between, Input::GoOn) => {
            let outcome = result(scenario, run).outcome;
            let Run { talk, tally, .. } = run;
            let next =
                dialogue::begin_after(scenario, talk, outcome, &mut (tally, sink)).ok_or(Refused::NoNextEncounter)?;
            run.talk = next;
            run.stage = RunStage::Talking;
            Ok(())
        }
        (RunStage::Closed, _) => Err(Refused::Closed),
        (RunStage::Talking, _) => Err(Refused::StillTalking),
        (RunStage::Note, _) => Err(Refused::WriteTheNote),
        (RunStage::Diary(_), _) => Err(Refused::AnswerTheDiary),
        (RunStage::Between, Input::File { .. }) => Err(Refused::NoNoteNow),
        (RunStage::Between, Input::Choose(_)) => Err(Refused::NothingDue),
        (RunStage::Between, Input::Talk(_)) => Err(Refused::Talk(Refusal::Over)),
    }
}

/// The score as it stands: provisional until the run is closed.
pub fn result(scenario: &Scenario, run: &Run) -> Score {
    score(scenario, &run.talk, &run.tally)
}

/// The tiles on offer for the note now: those whose fact has come to light and whose condition holds.
pub fn tiles<'a>(encounter: &'a Encounter, state: &State) -> impl Iterator<Item = (TileId, &'a Tile)> {
    encounter.note.iter().enumerate().map(|(index, tile)| (TileId::at(index), tile)).filter(|(_, tile)| {
        tile.fact.is_none_or(|fact| state.facts.contains(fact.index()))
            && tile.when.as_ref().is_none_or(|when| holds(when, state))
    })
}

/// The choices on offer at a diary event now.
pub fn choices<'a>(event: &'a DiaryEvent, state: &State) -> impl Iterator<Item = (ChoiceId, &'a Choice)> {
    event
        .choices
        .iter()
        .enumerate()
        .map(|(index, choice)| (ChoiceId::at(index), choice))
        .filter(|(_, choice)| choice.when.as_ref().is_none_or(|when| holds(when, state)))
}

/// The nodes marked `core` that were not reached because the customer left or took it further: what they offered counts
/// as not shown. A question that a volunteered fact made needless has been credited and is not among it.
fn forfeit(scenario: &Scenario, run: &mut Run, exit: Exit, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(run.talk.encounter);
    let because_of_the_trainee = match exit {
        Exit::Left | Exit::Escalated => true,
        Exit::Ending(ending) => {
            matches!(encounter.ending(ending).outcome, Some(Outcome::Lost | Outcome::Escalated))
        }
    };
    if !because_of_the_trainee {
        return;
    }
    for (index, node) in encounter.nodes.iter().enumerate() {
        let id = NodeId::at(index);
        let left_here = run.talk.node() == id && !run.talk.turn.answered;
        if !node.core || run.talk.visit(id) > 0 && !left_here {
            continue;
        }
        let tempted =
            [(node.tempts_let_finish, Indicator::LetFinish), (node.tempts_calm_delivery, Indicator::CalmDelivery)];
        let credited = run.talk.credited.contains(id.index());
        let weighed =
            node.opportunities.iter().enumerate().filter(|(_, row)| !(credited && row.indicator.is_question()));
        let weighed = weighed.map(|(place, row)| {
            let best = encounter.replies_of(id).filter_map(|(_, reply)| reply.shows.get(place).copied()).max();
            (row.indicator, row.weight, best.unwrap_or(0))
        });
        let tempted = tempted.into_iter().filter(|(marked, _)| *marked).map(|(_, indicator)| (indicator, 1, 4));
        for (indicator, weight, best) in tempted.chain(weighed) {
            let row = Evidence { indicator, weight, quality: 0, best, source: Source::Forfeit { node: id } };
            (&mut run.tally, &mut *sink).push(Event::Evidence(row));
        }
    }
}

fn check_tiles(scenario: &Scenario, run: &Run, filed: &[TileId]) -> Result<(), Refused> {
    let encounter = scenario.encounter(run.talk.encounter);
    for (place, tile) in filed.iter().enumerate() {
        if !tiles(encounter, &run.talk).any(|(id, _)| id == *tile) {
            return Err(Refused::NoSuchTile);
        }
        if filed[..place].contains(tile) {
            return Err(Refused::TileTwice);
        }
    }
    Ok(())
}

/// The weighted share of the true facts on offer, 100/75/50/25 % being worth 4/3/2/1; a judgement or an untruth is a
/// violation.
fn file_note(scenario: &Scenario, run: &mut Run, filed: &[TileId], sink: &mut impl EventSink) {
    let encounter = scenario.encounter(run.talk.encounter);
    let weight_of = |kept: &dyn Fn(TileId) -> bool| -> u32 {
        tiles(encounter, &run.talk)
            .filter(|(id, tile)| tile.kind == TileKind::Fact && kept(*id))
            .map(|(_, tile)| u32::from(tile.weight))
            .sum()
    };
    let on_offer = weight_of(&|_| true);
    let noted = weight_of(&|id| filed.contains(&id));
    let mut sink = (&mut run.tally, sink);
    run.talk.noted = dialogue::Bits::with_size(encounter.note.len());
    for &id in filed {
        let kind = encounter.tile(id).kind;
        run.talk.noted.insert(id.index());
        sink.push(Event::Filed { tile: id, kind });
        let flaw = match kind {
            TileKind::Fact => continue,
            TileKind::Judgement => Flaw::JudgementInNote,
            TileKind::Untruth => Flaw::UntruthInNote,
        };
        sink.push(Event::Violation(dialogue::Violation {
            flaw,
            severity: Severity::Moderate,
            skill: Skill::FollowThrough,
            turn: AFTER_THE_CALL,
            source: Source::Tile(id),
        }));
    }
    if on_offer > 0 {
        let quality = [100, 75, 50, 25].iter().position(|share| noted * 100 >= on_offer * share);
        let quality = quality.map_or(0, |place| [4, 3, 2, 1][place]);
        let row = Evidence { indicator: Indicator::Note, weight: NOTE_WEIGHT, quality, best: 4, source: Source::Note };
        sink.push(Event::Evidence(row));
    }
}

/// Opens the next diary event from `from` on, or closes the encounter.
fn open_diary(scenario: &Scenario, run: &mut Run, from: usize, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(run.talk.encounter);
    let due = encounter.diary.iter().enumerate().skip(from).find(|(_, event)| {
        event.when.as_ref().is_none_or(|when| holds(when, &run.talk)) && choices(event, &run.talk).next().is_some()
    });
    if let Some((index, _)) = due {
        run.stage = RunStage::Diary(EventId::at(index));
        sink.push(Event::DiaryOpened(EventId::at(index)));
        return;
    }
    if run.talk.encounter.index() + 1 < scenario.encounters.len() {
        run.stage = RunStage::Between;
    } else {
        close(scenario, run, sink);
    }
}

fn answer_diary(scenario: &Scenario, run: &mut Run, event: EventId, choice_id: ChoiceId, sink: &mut impl EventSink) {
    let choice = scenario.encounter(run.talk.encounter).diary[event.index()].choice(choice_id);
    (&mut run.tally, &mut *sink).push(Event::Chosen { event, choice: choice_id });
    for &(promise, fulfilment) in &choice.fulfils {
        mature(scenario, run, promise, fulfilment, sink);
    }
    let mut sink = (&mut run.tally, sink);
    for &flag in &choice.sets {
        if run.talk.flags.insert(flag.index()) {
            sink.push(Event::FlagSet(flag));
        }
    }
    for &flag in &choice.clears {
        run.talk.flags.remove(flag.index());
        sink.push(Event::FlagCleared(flag));
    }
    if let Some(gift) = &choice.gives {
        sink.push(Event::Gave(gift.cost));
    }
    if let (Some(flaw), Some((severity, skill))) = (choice.flaw, choice.slip) {
        let source = Source::Diary { event, choice: choice_id };
        sink.push(Event::Violation(dialogue::Violation { flaw, severity, skill, turn: AFTER_THE_CALL, source }));
    }
}

/// What became of a promise that was made and is still open: evidence, and for a broken one a violation.
fn mature(scenario: &Scenario, run: &mut Run, promise: PromiseId, fulfilment: Fulfilment, sink: &mut impl EventSink) {
    if run.talk.promises[promise.index()] != Standing::Open {
        return;
    }
    run.talk.promises[promise.index()] = Standing::Done(fulfilment);
    run.talk.matured.insert(promise.index());
    let mut sink = (&mut run.tally, sink);
    sink.push(Event::Matured { promise, fulfilment });
    let quality = match fulfilment {
        Fulfilment::Kept | Fulfilment::Exceeded => 4,
        Fulfilment::LateWarned => 3,
        Fulfilment::Late => 1,
        Fulfilment::Broken => 0,
    };
    show_promise(scenario, promise, quality, &mut sink);
    if fulfilment == Fulfilment::Broken {
        sink.push(Event::Violation(dialogue::Violation {
            flaw: Flaw::BrokenPromise,
            severity: Severity::Moderate,
            skill: Skill::FollowThrough,
            turn: AFTER_THE_CALL,
            source: Source::Promise(promise),
        }));
    }
}

fn show_promise(scenario: &Scenario, promise: PromiseId, quality: u8, sink: &mut impl EventSink) {
    let weight = scenario.promises[promise.index()].weight;
    if weight > 0 {
        let source = Source::Promise(promise);
        sink.push(Event::Evidence(Evidence { indicator: Indicator::PromiseKept, weight, quality, best: 4, source }));
    }
}

/// The last diary is done. A promise that nobody saw to is broken; a core promise that was never made earns nothing.
fn close(scenario: &Scenario, run: &mut Run, sink: &mut impl EventSink) {
    for index in 0..scenario.promises.len() {
        let promise = PromiseId::at(index);
        match run.talk.promises[index] {
            Standing::Open => mature(scenario, run, promise, Fulfilment::Broken, sink),
            Standing::NotMade if scenario.promises[index].core => {
                show_promise(scenario, promise, 0, &mut (&mut run.tally, &mut *sink));
            }
            Standing::NotMade | Standing::Done(_) => {}
        }
    }
    run.stage = RunStage::Closed;
    (&mut run.tally, sink).push(Event::Closed);
}
