//! A condition of which playing everything out shows that it never holds.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "condition-proved-false",
    summary: "It is proved that a condition never holds, so what stands under it is never seen.",
    group: Group::Flow,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(standing) = subject.standing() else { return };
    for (told, _) in standing.constants.iter().filter(|(_, holds)| !*holds) {
        report
            .add(told.place.clone(), "Whatever is said and chosen before, this never holds here")
            .help("ask for something that can be so here, or take out what stands under it");
    }
}
