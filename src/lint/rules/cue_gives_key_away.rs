//! Something on the surface of replies that pays whoever goes by it without reading.

use crate::explore::simulate::{Cue, LIFT_IN_SCENARIO, Player};
use crate::lint::place::Place;
use crate::lint::proof::Proof;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::lint::words::listed;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "cue-gives-key-away",
    summary: "Whoever always takes the longest reply, or goes by another such sign, does far better than chance.",
    group: Group::Guessability,
    level: Level::Warning,
    tier: Tier::Proof,
    check,
};

/// Below so many nodes one lucky reply is half a score.
const LEAST_NODES: usize = 5;
/// How many nodes are named.
const NAMED: usize = 4;

fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(proof) = subject.proof() else { return };
    if subject.nodes().filter(|site| site.node.replies.len() > 1).count() < LEAST_NODES {
        return;
    }
    let played = proof.played();
    for cue in Cue::ALL {
        let (lift, unsure) = (played.lift(cue), played.lift_uncertainty(cue));
        if lift - unsure <= LIFT_IN_SCENARIO * 100 {
            continue;
        }
        let mean = played.of(Player::Cue(cue)).mean() / 100;
        let message = format!(
            "The player `{}` ({}) scores {mean} on average, {} more than chance{}",
            cue.name(),
            cue.words(),
            lift / 100,
            most_at(proof, cue)
        );
        report
            .add(worst_place(subject, proof, cue), message)
            .expected(format!("{LIFT_IN_SCENARIO} more than chance at most"))
            .help("put the same sign into wrong replies of these nodes, or take it out of the best ones")
            .at_key();
    }
}

/// The replies of the node at which a cue earns most.
pub(super) fn worst_place(subject: &Subject<'_>, proof: &Proof<'_>, cue: Cue) -> Place {
    match proof.played().giveaways(cue).first() {
        Some(most) => Place::node(subject.scenario, most.encounter, most.node).field("replies"),
        None => Place::top().field("encounters"),
    }
}

/// The nodes at which it earns most, as the end of a sentence.
pub(super) fn most_at(proof: &Proof<'_>, cue: Cue) -> String {
    let played = proof.played();
    let name = |found: &crate::explore::simulate::Giveaway| {
        &*played.scenario.encounter(found.encounter).node(found.node).name
    };
    let giveaways = played.giveaways(cue);
    match giveaways.as_slice() {
        [] => String::new(),
        found => format!(": most at {}", listed(found.iter().take(NAMED).map(name))),
    }
}
