//! Too many nodes at which one reply is the best in every respect.

use crate::dialogue::delta;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::{NodeSite, Subject};
use crate::lint::words::listed;
use crate::scenario::Reply;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "dominant-replies",
    summary: "At more than four nodes in five one reply is best in every respect and costs nothing.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Below so many nodes a share says little.
const LEAST_NODES: usize = 5;

/// In at least a fifth of the nodes no reply dominates (`content-guide`, rule 3).
fn check(subject: &Subject<'_>, report: &mut Report) {
    let sites: Vec<_> = subject.nodes().filter(|site| site.node.replies.len() > 1).collect();
    let dominated: Vec<_> = sites.iter().filter(|site| dominant(site).is_some()).collect();
    if sites.len() < LEAST_NODES || dominated.len() * 5 <= sites.len() * 4 {
        return;
    }
    let examples = listed(dominated.iter().take(3).map(|site| site.node.name.as_str()));
    report
        .add(
            Place::top().field("encounters"),
            format!(
                "At {} of {} nodes one reply is best in every respect and costs nothing, among them {examples}",
                dominated.len(),
                sites.len()
            ),
        )
        .expected("a fifth of the nodes at least where every reply has something that the others lack")
        .help("give a second reply something of its own: an indicator it shows better, a gain for the customer, a price");
}

/// The reply that beats all others of its node, if there is one.
fn dominant<'s>(site: &NodeSite<'s>) -> Option<&'s Reply> {
    let replies: Vec<_> = site.replies().map(|(_, reply)| reply).collect();
    replies.iter().copied().find(|reply| {
        let costs_nothing = reply.slip.is_none() && reply.gives.is_none() && reply.flaw.is_none();
        costs_nothing && replies.iter().all(|other| std::ptr::eq(*other, *reply) || beats(reply, other))
    })
}

fn beats(one: &Reply, other: &Reply) -> bool {
    let shows = one.shows.iter().zip(&other.shows).all(|(one, other)| one >= other);
    let does = other.meets.iter().all(|need| one.meets.contains(need))
        && other.promises.iter().all(|promise| one.promises.contains(promise))
        && other.effects.reveals.iter().all(|fact| one.effects.reveals.contains(fact));
    shows && does && moves(one).iter().zip(moves(other)).all(|(one, other)| *one >= other)
}

/// What the acts of a reply do to the five meters, by their table alone; more is better in all of them.
pub(super) fn moves(reply: &Reply) -> [i32; 5] {
    let mut sum = [0; 5];
    for act in &reply.acts {
        let by = delta(*act);
        for (total, points) in sum.iter_mut().zip([-by.anger, by.trust, by.patience, by.heard, by.clarity]) {
            *total += points;
        }
    }
    sum
}
