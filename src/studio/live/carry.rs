//! A run, carried over into a text that was edited meanwhile: what is left keeps its value.

use super::names::{Inside, Left};
use crate::campaign::{Run, RunStage, choices};
use crate::dialogue::{Bits, Exit, Row, Stage, Standing, State, Turn, lines_spoken};
use crate::scenario::id::{EncounterId, EndingId, EventId, NodeId, ReplyId};
use crate::scenario::model::{Line, Speech};

/// Why a run has no place in the text any more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Lost {
    #[error("The encounter ‘{0}’ is gone")]
    Encounter(String),
    #[error("The node ‘{0}’ is gone")]
    Node(String),
    #[error("The ending ‘{0}’ is gone")]
    Ending(String),
    #[error("The diary event ‘{0}’ is gone")]
    Event(String),
    #[error("Nothing can be chosen any more at the diary event ‘{0}’")]
    Choices(String),
    #[error("There is no next encounter any more")]
    NextEncounter,
}

/// The same run in the new text. It stands where it stood, or is lost.
pub(super) fn carry(left: &Left<'_>, run: &Run) -> Result<Run, Lost> {
    let was = run.talk.encounter.index();
    let encounter = &left.old.encounters[was];
    let (Some(now), Some(inside)) = (left.encounters[was], &left.inside[was]) else {
        return Err(Lost::Encounter(encounter.name.clone()));
    };
    let node = inside.nodes[run.talk.node().index()];
    let node = node.ok_or_else(|| Lost::Node(encounter.node(run.talk.node()).name.clone()))?;
    let stage = match run.talk.stage {
        Stage::Over(Exit::Ending(ending)) => match inside.endings[ending.index()] {
            Some(place) => Stage::Over(Exit::Ending(EndingId::at(place))),
            None => return Err(Lost::Ending(encounter.ending(ending).name.clone())),
        },
        other => other,
    };
    let talk = carried(left, inside, run, (EncounterId::at(now), NodeId::at(node)), stage);
    let stage = match run.stage {
        RunStage::Diary(event) => {
            let name = || encounter.diary[event.index()].name.clone();
            let place = inside.events[event.index()].ok_or_else(|| Lost::Event(name()))?;
            if choices(&left.new.encounters[now].diary[place], &talk).next().is_none() {
                return Err(Lost::Choices(name()));
            }
            RunStage::Diary(EventId::at(place))
        }
        RunStage::Between if now + 1 >= left.new.encounters.len() => return Err(Lost::NextEncounter),
        other => other,
    };
    Ok(Run { talk, tally: run.tally.clone(), stage })
}

fn carried(
    left: &Left<'_>,
    inside: &Inside,
    run: &Run,
    (encounter, node): (EncounterId, NodeId),
    reached: Stage,
) -> State {
    let was = &run.talk;
    let new = left.new;
    let here = new.encounter(encounter);
    let mut state = State {
        seed: was.seed,
        mode: was.mode,
        encounter,
        stage: reached,
        meters: was.meters,
        own_heat: was.own_heat,
        calm_streak: was.calm_streak,
        turn: turn(left, inside, was, (encounter, node)),
        used: was.used.clone(),
        visits: values(&was.visits, &inside.nodes, here.nodes.len()),
        chosen: bits(&was.chosen, &inside.replies, here.replies.len()),
        facts: bits(&was.facts, &left.facts, new.facts.len()),
        jotted: bits(&was.jotted, &left.facts, new.facts.len()),
        needs: bits(&was.needs, &left.needs, new.needs.len()),
        flags: bits(&was.flags, &left.flags, new.flags.len()),
        told: bits(&was.told, &inside.grievances, here.grievances.len()),
        credited: bits(&was.credited, &inside.nodes, here.nodes.len()),
        reflected: values(&was.reflected, &inside.nodes, here.nodes.len()),
        promises: values(&was.promises, &left.promises, new.promises.len()),
        matured: bits(&was.matured, &left.promises, new.promises.len()),
        noted: noted(left, run, encounter),
        ended: was.ended,
        dead_air: was.dead_air,
        held_in: was.held_in,
    };
    settle(left, was, &mut state);
    state
}

/// The tiles of the latest note: of this encounter once it is filed, before of the one before.
fn noted(left: &Left<'_>, run: &Run, encounter: EncounterId) -> Bits {
    let is_filed = !matches!(run.stage, RunStage::Talking | RunStage::Note);
    let written = |encounter: EncounterId| {
        if is_filed { Some(encounter.index()) } else { encounter.index().checked_sub(1) }
    };
    let (Some(was), Some(now)) = (written(run.talk.encounter), written(encounter)) else { return Bits::default() };
    match &left.inside[was] {
        Some(inside) if left.encounters[was] == Some(now) && run.talk.noted != Bits::default() => {
            bits(&run.talk.noted, &inside.tiles, left.new.encounters[now].note.len())
        }
        _ => Bits::default(),
    }
}

