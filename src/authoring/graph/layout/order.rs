//! The order of the cells of each layer, with few crossings.

use std::collections::BTreeMap;

use super::{Sheet, Tie};

/// How often the layers are gone through, forth and back.
const SWEEPS: usize = 24;
/// The width of a place in its layer, so that ports within a cell have room.
const PLACE: i64 = 1 << 20;

pub(super) fn order(sheet: &mut Sheet) {
    first_order(sheet);
    let between = ties_between(sheet);
    let mut best = sheet.layers.clone();
    let mut fewest = crossings(sheet, &between);
    let mut places = places(sheet);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        let forth = sweep % 2 == 0;
        let count = sheet.layers.len();
        for step in 1..count {
            let layer = if forth { step } else { count - 1 - step };
            let ties = if forth { &between[layer - 1] } else { &between[layer] };
            sort(sheet, layer, ties, forth, &mut places);
        }
        exchange(sheet, &between, &mut places);
        let found = crossings(sheet, &between);
        if found < fewest {
            fewest = found;
            best.clone_from(&sheet.layers);
        }
    }
    sheet.layers = best;
}

/// The order in which a walk along the links comes by, so that what belongs together begins together.
fn first_order(sheet: &mut Sheet) {
    let mut next = vec![Vec::new(); sheet.cells.len()];
    for tie in &sheet.ties {
        next[tie.left].push((tie.left_port, tie.right));
        next[tie.right].push((tie.right_port, tie.left));
    }
    for near in &mut next {
        near.sort_unstable();
    }
    let mut came = vec![usize::MAX; sheet.cells.len()];
    let mut count = 0;
    let starts = sheet.layers.iter().flatten().copied();
    for start in starts.collect::<Vec<_>>() {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if came[at] != usize::MAX {
                continue;
            }
            came[at] = count;
            count += 1;
            open.extend(next[at].iter().rev().map(|(_, cell)| *cell).filter(|cell| came[*cell] == usize::MAX));
        }
    }
    for layer in &mut sheet.layers {
        layer.sort_by_key(|cell| came[*cell]);
    }
}

/// The ties from each layer to the next.
fn ties_between(sheet: &Sheet) -> Vec<Vec<Tie>> {
    let mut between = vec![Vec::new(); sheet.layers.len()];
    for tie in &sheet.ties {
        between[sheet.cells[tie.left].layer].push(*tie);
    }
    between
}

/// Where each cell stands in its layer.
fn places(sheet: &Sheet) -> Vec<i64> {
    let mut places = vec![0; sheet.cells.len()];
    for layer in 0..sheet.layers.len() {
        place(sheet, layer, &mut places);
    }
    places
}

/// Notes where the cells of one layer stand in it.
fn place(sheet: &Sheet, layer: usize, places: &mut [i64]) {
    for (place, cell) in sheet.layers[layer].iter().enumerate() {
        places[*cell] = i64::try_from(place).unwrap_or(i64::MAX / PLACE) * PLACE;
    }
}

/// A port as a part of its cell's place.
fn port(sheet: &Sheet, cell: usize, port: i32) -> i64 {
    i64::from(port) * PLACE / i64::from(sheet.cells[cell].height.max(1) + 1)
}

/// Puts each cell of a layer where the middle of its neighbours is. One that has none stays where it is.
fn sort(sheet: &mut Sheet, layer: usize, ties: &[Tie], forth: bool, places: &mut [i64]) {
    let mut sums: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
    for tie in ties {
        let (cell, near, near_port) =
            if forth { (tie.right, tie.left, tie.left_port) } else { (tie.left, tie.right, tie.right_port) };
        let sum = sums.entry(cell).or_default();
        sum.0 += places[near] + port(sheet, near, near_port);
        sum.1 += 1;
    }
    let mut cells = std::mem::take(&mut sheet.layers[layer]);
    let mut moving: Vec<usize> = cells.iter().copied().filter(|cell| sums.contains_key(cell)).collect();
    moving.sort_by_cached_key(|cell| sums.get(cell).map_or(0, |(sum, count)| sum / count));
    let mut moving = moving.into_iter();
    for cell in &mut cells {
        if sums.contains_key(cell) {
            // There are as many as there are places for them.
            *cell = moving.next().unwrap_or(*cell);
        }
    }
    sheet.layers[layer] = cells;
    place(sheet, layer, places);
}

/// Exchanges neighbours wherever that makes fewer crossings with both sides.
fn exchange(sheet: &mut Sheet, between: &[Vec<Tie>], places: &mut [i64]) {
    // By cell; those of a layer are filled in when it is come to.
    let mut near: Vec<(Vec<i64>, Vec<i64>)> = vec![(Vec::new(), Vec::new()); sheet.cells.len()];
    for layer in 0..sheet.layers.len() {
        if let Some(before) = layer.checked_sub(1) {
            for tie in &between[before] {
                near[tie.right].0.push(places[tie.left] + port(sheet, tie.left, tie.left_port));
            }
        }
        for tie in &between[layer] {
            near[tie.left].1.push(places[tie.right] + port(sheet, tie.right, tie.right_port));
        }
        let crossed = |above: usize, below: usize| {
            let pairs = |above: &[i64], below: &[i64]| {
                above.iter().map(|one| below.iter().filter(|other| one > other).count()).sum::<usize>()
            };
            pairs(&near[above].0, &near[below].0) + pairs(&near[above].1, &near[below].1)
        };
        let mut improved = true;
        let mut rounds = 0;
        while improved && rounds < 8 {
            improved = false;
            rounds += 1;
            for place in 1..sheet.layers[layer].len() {
                let (above, below) = (sheet.layers[layer][place - 1], sheet.layers[layer][place]);
                if crossed(above, below) > crossed(below, above) {
                    sheet.layers[layer].swap(place - 1, place);
                    improved = true;
                }
            }
        }
        place(sheet, layer, places);
    }
}

/// How many pairs of ties cross, over all layers.
fn crossings(sheet: &Sheet, between: &[Vec<Tie>]) -> usize {
    let places = places(sheet);
    let mut count = 0;
    for ties in between {
        let mut ends: Vec<(i64, i64)> = ties
            .iter()
            .map(|tie| {
                let left = places[tie.left] + port(sheet, tie.left, tie.left_port);
                (left, places[tie.right] + port(sheet, tie.right, tie.right_port))
            })
            .collect();
        ends.sort_unstable();
        // Pairs out of order, by insertion into what is sorted so far.
        let mut sorted: Vec<i64> = Vec::with_capacity(ends.len());
        for (_, right) in ends {
            let at = sorted.partition_point(|before| *before <= right);
            count += sorted.len() - at;
            sorted.insert(at, right);
        }
    }
    count
}

/// How many pairs of ties cross in the order that stands.
#[cfg(test)]
pub(super) fn crossings_now(sheet: &Sheet) -> usize {
    crossings(sheet, &ties_between(sheet))
}
