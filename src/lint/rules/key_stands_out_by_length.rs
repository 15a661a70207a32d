//! Too many nodes whose best reply is the longest, or the shortest.

use std::cmp::Reverse;

use crate::lint::key::only_key;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::{NodeSite, Subject};
use crate::lint::words::{length, listed};
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "key-stands-out-by-length",
    summary: "At more than 35 % of the nodes the best reply is the longest, or the shortest, by more than 5 %.",
    group: Group::Guessability,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Per cent of the nodes.
const MOST: usize = 35;
/// Per cent of characters by which the key is longer or shorter than the next.
const MARGIN: usize = 5;
/// Below so many nodes a share says little.
const LEAST_NODES: usize = 4;

fn check(subject: &Subject<'_>, report: &mut Report) {
    let sites: Vec<_> = subject.nodes().filter(|site| site.node.replies.len() > 1).collect();
    if sites.len() < LEAST_NODES {
        return;
    }
    for (is_out, words) in [(is_longest as fn(&NodeSite<'_>) -> bool, "longest"), (is_shortest, "shortest")] {
        let out: Vec<_> = sites.iter().filter(|site| is_out(site)).collect();
        if out.len() * 100 <= sites.len() * MOST {
            continue;
        }
        let names = listed(out.iter().map(|site| site.node.name.as_str()));
        report
            .add(
                Place::top().field("encounters"),
                format!("At {} of {} nodes the best reply is the {words}: {names}", out.len(), sites.len()),
            )
            .expected(format!("at most {MOST} % of the nodes where it is so by more than {MARGIN} %"))
            .help("lengthen a wrong reply, or trim the best one, until they look alike");
    }
}

fn is_longest(site: &NodeSite<'_>) -> bool {
    key_and_others(site).is_some_and(|(key, others)| {
        others.iter().max().is_some_and(|longest| key * 100 > longest * (100 + MARGIN))
    })
}

fn is_shortest(site: &NodeSite<'_>) -> bool {
    key_and_others(site).is_some_and(|(key, others)| {
        others.iter().map(|other| Reverse(*other)).max().is_some_and(|Reverse(shortest)| key * (100 + MARGIN) < shortest * 100)
    })
}

/// The length of the key and of each other reply, in characters.
fn key_and_others(site: &NodeSite<'_>) -> Option<(usize, Vec<usize>)> {
    let key = only_key(site.encounter, site.id)?;
    let others = site.replies().filter(|(id, _)| *id != key).map(|(_, reply)| length(&reply.text));
    Some((length(&site.encounter.reply(key).text), others.collect()))
}
