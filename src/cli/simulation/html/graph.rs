//! The heat map: an encounter as a graph, with how often each node was reached, each reply spoken, each way taken.

use super::chart::whole;
use crate::authoring::graph::escaped;
use crate::authoring::graph::layout::{Block, Link, Point, Route, TURN, layout};
use crate::cli::simulation::words::share;
use crate::explore::simulate::EncounterCounts;
use crate::scenario::Encounter;
use crate::scenario::model::Target;

const WIDE: i32 = 240;
const HEAD: i32 = 30;
const ROW: i32 = 20;
const ENDING: i32 = 34;
const MARGIN: i32 = 8;
/// Letters of a name that fit into a box beside its share.
const LETTERS: usize = 25;
/// Beyond this many nodes a picture tells nothing that the table does not tell better.
const MOST_NODES: usize = 120;

/// None where there are too many nodes to be drawn.
pub(super) fn heat_map(encounter: &Encounter, counts: &EncounterCounts) -> Option<String> {
    let nodes = encounter.nodes.len();
    if nodes > MOST_NODES {
        return None;
    }
    let blocks: Vec<Block> = encounter
        .nodes
        .iter()
        .map(|node| Block { width: WIDE, height: HEAD + ROW * i32::try_from(node.replies.len()).unwrap_or(0) + 4 })
        .chain(encounter.endings.iter().map(|_| Block { width: WIDE, height: ENDING }))
        .collect();
    let mut links = Vec::new();
    let mut traffic = Vec::new();
    let mut taken = counts.ways.iter();
    for (id, reply) in encounter.replies.iter().enumerate() {
        let from = reply.node.index();
        let row = i32::try_from(id - usize::from(encounter.nodes[from].replies.start)).unwrap_or(0);
        let targets = reply.to_when.iter().map(|(_, target)| *target).chain([reply.to]);
        for (target, times) in targets.zip(taken.by_ref()) {
            let (to, arrives) = match target {
                Target::Node(node) => (node.index(), HEAD / 2),
                Target::Ending(ending) => (nodes + ending.index(), ENDING / 2),
            };
            links.push(Link { from, to, leaves: HEAD + row * ROW + ROW / 2, arrives });
            traffic.push(*times);
        }
    }
    let layout = layout(&blocks, &links);
    // A way back runs round the outside of its boxes.
    let around = if layout.routes.iter().any(|route| route.back) { 2 * TURN } else { 0 };
    let mut svg = format!(
        "<svg width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\"><title>{} as a graph</title>\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
         markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"arrow\" d=\"M1 1L7 4L1 7\"/></marker></defs>\
         <g transform=\"translate({} {MARGIN})\">",
        layout.width + 2 * (MARGIN + around),
        layout.height + 2 * MARGIN,
        escaped(&format!("{}: how often each node is reached and each reply spoken", encounter.name)),
        escaped(&encounter.name),
        MARGIN + around,
    );
    for (route, &times) in layout.routes.iter().zip(&traffic) {
        svg.push_str(&arrow(route, times, counts.plays));
    }
    for (node, (at, block)) in layout.blocks.iter().zip(&blocks).enumerate().take(nodes) {
        svg.push_str(&node_box(encounter, node, counts, (at.x, at.y), block.height));
    }
    for (place, ending) in encounter.endings.iter().enumerate() {
        let Point { x, y } = layout.blocks[nodes + place];
        let reached = share(counts.endings[place], counts.plays);
        svg.push_str(&format!(
            "<g><title>ending {0}: {reached} of the plays</title><rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{WIDE}\" \
             height=\"{ENDING}\" rx=\"17\"/>{1}<text x=\"{2}\" y=\"{3}\">{4}</text><text x=\"{5}\" \
             y=\"{3}\" text-anchor=\"end\">{reached}</text></g>",
            escaped(&ending.name),
            heat(x, y, WIDE, ENDING, 17, "f-calm", counts.endings[place], counts.plays),
            x + 16,
            y + 22,
            escaped(&shortened(&ending.name)),
            x + WIDE - 16
        ));
    }
    Some(svg + "</g></svg>")
}

fn node_box(encounter: &Encounter, node: usize, counts: &EncounterCounts, (x, y): (i32, i32), tall: i32) -> String {
    let written = &encounter.nodes[node];
    let reached = counts.nodes[node];
    let here: u64 = written.reply_ids().map(|id| counts.replies[id.index()]).sum();
    let mut svg = format!(
        "<g><title>{0}: reached {1} times in 100 plays</title><rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{WIDE}\" \
         height=\"{tall}\" rx=\"9\"/>{2}<text x=\"{3}\" y=\"{4}\" font-weight=\"600\">{5}</text>\
         <text x=\"{6}\" y=\"{4}\" text-anchor=\"end\">{7}</text></g>",
        escaped(&written.name),
        reached * 100 / counts.plays.max(1),
        heat(x, y, WIDE, HEAD - 2, 9, "f-gold", reached, counts.plays),
        x + 10,
        y + 20,
        escaped(&shortened(&written.name)),
        x + WIDE - 10,
        share(reached, counts.plays)
    );
    for (place, id) in (0i32..).zip(written.reply_ids()) {
        let reply = encounter.reply(id);
        let spoken = counts.replies[id.index()];
        let top = y + HEAD + place * ROW;
        svg.push_str(&format!(
            "<g><title>{0}: “{1}”: taken {2} of the time</title>{3}<text class=\"small\" x=\"{4}\" y=\"{5}\">{6}</text>\
             <text class=\"small\" x=\"{7}\" y=\"{5}\" text-anchor=\"end\">{2}</text></g>",
            escaped(&reply.name),
            escaped(&reply.text),
            share(spoken, here),
            heat(x + 4, top, WIDE - 8, ROW - 2, 4, "f-heat", spoken, here),
            x + 14,
            top + 14,
            escaped(&shortened(&reply.name)),
            x + WIDE - 10
        ));
    }
    svg
}

/// A veil over a box, the denser the more often it was come to; words on it stay readable.
#[expect(clippy::too_many_arguments, reason = "a rectangle, its look and a share of a whole")]
fn heat(x: i32, y: i32, wide: i32, tall: i32, round: i32, class: &str, part: u64, of: u64) -> String {
    let strength = (part * 45 / of.max(1)).min(45);
    format!(
        "<rect class=\"{class}\" style=\"fill-opacity:{strength}%\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" \
         height=\"{tall}\" rx=\"{round}\"/>"
    )
}

/// From a reply to where it leads, the broader the more often it was taken.
fn arrow(route: &Route, times: u64, plays: u64) -> String {
    let breadth = 1 + whole(times * 7 / plays.max(1)).min(7);
    let dashes = if times == 0 { " stroke-dasharray=\"3 4\"" } else { "" };
    format!(
        "<path class=\"arrow\" stroke-width=\"{breadth}\" stroke-opacity=\".6\"{dashes} marker-end=\"url(#tip)\" \
         d=\"{}\"/>",
        route.curve()
    )
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    name.chars().take(LETTERS - 1).chain(['…']).collect()
}
