//! What the prover could not find out within its bounds. It is named, so that nobody takes it for proved.

use crate::explore::solve::{BEST, SKILL};
use crate::explore::solve::Extreme;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;
use crate::scenario::vocabulary::Skill;
use crate::scoring::outcome_points;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "not-settled",
    summary: "Something was neither found by playing nor ruled out by proof.",
    group: Group::Flow,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

const HELP: &str = "try it yourself with `simmer play`, or make it simpler: fewer conditions, or fewer ways round in \
                    circles; `simmer solve` tells what is known";

fn check(subject: &Subject<'_>, report: &mut Report) {
    let (Some(proof), Some(standing)) = (subject.proof(), subject.standing()) else { return };
    for told in &standing.unsettled {
        let draft = report
            .add(told.place.clone(), format!("It is not settled whether any playthrough comes to {}", told.words))
            .help(HELP);
        if told.at_key {
            draft.at_key();
        }
    }
    let mut open = |words: String| {
        report.add(Place::top().field("encounters"), format!("It is not settled whether {words}")).help(HELP).at_key();
    };
    match proof.best(None) {
        None => open("any playthrough comes to its end".to_owned()),
        Some(best) => {
            if is_open(best, BEST) {
                open(format!(
                    "any playthrough scores {}: the best that was found scores {}, and none can score more than {}",
                    BEST,
                    best.found,
                    best.proved
                ));
            }
            let finest = proof.finest_outcome();
            let may_be_worse = finest.is_some_and(|finest| outcome_points(best.outcome) < outcome_points(finest));
            if may_be_worse && !best.is_exact() {
                open(format!(
                    "the best score belongs to the best end: the best that was found, {}, ends with a customer who is {}",
                    best.found, best.outcome
                ));
            }
        }
    }
    for skill in Skill::ALL {
        let Some(best) = proof.best(Some(*skill)) else { continue };
        if is_open(best, SKILL * 100) {
            open(format!(
                "any playthrough lifts the skill “{}” to {}: the best that was found is {}, and none can be above {}",
                skill.words(),
                SKILL,
                best.found / 100,
                best.proved / 100
            ));
        }
    }
}

/// Whether the least that is asked for was not found, and not ruled out either.
const fn is_open(best: &Extreme, least: i64) -> bool {
    best.found < least && least <= best.proved
}
