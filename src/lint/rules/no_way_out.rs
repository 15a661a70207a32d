//! A node from which nothing leads to an ending.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;
use crate::scenario::id::NodeId;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "no-way-out",
    summary: "From this node no reply leads to an ending, however the conversation goes on.",
    group: Group::Flow,
    level: Level::Error,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (id, encounter, roads) in subject.encounters() {
        // Backwards from the endings: whoever leads to a node with a way out has one.
        let nodes = || (0..encounter.nodes.len()).map(NodeId::at);
        let mut before = vec![Vec::new(); encounter.nodes.len()];
        for node in nodes() {
            for next in roads.next(node) {
                before[next.index()].push(node);
            }
        }
        let exits: Vec<_> = nodes().filter(|node| roads.endings(*node).next().is_some()).collect();
        let has_way_out = roads.walk(&exits, |node| &before[node.index()]);
        let reached = roads.reached();
        for node in nodes().filter(|node| reached[node.index()] && !has_way_out[node.index()]) {
            let site = encounter.node(node);
            let message = format!("From the node `{}` no way leads to an ending", site.name);
            report
                .add(crate::lint::place::Place::node(subject.scenario, id, node), message)
                .help("let a reply here, or further on, lead to one of the `endings`")
                .at_key();
        }
    }
}
