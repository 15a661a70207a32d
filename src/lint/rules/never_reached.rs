//! Something that an author has written and nobody can ever come to.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::lint::words::listed;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "never-reached",
    summary: "It is proved that no playthrough comes to a node, reply, line, tile, event, choice or ending.",
    group: Group::Flow,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(standing) = subject.standing() else { return };
    for told in &standing.never_reached {
        let ways = match told.led_to_by.as_slice() {
            [] => String::new(),
            ways => format!(" (here it is led to by {})", listed(ways.iter().map(String::as_str))),
        };
        let draft = report
            .add(told.place.clone(), format!("No playthrough comes to {}, whatever is said and chosen", told.words))
            .help(format!("look at the conditions on the way there{ways}, or take it out"));
        if told.at_key {
            draft.at_key();
        }
    }
}
