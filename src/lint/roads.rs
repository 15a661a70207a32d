//! The ways through an encounter, conditions left aside: what they forbid, they forbid; they open none.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::scenario::id::{EndingId, NodeId, ReplyId};
use crate::scenario::model::Target;
use crate::scenario::{Encounter, Reply};

/// Of an encounter with more nodes, everything counts as leading to everything: to know better would take too long.
const MOST_NODES: usize = 2_000;

/// Which node leads to which.
#[derive(Debug)]
pub struct Roads<'s> {
    encounter: &'s Encounter,
    /// By node, each once.
    next: Vec<Vec<NodeId>>,
    starts: Vec<NodeId>,
    /// What lies behind a node, itself among it.
    behind: RefCell<BTreeMap<NodeId, Rc<[bool]>>>,
}

/// Everywhere that a reply can lead.
pub fn targets(reply: &Reply) -> impl Iterator<Item = Target> + '_ {
    std::iter::once(reply.to).chain(reply.to_when.iter().map(|(_, target)| *target))
}

/// The nodes among them.
pub fn next_nodes(reply: &Reply) -> impl Iterator<Item = NodeId> + '_ {
    targets(reply).filter_map(|target| match target {
        Target::Node(node) => Some(node),
        Target::Ending(_) => None,
    })
}

impl<'s> Roads<'s> {
    #[must_use]
    pub fn of(encounter: &'s Encounter) -> Self {
        let next = (0..encounter.nodes.len()).map(NodeId::at).map(|node| {
            let mut next: Vec<_> = encounter.replies_of(node).flat_map(|(_, reply)| next_nodes(reply)).collect();
            next.sort_unstable();
            next.dedup();
            next
        });
        let mut starts: Vec<_> = encounter.starts.iter().filter_map(|start| start.node).collect();
        starts.insert(0, encounter.start);
        Self { encounter, next: next.collect(), starts, behind: RefCell::default() }
    }

    /// The nodes that the encounter can open with; first the one where no start says otherwise.
    #[must_use]
    pub fn starts(&self) -> &[NodeId] {
        &self.starts
    }

    /// The nodes that replies of this one lead to, each once.
    #[must_use]
    pub fn next(&self, node: NodeId) -> &[NodeId] {
        &self.next[node.index()]
    }

    /// The endings that replies of this node lead to.
    pub fn endings(&self, node: NodeId) -> impl Iterator<Item = (ReplyId, EndingId)> + '_ {
        self.encounter.replies_of(node).flat_map(|(id, reply)| {
            targets(reply).filter_map(move |target| match target {
                Target::Ending(ending) => Some((id, ending)),
                Target::Node(_) => None,
            })
        })
    }

    /// Whether the encounter is so large that everything counts as leading to everything.
    #[must_use]
    pub const fn are_too_many(&self) -> bool {
        self.next.len() > MOST_NODES
    }

    /// Whether some way leads from one node to another. Every node leads to itself.
    #[must_use]
    pub fn leads(&self, from: NodeId, to: NodeId) -> bool {
        if self.are_too_many() || from == to {
            return true;
        }
        let known = self.behind.borrow().get(&from).cloned();
        let behind = known.unwrap_or_else(|| {
            let behind: Rc<[bool]> = self.walk(&[from], |node| self.next(node)).into();
            self.behind.borrow_mut().insert(from, Rc::clone(&behind));
            behind
        });
        behind[to.index()]
    }

    /// Whether some way leads from behind a reply to a node.
    #[must_use]
    pub fn leads_on(&self, reply: &Reply, to: NodeId) -> bool {
        next_nodes(reply).any(|next| self.leads(next, to))
    }

    /// The nodes that any start leads to.
    #[must_use]
    pub fn reached(&self) -> Vec<bool> {
        self.walk(&self.starts, |node| self.next(node))
    }

    /// Whether every way to a node passes another one.
    #[must_use]
    pub fn always_passes(&self, through: NodeId, to: NodeId) -> bool {
        if self.are_too_many() {
            return false;
        }
        let starts: Vec<_> = self.starts.iter().copied().filter(|start| *start != through).collect();
        let reached = self.walk(&starts, |node| if node == through { &[] } else { self.next(node) });
        !reached[to.index()] || through == to
    }

    /// The nodes that are reached from `starts` by `next`.
    pub fn walk<'n>(&self, starts: &[NodeId], next: impl Fn(NodeId) -> &'n [NodeId]) -> Vec<bool> {
        let mut reached = vec![false; self.next.len()];
        let mut open = starts.to_vec();
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut reached[node.index()], true) {
                open.extend(next(node));
            }
        }
        reached
    }
}
