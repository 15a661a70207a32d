//! How a turn passes: phrases are said, lapses go by, the true end comes, and silence grows.

use crate::dialogue::event::{Cause, Event, EventSink, Evidence, Source};
use crate::dialogue::input::Mode;
use crate::dialogue::meters::TEMPER_BOUNDS;
use crate::dialogue::speech::{Course, course, lines_spoken, offered};
use crate::dialogue::state::State;
use crate::dialogue::step::change;
use crate::scenario::Scenario;
use crate::scenario::model::Nod;

/// Patience that dead air can take in an encounter, in points.
const MAX_DEAD_AIR: u8 = 5;

/// Engine milliseconds to read and choose before the silence becomes dead air: words ÷ 2.0 s + 1.5 s × replies.
pub fn reading_allowance(scenario: &Scenario, state: &State) -> u32 {
    let encounter = scenario.encounter(state.encounter);
    offered(scenario, state).iter().map(|reply| u32::from(encounter.reply(reply).words) * 500 + 1500).sum()
}

/// Where in the customer's turn a moment lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Phrases said.
    pub(super) cursor: u16,
    /// The true end has come.
    pub(super) finished: bool,
    /// In the false lapse after the last phrase said.
    pub(super) in_lapse: bool,
}

impl Place {
    pub(super) fn of(scenario: &Scenario, state: &State, at: u32) -> Self {
        let turn = &state.turn;
        if turn.finished || turn.cut_off.is_some() {
            return Self { cursor: turn.cursor, finished: turn.finished, in_lapse: false };
        }
        if state.mode == Mode::Steps {
            let last = turn.cursor.checked_sub(1);
            let in_lapse = last.is_some_and(|last| course(scenario, state).lapses_after(usize::from(last)));
            return Self { cursor: turn.cursor, finished: false, in_lapse };
        }
        let now = at.max(turn.busy_until);
        let mut place = Self { cursor: 0, finished: true, in_lapse: false };
        for (beat, _, ends) in lines_spoken(scenario, state).times() {
            if now < ends {
                place.finished = false;
                break;
            }
            place.cursor += 1;
            if let Some(lapse) = beat.lapse
                && now < ends + lapse
            {
                place.finished = false;
                place.in_lapse = true;
                break;
            }
        }
        place.cursor = place.cursor.max(turn.cursor);
        place
    }
}

/// Lets engine time come to `now`: phrases are said, the true end comes, dead air sets in.
pub(super) fn pass_time(scenario: &Scenario, state: &mut State, now: u32, sink: &mut impl EventSink) {
    if !state.replies_open() {
        let place = Place::of(scenario, state, now);
        say_up_to(scenario, state, course(scenario, state), place.cursor, sink);
        if place.finished {
            finish(scenario, state, sink);
        }
    }
    count_dead_air(scenario, state, now, sink);
}

/// Steps mode: hears the next segment.
pub(super) fn hear_next(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    let course = course(scenario, state);
    let length = u16::try_from(course.len()).unwrap_or(u16::MAX);
    if state.turn.cursor < length {
        let next = state.turn.cursor + 1;
        say_up_to(scenario, state, course, next, sink);
        if next == length && !course.lapses_after(usize::from(next) - 1) {
            finish(scenario, state, sink);
        }
    } else {
        finish(scenario, state, sink);
    }
}

/// A small action takes until the next phrase boundary.
pub(super) fn spend_beat(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    if state.replies_open() {
        return;
    }
    match state.mode {
        Mode::Steps => hear_next(scenario, state, sink),
        Mode::Timed => {
            let next = lines_spoken(scenario, state).times().nth(usize::from(state.turn.cursor));
            if let Some((_, _, ends)) = next {
                state.turn.busy_until = state.turn.busy_until.max(ends);
                pass_time(scenario, state, ends, sink);
            }
        }
    }
}

