//! Where the boxes of a graph go, and the ways between them: layers from left to right.
//!
//! The way of Sugiyama, Tagawa and Toda (1981): links that lead back are turned round, every box is put into the layer
//! of its longest way from a start, long links get a bend in each layer that they cross, the boxes of each layer are put
//! into an order with few crossings, and last they are moved up and down so that links run straight. All in whole
//! numbers, so that the same graph is laid out the same way everywhere. The unit is whatever the sizes are given in.

mod layers;
mod order;
mod settle;

/// A box to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    pub width: i32,
    pub height: i32,
}

/// A link between two boxes. It leaves a box on its right and reaches one on its left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub from: usize,
    pub to: usize,
    /// How far below the top of the box it leaves.
    pub leaves: i32,
    /// How far below the top of the box it arrives.
    pub arrives: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

/// The way of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// From box to box; between the first and the last the points come in pairs: where the way enters a layer and where it
    /// leaves it.
    pub points: Vec<Point>,
    /// It leads back: between its ends it runs from right to left.
    pub back: bool,
}

/// A piece of a way, from where the one before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Straight to there.
    Line(Point),
    /// A cubic Bézier curve with its two controls.
    Bend(Point, Point, Point),
}

impl Route {
    /// Straight along the layers, and a bend from each to the next. They begin at the first of [`Self::points`].
    pub fn pieces(&self) -> impl Iterator<Item = Piece> {
        let mut before = self.points.first().copied();
        self.points.iter().enumerate().skip(1).filter_map(move |(index, &point)| {
            let start = before.replace(point)?;
            let place = index - 1;
            let is_last = index + 1 == self.points.len();
            if place % 2 == 1 && !is_last {
                return Some(Piece::Line(point));
            }
            // Out of the box and into it a way runs to the right; in between, a way back runs to the left.
            let leaves = if self.back && place > 0 { -1 } else { 1 };
            let arrives = if self.back && !is_last { -1 } else { 1 };
            let reach = if leaves == arrives { (point.x - start.x).abs().min(LAYER_GAP) / 2 } else { TURN };
            let leaving = Point { x: start.x + leaves * reach, y: start.y };
            let arriving = Point { x: point.x - arrives * reach, y: point.y };
            Some(Piece::Bend(leaving, arriving, point))
        })
    }

    /// As the path of an SVG.
    pub fn curve(&self) -> String {
        let Some(first) = self.points.first() else { return String::new() };
        let mut path = format!("M{} {}", first.x, first.y);
        for piece in self.pieces() {
            match piece {
                Piece::Line(to) => path.push_str(&format!("H{}", to.x)),
                Piece::Bend(leaving, arriving, to) => path
                    .push_str(&format!("C{} {} {} {} {} {}", leaving.x, leaving.y, arriving.x, arriving.y, to.x, to.y)),
            }
        }
        path
    }
}

/// Where everything goes. The top left corner is (0, 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub width: i32,
    pub height: i32,
    /// The top left corner of each box.
    pub blocks: Vec<Point>,
    /// One for each link.
    pub routes: Vec<Route>,
}

/// The room that a way needs to turn round.
pub const TURN: i32 = 26;
/// The room between two layers.
pub const LAYER_GAP: i32 = 84;
/// The room between two boxes of a layer.
pub const BLOCK_GAP: i32 = 28;
/// The room around a bend.
pub const BEND_GAP: i32 = 12;

/// Lays a graph out.
///
/// # Panics
/// Where a link names a box that is not there.
pub fn layout(blocks: &[Block], links: &[Link]) -> Layout {
    let mut sheet = layers::sheet(blocks, links);
    order::order(&mut sheet);
    settle::settle(&mut sheet);
    draw(&sheet, blocks, links)
}

/// A box, or the bend of a link, in its layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    layer: usize,
    height: i32,
    /// Its top; filled in by `settle`.
    y: i32,
    is_block: bool,
}

/// A tie between two cells of neighbouring layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tie {
    left: usize,
    right: usize,
    /// How far below the top of each cell it is tied.
    left_port: i32,
    right_port: i32,
}

/// A graph whose links lead from each layer to the next.
#[derive(Debug)]
struct Sheet {
    /// The boxes first, then the bends.
    cells: Vec<Cell>,
    ties: Vec<Tie>,
    /// The cells of each layer, from the top down.
    layers: Vec<Vec<usize>>,
    /// For each link the bends on its way, from its start to its end.
    bends: Vec<Vec<usize>>,
    /// For each link whether it leads back.
    back: Vec<bool>,
}

fn draw(sheet: &Sheet, blocks: &[Block], links: &[Link]) -> Layout {
    let widest = |layer: &[usize]| layer.iter().filter_map(|cell| blocks.get(*cell)).map(|block| block.width).max();
    let widths: Vec<i32> = sheet.layers.iter().map(|layer| widest(layer).unwrap_or(0)).collect();
    let mut lefts = Vec::with_capacity(widths.len());
    let mut left = 0;
    for width in &widths {
        lefts.push(left);
        left += width + LAYER_GAP;
    }
    let places: Vec<Point> =
        (0..blocks.len()).map(|place| Point { x: lefts[sheet.cells[place].layer], y: sheet.cells[place].y }).collect();
    let routes = links.iter().enumerate().map(|(place, link)| {
        let (from, to) = (places[link.from], places[link.to]);
        let mut points = vec![Point { x: from.x + blocks[link.from].width, y: from.y + link.leaves }];
        for &bend in &sheet.bends[place] {
            let cell = sheet.cells[bend];
            let y = cell.y + cell.height / 2;
            let (left, right) = (lefts[cell.layer], lefts[cell.layer] + widths[cell.layer]);
            let ends = if sheet.back[place] { [right, left] } else { [left, right] };
            points.extend(ends.map(|x| Point { x, y }));
        }
        points.push(Point { x: to.x, y: to.y + link.arrives });
        Route { points, back: sheet.back[place] }
    });
    let routes = routes.collect();
    Layout {
        width: (left - LAYER_GAP).max(0),
        height: sheet.cells.iter().map(|cell| cell.y + cell.height).max().unwrap_or(0),
        blocks: places,
        routes,
    }
}

#[cfg(test)]
mod tests;
