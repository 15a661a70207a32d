//! A skill in which nobody can do well.

use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;
use crate::scenario::vocabulary::Skill;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "skill-out-of-reach",
    summary: "No playthrough that was found lifts a skill to 88.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

/// Hundredths of a point (`content-guide`, "How writing is measured").
const LEAST: i32 = 8_800;

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for skill in Skill::ALL {
        let best = subject.reachable().skills[skill.index()];
        if best < LEAST {
            let words = skill.words();
            report
                .add(
                    Place::top().field("encounters"),
                    format!("The best that was found for the skill “{words}” is {}", best / 100),
                )
                .expected(format!("{} at least, by some playthrough", LEAST / 100))
                .help("let one reply of a node show well all that the node weighs of this skill");
        }
    }
}
