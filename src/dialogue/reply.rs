//! A reply and what it does: the eight rules (`engine-and-scoring`, "What a reply does: acts").

use crate::dialogue::acts::{Gated, again, delta, gated, wears_out};
use crate::dialogue::condition::holds;
use crate::dialogue::event::{Cause, CutOff, Event, EventSink, Evidence, Exit, Source, Violation};
use crate::dialogue::gesture::MAX_NODS;
use crate::dialogue::meters::Meters;
use crate::dialogue::speech::{Offered, choose_line, course, offered};
use crate::dialogue::state::{Standing, State};
use crate::dialogue::step::{MAX_TURNS, apply, change, end, enter, gone};
use crate::scenario::Scenario;
use crate::scenario::id::ReplyId;
use crate::scenario::model::{Nod, Target};
use crate::scenario::vocabulary::{Act, Flaw, Indicator, Pace, Severity, Skill, Tempo, Volume};

/// From this anger on, in hundredths, the customer is hot: proposals do not land, and an even pace is no longer quite
/// calm.
pub const HOT: i32 = 6000;
/// From this own heat on, the next reply's pace is pre-set to quick.
pub const OWN_HEAT_QUICK: u8 = 75;
/// From this own heat on, its volume is pre-set to raised.
pub const OWN_HEAT_RAISED: u8 = 90;

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

/// Speaks a reply, and goes on to where it leads.
pub(super) fn speak(
    scenario: &Scenario,
    state: &mut State,
    id: ReplyId,
    delivery: Delivery,
    sink: &mut impl EventSink,
) {
    utter(scenario, state, id, delivery, sink);
    if gone(state).is_none() {
        go_on(scenario, state, id, sink);
    }
}

/// The state once a reply has been spoken and has taken effect, before the conversation goes on: what the author's
/// `to_when` is asked about.
pub(crate) fn once_spoken(scenario: &Scenario, state: &State, id: ReplyId, delivery: Delivery) -> State {
    let mut spoken = state.clone();
    utter(scenario, &mut spoken, id, delivery, &mut ());
    spoken
}

/// What was heard or cut off has been counted; now each act with traits, gate and wear-out, then the heard bonus,
/// contagion and patience, in the order of the design.
fn utter(scenario: &Scenario, state: &mut State, id: ReplyId, delivery: Delivery, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(state.encounter);
    let node_id = state.turn.node;
    let reply = encounter.brief.reply(id);
    let acts = encounter.brief.acts(reply);
    let turn = state.turn.number;
    state.turn.answered = true;
    let on_offer = offered(scenario, state);
    sink.push(Event::Spoke {
        turn,
        node: node_id,
        reply: id,
        pace: delivery.pace,
        volume: delivery.volume,
        offered: on_offer.bits,
    });
    show_evidence(scenario, state, on_offer, id, delivery, sink);
    if acts.iter().any(|act| matches!(act, Act::OwningApology | Act::ParaphraseRight)) && turn > 1 {
        sink.push(Event::Repaired { turn: turn - 1 });
    }
    if let Some((severity, skill)) = reply.slip {
        let flaw = reply.flaw.unwrap_or(Flaw::Assumption);
        let source = Source::Reply { turn, node: node_id, reply: id };
        sink.push(Event::Violation(Violation { flaw, severity, skill, turn, source }));
    }
    let armed = |state: &State| encounter.compromise_arms.as_ref().is_none_or(|when| holds(when, state));
    sway(scenario, state, id, delivery, armed, sink);
    if acts.contains(&Act::ParaphraseRight) {
        state.told.clear();
    }
    state.chosen.insert(id.index());
    if reply.has_effects {
        take_effect(scenario, state, id, sink);
    }
    sink.push(Event::TurnEnded { turn, node: node_id, meters: state.meters });
}

/// What a reply and its delivery do to the meters. `armed` says whether a compromise is understood as one.
pub(crate) fn sway(
    scenario: &Scenario,
    state: &mut State,
    id: ReplyId,
    delivery: Delivery,
    armed: impl Fn(&State) -> bool,
    sink: &mut impl EventSink,
) {
    if delivery.volume == Volume::Raised {
        raise_voice(scenario, state, sink);
    }
    let armed = armed(state);
    act_out(scenario, state, id, armed, sink);
    let calm = delivery.volume == Volume::Level && delivery.pace != Pace::Quick;
    state.calm_streak = if calm { (state.calm_streak + 1).min(4) } else { 0 };
    spread_display(state, delivery, sink);
    change(state, Cause::TurnsPass, sink, |meters| meters.patience -= 200);
}

