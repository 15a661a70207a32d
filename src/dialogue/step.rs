//! One step of a conversation: the eight rules, time and the small actions (`engine-and-scoring`).

use crate::dialogue::acts::{Gated, delta, gated, wears_out};
use crate::dialogue::bits::Bits;
use crate::dialogue::condition::holds;
use crate::dialogue::event::{Cause, CutOff, Event, EventSink, Evidence, Exit, Source, Violation};
use crate::dialogue::input::{Action, Input, Mode, Refusal};
use crate::dialogue::meters::{Meters, TEMPER_BOUNDS};
use crate::dialogue::speech::{choose_line, lines_spoken, offered};
use crate::dialogue::state::{Posture, Stage, Standing, State, Turn};
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::model::{Nod, Target};
use crate::scenario::vocabulary::{
    Act, Channel, Flaw, Fulfilment, Indicator, Outcome, Pace, Severity, Skill, Tempo, Volume,
};
use crate::scenario::{Encounter, Node, Scenario};

/// An encounter ends after this many turns at the latest.
pub const MAX_TURNS: u8 = 64;
/// A holding phrase may be used once in this many turns.
pub const HOLD_EVERY: u8 = 3;
/// From this anger on, in hundredths, an even pace is no longer quite calm.
pub const CALM_DELIVERY_HOT: i32 = 6000;
/// From this own heat on, the next reply's pace is pre-set to quick.
pub const OWN_HEAT_QUICK: u8 = 75;
/// From this own heat on, its volume is pre-set to raised.
pub const OWN_HEAT_RAISED: u8 = 90;

/// The customer takes it further from this anger on, in hundredths.
const ESCALATES_AT: i32 = 9700;
/// Patience that dead air can take in an encounter, in points.
const MAX_DEAD_AIR: u8 = 5;
/// Welcome nods that count in one turn.
const MAX_NODS: u8 = 3;

/// How a reply is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delivery {
    pub pace: Pace,
    pub volume: Volume,
}

/// What the trainee's own heat pre-sets for the next reply: visibly, and one key sets it back.
pub fn preset_delivery(state: &State) -> Option<Delivery> {
    (state.own_heat >= OWN_HEAT_QUICK).then_some(Delivery {
        pace: Pace::Quick,
        volume: if state.own_heat >= OWN_HEAT_RAISED { Volume::Raised } else { Volume::Level },
    })
}

/// Engine milliseconds to read and choose before the silence becomes dead air: words ÷ 2.0 s + 1.5 s × replies.
pub fn reading_allowance(scenario: &Scenario, state: &State) -> u32 {
    let encounter = scenario.encounter(state.encounter);
    let replies = offered(encounter, encounter.node(state.turn.node), state);
    replies.iter().map(|&reply| u32::from(encounter.reply(reply).words) * 500 + 1500).sum()
}

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
        used: vec![0; Act::ALL.len()].into_boxed_slice(),
        visits: Box::default(),
        chosen: Bits::default(),
        facts: Bits::with_size(scenario.facts.len()),
        jotted: Bits::with_size(scenario.facts.len()),
        needs: Bits::with_size(scenario.needs.len()),
        flags: Bits::with_size(scenario.flags.len()),
        told: Bits::default(),
        credited: Bits::default(),
        promises: vec![Standing::NotMade; scenario.promises.len()].into_boxed_slice(),
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
/// What was promised, noted, flagged and met is carried over; so are the meters with what became of the promises, where
/// the encounter declares no start of its own for that case (rule 7).
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
    state.turn = blank_turn(encounter.start);
    sink.push(Event::EncounterBegan(id));
    if let Some(mood) = start.as_ref().and_then(|start| start.mood) {
        state.meters = Meters::of(&mood);
    } else {
        for index in 0..state.promises.len() {
            if let Standing::Done(fulfilment) = state.promises[index] {
                carry_over(&mut state, crate::scenario::id::PromiseId::at(index), fulfilment, sink);
            }
        }
    }
    make_room(encounter, &mut state);
    let node = start.and_then(|start| start.node).unwrap_or(encounter.start);
    enter(scenario, &mut state, node, None, sink);
    Some(state)
}

