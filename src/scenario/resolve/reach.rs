//! Which nodes and endings any way leads to, conditions left aside.

use crate::scenario::id::NodeId;
use crate::scenario::model::{Ending, Node, Reply, Start, Target};
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::report::Report;
use crate::scenario::resolve::rules;

/// The ways through an encounter, all of whose names lead somewhere.
pub(super) struct Roads<'e> {
    pub(super) start: NodeId,
    pub(super) starts: &'e [Start],
    pub(super) nodes: &'e [Node],
    pub(super) replies: &'e [Reply],
}

impl Roads<'_> {
    /// Reports the nodes and endings that no way leads to.
    pub(super) fn judge(&self, endings: &[Ending], at: &At<'_>, report: &mut Report) {
        let (reached, ended) = self.walk(endings.len());
        let nodes = at.field("nodes");
        for (node, _) in self.nodes.iter().zip(reached).filter(|(_, reached)| !reached) {
            report
                .warning(
                    rules::UNREACHABLE_NODE,
                    &nodes.key(&node.name, 0),
                    format!("No reply and no start leads to the node `{}`", node.name),
                )
                .help(format!("let a reply lead there with `to: \"{}\"`, or take the node out", node.name))
                .at_key();
        }
        let all = at.field("endings");
        for (ending, _) in endings.iter().zip(ended).filter(|(_, ended)| !ended) {
            report
                .warning(
                    rules::UNREACHABLE_ENDING,
                    &all.key(&ending.name, 0),
                    format!("No reply that can be reached leads to the ending `{}`", ending.name),
                )
                .help(format!("let a reply lead there with `to: \"{}\"`, or take the ending out", ending.name))
                .at_key();
        }
    }

    fn walk(&self, endings: usize) -> (Vec<bool>, Vec<bool>) {
        let mut reached = vec![false; self.nodes.len()];
        let mut ended = vec![false; endings];
        let mut open: Vec<NodeId> = self.starts.iter().filter_map(|start| start.node).collect();
        open.push(self.start);
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut reached[node.index()], true) {
                continue;
            }
            for reply in self.nodes[node.index()].reply_ids().map(|id| &self.replies[id.index()]) {
                for target in std::iter::once(reply.to).chain(reply.to_when.iter().map(|(_, target)| *target)) {
                    match target {
                        Target::Node(next) => open.push(next),
                        Target::Ending(ending) => ended[ending.index()] = true,
                    }
                }
            }
        }
        (reached, ended)
    }
}
