//! Replies that lead round in a circle in which nothing changes.

use crate::lint::place::Place;
use crate::lint::roads::next_nodes;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::lint::words::listed;
use crate::scenario::finding::Level;
use crate::scenario::id::{NodeId, ReplyId};
use crate::scenario::model::{Condition, Effects, Line};
use crate::scenario::vocabulary::Act;
use crate::scenario::{Encounter, Reply};

pub(in crate::lint) const RULE: Rule = Rule {
    name: "loop-without-progress",
    summary: "Replies lead back to a node, and on the way round nothing has changed.",
    group: Group::Flow,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (id, encounter, roads) in subject.encounters() {
        // Only what changes nothing: where that leads round, one can go round for ever.
        let idle: Vec<Vec<NodeId>> = encounter
            .nodes
            .iter()
            .enumerate()
            .map(|(place, _)| {
                let replies = encounter.replies_of(NodeId::at(place));
                replies.filter(|(_, reply)| is_idle(encounter, reply)).flat_map(|(_, reply)| next_nodes(reply)).collect()
            })
            .collect();
        let reached = roads.reached();
        let in_circles = on_or_before_circles(&idle);
        let mut told = vec![false; encounter.nodes.len()];
        let nodes = (0..encounter.nodes.len()).map(NodeId::at);
        for node in nodes.filter(|node| reached[node.index()] && in_circles[node.index()]) {
            let round = roads.walk(&idle[node.index()], |node| &idle[node.index()]);
            if !round[node.index()] || told[node.index()] {
                continue;
            }
            // Of a circle one node is told, with those that it passes.
            let comes_back = |other: &NodeId| {
                round[other.index()] && roads.walk(&idle[other.index()], |next| &idle[next.index()])[node.index()]
            };
            let circle: Vec<_> = (0..encounter.nodes.len()).map(NodeId::at).filter(comes_back).collect();
            for node in &circle {
                told[node.index()] = true;
            }
            let leads_round = |(_, reply): &(ReplyId, &Reply)| {
                is_idle(encounter, reply) && next_nodes(reply).any(|next| circle.contains(&next))
            };
            if opens_by_going_round(encounter, &circle) {
                continue;
            }
            let Some((reply, spoken)) = encounter.replies_of(node).find(leads_round) else { continue };
            let passed = listed(circle.iter().map(|node| encounter.node(*node).name.as_str()));
            let message = format!("`{}` can be said again and again: it leads round by {passed}", spoken.name);
            report.add(Place::reply(subject.scenario, id, reply).field("to"), message).help(format!(
                "offer it only once with `when: Not(Chose(\"{}\"))`, or let it lead on",
                spoken.name
            ));
        }
    }
}

/// The nodes from which some circle is reached: what is left once every node that leads nowhere is taken out, again and
/// again. Of a scenario without circles nothing is left.
fn on_or_before_circles(next: &[Vec<NodeId>]) -> Vec<bool> {
    let mut ways_on: Vec<usize> = next.iter().map(Vec::len).collect();
    let mut before = vec![Vec::new(); next.len()];
    for (place, next) in next.iter().enumerate() {
        for node in next {
            before[node.index()].push(place);
        }
    }
    let mut left = vec![true; next.len()];
    let mut open: Vec<usize> = (0..next.len()).filter(|place| ways_on[*place] == 0).collect();
    while let Some(place) = open.pop() {
        left[place] = false;
        for &before in &before[place] {
            ways_on[before] -= 1;
            if ways_on[before] == 0 {
                open.push(before);
            }
        }
    }
    left
}

/// Whether a reply can be spoken whenever its node comes, leads on always alike, and leaves nothing behind but a mood.
fn is_idle(encounter: &Encounter, reply: &Reply) -> bool {
    let effects = &reply.effects;
    let leaves_nothing = reply.meets.is_empty()
        && reply.promises.is_empty()
        && effects.sets.is_empty()
        && effects.clears.is_empty()
        && effects.reveals.is_empty();
    // An answer or a node that says another thing when the mood has changed, or lets out a fact, is a step on.
    let is_same = next_nodes(reply).all(|next| {
        let node = encounter.node(next);
        is_always_the_same(&node.lines) && node.effects == Effects::default() && node.volunteers.is_none()
    });
    reply.when.is_none() && reply.to_when.is_empty() && leaves_nothing && is_always_the_same(&reply.answers) && is_same
}

fn is_always_the_same(lines: &[Line]) -> bool {
    let mut phrases = lines.iter().flat_map(|line| &line.variants).flat_map(|variant| &variant.phrases);
    lines.len() <= 1 && lines.iter().all(|line| line.when.is_none()) && phrases.all(|phrase| phrase.facts.is_empty())
}

/// Whether a reply on the circle is offered, or leads elsewhere, by a condition that going round can bring about: who
/// goes round until the customer is calm enough gets on.
fn opens_by_going_round(encounter: &Encounter, circle: &[NodeId]) -> bool {
    let replies = || circle.iter().flat_map(|node| encounter.replies_of(*node));
    let spoken: Vec<_> = replies().filter(|(_, reply)| is_idle(encounter, reply)).collect();
    let changes = |part: &Condition| match part {
        Condition::Meter(..) | Condition::CutOff => true,
        Condition::Used(act, _) => {
            let by_engine = matches!(act, Act::ParaphraseWrong | Act::PrematureSolution);
            by_engine || spoken.iter().any(|(_, reply)| reply.acts.contains(act))
        }
        Condition::Chose(reply) => spoken.iter().any(|(id, _)| id == reply),
        Condition::Reached(node) => circle.contains(node),
        _ => false,
    };
    replies().any(|(_, reply)| {
        let ways = reply.to_when.iter().map(|(when, _)| when);
        reply.when.iter().chain(ways).any(|when| any_part(when, &changes))
    })
}

fn any_part(when: &Condition, is: &impl Fn(&Condition) -> bool) -> bool {
    match when {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| any_part(part, is)),
        Condition::Not(part) => any_part(part, is),
        part => is(part),
    }
}
