//! A scenario in which the highest score goes to somebody whose customer could have left happier.

use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;
use crate::scoring::outcome_points;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "best-score-on-worse-outcome",
    summary: "The playthrough with the best score does not end with the best outcome that the scenario has.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(proof) = subject.proof() else { return };
    let (Some(best), Some(finest)) = (proof.best(None), proof.finest_outcome()) else { return };
    // Where the best score is not settled, neither is this.
    if outcome_points(best.outcome) < outcome_points(finest) && best.is_exact() {
        let (score, outcome) = (best.found, best.outcome);
        report
            .add(
                Place::top().field("encounters"),
                format!("The best score, {score}, leaves the customer {outcome}, and there is a way to leave them {finest}"),
            )
            .expected("the best score where the customer is served best")
            .help("`simmer solve --witness best` writes that playthrough: let its replies meet the need, or show less")
            .at_key();
    }
}
