//! A scenario in which not even the best playthrough scores well.

use crate::explore::solve::BEST;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "best-play-too-low",
    summary: "It is proved that no playthrough scores 950.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(best) = subject.proof().and_then(|proof| proof.best(None)) else { return };
    if best.proved >= BEST {
        return;
    }
    let message = if best.is_exact() {
        format!("The best playthrough there is scores {}", best.found)
    } else {
        format!("The best playthrough that was found scores {}, and none can score more than {}", best.found, best.proved)
    };
    report
        .add(Place::top().field("encounters"), message)
        .expected(format!("{BEST} at least for somebody who does everything well"))
        .help("look at what the best replies of a node show, at their slips, and at how the customer ends")
        .at_key();
}
