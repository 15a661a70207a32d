//! A node whose replies differ by more than one in their number of sentences.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::lint::words::sentences;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "uneven-sentence-counts",
    summary: "The replies of a node differ by more than one in how many sentences they have.",
    group: Group::Guessability,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for site in subject.nodes() {
        let counts: Vec<_> = site.replies().map(|(id, reply)| (sentences(&reply.text), id, reply)).collect();
        let fewest = counts.iter().min_by_key(|(count, ..)| *count);
        let most = counts.iter().max_by_key(|(count, ..)| *count);
        let (Some((few, _, short)), Some((many, id, long))) = (fewest, most) else { continue };
        if many - few > 1 {
            report
                .add(
                    site.reply_place(*id).field("text"),
                    format!("`{}` has {many} sentences, and `{}` of the same node has {few}", long.name, short.name),
                )
                .expected("sentence counts within one of each other")
                .help("join two sentences here, or cut one in two there");
        }
    }
}