fn make_room(encounter: &Encounter, state: &mut State) {
    state.visits = vec![0; encounter.nodes.len()].into_boxed_slice();
    state.chosen = Bits::with_size(encounter.replies.len());
    state.told = Bits::with_size(encounter.grievances.len());
    state.credited = Bits::with_size(encounter.nodes.len());
}

const fn blank_turn(node: NodeId) -> Turn {
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
    state: &mut State,
    promise: crate::scenario::id::PromiseId,
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
    change(state, Cause::Promise(promise, fulfilment), sink, |meters| {
        meters.anger += anger * 100;
        meters.trust += trust * 100;
        meters.patience += patience * 100;
    });
}

/// Takes one input. Events go to `sink`; a refused input changes nothing and sends none.
pub fn step(scenario: &Scenario, state: &mut State, input: Input, sink: &mut impl EventSink) -> Result<(), Refusal> {
    if state.stage != Stage::Talking {
        return Err(Refusal::Over);
    }
    check_clock(state, input.at)?;
    refuse(scenario, state, input)?;
    if state.mode == Mode::Timed {
        state.turn.clock = input.at;
        let now = input.at.max(state.turn.busy_until);
        pass_time(scenario, state, now, sink);
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
fn refuse(scenario: &Scenario, state: &State, input: Input) -> Result<(), Refusal> {
    let encounter = scenario.encounter(state.encounter);
    let node = encounter.node(state.turn.node);
    let place = Place::of(scenario, state, input.at);
    let open = place.finished || state.turn.cut_off.is_some();
    let face_to_face = scenario.channel == Channel::Counter;
    match input.action {
        Action::Listen if state.mode == Mode::Steps && open => Err(Refusal::NothingToHear),
        Action::Nod if place.cursor == 0 || state.turn.nodded_at == place.cursor || state.turn.cut_off.is_some() => {
            Err(Refusal::NothingToNodAt)
        }
        Action::Posture(_) | Action::Consult if !face_to_face && !matches!(input.action, Action::Consult) => {
            Err(Refusal::NotOnThisChannel)
        }
        Action::Jot if !can_jot(scenario, state, place.cursor) => Err(Refusal::NothingToJot),
        Action::Hold if state.held_in.is_some_and(|turn| state.turn.number < turn + HOLD_EVERY) => {
            Err(Refusal::HoldTooSoon)
        }
        Action::Reflect(reading) => match &node.reflect {
            Some(reflect) if state.turn.reflected.is_none() && usize::from(reading) < reflect.readings.len() => Ok(()),
            _ => Err(Refusal::NothingToReflect),
        },
        Action::TakeBait if open || !bait_is_offered(scenario, state, place) => Err(Refusal::NoBaitHere),
        Action::Speak { .. } if !open => Err(Refusal::StillSpeaking),
        Action::Speak { reply, .. } => {
            if !node.replies.contains(&reply.0) {
                Err(Refusal::NoSuchReply)
            } else if !offered(encounter, node, state).contains(&reply) {
                Err(Refusal::NotOffered)
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}

/// Where in the customer's turn a moment lies.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Phrases said.
    cursor: u16,
    /// The true end has come.
    finished: bool,
    /// In the false lapse after the last phrase said.
    in_lapse: bool,
}

impl Place {
    fn of(scenario: &Scenario, state: &State, at: u32) -> Self {
        let turn = &state.turn;
        let spoken = lines_spoken(scenario, state);
        if turn.finished || turn.cut_off.is_some() {
            return Self { cursor: turn.cursor, finished: turn.finished, in_lapse: false };
        }
        if state.mode == Mode::Steps {
            let in_lapse = turn
                .cursor
                .checked_sub(1)
                .and_then(|last| spoken.beat(usize::from(last)))
                .is_some_and(|beat| beat.lapse.is_some());
            return Self { cursor: turn.cursor, finished: false, in_lapse };
        }
        let now = at.max(turn.busy_until);
        let mut place = Self { cursor: 0, finished: true, in_lapse: false };
        for (beat, _, ends) in spoken.times() {
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
fn pass_time(scenario: &Scenario, state: &mut State, now: u32, sink: &mut impl EventSink) {
    if !state.replies_open() {
        let place = Place::of(scenario, state, now);
        say_up_to(scenario, state, place.cursor, sink);
        if place.finished {
            finish(scenario, state, sink);
        }
    }
    count_dead_air(scenario, state, now, sink);
}

/// Steps mode: hears the next segment.
fn hear_next(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    let spoken = lines_spoken(scenario, state);
    let length = u16::try_from(spoken.len()).unwrap_or(u16::MAX);
    if state.turn.cursor < length {
        let next = state.turn.cursor + 1;
        say_up_to(scenario, state, next, sink);
        let silent_after =
            next == length && spoken.beat(usize::from(next) - 1).is_some_and(|beat| beat.lapse.is_some());
        if next == length && !silent_after {
            finish(scenario, state, sink);
        }
    } else {
        finish(scenario, state, sink);
    }
}

/// A small action takes until the next phrase boundary.
fn spend_beat(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
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

fn say_up_to(scenario: &Scenario, state: &mut State, cursor: u16, sink: &mut impl EventSink) {
    let spoken = lines_spoken(scenario, state);
    while state.turn.cursor < cursor {
        let phrase = state.turn.cursor;
        state.turn.cursor += 1;
        sink.push(Event::Said { phrase });
        if let Some(beat) = spoken.beat(usize::from(phrase)) {
            for &fact in &beat.phrase.facts {
                if state.facts.insert(fact.index()) {
                    sink.push(Event::FactHeard(fact));
                }
            }
        }
        if usize::from(state.turn.cursor) == spoken.len() && state.turn.volunteers {
            volunteer(scenario, state, sink);
        }
    }
}

/// The customer has added a fact, because nobody cut in. Where it makes another node's question needless, that question
/// is credited in full, once.
fn volunteer(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
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
fn finish(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    if state.turn.finished {
        return;
    }
    state.turn.finished = true;
    sink.push(Event::Finished);
    change(state, Cause::HeardToTheEnd, sink, |meters| meters.heard += 200);
    open_replies(scenario, state, sink);
}

/// The full wording of the replies opens; what was said has reached the trainee, and may have provoked them.
fn open_replies(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    state.turn.opened_at = Some(state.turn.clock.max(state.turn.busy_until));
    let boiling = TEMPER_BOUNDS[3] * 100;
    let provokes = scenario.encounter(state.encounter).node(state.turn.node).provokes;
    let rise = if provokes { 25 } else { 0 } + if state.meters.anger >= boiling { 15 } else { 0 };
    if rise > 0 {
        state.own_heat = (state.own_heat + rise).min(100);
        sink.push(Event::OwnHeat(state.own_heat));
    }
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

fn nod(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    let answered = state.turn.cursor;
    state.turn.nodded_at = answered;
    let mark = lines_spoken(scenario, state)
        .beat(usize::from(answered.saturating_sub(1)))
        .map_or(Nod::Unmarked, |beat| beat.phrase.nod);
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

fn hold_posture(state: &mut State, posture: Posture, sink: &mut impl EventSink) {
    state.turn.posture = posture;
    if posture == Posture::Open && !state.turn.posture_counted {
        state.turn.posture_counted = true;
        change(state, Cause::OpenPosture, sink, |meters| meters.heard += 100);
    }
}

/// Eyes on the screen: unannounced in mid-story it tells them that nobody listens.
fn consult(state: &mut State, sink: &mut impl EventSink) {
    if !state.replies_open() && !state.turn.announced {
        state.turn.announced = true;
        sink.push(Event::ConsultedUnannounced);
        change(state, Cause::EyesOnScreen, sink, |meters| meters.heard -= 400);
    }
}

/// The latest fact said in this turn that is not jotted down.
fn fact_to_jot(scenario: &Scenario, state: &State, cursor: u16) -> Option<crate::scenario::id::FactId> {
    let spoken = lines_spoken(scenario, state);
    (0..usize::from(cursor))
        .rev()
        .filter_map(|index| spoken.beat(index))
        .flat_map(|beat| beat.phrase.facts.iter().rev().copied())
        .find(|fact| !state.jotted.contains(fact.index()))
}

fn can_jot(scenario: &Scenario, state: &State, cursor: u16) -> bool {
    fact_to_jot(scenario, state, cursor).is_some()
}

fn jot(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    if let Some(fact) = fact_to_jot(scenario, state, state.turn.cursor) {
        state.jotted.insert(fact.index());
        sink.push(Event::Jotted(fact));
        spend_beat(scenario, state, sink);
    }
}

fn hold(state: &mut State, sink: &mut impl EventSink) {
    state.held_in = Some(state.turn.number);
    state.turn.announced = true;
    state.turn.dead_air = 0;
    if state.turn.opened_at.is_some() {
        state.turn.opened_at = Some(state.turn.clock.max(state.turn.busy_until));
    }
    sink.push(Event::Held);
}

fn breathe(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    state.own_heat = 0;
    sink.push(Event::Breathed);
    sink.push(Event::OwnHeat(0));
    take_seconds(scenario, state, 2, sink);
}

fn reflect(scenario: &Scenario, state: &mut State, reading: u8, sink: &mut impl EventSink) {
    let right = reading == 0;
    state.turn.reflected = Some(right);
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
        state.turn.busy_until = state.turn.busy_until.max(state.turn.clock) + seconds * 1000;
    }
    spend_beat(scenario, state, sink);
}

fn interrupt(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    if state.replies_open() {
        return;
    }
    let now = state.turn.clock;
    let how = if Place::of(scenario, state, now).in_lapse { CutOff::Soft } else { CutOff::Hard };
    cut_off(scenario, state, how, false, sink);
}

/// Whether the author's ready sentence tempts at this place.
fn bait_is_offered(scenario: &Scenario, state: &State, place: Place) -> bool {
    let node = scenario.encounter(state.encounter).node(state.turn.node);
    let Some(bait) = &node.bait else { return false };
    place.in_lapse
        && place
            .cursor
            .checked_sub(1)
            .and_then(|last| lines_spoken(scenario, state).beat(usize::from(last)))
            .is_some_and(|beat| beat.lapse_number == Some(bait.lapse))
}

fn take_bait(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    state.turn.took_bait = true;
    cut_off(scenario, state, CutOff::Soft, true, sink);
}

/// The trainee speaks before the true end: what was unsaid stays unsaid.
fn cut_off(scenario: &Scenario, state: &mut State, how: CutOff, bait: bool, sink: &mut impl EventSink) {
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
    open_replies(scenario, state, sink);
}

/// Speaks a reply: what was heard or cut off has been counted; now each act with traits, gate and wear-out, then the
/// heard bonus, contagion and patience, in the order of the design.
fn speak(scenario: &Scenario, state: &mut State, id: ReplyId, delivery: Delivery, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(state.encounter);
    let node_id = state.turn.node;
    let node = encounter.node(node_id);
    let reply = encounter.reply(id);
    let turn = state.turn.number;
    state.turn.answered = true;
    sink.push(Event::Spoke { turn, node: node_id, reply: id, pace: delivery.pace, volume: delivery.volume });
    show_evidence(scenario, state, node, id, delivery, sink);
    if reply.acts.iter().any(|act| matches!(act, Act::OwningApology | Act::ParaphraseRight)) && turn > 1 {
        sink.push(Event::Repaired { turn: turn - 1 });
    }
    if let Some((severity, skill)) = reply.slip {
        let flaw = reply.flaw.unwrap_or(Flaw::Assumption);
        let source = Source::Reply { turn, node: node_id, reply: id };
        sink.push(Event::Violation(Violation { flaw, severity, skill, turn, source }));
    }
    if delivery.volume == Volume::Raised {
        raise_voice(scenario, state, sink);
    }
    act_out(scenario, state, id, sink);
    let calm = delivery.volume == Volume::Level && delivery.pace != Pace::Quick;
    state.calm_streak = if calm { (state.calm_streak + 1).min(4) } else { 0 };
    spread_display(state, delivery, sink);
    change(state, Cause::TurnsPass, sink, |meters| meters.patience -= 200);
    if reply.acts.contains(&Act::ParaphraseRight) {
        state.told.clear();
    }
    take_effect(scenario, state, id, sink);
    sink.push(Event::TurnEnded { turn, node: node_id, meters: state.meters });
    if gone(state).is_none() {
        go_on(scenario, state, id, sink);
    }
}

/// The rows of this turn: temptation points first, then what the node weighs.
fn show_evidence(
    scenario: &Scenario,
    state: &State,
    node: &Node,
    id: ReplyId,
    delivery: Delivery,
    sink: &mut impl EventSink,
) {
    let encounter = scenario.encounter(state.encounter);
    let (turn, node_id) = (state.turn.number, state.turn.node);
    let conduct = Source::Conduct { turn, node: node_id };
    if node.tempts_let_finish {
        let quality = match state.turn.cut_off {
            None => 4,
            Some(CutOff::Soft) => 1,
            Some(CutOff::Hard) => 0,
        };
        let row = Evidence { indicator: Indicator::LetFinish, weight: 1, quality, best: 4, source: conduct };
        sink.push(Event::Evidence(row));
    }
    if node.tempts_calm_delivery {
        let quality = calm_delivery(state.meters.anger, scenario.customer.wants, delivery);
        let row = Evidence { indicator: Indicator::CalmDelivery, weight: 1, quality, best: 4, source: conduct };
        sink.push(Event::Evidence(row));
    }
    let visible = offered(encounter, node, state);
    for (place, opportunity) in node.opportunities.iter().enumerate() {
        if opportunity.indicator.is_question() && state.credited.contains(node_id.index()) {
            continue;
        }
        let quality_of = |reply: ReplyId| encounter.reply(reply).shows.get(place).copied().unwrap_or(0);
        let mut best = visible.iter().map(|&reply| quality_of(reply)).max().unwrap_or(0);
        let mut quality = quality_of(id);
        let mut source = Source::Reply { turn, node: node_id, reply: id };
        if opportunity.indicator == Indicator::VisibleAttention {
            best = 4;
            quality = quality.max(attention(scenario, state));
            source = conduct;
        }
        let row = Evidence { indicator: opportunity.indicator, weight: opportunity.weight, quality, best, source };
        sink.push(Event::Evidence(row));
    }
}

/// Visible attention: full where every welcome nod was given (three at most), part where some were, or an open posture.
fn attention(scenario: &Scenario, state: &State) -> u8 {
    let spoken = lines_spoken(scenario, state);
    let marks =
        (0..spoken.len()).filter_map(|index| spoken.beat(index)).filter(|beat| beat.phrase.nod == Nod::Welcome).count();
    let wanted = marks.clamp(1, usize::from(MAX_NODS));
    match usize::from(state.turn.nods) {
        given if given >= wanted => 4,
        0 if state.turn.posture_counted => 2,
        0 => 0,
        _ => 3,
    }
}

/// Delivery at a temptation point (`engine-and-scoring`, "Delivery credit").
fn calm_delivery(anger: i32, wants: Option<Tempo>, delivery: Delivery) -> u8 {
    let hot = anger >= CALM_DELIVERY_HOT;
    match (delivery.volume, delivery.pace) {
        (Volume::Raised, _) => 0,
        (Volume::Level, Pace::Quick) => {
            if hot {
                1
            } else {
                2
            }
        }
        (Volume::Level, Pace::Slow) => {
            if wants == Some(Tempo::Brisk) {
                3
            } else {
                4
            }
        }
        (Volume::Level, Pace::Even) => match wants {
            Some(Tempo::Brisk) => 4,
            Some(Tempo::Slow) => 3,
            None => {
                if hot {
                    3
                } else {
                    4
                }
            }
        },
    }
}

fn raise_voice(scenario: &Scenario, state: &mut State, sink: &mut impl EventSink) {
    let turn = state.turn.number;
    sink.push(Event::Violation(Violation {
        flaw: Flaw::RaisedVoice,
        severity: Severity::Severe,
        skill: Skill::CalmTone,
        turn,
        source: Source::Conduct { turn, node: state.turn.node },
    }));
    let heat = i32::from(scenario.customer.heat);
    change(state, Cause::RaisedVoice, sink, |meters| {
        meters.anger += 12 * heat;
        meters.trust -= 1000;
    });
}

/// Each act of the reply with traits (rule 1), gate (2) and wear-out (3), then the heard bonus (4).
fn act_out(scenario: &Scenario, state: &mut State, id: ReplyId, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(state.encounter);
    let armed = encounter.compromise_arms.as_ref().is_none_or(|when| holds(when, state));
    let (heat, cool) = (i32::from(scenario.customer.heat), i32::from(scenario.customer.cool));
    let mut rise_of_heard = 0;
    for &written in &encounter.reply(id).acts {
        let act = if written == Act::Compromise && !armed {
            sink.push(Event::FobOff(id));
            Act::PrematureSolution
        } else {
            written
        };
        let uses = state.used[act.index()];
        state.used[act.index()] = uses.saturating_add(1);
        let strength = if wears_out(act) { [100, 50, 0][usize::from(uses.min(2))] } else { 100 };
        let points = delta(act);
        let mut step = Meters {
            anger: points.anger * if points.anger > 0 { heat } else { cool } * strength / 100,
            trust: points.trust * strength,
            patience: points.patience * strength,
            heard: points.heard * strength,
            clarity: points.clarity * strength,
        };
        if act == Act::BareApology && uses == 2 {
            step.anger += 4 * heat;
            step.trust -= 200;
        }
        let gate = gated(act);
        if state.meters.anger >= CALM_DELIVERY_HOT && gate != Gated::No {
            step.trust = if step.trust > 0 { step.trust / 2 } else { step.trust };
            step.clarity = if step.clarity > 0 { step.clarity / 2 } else { step.clarity };
            if state.meters.heard < 4000 && gate == Gated::Proposal {
                step.anger += 4 * heat;
            }
        }
        rise_of_heard += step.heard;
        change(state, Cause::Act(act), sink, |meters| {
            meters.anger += step.anger;
            meters.trust += step.trust;
            meters.patience += step.patience;
            meters.heard += step.heard;
            meters.clarity += step.clarity;
        });
    }
    if rise_of_heard >= 800 {
        change(state, Cause::BeingHeard, sink, |meters| meters.anger -= rise_of_heard * 3 * cool / 1000);
    }
}

/// Contagion (rule 5): anger moves toward the trainee's display, slowly toward calm and fast toward heat.
fn spread_display(state: &mut State, delivery: Delivery, sink: &mut impl EventSink) {
    let display = match delivery {
        Delivery { volume: Volume::Raised, .. } => 9000,
        Delivery { pace: Pace::Slow, .. } => 1000,
        Delivery { pace: Pace::Even, .. } => 1500,
        Delivery { pace: Pace::Quick, .. } => 4500,
    };
    let toward_calm = 3 + 2 * i32::from(state.calm_streak);
    change(state, Cause::Contagion, sink, |meters| {
        let share = if display < meters.anger { toward_calm } else { 20 };
        meters.anger += (display - meters.anger) * share / 100;
    });
}

/// What a reply does besides the meters.
fn take_effect(scenario: &Scenario, state: &mut State, id: ReplyId, sink: &mut impl EventSink) {
    let reply = scenario.encounter(state.encounter).reply(id);
    state.chosen.insert(id.index());
    for &need in &reply.meets {
        if state.needs.insert(need.index()) {
            sink.push(Event::NeedMet(need));
        }
    }
    for &promise in &reply.promises {
        if state.promises[promise.index()] == Standing::NotMade {
            state.promises[promise.index()] = Standing::Open;
            sink.push(Event::Promised(promise));
        }
    }
    if let Some(gift) = &reply.gives {
        sink.push(Event::Gave(gift.cost));
    }
    apply(&reply.effects, state, sink);
}

fn apply(effects: &crate::scenario::model::Effects, state: &mut State, sink: &mut impl EventSink) {
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

/// Follows the reply to the next node or to an ending.
fn go_on(scenario: &Scenario, state: &mut State, id: ReplyId, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(state.encounter);
    let reply = encounter.reply(id);
    let target = reply.to_when.iter().find(|(when, _)| holds(when, state)).map_or(reply.to, |(_, target)| *target);
    let visit = state.visit(state.turn.node);
    let answer = choose_line(&reply.answers, state, reply.key, visit).map(|(line, variant)| (id, line, variant));
    match target {
        Target::Node(node) if state.turn.number < MAX_TURNS => enter(scenario, state, node, answer, sink),
        Target::Node(_) => end(state, Exit::Left, sink),
        Target::Ending(ending) => {
            state.turn.answer = answer;
            end(state, Exit::Ending(ending), sink);
        }
    }
}

/// The customer's next turn begins.
fn enter(
    scenario: &Scenario,
    state: &mut State,
    node_id: NodeId,
    answer: Option<(ReplyId, u16, u16)>,
    sink: &mut impl EventSink,
) {
    let encounter = scenario.encounter(state.encounter);
    let node = encounter.node(node_id);
    let visits = &mut state.visits[node_id.index()];
    *visits = visits.saturating_add(1);
    let visit = *visits;
    // Lines may ask whether the customer was cut off just now, so they are chosen before the turn is cleared.
    let line = choose_line(&node.lines, state, node.key, visit).unwrap_or((0, 0));
    let posture = state.turn.posture;
    let number = state.turn.number + 1;
    state.turn = Turn {
        number,
        answer,
        line,
        volunteers: node.volunteers.as_ref().is_some_and(|volunteer| !state.facts.contains(volunteer.fact.index())),
        fast: state.meters.anger >= CALM_DELIVERY_HOT,
        ..blank_turn(node_id)
    };
    sink.push(Event::TurnBegan { node: node_id, turn: number, answer, line });
    if posture == Posture::Open {
        hold_posture(state, posture, sink);
    }
    if let Some(grievance) = node.grievance
        && !state.told.insert(grievance.index())
    {
        change(state, Cause::Retelling(grievance), sink, |meters| meters.anger += 600);
    }
    apply(&node.effects, state, sink);
    if state.mode == Mode::Steps {
        hear_next(scenario, state, sink);
    }
}

/// Whether the customer has had enough.
fn gone(state: &State) -> Option<Exit> {
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
        state.turn.answer = None;
        end(state, exit, sink);
    }
}

fn end(state: &mut State, exit: Exit, sink: &mut impl EventSink) {
    state.stage = Stage::Over(exit);
    sink.push(Event::Ended(exit));
}

/// Moves the meters, keeps them in bounds and says so, if they moved at all.
fn change(state: &mut State, cause: Cause, sink: &mut impl EventSink, by: impl FnOnce(&mut Meters)) {
    let before = state.meters;
    let mut after = before;
    by(&mut after);
    let after = after.clamped();
    if after != before {
        state.meters = after;
        sink.push(Event::Moved { cause, before, after });
    }
}
