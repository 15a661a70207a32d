//! A way through the scenario on which a skill is hardly asked for.

use std::collections::BTreeSet;

use crate::lint::logic::can_be_heard;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::lint::words::listed;
use crate::scenario::finding::Level;
use crate::scenario::id::{EncounterId, NodeId};
use crate::scenario::vocabulary::{Indicator, Skill, TileKind};
use crate::scenario::model::Target;
use crate::scenario::{Encounter, Node, Reply};

pub(in crate::lint) const RULE: Rule = Rule {
    name: "too-little-evidence",
    summary: "On some way through the scenario a skill is asked for with a weight of less than 6.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// The least weight of each skill on every complete way (`engine-and-scoring`, "Evidence": "Fair over branches").
const LEAST: u32 = 6;
/// The weight of a note.
const NOTE: u32 = 3;

fn check(subject: &Subject<'_>, report: &mut Report) {
    for skill in Skill::ALL {
        let mut weight = 0;
        let mut passed = Vec::new();
        for (id, encounter, roads) in subject.encounters() {
            // What has no end is told by another rule, and of what stands under conditions nothing is sure.
            let ways = roads.starts().iter().map(|start| leanest_way(subject, (id, encounter), *start, *skill));
            let Some(ways) = ways.collect::<Option<Vec<_>>>() else { return };
            // Whichever start comes, there is a way as lean as this.
            let Some((least, way)) = ways.into_iter().max_by_key(|(weight, _)| *weight) else { return };
            weight += least;
            if *skill == Skill::FollowThrough && may_be_noted(subject, (id, encounter), &way) {
                weight += NOTE;
            }
            passed.extend(way.into_iter().map(|node| (id, node)));
        }
        if *skill == Skill::FollowThrough {
            let core = subject.scenario.promises.iter().filter(|promise| promise.core);
            weight += core.map(|promise| u32::from(promise.weight)).sum::<u32>();
        }
        if weight < LEAST {
            let way = listed(passed.iter().map(|(id, node)| subject.scenario.encounter(*id).node(*node).name.as_str()));
            let words = skill.words();
            let message = format!("By way of {way} the skill “{words}” is asked for with a weight of {weight} only");
            let place = Place::encounter(subject.scenario, EncounterId::at(0)).field("start");
            let indicators: Vec<_> =
                Indicator::ALL.iter().filter(|row| row.skill() == *skill && row.is_authored()).collect();
            report
                .add(place, message)
                .expected(format!("at least {LEAST} on every way to an ending"))
                .help(format!("`weigh` more there of {}", listed(indicators.iter().map(|indicator| indicator.name()))));
        }
    }
}

/// Whether a fact can be on offer for the note to somebody who went this way: then the note asks for something.
fn may_be_noted(subject: &Subject<'_>, (id, encounter): (EncounterId, &Encounter), way: &[NodeId]) -> bool {
    let can_be_known = |fact| can_be_heard(subject, id, fact, &|node| way.contains(&node));
    let mut facts = encounter.note.iter().filter(|tile| tile.kind == TileKind::Fact);
    facts.any(|tile| tile.fact.is_none_or(can_be_known))
}

/// The way from a start to an ending that asks least for a skill, and how much that is; of the ways that stand under no
/// condition, so that somebody can really go there. Weights are never negative, so the cheapest way of all passes no
/// node twice, and nodes are taken in the order of what it costs to come to them (Dijkstra).
fn leanest_way(
    subject: &Subject<'_>,
    (_, encounter): (EncounterId, &Encounter),
    start: NodeId,
    skill: Skill,
) -> Option<(u32, Vec<NodeId>)> {
    let weight_of = |node: NodeId| weight(encounter, node, skill);
    // Where a way goes that is open to everybody, and what it asks for later on: a promise asks to be kept.
    let ways_on = |node: NodeId| {
        let open = encounter.replies_of(node).filter(|(_, reply)| reply.when.is_none() && reply.to_when.is_empty());
        open.map(|(_, reply)| (reply.to, if skill == Skill::FollowThrough { promised(subject, reply) } else { 0 }))
    };
    let mut open: BTreeSet<(u32, Step)> = BTreeSet::from([(weight_of(start), Step::At(start))]);
    let mut best: Vec<Option<(u32, Option<NodeId>)>> = vec![None; encounter.nodes.len()];
    best[start.index()] = Some((weight_of(start), None));
    while let Some((cost, step)) = open.pop_first() {
        let node = match step {
            Step::At(node) => node,
            Step::Ended(from) => {
                let mut way = vec![from];
                let mut here = from;
                while let Some((_, Some(before))) = best[here.index()] {
                    way.push(before);
                    here = before;
                }
                way.reverse();
                return Some((cost, way));
            }
        };
        for (target, promised) in ways_on(node) {
            let Target::Node(next) = target else {
                open.insert((cost + promised, Step::Ended(node)));
                continue;
            };
            let there = cost + promised + weight_of(next);
            if best[next.index()].is_none_or(|(known, _)| there < known) {
                if let Some((known, _)) = best[next.index()] {
                    open.remove(&(known, Step::At(next)));
                }
                best[next.index()] = Some((there, Some(node)));
                open.insert((there, Step::At(next)));
            }
        }
    }
    None
}

/// Where somebody stands on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    At(NodeId),
    /// The conversation has ended, from this node.
    Ended(NodeId),
}

/// What the promises of a reply weigh. Those that count whether they are made or not are counted elsewhere.
fn promised(subject: &Subject<'_>, reply: &Reply) -> u32 {
    let promises = reply.promises.iter().map(|promise| &subject.scenario.promises[promise.index()]);
    promises.filter(|promise| !promise.core).map(|promise| u32::from(promise.weight)).sum()
}

/// What a node asks for, as far as some reply, or the listening, can earn it.
fn weight(encounter: &Encounter, id: NodeId, skill: Skill) -> u32 {
    let node: &Node = encounter.node(id);
    let tempted = (u32::from(node.tempts_let_finish), u32::from(node.tempts_calm_delivery));
    let tempted = match skill {
        Skill::Listening => tempted.0,
        Skill::CalmTone => tempted.1,
        _ => 0,
    };
    let can_be_earned = |place: usize, indicator: Indicator| {
        indicator == Indicator::VisibleAttention
            || encounter.replies_of(id).any(|(_, reply)| reply.shows.get(place).is_some_and(|quality| *quality > 0))
    };
    let rows = node.opportunities.iter().enumerate().filter(|(_, row)| row.indicator.skill() == skill);
    tempted + rows.filter(|(place, row)| can_be_earned(*place, row.indicator)).map(|(_, row)| u32::from(row.weight)).sum::<u32>()
}
