//! A reply that its length alone sets apart from the others.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::lint::words::length;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "uneven-reply-lengths",
    summary: "A reply is more than 15 % longer or shorter than the replies of its node are on average.",
    group: Group::Guessability,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Per cent (`content-guide`, rule 4).
const SPREAD: usize = 15;

fn check(subject: &Subject<'_>, report: &mut Report) {
    for site in subject.nodes() {
        let count = site.node.replies.len();
        let total: usize = site.replies().map(|(_, reply)| length(&reply.text)).sum();
        for (id, reply) in site.replies() {
            // Compared in whole numbers: a mean is a total by a count.
            let own = length(&reply.text) * count;
            if own.abs_diff(total) * 100 <= total * SPREAD {
                continue;
            }
            let by = own.abs_diff(total) * 100 / total.max(1);
            let than = if own > total { "longer" } else { "shorter" };
            let mean = total / count.max(1);
            report
                .add(
                    site.reply_place(id).field("text"),
                    format!("`{}` is {by} % {than} than the replies at `{}` on average", reply.name, site.node.name),
                )
                .expected(format!(
                    "{} to {} characters, as the mean here is {mean}; it has {}",
                    (total * (100 - SPREAD)).div_ceil(count.max(1) * 100),
                    total * (100 + SPREAD) / (count.max(1) * 100),
                    length(&reply.text)
                ))
                .help("bring the replies of a node to one length, so that nobody chooses by the look of them");
        }
    }
}
