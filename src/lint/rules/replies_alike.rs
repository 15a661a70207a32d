//! A node whose replies all come to the same.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::Reply;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "replies-alike",
    summary: "All replies of a node do, show and cost the same, so that nothing is chosen.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for site in subject.nodes() {
        let replies: Vec<_> = site.replies().map(|(_, reply)| reply).collect();
        let [first, others @ ..] = replies.as_slice() else { continue };
        if !others.is_empty() && others.iter().all(|other| is_alike(first, other)) {
            let count = replies.len();
            let message = format!("The {count} replies at `{}` all come to the same", site.node.name);
            report
                .add(site.place().field("replies"), message)
                .expected("replies that differ in their acts, in what they show, or in where they lead")
                .help("give each wrong one its own flaw, or let the customer go straight on to the next node");
        }
    }
}

fn is_alike(one: &Reply, other: &Reply) -> bool {
    let acts = |reply: &Reply| {
        let mut acts = reply.acts.clone();
        acts.sort_unstable();
        acts
    };
    acts(one) == acts(other)
        && one.shows == other.shows
        && (one.flaw, one.slip, one.to) == (other.flaw, other.slip, other.to)
        && one.to_when == other.to_when
        && (&one.meets, &one.promises, &one.effects) == (&other.meets, &other.promises, &other.effects)
        && one.gives.as_ref().map(|gift| gift.cost) == other.gives.as_ref().map(|gift| gift.cost)
}
