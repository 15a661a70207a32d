//! Proving that something is out of reach: the scenario is played with everything that could be.
//!
//! A state stands for many: the meters lie in intervals, and of each fact, flag, promise and choice that a condition
//! asks about it is known what it can be. Each step keeps at least all that the engine can do, in steps or with clocks,
//! with any seed; what never comes up is therefore unreachable. What a reply does to the meters is the engine's own
//! doing, asked at the best and at the worst corner of the intervals: the rules are monotone, so everything between lies
//! between.
//!
//! States of one node are kept apart by what conditions ask about, as long as there are not too many; the intervals of
//! those that agree are joined.

mod after;
mod state;
mod turn;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::element::{Element, Part};
use super::graph::Order;
use super::{Progress, Stage};
use crate::dialogue::{self, MAX_TURNS, Mode, State};
use crate::scenario::id::{EncounterId, NodeId};
use crate::scenario::vocabulary::Outcome;
use crate::scenario::{Encounter, Scenario};
use state::{Abstract, Atoms};

/// Beyond so many states of a node they are joined into one.
const MOST_STATES: usize = 1500;
/// An interval that still grows after so many visits is taken as the whole meter.
const WIDEN_AFTER: u16 = 48;
/// Beyond so many turns the proof is given up: what was not reached stays unsettled.
const MOST_VISITS: u32 = 400_000;
/// A report every so many turns.
const REPORT_EVERY: u32 = 1 << 10;

/// Every element that cannot be ruled out. None where the proof was stopped or became too long.
pub(super) fn possible(scenario: &Scenario, progress: &mut impl Progress) -> Option<BTreeSet<Element>> {
    let mut proof = Proof {
        scenario,
        atoms: Atoms::of(scenario),
        // Only what meters, streak and wear-out are read from is ever looked at.
        template: dialogue::begin(scenario, 0, Mode::Steps, &mut ()),
        encounter: EncounterId(0),
        asked_after: Vec::new(),
        possible: BTreeSet::new(),
        visits: 0,
    };
    let mut open = States::default();
    let first = proof.atoms.start(scenario.customer.mood);
    open.join(scenario.encounters[0].start.index(), first);
    for index in 0..scenario.encounters.len() {
        proof.encounter = EncounterId::at(index);
        proof.template.encounter = proof.encounter;
        proof.asked_after = proof.atoms.asked_after(scenario, index);
        let ends = proof.talk(open, progress)?;
        open = proof.after_the_call(ends);
    }
    Some(proof.possible)
}

struct Proof<'a> {
    scenario: &'a Scenario,
    atoms: Atoms,
    /// What the engine's rules are asked on.
    template: State,
    encounter: EncounterId,
    /// By atom: something after the call asks about it.
    asked_after: Vec<bool>,
    possible: BTreeSet<Element>,
    visits: u32,
}

/// How a call can have ended, as far as what follows asks: the outcome that is fixed by it, or by the meters.
type Ended = Option<Outcome>;

/// The ends of a call that are possible, joined where they agree.
type Ends = BTreeMap<Ended, Pool>;

impl Proof<'_> {
    /// A call ends so. What nobody asks about any more is forgotten.
    fn end(&self, ends: &mut Ends, ended: Ended, mut state: Abstract) {
        for (value, asked) in state.key.iter_mut().zip(&self.asked_after) {
            if !asked {
                *value = u8::MAX;
            }
        }
        ends.entry(ended).or_default().join(state);
    }

    fn add(&mut self, part: Part) {
        self.possible.insert(Element { encounter: self.encounter, part });
    }

    /// Plays one encounter until nothing new comes up.
    fn talk(&mut self, mut states: States, progress: &mut impl Progress) -> Option<Ends> {
        let scenario = self.scenario;
        let encounter = scenario.encounter(self.encounter);
        // A call can come to its last turn only where ways lead in a circle, or there are very many nodes.
        let may_run_out = runs_out(encounter, self.encounter.index());
        let mut ends = Ends::new();
        while let Some((node, state)) = states.next() {
            self.visits += 1;
            if self.visits.is_multiple_of(REPORT_EVERY) {
                progress.report(Stage::Proving { left: states.queue.len() });
            }
            if self.visits > MOST_VISITS || progress.is_stopped() {
                return None;
            }
            let mut next = Vec::new();
            self.turn(NodeId::at(node), &state, &mut next, &mut ends);
            for (target, state) in next {
                if may_run_out {
                    self.add(Part::Leaves);
                    self.end(&mut ends, Some(Outcome::Lost), state.clone());
                }
                states.join(target.index(), state);
            }
        }
        Some(ends)
    }
}

fn runs_out(encounter: &Encounter, index: usize) -> bool {
    let order = Order::of(encounter, index);
    let nodes = encounter.nodes.len();
    nodes >= usize::from(MAX_TURNS) || (0..nodes).map(NodeId::at).any(|node| order.leads(node, node))
}

/// States that are kept apart by what they agree in.
#[derive(Default)]
struct Pool(BTreeMap<Vec<u8>, Abstract>);

impl Pool {
    fn join(&mut self, mut state: Abstract) {
        if self.0.len() >= MOST_STATES && !self.0.contains_key(&state.key) {
            for known in std::mem::take(&mut self.0).into_values() {
                state.widen(&known);
            }
        }
        match self.0.get_mut(&state.key) {
            Some(known) => {
                known.widen(&state);
            }
            None => {
                self.0.insert(state.key.clone(), state);
            }
        }
    }

    fn into_states(self) -> impl Iterator<Item = Abstract> {
        self.0.into_values()
    }
}

/// The states in which nodes are entered.
#[derive(Default)]
struct States {
    by_node: BTreeMap<usize, BTreeMap<Vec<u8>, (Abstract, u16)>>,
    queue: VecDeque<(usize, Vec<u8>)>,
}

impl States {
    fn next(&mut self) -> Option<(usize, Abstract)> {
        while let Some((node, key)) = self.queue.pop_front() {
            // Where states were joined meanwhile, the joined one is in the queue as well.
            if let Some((state, _)) = self.by_node.get(&node).and_then(|states| states.get(&key)) {
                return Some((node, state.clone()));
            }
        }
        None
    }

    fn join(&mut self, node: usize, mut state: Abstract) {
        state.is_joined = false;
        let states = self.by_node.entry(node).or_default();
        let joined = states.len() == 1 && states.values().all(|(known, _)| known.is_joined);
        if joined || states.len() >= MOST_STATES {
            let before = std::mem::take(states);
            let only = (before.len() == 1).then(|| before.keys().next().cloned()).flatten();
            let unchanged = before.values().next().map(|(known, _)| known.clone());
            let mut visits = 0;
            for (known, visited) in before.into_values() {
                state.widen(&known);
                visits = visits.max(visited);
            }
            state.is_joined = true;
            if joined && only.as_ref() == Some(&state.key) && unchanged.as_ref() == Some(&state) {
                states.insert(state.key.clone(), (state, visits));
                return;
            }
            if visits >= WIDEN_AFTER {
                state.forget_meters();
            }
            self.queue.push_back((node, state.key.clone()));
            states.insert(state.key.clone(), (state, visits + 1));
            return;
        }
        let Some((known, visits)) = states.get_mut(&state.key) else {
            self.queue.push_back((node, state.key.clone()));
            states.insert(state.key.clone(), (state, 0));
            return;
        };
        if known.widen(&state) {
            *visits += 1;
            if *visits > WIDEN_AFTER {
                known.forget_meters();
            }
            self.queue.push_back((node, state.key));
        }
    }
}
