//! Ways to play a turn and what follows the call, as phases: when someone speaks matters by what had been said until
//! then, and not by the millisecond.

use crate::campaign::{self, Input, Run, RunStage};
use crate::dialogue::{self, Action, Delivery, Posture, Stage, lines_spoken};
use crate::scenario::Scenario;
use crate::scenario::id::TileId;
use crate::scenario::model::{Condition, Nod};
use crate::scenario::vocabulary::{Channel, Pace, Tempo, TileKind, Volume};

/// How a turn is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ear {
    /// To the end, nodding where it is welcome, and face to face turned to the customer.
    Well,
    /// To the end, doing nothing.
    Plain,
    /// To the end, doing everything that hurts: eyes on the screen, a wrong reading, a nod at an insult.
    Ill,
    /// As well as can be until so many phrases have been said, then speaking.
    WellCut(u16),
    /// Doing everything that hurts until then.
    IllCut(u16),
}

/// The next input of someone who hears the present turn this way, in steps; none once it is heard.
pub(super) fn hear(scenario: &Scenario, run: &Run, ear: Ear) -> Option<Input> {
    let state = &run.talk;
    if run.stage != RunStage::Talking || state.stage != Stage::Talking || state.turn.cut_off.is_some() {
        return None;
    }
    let open = state.replies_open();
    let take = |action| Some(Input::Talk(dialogue::Input::step(action)));
    let (well, ill) = (matches!(ear, Ear::Well | Ear::WellCut(_)), matches!(ear, Ear::Ill | Ear::IllCut(_)));
    if well && scenario.channel == Channel::Counter && !state.turn.posture_counted {
        return take(Action::Posture(Posture::Open));
    }
    let cuts = matches!(ear, Ear::WellCut(at) | Ear::IllCut(at) if state.turn.cursor >= at);
    if ill {
        let node = scenario.encounter(state.encounter).node(state.node());
        if !open && !state.turn.announced {
            return take(Action::Consult);
        }
        let reads = node.reflect.as_ref().is_some_and(|reflect| reflect.readings.len() > 1);
        if reads && state.turn.reflected.is_none() && !cuts {
            return take(Action::Reflect(1));
        }
    }
    if cuts {
        return if open { None } else { take(Action::Interrupt) };
    }
    let last = usize::from(state.turn.cursor).checked_sub(1);
    let mark = last.and_then(|last| lines_spoken(scenario, state).beat(last)).map(|beat| beat.phrase.nod);
    if state.turn.nodded_at != state.turn.cursor {
        let welcome = well && mark == Some(Nod::Welcome) && state.turn.nods < 3;
        if welcome || ill && mark == Some(Nod::Agrees) {
            return take(Action::Nod);
        }
    }
    if open { None } else { take(Action::Listen) }
}

/// At how many phrases the present turn can be cut off, from the ones said so far.
pub(super) fn cuts(scenario: &Scenario, run: &Run) -> std::ops::Range<u16> {
    let spoken = lines_spoken(scenario, &run.talk);
    let length = spoken.len();
    let silent = length.checked_sub(1).and_then(|last| spoken.beat(last)).is_some_and(|beat| beat.lapse.is_some());
    let last = u16::try_from(length).unwrap_or(u16::MAX);
    run.talk.turn.cursor.max(1)..if silent { last.saturating_add(1) } else { last }
}

/// The delivery that is worth most at a temptation point and never angers more than another that is worth as much.
pub(super) const fn calm(scenario: &Scenario) -> Delivery {
    let pace = match scenario.customer.wants {
        Some(Tempo::Brisk) => Pace::Even,
        Some(Tempo::Slow) | None => Pace::Slow,
    };
    Delivery { pace, volume: Volume::Level }
}

/// The notes worth filing: all true facts, or none of them with every judgement and untruth. Where the author asks what
/// was noted, every choice of the tiles that are asked about. The second is whether these are all that matter.
pub(super) fn notes(scenario: &Scenario, run: &Run, well: bool, ill: bool) -> (Vec<Vec<TileId>>, bool) {
    /// So many tiles that are asked about are tried in every choice.
    const ASKED: usize = 6;
    let encounter = scenario.encounter(run.talk.encounter);
    let tiles: Vec<_> = campaign::tiles(encounter, &run.talk).map(|(id, tile)| (id, tile.kind)).collect();
    let mut asked: Vec<TileId> = tiles.iter().map(|(id, _)| *id).filter(|id| is_asked(scenario, *id)).collect();
    let complete = asked.len() <= ASKED;
    asked.truncate(ASKED);
    let mut list: Vec<Vec<TileId>> = Vec::new();
    for choice in 0..1_u32 << asked.len() {
        let chosen = |id: TileId| asked.iter().position(|one| *one == id).map(|place| choice >> place & 1 == 1);
        for wanted in [well.then_some(true), ill.then_some(false)].into_iter().flatten() {
            let note = tiles.iter().filter(|(id, kind)| chosen(*id).unwrap_or((*kind == TileKind::Fact) == wanted));
            let note: Vec<_> = note.map(|(id, _)| *id).collect();
            if !list.contains(&note) {
                list.push(note);
            }
        }
    }
    (list, complete)
}

/// Whether any condition asks for the tile. Tiles of different encounters may share a number: then both are taken.
fn is_asked(scenario: &Scenario, tile: TileId) -> bool {
    conditions(scenario)
        .any(|when| mentions(when, &|part| matches!(part, Condition::Noted(_, noted) if *noted == tile)))
}

/// Every condition of a scenario.
pub(super) fn conditions(scenario: &Scenario) -> impl Iterator<Item = &Condition> {
    scenario.encounters.iter().flat_map(|encounter| {
        let nodes = encounter.nodes.iter().flat_map(|node| &node.lines).filter_map(|line| line.when.as_ref());
        let replies = encounter.replies.iter().flat_map(|reply| {
            let answers = reply.answers.iter().filter_map(|line| line.when.as_ref());
            reply.when.iter().chain(answers).chain(reply.to_when.iter().map(|(when, _)| when))
        });
        let diary = encounter
            .diary
            .iter()
            .flat_map(|event| event.when.iter().chain(event.choices.iter().filter_map(|choice| choice.when.as_ref())));
        let starts = encounter.starts.iter().map(|start| &start.when);
        let tiles = encounter.note.iter().filter_map(|tile| tile.when.as_ref());
        nodes.chain(replies).chain(diary).chain(starts).chain(tiles).chain(&encounter.compromise_arms)
    })
}

/// Whether a condition has a part of this kind.
pub(super) fn mentions(when: &Condition, is: &impl Fn(&Condition) -> bool) -> bool {
    match when {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| mentions(part, is)),
        Condition::Not(part) => mentions(part, is),
        part => is(part),
    }
}
