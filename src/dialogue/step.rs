//! One step of a conversation.

use crate::dialogue::begin::blank_turn;
use crate::dialogue::event::{Cause, Event, EventSink, Exit};
use crate::dialogue::gesture::{
    HOLD_EVERY, bait_is_offered, breathe, can_jot, consult, hold, hold_posture, interrupt, jot, nod, reflect, take_bait,
};
use crate::dialogue::input::{Action, Input, Mode, Refusal};
use crate::dialogue::meters::Meters;
use crate::dialogue::reply::{Delivery, HOT, speak};
use crate::dialogue::speech::{choose_line, offered};
use crate::dialogue::state::{Posture, Stage, State, Turn};
use crate::dialogue::time::{Place, hear_next, pass_time};
use crate::scenario::Scenario;
use crate::scenario::id::{NodeId, ReplyId};
use crate::scenario::model::Effects;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::Channel;

/// An encounter ends after this many turns at the latest.
pub const MAX_TURNS: u8 = 64;
/// The customer takes it further from this anger on, in hundredths.
const ESCALATES_AT: i32 = 9700;

/// Takes one input. Events go to `sink`; a refused input changes nothing and sends none.
pub fn step(scenario: &Scenario, state: &mut State, input: Input, sink: &mut impl EventSink) -> Result<(), Refusal> {
    take(scenario, state, &input, sink)
}

/// [`step()`] with an input that is read where it stands: whoever copies one waits until the last part of it is written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the copy is what costs")]
pub(crate) fn take(
    scenario: &Scenario,
    state: &mut State,
    input: &Input,
    sink: &mut impl EventSink,
) -> Result<(), Refusal> {
    if state.stage != Stage::Talking {
        return Err(Refusal::Over);
    }
    check_clock(state, input.at)?;
    refuse(scenario, state, input)?;
    if state.mode == Mode::Timed {
        state.turn.clock = input.at;
        let now = input.at.max(state.turn.busy_until);
        pass_time(scenario, state, now, sink);
        end_if_gone(state, sink);
        if state.stage != Stage::Talking {
            return Ok(());
        }
    }
    match input.action {
        Action::Listen => {
            if state.mode == Mode::Steps {
                hear_next(scenario, state, sink);
            }
        }
        Action::Nod => nod(scenario, state, sink),
        Action::Posture(posture) => hold_posture(state, posture, sink),
        Action::Consult => consult(state, sink),
        Action::Jot => jot(scenario, state, sink),
        Action::Hold => hold(state, sink),
        Action::Breathe => breathe(scenario, state, sink),
        Action::Reflect(reading) => reflect(scenario, state, reading, sink),
        Action::Interrupt => interrupt(scenario, state, sink),
        Action::TakeBait => take_bait(scenario, state, sink),
        Action::Speak { reply, pace, volume } => speak(scenario, state, reply, Delivery { pace, volume }, sink),
    }
    end_if_gone(state, sink);
    Ok(())
}

fn check_clock(state: &State, at: u32) -> Result<(), Refusal> {
    match state.mode {
        Mode::Steps if at != 0 => Err(Refusal::ClockInSteps { at }),
        Mode::Timed if at < state.turn.clock => Err(Refusal::TimeWentBack { at, last: state.turn.clock }),
        Mode::Steps | Mode::Timed => Ok(()),
    }
}