fn say_up_to(scenario: &Scenario, state: &mut State, course: Course<'_>, cursor: u16, sink: &mut impl EventSink) {
    while state.turn.cursor < cursor {
        let phrase = state.turn.cursor;
        state.turn.cursor += 1;
        sink.push(Event::Said { phrase });
        if let Some(said) = course.phrase(usize::from(phrase)) {
            for &fact in scenario.encounter(state.encounter).brief.facts(said) {
                if state.facts.insert(fact.index()) {
                    sink.push(Event::FactHeard(fact));
                }
            }
        }
        if usize::from(state.turn.cursor) == course.len() && state.turn.volunteers {
            volunteer(scenario, state, sink);
        }
    }
}

/// The customer has added a fact, because nobody cut in. Where it makes another node's question needless, that question
/// is credited in full, once.
pub(super) fn volunteer(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(state.encounter);
    let node = state.turn.node;
    let Some(volunteer) = &encounter.node(node).volunteers else { return };
    if state.facts.insert(volunteer.fact.index()) {
        sink.push(Event::FactHeard(volunteer.fact));
    }
    sink.push(Event::Volunteered { node, fact: volunteer.fact });
    let Some(credits) = volunteer.credits else { return };
    if state.visit(credits) == 0 && state.credited.insert(credits.index()) {
        for opportunity in encounter.node(credits).opportunities.iter().filter(|row| row.indicator.is_question()) {
            sink.push(Event::Evidence(Evidence {
                indicator: opportunity.indicator,
                weight: opportunity.weight,
                quality: 4,
                best: 4,
                source: Source::Volunteered { node: credits },
            }));
        }
    }
}

/// The true end of the turn.
pub(super) fn finish(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    if state.turn.finished {
        return;
    }
    state.turn.finished = true;
    sink.push(Event::Finished);
    change(state, Cause::HeardToTheEnd, sink, |meters| meters.heard += 200);
    // Silence is counted from the true end itself, however late an input took notice of it.
    let true_end = match state.mode {
        Mode::Steps => 0,
        Mode::Timed => {
            let last = lines_spoken(scenario, state).times().last();
            last.map_or(0, |(beat, _, ends)| ends + beat.lapse.unwrap_or(0))
        }
    };
    open_replies(scenario, state, true_end, sink);
}

/// The full wording of the replies opens; what was said has reached the trainee, and may have provoked them.
pub(super) fn open_replies(scenario: &Scenario, state: &mut State, at: u32, sink: &mut impl EventSink) {
    state.turn.opened_at = Some(at.max(state.turn.busy_until));
    let boiling = TEMPER_BOUNDS[3] * 100;
    let rise = if has_provoked(scenario, state) { 25 } else { 0 } + if state.meters.anger >= boiling { 15 } else { 0 };
    if rise > 0 {
        state.own_heat = (state.own_heat + rise).min(100);
        sink.push(Event::OwnHeat(state.own_heat));
    }
}

/// Whether what provokes has been said: the first phrase that is marked as an insult or a false charge, or the whole line
/// where none is. Whoever cut in before it has not heard it.
fn has_provoked(scenario: &Scenario, state: &State) -> bool {
    if !scenario.encounter(state.encounter).brief.node(state.turn.node).provokes {
        return false;
    }
    let course = course(scenario, state);
    let marked = course.line.iter().position(|phrase| phrase.nod == Nod::Agrees);
    usize::from(state.turn.cursor) >= course.answer.len() + marked.map_or(course.line.len(), |place| place + 1)
}

/// Silence after the end: beyond the reading allowance, a point of patience for each ten seconds.
fn count_dead_air(scenario: &Scenario, state: &mut State, now: u32, sink: &mut impl EventSink) {
    let Some(opened_at) = state.turn.opened_at.filter(|_| state.turn.finished) else { return };
    let silence = now.saturating_sub(opened_at).saturating_sub(reading_allowance(scenario, state));
    let due = u8::try_from(silence / 10_000).unwrap_or(u8::MAX);
    while state.turn.dead_air < due && state.dead_air < MAX_DEAD_AIR {
        state.turn.dead_air += 1;
        state.dead_air += 1;
        change(state, Cause::DeadAir, sink, |meters| meters.patience -= 100);
    }
}
