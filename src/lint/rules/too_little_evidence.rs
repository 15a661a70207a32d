//! A way through the scenario on which a skill is hardly asked for.

use std::collections::BTreeSet;

use crate::lint::place::Place;
use crate::lint::roads::Roads;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::lint::words::listed;
use crate::scenario::finding::Level;
use crate::scenario::id::{EncounterId, NodeId};
use crate::scenario::vocabulary::{Indicator, Skill, TileKind};
use crate::scenario::{Encounter, Node};

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
            // What has no end is told by another rule.
            let Some((least, way)) = leanest_way(encounter, roads, *skill) else { return };
            weight += least + outside_of_talk(encounter, *skill);
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
            let indicators: Vec<_> = Indicator::ALL.iter().filter(|row| row.skill() == *skill && row.is_authored()).collect();
            report
                .add(place, message)
                .expected(format!("at least {LEAST} on every way to an ending"))
                .help(format!("`weigh` more there of {}", listed(indicators.iter().map(|indicator| indicator.name()))));
        }
    }
}

/// What the note always asks for.
fn outside_of_talk(encounter: &Encounter, skill: Skill) -> u32 {
    let always = encounter.note.iter().any(|tile| tile.kind == TileKind::Fact && tile.fact.is_none() && tile.when.is_none());
    if skill == Skill::FollowThrough && always { NOTE } else { 0 }
}

/// The way to an ending that asks least for a skill, and how much that is. Weights are never negative, so the cheapest
/// way of all passes no node twice, and nodes are taken in the order of what it costs to come to them (Dijkstra).
fn leanest_way(encounter: &Encounter, roads: &Roads<'_>, skill: Skill) -> Option<(u32, Vec<NodeId>)> {
    let weight_of = |node: NodeId| weight(encounter, node, skill);
    let mut open: BTreeSet<(u32, NodeId)> = BTreeSet::new();
    let mut best: Vec<Option<(u32, Option<NodeId>)>> = vec![None; encounter.nodes.len()];
    for &start in roads.starts() {
        best[start.index()] = Some((weight_of(start), None));
        open.insert((weight_of(start), start));
    }
    while let Some((cost, node)) = open.pop_first() {
        if roads.endings(node).next().is_some() {
            let mut way = vec![node];
            let mut here = node;
            while let Some((_, Some(before))) = best[here.index()] {
                way.push(before);
                here = before;
            }
            way.reverse();
            return Some((cost, way));
        }
        for &next in roads.next(node) {
            let there = cost + weight_of(next);
            if best[next.index()].is_none_or(|(known, _)| there < known) {
                if let Some((known, _)) = best[next.index()] {
                    open.remove(&(known, next));
                }
                best[next.index()] = Some((there, Some(node)));
                open.insert((there, next));
            }
        }
    }
    None
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