/// The rows of this turn: temptation points first, then what the node weighs.
fn show_evidence(
    scenario: &Scenario,
    state: &State,
    on_offer: Offered,
    id: ReplyId,
    delivery: Delivery,
    sink: &mut impl EventSink,
) {
    let encounter = scenario.encounter(state.encounter);
    let (turn, node_id) = (state.turn.number, state.turn.node);
    let (brief, node) = (&encounter.brief, encounter.brief.node(node_id));
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
    for (place, opportunity) in brief.opportunities(node).iter().enumerate() {
        if opportunity.indicator.is_question() && state.credited.contains(node_id.index()) {
            continue;
        }
        let shown = brief.shown(node, place);
        let mut best = shown
            .iter()
            .zip(on_offer.marks())
            .filter(|(_, is_offered)| *is_offered)
            .map(|(shown, _)| *shown)
            .max()
            .unwrap_or(0);
        let mut quality = shown[usize::from(id.0 - node.replies.start)];
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
    let marks = course(scenario, state).phrases().filter(|phrase| phrase.nod == Nod::Welcome).count();
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
    let hot = anger >= HOT;
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
fn act_out(scenario: &Scenario, state: &mut State, id: ReplyId, armed: bool, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(state.encounter);
    let (heat, cool) = (i32::from(scenario.customer.heat), i32::from(scenario.customer.cool));
    let mut rise_of_heard = 0;
    for &written in encounter.brief.acts(encounter.brief.reply(id)) {
        let act = if written == Act::Compromise && !armed {
            sink.push(Event::FobOff(id));
            Act::PrematureSolution
        } else {
            written
        };
        let uses = state.used[act.index()];
        state.used[act.index()] = uses.saturating_add(1);
        let strength = if wears_out(act) { [100, 50, 0][usize::from(uses.min(2))] } else { 100 };
        let second = if uses > 0 { again(act) } else { None };
        let points = second.unwrap_or(delta(act));
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
        if state.meters.anger >= HOT && gate != Gated::No {
            step.trust = if step.trust > 0 { step.trust / 2 } else { step.trust };
            step.clarity = if step.clarity > 0 { step.clarity / 2 } else { step.clarity };
            if state.meters.heard < 4000 && gate == Gated::Proposal {
                step.anger += 4 * heat;
            }
        }
        rise_of_heard += step.heard;
        let cause = if second.is_some() { Cause::Again(act) } else { Cause::Act(act) };
        change(state, cause, sink, |meters| {
            meters.anger += step.anger;
            meters.trust += step.trust;
            meters.patience += step.patience;
            meters.heard += step.heard;
            meters.clarity += step.clarity;
        });
        if act == Act::Vent && uses == 0 && state.own_heat > 0 {
            state.own_heat = 0;
            sink.push(Event::OwnHeat(0));
        }
    }
    if rise_of_heard >= 800 {
        change(state, Cause::BeingHeard, sink, |meters| meters.anger -= rise_of_heard * 3 * cool / 1000);
    }
}

/// Contagion (rule 5): anger moves toward the trainee's display, slowly toward calm and fast toward heat.
/// It is no act, so the customer's traits have no part in it.
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

/// Follows the reply to the next node or to an ending.
fn go_on(scenario: &Scenario, state: &mut State, id: ReplyId, sink: &mut impl EventSink) {
    let encounter = scenario.encounter(state.encounter);
    let (reply, brief) = (encounter.reply(id), encounter.brief.reply(id));
    let turned = if brief.turns { reply.to_when.iter().find(|(when, _)| holds(when, state)) } else { None };
    let target = turned.map_or(brief.to, |(_, target)| *target);
    let visit = state.visit(state.turn.node);
    let answers = encounter.brief.answers(brief);
    let answer = choose_line(answers, |line| reply.answers[line].when.as_ref(), state, brief.key, visit)
        .map(|(line, variant)| (id, line, variant));
    match target {
        Target::Node(node) if state.turn.number < MAX_TURNS => enter(scenario, state, node, answer, sink),
        Target::Node(_) => end(state, Exit::Left, answer, sink),
        Target::Ending(ending) => end(state, Exit::Ending(ending), answer, sink),
    }
}
