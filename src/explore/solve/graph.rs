//! What an author has drawn: where replies lead, what nodes offer, and what comes before what, whatever the conditions.

use crate::scenario::id::{NodeId, ReplyId};
use crate::scenario::model::Target;
use crate::scenario::vocabulary::{Indicator, Skill};
use crate::scenario::{Encounter, Node};
use crate::scoring::credit;

/// Weight × hundredths of credit, by [`Skill::index`].
pub(super) type BySkill = [i64; 5];

/// The nodes at which an encounter can begin.
pub(super) fn entries(encounter: &Encounter, index: usize) -> Vec<NodeId> {
    let mut entries = vec![encounter.start];
    if index > 0 {
        entries.extend(encounter.starts.iter().filter_map(|start| start.node));
    }
    entries
}

/// Where a reply can lead.
pub(super) fn targets(encounter: &Encounter, reply: ReplyId) -> impl Iterator<Item = Target> {
    let reply = encounter.reply(reply);
    std::iter::once(reply.to).chain(reply.to_when.iter().map(|(_, target)| *target))
}

/// Whether a volunteered fact can make this node's questions needless.
pub(super) fn is_credited(encounter: &Encounter, id: NodeId) -> bool {
    let volunteers = encounter.nodes.iter().filter_map(|node| node.volunteers.as_ref());
    volunteers.filter_map(|volunteer| volunteer.credits).any(|credits| credits == id)
}

/// The most that a node can offer: weight × hundredths of credit. A forfeited one counts what replies show alone.
pub(super) fn rows(encounter: &Encounter, id: NodeId, forfeited: bool) -> BySkill {
    let node = encounter.node(id);
    let mut available = [0; 5];
    available[Skill::Listening.index()] += 100 * i64::from(node.tempts_let_finish);
    available[Skill::CalmTone.index()] += 100 * i64::from(node.tempts_calm_delivery);
    for (place, row) in node.opportunities.iter().enumerate() {
        let best = encounter.replies_of(id).filter_map(|(_, reply)| reply.shows.get(place).copied()).max().unwrap_or(0);
        let best = if row.indicator == Indicator::VisibleAttention && !forfeited { 4 } else { best };
        available[row.indicator.skill().index()] += i64::from(row.weight) * i64::from(credit(best));
    }
    available
}

/// What is lost for certain where a node is forfeited.
pub(super) fn questions_aside(encounter: &Encounter, node: &Node, id: NodeId, credited: bool) -> BySkill {
    let mut lost = rows(encounter, id, true);
    if credited {
        for (place, row) in node.opportunities.iter().enumerate().filter(|(_, row)| row.indicator.is_question()) {
            let best = encounter.replies_of(id).filter_map(|(_, reply)| reply.shows.get(place).copied()).max();
            lost[row.indicator.skill().index()] -= i64::from(row.weight) * i64::from(credit(best.unwrap_or(0)));
        }
    }
    lost
}

/// Which nodes can come before which, whatever the conditions.
pub(super) struct Order {
    /// By node: those that can be reached from it by at least one reply.
    after: Vec<Vec<bool>>,
    /// By node: those that every way to it passes, itself included.
    passed: Vec<Vec<bool>>,
}

impl Order {
    pub(super) fn of(encounter: &Encounter, index: usize) -> Self {
        let count = encounter.nodes.len();
        let mut ways = vec![Vec::new(); count];
        for (reply_id, reply) in encounter.replies.iter().enumerate().map(|(index, reply)| (ReplyId::at(index), reply))
        {
            for target in targets(encounter, reply_id) {
                if let Target::Node(node) = target
                    && !ways[reply.node.index()].contains(&node.index())
                {
                    ways[reply.node.index()].push(node.index());
                }
            }
        }
        let mut after = vec![vec![false; count]; count];
        for (from, reached) in after.iter_mut().enumerate() {
            let mut open = ways[from].clone();
            while let Some(node) = open.pop() {
                if !reached[node] {
                    reached[node] = true;
                    open.extend(&ways[node]);
                }
            }
        }
        let begins: Vec<_> = entries(encounter, index).into_iter().map(NodeId::index).collect();
        let alone = |node: usize| (0..count).map(|other| other == node).collect::<Vec<_>>();
        let mut passed: Vec<_> =
            (0..count).map(|node| if begins.contains(&node) { alone(node) } else { vec![true; count] }).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for from in 0..count {
                for &to in &ways[from] {
                    for other in (0..count).filter(|other| *other != to) {
                        if passed[to][other] && !passed[from][other] {
                            passed[to][other] = false;
                            changed = true;
                        }
                    }
                }
            }
        }
        Self { after, passed }
    }

    pub(super) fn leads(&self, from: NodeId, to: NodeId) -> bool {
        self.after[from.index()][to.index()]
    }

    pub(super) fn surely_before(&self, node: NodeId, at: NodeId) -> bool {
        self.passed[at.index()][node.index()]
    }
}
