//! A scenario that somebody who does not read does too well in, or too badly.

use crate::explore::simulate::{Player, RANDOM};
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "random-play-off-target",
    summary: "Whoever takes any reply scores less than 350 on average, or more than 520.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(proof) = subject.proof() else { return };
    let played = proof.played();
    let (mean, unsure) = (played.of(Player::Random).mean(), played.random_uncertainty());
    let help = if mean - unsure > RANDOM.end() * 100 {
        "let wrong replies show less, or cost something; those that are nearly right most of all"
    } else if mean + unsure < RANDOM.start() * 100 {
        "let wrong replies show what is good in them, and look at slips that cost too much"
    } else {
        return;
    };
    report
        .add(
            Place::top().field("encounters"),
            format!("Whoever takes any reply scores {} on average (± {})", mean / 100, unsure / 100 + 1),
        )
        .expected(format!("{} to {}", RANDOM.start(), RANDOM.end()))
        .help(help)
        .at_key();
}
