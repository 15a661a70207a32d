//! A core node that the best play passes by.

use crate::lint::key::keys;
use crate::lint::place::Place;
use crate::lint::roads::next_nodes;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::Encounter;
use crate::scenario::finding::Level;
use crate::scenario::id::NodeId;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "core-node-missed",
    summary: "A core node is not on the way of somebody who always gives the best reply.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (id, encounter, roads) in subject.encounters() {
        let nodes = || (0..encounter.nodes.len()).map(NodeId::at);
        let best: Vec<Vec<NodeId>> = nodes().map(|node| best_ways_on(encounter, node)).collect();
        let reached = roads.reached();
        let core: Vec<_> = nodes().filter(|node| encounter.node(*node).core && reached[node.index()]).collect();
        let mut told = vec![false; encounter.nodes.len()];
        for &start in roads.starts() {
            let on_best = roads.walk(&[start], |node| &best[node.index()]);
            for &node in core.iter().filter(|node| !on_best[node.index()]) {
                if std::mem::replace(&mut told[node.index()], true) {
                    continue;
                }
                let name = &encounter.node(node).name;
                let begins = &encounter.node(start).name;
                let message =
                    format!("Whoever begins at `{begins}` and always gives the best reply never comes to `{name}`");
                report
                    .add(Place::node(subject.scenario, id, node).field("core"), message)
                    .expected("a core node that the best play passes: missing it counts against whoever is left by the customer")
                    .help("take `core: true` out, or let the best reply lead there");
            }
        }
        for (place, &node) in core.iter().enumerate() {
            let apart = core[..place].iter().find(|other| !roads.leads(**other, node) && !roads.leads(node, **other));
            if let Some(&other) = apart.filter(|_| !told[node.index()]) {
                let (one, two) = (&encounter.node(other).name, &encounter.node(node).name);
                report
                    .add(
                        Place::node(subject.scenario, id, node).field("core"),
                        format!("`{one}` and `{two}` are both core, and no playthrough comes to both"),
                    )
                    .expected("core nodes that one playthrough can pass")
                    .help("take `core: true` out of nodes on branches that part");
            }
        }
    }
}

/// Where the best replies of a node lead; all of them, where none is better.
fn best_ways_on(encounter: &Encounter, node: NodeId) -> Vec<NodeId> {
    let keys = keys(encounter, node);
    let is_best = |(id, _): &(crate::scenario::id::ReplyId, &crate::scenario::Reply)| keys.is_empty() || keys.contains(id);
    encounter.replies_of(node).filter(is_best).flat_map(|(_, reply)| next_nodes(reply)).collect()
}
