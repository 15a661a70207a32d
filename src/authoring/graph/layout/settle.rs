//! How high each cell stands: its middle near the middles of what it is tied to, and never over its neighbours.
//!
//! Middles and not ports: a chain of boxes whose links leave low and arrive high would else run down like stairs.

use super::{BEND_GAP, BLOCK_GAP, Sheet};

/// How often the layers are gone through.
const ROUNDS: usize = 24;
/// A long link is to run straight before all else.
const BETWEEN_BENDS: i64 = 8;
const TO_A_BEND: i64 = 2;

pub(super) fn settle(sheet: &mut Sheet) {
    stack(sheet);
    let near = near(sheet);
    let count = sheet.layers.len();
    for round in 0..ROUNDS {
        // At first each layer follows one side; in the end it stands between both.
        let sides = match round {
            _ if round >= ROUNDS / 2 => Sides::Both,
            _ if round % 2 == 0 => Sides::Left,
            _ => Sides::Right,
        };
        let forth = round % 2 == 0;
        for step in 0..count {
            let layer = if forth { step } else { count - 1 - step };
            place(sheet, layer, &near, sides);
        }
    }
    let top = sheet.cells.iter().map(|cell| cell.y).min().unwrap_or(0);
    for cell in &mut sheet.cells {
        cell.y -= top;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sides {
    Left,
    Right,
    Both,
}

/// A neighbour of a cell.
struct Near {
    cell: usize,
    /// How much higher than the neighbour's top the cell's top stands where the tie runs straight.
    offset: i32,
    weight: i64,
    is_left: bool,
}

fn near(sheet: &Sheet) -> Vec<Vec<Near>> {
    let mut near: Vec<Vec<Near>> = (0..sheet.cells.len()).map(|_| Vec::new()).collect();
    for tie in &sheet.ties {
        let weight = match (sheet.cells[tie.left].is_block, sheet.cells[tie.right].is_block) {
            (false, false) => BETWEEN_BENDS,
            (true, true) => 1,
            _ => TO_A_BEND,
        };
        let offset = (sheet.cells[tie.left].height - sheet.cells[tie.right].height) / 2;
        near[tie.right].push(Near { cell: tie.left, offset, weight, is_left: true });
        near[tie.left].push(Near { cell: tie.right, offset: -offset, weight, is_left: false });
    }
    near
}

/// Stacks each layer, its middle on the line of all middles.
fn stack(sheet: &mut Sheet) {
    for layer in 0..sheet.layers.len() {
        let offsets = offsets(sheet, layer);
        let last = sheet.layers[layer].last().map_or(0, |cell| sheet.cells[*cell].height);
        let height = offsets.last().map_or(0, |offset| offset + last);
        for (place, offset) in offsets.into_iter().enumerate() {
            let cell = sheet.layers[layer][place];
            sheet.cells[cell].y = offset - height / 2;
        }
    }
}

/// The top of each cell of a layer if all stand as close as they may.
fn offsets(sheet: &Sheet, layer: usize) -> Vec<i32> {
    let cells = &sheet.layers[layer];
    let mut offsets = Vec::with_capacity(cells.len());
    let mut next = 0;
    for (place, cell) in cells.iter().enumerate() {
        offsets.push(next);
        let both_blocks =
            cells.get(place + 1).is_some_and(|after| sheet.cells[*after].is_block && sheet.cells[*cell].is_block);
        next += sheet.cells[*cell].height + if both_blocks { BLOCK_GAP } else { BEND_GAP };
    }
    offsets
}

/// Moves the cells of a layer to where their neighbours draw them, as near as their order and their heights allow: the
/// least sum of weighted squares, found by pooling those that push each other.
fn place(sheet: &mut Sheet, layer: usize, near: &[Vec<Near>], sides: Sides) {
    let offsets = offsets(sheet, layer);
    // Cells that stand as close as they may: the sum of their wishes, of the weights, and how many they are.
    let mut pools: Vec<(i64, i64, usize)> = Vec::new();
    for (place, &cell) in sheet.layers[layer].iter().enumerate() {
        let (mut sum, mut weight) = (0, 0);
        for near in &near[cell] {
            let counts = match sides {
                Sides::Both => true,
                Sides::Left => near.is_left,
                Sides::Right => !near.is_left,
            };
            if counts {
                sum += i64::from(sheet.cells[near.cell].y + near.offset) * near.weight;
                weight += near.weight;
            }
        }
        if weight == 0 {
            // Nothing draws it: it stays, unless it is pushed.
            (sum, weight) = (i64::from(sheet.cells[cell].y), 1);
        }
        let wish = sum - i64::from(offsets[place]) * weight;
        pools.push((wish, weight, 1));
        while let [.., above, below] = pools.as_mut_slice() {
            // Compared as fractions, so that nothing is rounded before the end.
            if above.0 * below.1 <= below.0 * above.1 {
                break;
            }
            above.0 += below.0;
            above.1 += below.1;
            above.2 += below.2;
            pools.pop();
        }
    }
    let mut cells = sheet.layers[layer].iter().zip(offsets);
    for (sum, weight, count) in pools {
        let base = i32::try_from(sum.div_euclid(weight)).unwrap_or(0);
        for (cell, offset) in cells.by_ref().take(count) {
            sheet.cells[*cell].y = base + offset;
        }
    }
}
