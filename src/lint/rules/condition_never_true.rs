//! A condition, or a part of one, that nothing can make true.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "condition-never-true",
    summary: "A condition never holds, so what stands under it is never seen.",
    group: Group::Flow,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for constant in subject.constants().iter().filter(|constant| !constant.holds) {
        let why = constant.why.clone().unwrap_or_else(|| "its parts exclude each other".to_owned());
        report
            .add(constant.place.clone(), format!("This never holds: {why}"))
            .help("ask for something that can be so here, or take out what stands under it");
    }
}
