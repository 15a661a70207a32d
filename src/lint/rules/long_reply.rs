//! A reply that nobody would say in one breath.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "long-reply",
    summary: "A reply has more than 40 words.",
    group: Group::Writing,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Words (`scenario-language`, "Writing").
const MOST: u16 = 40;

fn check(subject: &Subject<'_>, report: &mut Report) {
    for site in subject.nodes() {
        for (id, reply) in site.replies().filter(|(_, reply)| reply.words > MOST) {
            let message = format!("`{}` has {} words", reply.name, reply.words);
            report
                .add(site.reply_place(id).field("text"), message)
                .expected(format!("at most {MOST}; 24 to 30 read best"))
                .help("cut what the customer would not miss");
        }
    }
}
