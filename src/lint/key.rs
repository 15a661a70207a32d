//! The key of a node: the reply that the score likes best. What it is, is said here and nowhere else.

use crate::scenario::id::{NodeId, ReplyId};
use crate::scenario::{Encounter, Node, Reply};
use crate::scoring::credit;

/// Weight × hundredths of credit that a reply shows of what its node weighs. A slip is another matter: it costs points
/// of a skill, not evidence.
#[must_use]
pub fn shown(node: &Node, reply: &Reply) -> i32 {
    let rows = node.opportunities.iter().zip(&reply.shows);
    rows.map(|(row, &quality)| i32::from(row.weight) * credit(quality)).sum()
}

/// The replies with the highest share of the credit at a node, in the author's order: one, or several with as much. None
/// where all replies show the same, so that there is nothing to guess.
#[must_use]
pub fn keys(encounter: &Encounter, node: NodeId) -> Vec<ReplyId> {
    let of_node = encounter.node(node);
    let shown: Vec<_> = encounter.replies_of(node).map(|(id, reply)| (id, shown(of_node, reply))).collect();
    let (most, least) = (shown.iter().map(|(_, credit)| credit).max(), shown.iter().map(|(_, credit)| credit).min());
    if most == least {
        return Vec::new();
    }
    shown.iter().filter(|(_, credit)| Some(credit) == most).map(|(id, _)| *id).collect()
}

/// The key of a node where it is one reply alone.
#[must_use]
pub fn only_key(encounter: &Encounter, node: NodeId) -> Option<ReplyId> {
    match keys(encounter, node).as_slice() {
        [key] => Some(*key),
        _ => None,
    }
}
