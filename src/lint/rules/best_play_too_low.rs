//! A scenario in which even the best playthrough that was found does not score well.

use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "best-play-too-low",
    summary: "The best playthrough that was found scores less than 950.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

/// Points of 1000 (`content-guide`, "How writing is measured").
const LEAST: u16 = 950;

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let best = subject.reachable().overall;
    if best < LEAST {
        report
            .add(Place::top().field("encounters"), format!("The best playthrough that was found scores {best}"))
            .expected(format!("{LEAST} at least for somebody who does everything well"))
            .help("look at what the best replies of a node show, at their slips, and at how the customer ends");
    }
}
