//! A condition, or a part of one, that cannot fail.

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "condition-always-true",
    summary: "A condition always holds, so it asks for nothing.",
    group: Group::Flow,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for constant in subject.constants().iter().filter(|constant| constant.holds) {
        let why = constant.why.clone().unwrap_or_else(|| "its parts leave nothing out".to_owned());
        report
            .add(constant.place.clone(), format!("This always holds: {why}"))
            .help("take the condition out, or ask for what was meant");
    }
}
