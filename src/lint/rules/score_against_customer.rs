//! A reply that the score likes better than one that is better for the customer.

use super::dominant_replies::moves;
use crate::lint::key::shown;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::{NodeSite, Subject};
use crate::scenario::Reply;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "score-against-customer",
    summary: "A reply scores better than a sound one that does the customer more good in every way.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// A point of a skill weighs about a tenth of a row: a skill rests on some ten of them.
const SLIP_IN_CREDIT: i32 = 10;

fn check(subject: &Subject<'_>, report: &mut Report) {
    for site in subject.nodes() {
        let replies: Vec<_> = site.replies().collect();
        for (id, reply) in &replies {
            let better = replies.iter().find(|(_, other)| {
                // What pleases now and costs later, such as an over-promise, has its flaw named.
                let is_sound = other.flaw.is_none() && other.slip.is_none();
                is_sound && worth(&site, reply) > worth(&site, other) && is_better_for_customer(other, reply)
            });
            if let Some((_, other)) = better {
                let message = format!(
                    "`{}` scores better than `{}`, which does the customer more good in every way",
                    reply.name, other.name
                );
                report
                    .add(site.reply_place(*id).field("id"), message)
                    .expected("points for what helps the customer")
                    .help("look again at the `acts` and `shows` of the two");
            }
        }
    }
}

fn worth(site: &NodeSite<'_>, reply: &Reply) -> i32 {
    shown(site.node, reply) - reply.slip.map_or(0, |(severity, _)| severity.cost() * SLIP_IN_CREDIT)
}

/// Better in all meters, and in one of them strictly; and at least as much of the need is met.
fn is_better_for_customer(one: &Reply, other: &Reply) -> bool {
    let (one_moves, other_moves) = (moves(one), moves(other));
    one_moves != other_moves
        && one_moves.iter().zip(other_moves).all(|(one, other)| *one >= other)
        && other.meets.iter().all(|need| one.meets.contains(need))
}
