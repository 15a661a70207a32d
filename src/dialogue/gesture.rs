//! The small actions: nods, notes, posture, breath, and speaking before the end.

use crate::dialogue::acts::delta;
use crate::dialogue::event::{Cause, CutOff, Event, EventSink, Source, Violation};
use crate::dialogue::input::Mode;
use crate::dialogue::speech::{course, lines_spoken};
use crate::dialogue::state::{Posture, State};
use crate::dialogue::step::change;
use crate::dialogue::time::{Place, open_replies, spend_beat};
use crate::scenario::Scenario;
use crate::scenario::id::FactId;
use crate::scenario::model::Nod;
use crate::scenario::vocabulary::{Act, Flaw, Severity, Skill};

/// A holding phrase may be used once in this many turns.
pub const HOLD_EVERY: u8 = 3;
/// Welcome nods that count in one turn.
pub(super) const MAX_NODS: u8 = 3;

pub(super) fn nod(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    let answered = state.turn.cursor;
    state.turn.nodded_at = answered;
    let mark = course(scenario, state)
        .phrase(usize::from(answered.saturating_sub(1)))
        .map_or(Nod::Unmarked, |phrase| phrase.nod);
    sink.push(Event::Nodded(mark));
    match mark {
        Nod::Welcome if state.turn.nods < MAX_NODS => {
            state.turn.nods += 1;
            change(state, Cause::Nod(mark), sink, |meters| meters.heard += 100);
        }
        Nod::Agrees => change(state, Cause::Nod(mark), sink, |meters| meters.trust -= 200),
        Nod::Welcome | Nod::Unmarked => {}
    }
    spend_beat(scenario, state, sink);
}

pub(super) fn hold_posture(state: &mut State, posture: Posture, sink: &mut impl EventSink) {
    state.turn.posture = posture;
    if posture == Posture::Open && !state.turn.posture_counted {
        state.turn.posture_counted = true;
        change(state, Cause::OpenPosture, sink, |meters| meters.heard += 100);
    }
}

/// Eyes on the screen: unannounced in mid-story it tells them that nobody listens.
pub(super) fn consult(state: &mut State, sink: &mut impl EventSink) {
    if !state.replies_open() && !state.turn.announced {
        state.turn.announced = true;
        sink.push(Event::ConsultedUnannounced);
        change(state, Cause::EyesOnScreen, sink, |meters| meters.heard -= 400);
    }
}

/// The latest fact said in this turn that is not jotted down.
fn fact_to_jot(scenario: &Scenario, state: &State, cursor: u16) -> Option<FactId> {
    let course = course(scenario, state);
    let brief = &scenario.encounter(state.encounter).brief;
    (0..usize::from(cursor))
        .rev()
        .filter_map(|index| course.phrase(index))
        .flat_map(|phrase| brief.facts(phrase).iter().rev().copied())
        .find(|fact| !state.jotted.contains(fact.index()))
}

pub(super) fn can_jot(scenario: &Scenario, state: &State, cursor: u16) -> bool {
    fact_to_jot(scenario, state, cursor).is_some()
}

pub(super) fn jot(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    if let Some(fact) = fact_to_jot(scenario, state, state.turn.cursor) {
        state.jotted.insert(fact.index());
        sink.push(Event::Jotted(fact));
        spend_beat(scenario, state, sink);
    }
}

pub(super) fn hold(state: &mut State, sink: &mut impl EventSink) {
    state.held_in = Some(state.turn.number);
    state.turn.announced = true;
    state.turn.dead_air = 0;
    if state.turn.opened_at.is_some() {
        state.turn.opened_at = Some(state.turn.clock.max(state.turn.busy_until));
    }
    sink.push(Event::Held);
}

pub(super) fn breathe(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    state.own_heat = 0;
    sink.push(Event::Breathed);
    sink.push(Event::OwnHeat(0));
    take_seconds(scenario, state, 2, sink);
}

pub(super) fn reflect(scenario: &Scenario, state: &mut State, reading: u8, sink: &mut impl EventSink) {
    let right = reading == 0;
    state.turn.reflected = Some(right);
    state.reflected[state.turn.node.index()] = Some(right);
    sink.push(Event::Reflected { node: state.turn.node, right });
    if !right {
        let wrong = delta(Act::ParaphraseWrong);
        let heat = i32::from(scenario.customer.heat);
        change(state, Cause::WrongReading, sink, |meters| {
            meters.anger += wrong.anger * heat;
            meters.trust += wrong.trust * 100;
            meters.patience += wrong.patience * 100;
            meters.heard += wrong.heard * 100;
            meters.clarity += wrong.clarity * 100;
        });
    }
    take_seconds(scenario, state, 3, sink);
}

/// An action that takes time: a beat while the customer speaks, seconds of the clock otherwise.
fn take_seconds(scenario: &Scenario, state: &mut State, seconds: u32, sink: &mut impl EventSink) {
    if state.mode == Mode::Timed {
        state.turn.busy_until = state.turn.busy_until.max(state.turn.clock).saturating_add(seconds * 1000);
    }
    spend_beat(scenario, state, sink);
}

pub(super) fn interrupt(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    if state.replies_open() {
        return;
    }
    let now = state.turn.clock;
    let how = if Place::of(scenario, state, now).in_lapse { CutOff::Soft } else { CutOff::Hard };
    cut_off(scenario, state, how, false, sink);
}

/// Whether the author's ready sentence tempts at this place.
pub(super) fn bait_is_offered(scenario: &Scenario, state: &State, place: Place) -> bool {
    let node = scenario.encounter(state.encounter).node(state.turn.node);
    let Some(bait) = &node.bait else { return false };
    place.in_lapse
        && place
            .cursor
            .checked_sub(1)
            .and_then(|last| lines_spoken(scenario, state).beat(usize::from(last)))
            .is_some_and(|beat| beat.lapse_number == Some(bait.lapse))
}

pub(super) fn take_bait(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    state.turn.took_bait = true;
    cut_off(scenario, state, CutOff::Soft, true, sink);
}

/// The trainee speaks before the true end: what was unsaid stays unsaid.
pub(super) fn cut_off(scenario: &Scenario, state: &mut State, how: CutOff, bait: bool, sink: &mut impl EventSink) {
    let node = state.turn.node;
    state.turn.cut_off = Some(how);
    sink.push(Event::CutOff { node, how, bait });
    let heat = i32::from(scenario.customer.heat);
    let (heard, anger, patience, flaw, severity) = match how {
        CutOff::Soft => (-5, 3, -2, Flaw::SoftOverlap, Severity::Minor),
        CutOff::Hard => (-12, 8, -5, Flaw::HardInterrupt, Severity::Moderate),
    };
    change(state, Cause::CutOff(how), sink, |meters| {
        meters.heard += heard * 100;
        meters.anger += anger * heat;
        meters.patience += patience * 100;
    });
    sink.push(Event::Violation(Violation {
        flaw,
        severity,
        skill: Skill::Listening,
        turn: state.turn.number,
        source: Source::Conduct { turn: state.turn.number, node },
    }));
    open_replies(scenario, state, state.turn.clock, sink);
}
