//! Too many nodes at which the second-best reply earns next to nothing.

use crate::lint::key::shown;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::{NodeSite, Subject};
use crate::lint::words::listed;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "weak-runner-ups",
    summary: "At more than two nodes in five the second-best reply earns less than 40 % of the best.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Below so many nodes a share says little.
const LEAST_NODES: usize = 5;

/// In at least 60 % of the nodes the runner-up earns at least 40 % of the best (`content-guide`, rule 3).
fn check(subject: &Subject<'_>, report: &mut Report) {
    let sites: Vec<_> = subject.nodes().filter(|site| site.node.replies.len() > 1).collect();
    let weak: Vec<_> = sites.iter().filter(|site| is_weak(site)).collect();
    if sites.len() < LEAST_NODES || weak.len() * 5 <= sites.len() * 2 {
        return;
    }
    report
        .add(
            Place::top().field("encounters"),
            format!(
                "At {} of {} nodes the second-best reply earns less than 40 % of the best: {}",
                weak.len(),
                sites.len(),
                listed(weak.iter().map(|site| site.node.name.as_str()))
            ),
        )
        .expected("at most two nodes in five like that: a wrong reply has one flaw and one real virtue")
        .help("let the runner-up show what is good in it: a quality of 2 or 3 in `shows`");
}

fn is_weak(site: &NodeSite<'_>) -> bool {
    let mut shown: Vec<_> = site.replies().map(|(_, reply)| shown(site.node, reply)).collect();
    shown.sort_unstable_by(|one, other| other.cmp(one));
    matches!(shown.as_slice(), [best, second, ..] if second * 100 < best * 40)
}
