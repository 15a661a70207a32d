//! A skill in which nobody can do well.

use crate::explore::solve::SKILL;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;
use crate::scenario::vocabulary::Skill;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "skill-out-of-reach",
    summary: "It is proved that no playthrough lifts a skill to 88.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(proof) = subject.proof() else { return };
    for skill in Skill::ALL {
        let Some(best) = proof.best(Some(*skill)) else { continue };
        if best.proved < SKILL * 100 {
            let words = skill.words();
            report
                .add(
                    Place::top().field("encounters"),
                    format!("The best there is for the skill “{words}” is {}", best.proved / 100),
                )
                .expected(format!("{SKILL} at least, by some playthrough"))
                .help("let one reply of a node show well all that the node weighs of this skill")
                .at_key();
        }
    }
}
