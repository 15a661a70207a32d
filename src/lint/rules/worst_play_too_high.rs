//! A scenario in which even somebody who does everything wrong is left with a score.

use crate::explore::solve::WORST;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "worst-play-too-high",
    summary: "The worst playthrough that was found scores more than 250.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

/// The search plays as rudely as it can, but not in every rude way: so how sure it is, is said.
fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(worst) = subject.proof().and_then(|proof| proof.worst(None)) else { return };
    if worst.found <= WORST {
        return;
    }
    let message = if worst.is_exact() {
        format!("The worst playthrough there is scores {}", worst.found)
    } else {
        let (found, proved) = (worst.found, worst.proved);
        format!("The worst playthrough that was found scores {found}; it is proved that none scores less than {proved}")
    };
    report
        .add(Place::top().field("encounters"), message)
        .expected(format!("{WORST} at most for somebody who does everything wrong"))
        .help("let wrong replies show less, or cost something (`slip`), and mark where it is tempting to cut in or to speak up (`tempt`)")
        .at_key();
}
