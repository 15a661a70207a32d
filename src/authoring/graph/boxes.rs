//! How large the boxes of a picture are, what stands in them, and where they go: for whoever draws one.
//!
//! All in pixels of a picture at its own size. From its top a box holds its name, what is said there, and a row for each
//! reply, at whose right end its ways leave.

use super::layout::{Block, Layout, Link, TURN, layout};
use super::wrapped::wrapped;
use super::{Place, PlaceKind, Sheet};

/// The width of a box, and of the words in it.
pub const WIDTH: i32 = 236;
pub const INSIDE: i32 = WIDTH - 2 * PADDING;
pub const PADDING: i32 = 12;
/// The line with the name, a line of what is said, and a row.
pub const NAME: i32 = 24;
pub const WORDS: i32 = 15;
pub const ROW: i32 = 20;
/// The sizes of letters.
pub const NAME_SIZE: i32 = 13;
pub const WORDS_SIZE: i32 = 11;
pub const ROW_SIZE: i32 = 12;
/// The start is a dot.
pub const DOT: i32 = 16;
/// How many lines of what is said are shown.
const LINES: usize = 2;

/// The boxes of an encounter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxes {
    /// A block for each of [`Sheet::places`], a route for each of [`Sheet::ways`].
    pub layout: Layout,
    /// What is said at each place, in lines that fit its box.
    pub words: Vec<Vec<String>>,
    /// The room to the right of the layout, for ways that turn round there.
    pub right: i32,
}

/// Lays out what there is to draw of an encounter.
pub fn boxes(sheet: &Sheet) -> Boxes {
    let words: Vec<_> = sheet.places.iter().map(|place| wrapped(&place.words, INSIDE, WORDS_SIZE, LINES)).collect();
    let blocks: Vec<_> = sheet.places.iter().zip(&words).map(|(place, words)| block(place, words.len())).collect();
    let links: Vec<_> = sheet
        .ways
        .iter()
        .map(|way| Link {
            from: way.from,
            to: way.to,
            leaves: port(&sheet.places[way.from], words[way.from].len(), way.row),
            arrives: blocks[way.to].height / 2,
        })
        .collect();
    let layout = layout(&blocks, &links);
    let right = if layout.routes.iter().any(|route| route.back) { TURN * 2 } else { 0 };
    Boxes { layout, words, right }
}

/// The size of a place’s box, with so many lines of what is said.
pub fn block(place: &Place, lines: usize) -> Block {
    match place.kind {
        PlaceKind::Start => Block { width: DOT, height: DOT },
        PlaceKind::Node { .. } => {
            Block { width: WIDTH, height: PADDING + NAME + lines_high(lines) + rows_high(place.rows.len()) + PADDING }
        }
        PlaceKind::Ending => Block { width: WIDTH, height: PADDING + NAME + lines_high(lines) + PADDING / 2 },
    }
}

/// Where a row’s way leaves a place, below its top.
pub fn port(place: &Place, lines: usize, row: usize) -> i32 {
    match place.kind {
        PlaceKind::Start | PlaceKind::Ending => DOT / 2,
        PlaceKind::Node { .. } => PADDING + NAME + lines_high(lines) + rows_high(row) + ROW / 2 + PADDING / 2,
    }
}

fn lines_high(lines: usize) -> i32 {
    i32::try_from(lines).unwrap_or(0) * WORDS
}

fn rows_high(rows: usize) -> i32 {
    i32::try_from(rows).unwrap_or(0) * ROW
}
