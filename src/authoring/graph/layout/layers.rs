//! Which layer each box is in, and the bends of the links that cross layers.

use std::collections::BTreeMap;

use super::{Block, Cell, Link, Sheet, Tie};

/// How high a bend is.
const BEND: i32 = 4;

pub(super) fn sheet(blocks: &[Block], links: &[Link]) -> Sheet {
    let back = leads_back(blocks.len(), links);
    let layer = layers(blocks.len(), links, &back);
    let mut cells: Vec<Cell> = blocks
        .iter()
        .zip(&layer)
        .map(|(block, &layer)| Cell { layer, height: block.height, y: 0, is_block: true })
        .collect();
    let mut ties = Vec::new();
    let mut bends = vec![Vec::new(); links.len()];
    // Links to one box share their bends, as roads to one town do: a hundred ways to one ending take the room of one.
    let mut shared: BTreeMap<(usize, bool, usize), usize> = BTreeMap::new();
    let middle = BEND / 2;
    for (place, link) in links.iter().enumerate() {
        let (from, to, back) = (layer[link.from], layer[link.to], back[place]);
        // A way back runs beside its own ends as well, for it has to turn round there.
        let crossed: Vec<usize> = if back { (to..=from).rev().collect() } else { (from + 1..to).collect() };
        let mut before = None;
        for layer in crossed {
            let mut is_new = false;
            let bend = *shared.entry((link.to, back, layer)).or_insert_with(|| {
                is_new = true;
                cells.push(Cell { layer, height: BEND, y: 0, is_block: false });
                cells.len() - 1
            });
            // A way that came by here before has been tied on from here.
            match before {
                Some((before, true)) if back => {
                    ties.push(Tie { left: bend, right: before, left_port: middle, right_port: middle });
                }
                Some((before, true)) => {
                    ties.push(Tie { left: before, right: bend, left_port: middle, right_port: middle });
                }
                Some((_, false)) => {}
                None if back => {}
                None => ties.push(Tie { left: link.from, right: bend, left_port: link.leaves, right_port: middle }),
            }
            bends[place].push(bend);
            before = Some((bend, is_new));
        }
        match before {
            _ if back => {}
            None => {
                ties.push(Tie { left: link.from, right: link.to, left_port: link.leaves, right_port: link.arrives });
            }
            Some((last, true)) => {
                ties.push(Tie { left: last, right: link.to, left_port: middle, right_port: link.arrives });
            }
            Some((_, false)) => {}
        }
    }
    let count = cells.iter().map(|cell| cell.layer + 1).max().unwrap_or(0);
    let mut by_layer = vec![Vec::new(); count];
    for (place, cell) in cells.iter().enumerate() {
        by_layer[cell.layer].push(place);
    }
    Sheet { cells, ties, layers: by_layer, bends, back }
}

/// The links that close a circle, as a walk from the first box on finds them.
fn leads_back(blocks: usize, links: &[Link]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        /// It is on the way that is walked.
        OnTheWay,
        Done,
    }
    let mut leaving = vec![Vec::new(); blocks];
    for (place, link) in links.iter().enumerate() {
        leaving[link.from].push(place);
    }
    let mut back = vec![false; links.len()];
    let mut seen = vec![Seen::Never; blocks];
    for start in 0..blocks {
        if seen[start] != Seen::Never {
            continue;
        }
        seen[start] = Seen::OnTheWay;
        // Each box on the way with how many of its links were taken.
        let mut way = vec![(start, 0)];
        while let Some((at, taken)) = way.last_mut() {
            let Some(&link) = leaving[*at].get(*taken) else {
                seen[*at] = Seen::Done;
                way.pop();
                continue;
            };
            *taken += 1;
            let next = links[link].to;
            match seen[next] {
                Seen::OnTheWay => back[link] = true,
                Seen::Done => {}
                Seen::Never => {
                    seen[next] = Seen::OnTheWay;
                    way.push((next, 0));
                }
            }
        }
    }
    back
}

/// The layer of each box: one more than the last of those that lead to it.
fn layers(blocks: usize, links: &[Link], back: &[bool]) -> Vec<usize> {
    // A link that leads back is taken the other way round; one from a box to itself says nothing.
    let onward: Vec<(usize, usize)> = links
        .iter()
        .zip(back)
        .filter(|(link, _)| link.from != link.to)
        .map(|(link, back)| if *back { (link.to, link.from) } else { (link.from, link.to) })
        .collect();
    let (mut after, mut waits) = (vec![Vec::new(); blocks], vec![0_usize; blocks]);
    for &(from, to) in &onward {
        after[from].push(to);
        waits[to] += 1;
    }
    let is_source: Vec<bool> = waits.iter().map(|waits| *waits == 0).collect();
    let mut layer = vec![0_usize; blocks];
    let mut ready: Vec<usize> = (0..blocks).filter(|block| waits[*block] == 0).collect();
    let mut sorted = Vec::with_capacity(blocks);
    while let Some(at) = ready.pop() {
        sorted.push(at);
        for &next in &after[at] {
            layer[next] = layer[next].max(layer[at] + 1);
            waits[next] -= 1;
            if waits[next] == 0 {
                ready.push(next);
            }
        }
    }
    // Where nothing leads to a box, it stands right before what it leads to.
    for &at in sorted.iter().rev() {
        if is_source[at]
            && let Some(nearest) = after[at].iter().map(|next| layer[*next]).min()
        {
            layer[at] = nearest.saturating_sub(1);
        }
    }
    layer
}