fn turn(left: &Left<'_>, inside: &Inside, was: &State, (encounter, node): (EncounterId, NodeId)) -> Turn {
    let (old, new) = (left.old.encounter(was.encounter), left.new.encounter(encounter));
    let lines = &new.node(node).lines;
    let line = same_line(&old.node(was.node()).lines, (was.turn.line.0, was.turn.line.1), lines);
    let answer = was.turn.answer.and_then(|(reply, line, variant)| {
        let now = ReplyId::at(inside.replies[reply.index()]?);
        let (line, variant) = same_line(&old.reply(reply).answers, (line, variant), &new.reply(now).answers)?;
        Some((now, line, variant))
    });
    Turn {
        node,
        answer,
        line: line.unwrap_or((0, 0)),
        volunteers: was.turn.volunteers && new.node(node).volunteers.is_some(),
        ..was.turn.clone()
    }
}

/// How far the turn has been said, in the words as they are now: of what had been said to its end all is said, of what
/// was being said as many phrases as before, if there are as many.
fn settle(left: &Left<'_>, was: &State, state: &mut State) {
    let lengths = |spoken: crate::dialogue::Spoken<'_>| {
        let of = |speech: Option<&Speech>| speech.map_or(0, |speech| speech.phrases.len());
        [of(spoken.answer), of(Some(spoken.line)), of(spoken.volunteered)]
    };
    let before = lengths(lines_spoken(left.old, was));
    let now = lengths(lines_spoken(left.new, state));
    let mut said = usize::from(was.turn.cursor);
    let mut cursor = 0;
    for (before, now) in before.into_iter().zip(now) {
        if said < before {
            cursor += said.min(now);
            break;
        }
        said -= before;
        cursor += now;
        if said == 0 {
            break;
        }
    }
    let cursor = if was.turn.finished { now.iter().sum() } else { cursor };
    let cursor = u16::try_from(cursor).unwrap_or(u16::MAX);
    state.turn.nodded_at = if was.turn.nodded_at == was.turn.cursor { cursor } else { was.turn.nodded_at.min(cursor) };
    state.turn.cursor = cursor;
}

/// The line that was chosen: by what is said in it, by its name, by its place, or else the plain one.
fn same_line(old: &[Line], (line, variant): (u16, u16), new: &[Line]) -> Option<(u16, u16)> {
    let at = |lines: &[Line], line: usize, variant: usize| lines.get(line)?.variants.get(variant).cloned();
    let (line, variant) = (usize::from(line), usize::from(variant));
    let was = at(old, line, variant)?;
    let beside = at(new, line, variant);
    let find = |is: &dyn Fn(&Speech) -> bool| {
        new.iter().enumerate().find_map(|(line, of)| Some((line, of.variants.iter().position(is)?)))
    };
    let place = if beside.as_ref() == Some(&was) {
        Some((line, variant))
    } else {
        find(&|speech| speech.phrases == was.phrases)
            .or_else(|| find(&|speech| speech.id == was.id))
            .or_else(|| beside.map(|_| (line, variant)))
            .or_else(|| new.len().checked_sub(1).map(|last| (last, 0)))
    };
    let (line, variant) = place?;
    Some((u16::try_from(line).ok()?, u16::try_from(variant).ok()?))
}

fn bits(was: &Bits, places: &[Option<usize>], length: usize) -> Bits {
    let mut bits = Bits::with_size(length);
    for place in was.iter().filter_map(|index| places.get(index).copied().flatten()) {
        bits.insert(place);
    }
    bits
}

fn values<T: Copy + Default, const N: usize>(was: &[T], places: &[Option<usize>], length: usize) -> Row<T, N> {
    let mut values = Row::with_length(length);
    for (value, place) in was.iter().zip(places) {
        if let Some(place) = place {
            values[*place] = *value;
        }
    }
    values
}

/// What had a value in the run and is gone from the text, each in a few words.
pub(super) fn gone(left: &Left<'_>, run: &Run) -> Vec<String> {
    let was = &run.talk;
    let old = left.old;
    let mut gone = Vec::new();
    let mut lose = |is: bool, place: Option<usize>, words: &str, name: &str| {
        if is && place.is_none() {
            gone.push(format!("{words} ‘{name}’"));
        }
    };
    for (index, fact) in old.facts.iter().enumerate() {
        lose(was.facts.contains(index), left.facts[index], "the fact", &fact.name);
    }
    for (index, flag) in old.flags.iter().enumerate() {
        lose(was.flags.contains(index), left.flags[index], "the flag", flag);
    }
    for (index, need) in old.needs.iter().enumerate() {
        lose(was.needs.contains(index), left.needs[index], "the need", &need.name);
    }
    for (index, promise) in old.promises.iter().enumerate() {
        lose(was.promises[index] != Standing::NotMade, left.promises[index], "the promise", &promise.name);
    }
    if let Some(inside) = &left.inside[was.encounter.index()] {
        let encounter = old.encounter(was.encounter);
        for index in was.chosen.iter() {
            lose(true, inside.replies[index], "the reply", &encounter.reply(ReplyId::at(index)).name);
        }
    }
    gone
}
