//! A short way to a node: the replies that lead there, heard and spoken well.

use std::collections::BTreeMap;

use super::{Playthrough, expand};
use crate::campaign::{self, RunStage};
use crate::dialogue::{HOT, Mode, State};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, NodeId};

/// So many runs that differ in what conditions may ask are followed on from a place.
const KEPT: usize = 8;
/// So many runs stand open after a decision.
const WIDTH: usize = 1_500;

/// A playthrough in steps that has just come to a node, by as few decisions as the search finds; none where it finds
/// none. Its replies are spoken calmly, after listening to the end.
///
/// The search keeps a bounded number of runs, so that it ends soon whatever the scenario: it may miss a way that asks
/// for much to have happened before, and [`super::solve`] may know one.
pub fn way_to(scenario: &Scenario, seed: u64, encounter: EncounterId, node: NodeId) -> Option<Playthrough> {
    let run = campaign::begin(scenario, seed, Mode::Steps, &mut ());
    let mut open = vec![Playthrough { run, inputs: Vec::new() }];
    let mut kept: BTreeMap<(u16, Option<u16>), Vec<State>> = BTreeMap::new();
    while !open.is_empty() {
        let arrived = |played: &&Playthrough| {
            let talk = &played.run.talk;
            played.run.stage == RunStage::Talking && (talk.encounter, talk.node()) == (encounter, node)
        };
        if let Some(there) = open.iter().find(arrived) {
            return Some(there.clone());
        }
        let mut next = Vec::new();
        for played in &open {
            expand(scenario, played, &mut next);
        }
        next.retain(|played| {
            let talk = &played.run.talk;
            let place = (talk.encounter.0, (played.run.stage == RunStage::Talking).then_some(talk.node().0));
            let known = kept.entry(place).or_default();
            let is_new = talk.encounter <= encounter
                && known.len() < KEPT * if place.1.is_some() { 1 } else { 8 }
                && !known.iter().any(|other| is_alike(other, talk) && place.1.is_some());
            if is_new {
                known.push(talk.clone());
            }
            is_new && played.run.stage != RunStage::Closed
        });
        next.truncate(WIDTH);
        open = next;
    }
    None
}

/// Whether two runs at one place agree in what conditions ask most.
fn is_alike(one: &State, other: &State) -> bool {
    let asked = |state: &State| {
        (
            state.facts.clone(),
            state.flags.clone(),
            state.needs.clone(),
            state.promises.clone(),
            state.chosen.clone(),
            state.meters.anger >= HOT,
        )
    };
    asked(one) == asked(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Input;
    use crate::dialogue::Action;
    use crate::scenario::load::load;

    #[test]
    fn there_is_a_way_to_every_node_of_a_shipped_scenario() {
        let text = include_str!("../../scenarios/before-saturday.ron");
        let scenario = load("a.ron", text.as_bytes()).scenario.expect("it is shipped");
        for (index, encounter) in scenario.encounters.iter().enumerate() {
            for place in 0..encounter.nodes.len() {
                let (id, node) = (EncounterId::at(index), NodeId::at(place));
                let way = way_to(&scenario, 7, id, node);
                let way = way.unwrap_or_else(|| panic!("no way to {}", encounter.node(node).name));
                let mut run = campaign::begin(&scenario, 7, Mode::Steps, &mut ());
                for input in &way.inputs {
                    campaign::step(&scenario, &mut run, input, &mut ()).expect("a way is played");
                }
                assert_eq!(run, way.run);
                assert_eq!((run.talk.encounter, run.talk.node()), (id, node));
                if node == encounter.start && index == 0 {
                    let spoken = |input: &&Input| matches!(input, Input::Talk(talk) if matches!(talk.action, Action::Speak { .. }));
                    assert_eq!(way.inputs.iter().filter(spoken).count(), 0, "the beginning is where it begins");
                }
            }
        }
    }
}
