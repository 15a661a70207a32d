//! How an encounter begins: the first, and one that follows another.

use crate::dialogue::bits::Bits;
use crate::dialogue::condition::holds;
use crate::dialogue::event::{Cause, Event, EventSink};
use crate::dialogue::input::Mode;
use crate::dialogue::meters::Meters;
use crate::dialogue::row::Row;
use crate::dialogue::state::{Posture, Stage, Standing, State, Turn};
use crate::dialogue::step::{change, enter};
use crate::scenario::id::{EncounterId, NodeId, PromiseId};
use crate::scenario::vocabulary::{Act, Fulfilment, Outcome};
use crate::scenario::{Encounter, Scenario};

/// Begins the first encounter.
pub fn begin(scenario: &Scenario, seed: u64, mode: Mode, sink: &mut impl EventSink) -> State {
    let encounter = EncounterId(0);
    let mut state = State {
        seed,
        mode,
        encounter,
        stage: Stage::Talking,
        meters: Meters::of(&scenario.customer.mood),
        own_heat: 0,
        calm_streak: 0,
        turn: blank_turn(scenario.encounter(encounter).start),
        used: Row::with_length(Act::ALL.len()),
        visits: Row::default(),
        chosen: Bits::default(),
        facts: Bits::with_size(scenario.facts.len()),
        jotted: Bits::with_size(scenario.facts.len()),
        needs: Bits::with_size(scenario.needs.len()),
        flags: Bits::with_size(scenario.flags.len()),
        told: Bits::default(),
        credited: Bits::default(),
        reflected: Row::default(),
        promises: Row::with_length(scenario.promises.len()),
        matured: Bits::with_size(scenario.promises.len()),
        noted: Bits::default(),
        ended: None,
        dead_air: 0,
        held_in: None,
    };
    make_room(scenario.encounter(encounter), &mut state);
    sink.push(Event::EncounterBegan(encounter));
    let start = scenario.encounter(encounter).start;
    enter(scenario, &mut state, start, None, sink);
    state
}

/// Begins the next encounter after one that ended with `outcome` and whose diary is done.
///
/// What was promised, noted, flagged and met is carried over; so are the meters with what became of the promises since
/// the encounter before began, where the encounter declares no start of its own for that case (rule 7).
pub fn begin_after(scenario: &Scenario, before: &State, outcome: Outcome, sink: &mut impl EventSink) -> Option<State> {
    let id = EncounterId::at(before.encounter.index() + 1);
    let encounter = scenario.encounters.get(id.index())?;
    let mut state = before.clone();
    state.ended = Some(outcome);
    let start = encounter.starts.iter().find(|start| holds(&start.when, &state)).cloned();
    state.encounter = id;
    state.stage = Stage::Talking;
    state.own_heat = 0;
    state.calm_streak = 0;
    state.dead_air = 0;
    state.held_in = None;
    state.used.fill(0);
    state.matured.clear();
    state.turn = blank_turn(encounter.start);
    sink.push(Event::EncounterBegan(id));
    if let Some(mood) = start.as_ref().and_then(|start| start.mood) {
        state.meters = Meters::of(&mood);
    } else {
        for index in before.matured.iter() {
            if let Standing::Done(fulfilment) = before.promises[index] {
                carry_over(scenario, &mut state, PromiseId::at(index), fulfilment, sink);
            }
        }
    }
    make_room(encounter, &mut state);
    let node = start.and_then(|start| start.node).unwrap_or(encounter.start);
    enter(scenario, &mut state, node, None, sink);
    Some(state)
}

/// Puts a conversation at the beginning of a node, and leaves the rest of it as it stands: for whoever tries out a place
/// while writing it. Turns are counted anew.
pub fn begin_at(
    scenario: &Scenario,
    state: &mut State,
    (encounter, node): (EncounterId, NodeId),
    sink: &mut impl EventSink,
) {
    if state.encounter != encounter {
        state.encounter = encounter;
        state.used.fill(0);
        state.matured.clear();
        state.noted = Bits::default();
        make_room(scenario.encounter(encounter), state);
    }
    state.stage = Stage::Talking;
    state.held_in = None;
    state.turn = blank_turn(node);
    sink.push(Event::EncounterBegan(encounter));
    enter(scenario, state, node, None, sink);
}

fn make_room(encounter: &Encounter, state: &mut State) {
    state.visits = Row::with_length(encounter.nodes.len());
    state.chosen = Bits::with_size(encounter.replies.len());
    state.told = Bits::with_size(encounter.grievances.len());
    state.credited = Bits::with_size(encounter.nodes.len());
    state.reflected = Row::with_length(encounter.nodes.len());
}

pub(super) const fn blank_turn(node: NodeId) -> Turn {
    Turn {
        number: 0,
        node,
        answer: None,
        line: (0, 0),
        volunteers: false,
        fast: false,
        cursor: 0,
        finished: false,
        cut_off: None,
        took_bait: false,
        answered: false,
        nods: 0,
        nodded_at: 0,
        posture: Posture::Neutral,
        posture_counted: false,
        announced: false,
        reflected: None,
        clock: 0,
        busy_until: 0,
        opened_at: None,
        dead_air: 0,
    }
}

/// What a promise does to the start of the next encounter (rule 7), in points of anger, trust and patience. A promise
/// kept late without a word stands halfway to a broken one.
fn carry_over(
    scenario: &Scenario,
    state: &mut State,
    promise: PromiseId,
    fulfilment: Fulfilment,
    sink: &mut impl EventSink,
) {
    let (anger, trust, patience) = match fulfilment {
        Fulfilment::Kept => (0, 12, 0),
        Fulfilment::Exceeded => (0, 13, 0),
        Fulfilment::LateWarned => (0, 4, 0),
        Fulfilment::Late => (12, -17, -10),
        Fulfilment::Broken => (25, -35, -20),
    };
    let heat = i32::from(scenario.customer.heat);
    change(state, Cause::Promise(promise, fulfilment), sink, |meters| {
        meters.anger += anger * heat;
        meters.trust += trust * 100;
        meters.patience += patience * 100;
    });
}