/// Whether the input can be taken, asked before anything changes. In timed mode the time that passes until then counts:
/// a look ahead on the cursor alone, which is all that the checks below read.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as in `take`")]
fn refuse(scenario: &Scenario, state: &State, input: &Input) -> Result<(), Refusal> {
    let encounter = scenario.encounter(state.encounter);
    let place = || Place::of(scenario, state, input.at);
    let open = || state.replies_open() || state.mode == Mode::Timed && place().finished;
    let face_to_face = scenario.channel == Channel::Counter;
    match input.action {
        Action::Consult | Action::Hold if encounter.seat == Seat::Customer => Err(Refusal::ScreenIsTheirs),
        Action::Listen if state.mode == Mode::Steps && state.replies_open() => Err(Refusal::NothingToHear),
        Action::Nod if state.turn.cut_off.is_some() || [0, state.turn.nodded_at].contains(&place().cursor) => {
            Err(Refusal::NothingToNodAt)
        }
        Action::Posture(_) | Action::Consult if !face_to_face && !matches!(input.action, Action::Consult) => {
            Err(Refusal::NotOnThisChannel)
        }
        Action::Jot if !can_jot(scenario, state, place().cursor) => Err(Refusal::NothingToJot),
        Action::Hold if state.held_in.is_some_and(|turn| state.turn.number < turn + HOLD_EVERY) => {
            Err(Refusal::HoldTooSoon)
        }
        Action::Reflect(reading) => match &encounter.node(state.turn.node).reflect {
            Some(reflect) if state.turn.reflected.is_none() && usize::from(reading) < reflect.readings.len() => Ok(()),
            _ => Err(Refusal::NothingToReflect),
        },
        Action::TakeBait if open() || !bait_is_offered(scenario, state, place()) => Err(Refusal::NoBaitHere),
        Action::Speak { .. } if !open() => Err(Refusal::StillSpeaking),
        Action::Speak { reply, .. } => {
            if !encounter.brief.node(state.turn.node).replies.contains(&reply.0) {
                Err(Refusal::NoSuchReply)
            } else if !offered(scenario, state).contains(reply) {
                Err(Refusal::NotOffered)
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}

/// The customer's next turn begins.
pub(super) fn enter(
    scenario: &Scenario,
    state: &mut State,
    node_id: NodeId,
    answer: Option<(ReplyId, u16, u16)>,
    sink: &mut impl EventSink,
) {
    let encounter = scenario.encounter(state.encounter);
    let (node, brief) = (encounter.node(node_id), encounter.brief.node(node_id));
    let visits = &mut state.visits[node_id.index()];
    *visits = visits.saturating_add(1);
    let visit = *visits;
    // Lines may ask whether the customer was cut off just now, so they are chosen before the turn is cleared.
    let line =
        choose_line(encounter.brief.lines(brief), |line| node.lines[line].when.as_ref(), state, brief.key, visit);
    let line = line.unwrap_or((0, 0));
    let posture = state.turn.posture;
    let number = state.turn.number + 1;
    state.turn = Turn {
        number,
        answer,
        line,
        volunteers: brief.volunteers.is_some_and(|fact| !state.facts.contains(fact.index())),
        fast: state.meters.anger >= HOT,
        reflected: state.reflected[node_id.index()],
        ..blank_turn(node_id)
    };
    sink.push(Event::TurnBegan { node: node_id, turn: number, answer, line });
    if posture == Posture::Open {
        hold_posture(state, posture, sink);
    }
    if let Some(grievance) = brief.grievance
        && !state.told.insert(grievance.index())
    {
        let heat = i32::from(scenario.customer.heat);
        change(state, Cause::Retelling(grievance), sink, |meters| meters.anger += 6 * heat);
    }
    if brief.has_effects {
        apply(&node.effects, state, sink);
    }
    if state.mode == Mode::Steps {
        hear_next(scenario, state, sink);
    }
}

/// Whether the customer has had enough.
pub(super) fn gone(state: &State) -> Option<Exit> {
    if state.meters.anger >= ESCALATES_AT {
        Some(Exit::Escalated)
    } else if state.meters.patience <= 0 {
        Some(Exit::Left)
    } else {
        None
    }
}

fn end_if_gone(state: &mut State, sink: &mut impl EventSink) {
    if state.stage == Stage::Talking
        && let Some(exit) = gone(state)
    {
        end(state, exit, None, sink);
    }
}

/// `answer` is what the customer still says to the last reply.
pub(super) fn end(state: &mut State, exit: Exit, answer: Option<(ReplyId, u16, u16)>, sink: &mut impl EventSink) {
    state.turn.answer = answer;
    state.stage = Stage::Over(exit);
    sink.push(Event::Ended { exit, answer });
}

/// Moves the meters, keeps them in bounds and says so, if they moved at all.
pub(super) fn change(state: &mut State, cause: Cause, sink: &mut impl EventSink, by: impl FnOnce(&mut Meters)) {
    let before = state.meters;
    let mut after = before;
    by(&mut after);
    let after = after.clamped();
    if after != before {
        state.meters = after;
        sink.push(Event::Moved { cause, before, after });
    }
}

/// Facts and flags.
pub(super) fn apply(effects: &Effects, state: &mut State, sink: &mut impl EventSink) {
    for &fact in &effects.reveals {
        if state.facts.insert(fact.index()) {
            sink.push(Event::FactHeard(fact));
        }
    }
    for &flag in &effects.sets {
        if state.flags.insert(flag.index()) {
            sink.push(Event::FlagSet(flag));
        }
    }
    for &flag in &effects.clears {
        if state.flags.contains(flag.index()) {
            state.flags.remove(flag.index());
            sink.push(Event::FlagCleared(flag));
        }
    }
}
