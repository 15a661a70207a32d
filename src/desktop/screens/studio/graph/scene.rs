//! One encounter in the numbers of the screen: made once for each drawing, read in every frame.

use std::collections::BTreeSet;

use egui::{Pos2, Rect, pos2, vec2};

use crate::authoring::graph::boxes::{Boxes, block, port};
use crate::authoring::graph::layout::{Piece, Point, Route};
use crate::authoring::graph::{PlaceKind, Sheet};

/// How many straight pieces stand for a bend.
const STEPS: usize = 8;

/// An encounter, laid out.
#[derive(Debug)]
pub(super) struct Scene {
    /// By place of the sheet.
    pub(super) boxes: Vec<Rect>,
    /// By way of the sheet.
    pub(super) roads: Vec<Road>,
    /// The straight pieces of all roads from bend to bend, each once: ways to one place share most of theirs.
    pub(super) trunks: Vec<[Pos2; 2]>,
    /// By place: the ways that leave it, by row, the plain one of each row first.
    pub(super) leaving: Vec<Vec<usize>>,
    /// By place: the ways that lead to it.
    pub(super) arriving: Vec<Vec<usize>>,
    pub(super) bounds: Rect,
}

/// A way as a line.
#[derive(Debug)]
pub(super) struct Road {
    pub(super) points: Vec<Pos2>,
    /// The same from bend to bend, for where it is small.
    pub(super) corners: Vec<Pos2>,
    pub(super) bounds: Rect,
}

impl Scene {
    pub(super) fn of(sheet: &Sheet, drawn: &Boxes) -> Self {
        let boxes: Vec<Rect> = sheet
            .places
            .iter()
            .zip(&drawn.layout.blocks)
            .zip(&drawn.words)
            .map(|((place, at), words)| {
                let size = block(place, words.len());
                Rect::from_min_size(point(*at), vec2(float(size.width), float(size.height)))
            })
            .collect();
        let roads: Vec<Road> = drawn.layout.routes.iter().map(road).collect();
        let mut leaving = vec![Vec::new(); boxes.len()];
        let mut arriving = vec![Vec::new(); boxes.len()];
        for (index, way) in sheet.ways.iter().enumerate() {
            leaving[way.from].push(index);
            arriving[way.to].push(index);
        }
        let bounds = boxes.iter().chain(roads.iter().map(|road| &road.bounds));
        let bounds = bounds.copied().reduce(Rect::union).unwrap_or(Rect::ZERO);
        let trunks = trunks(&drawn.layout.routes);
        Self { boxes, roads, trunks, leaving, arriving, bounds }
    }

    /// Where a row of a place is.
    pub(super) fn row(&self, sheet: &Sheet, drawn: &Boxes, place: usize, row: usize) -> Rect {
        let whole = self.boxes[place];
        if !matches!(sheet.places[place].kind, PlaceKind::Node { .. }) {
            return whole;
        }
        let half = float(crate::authoring::graph::boxes::ROW) / 2.0;
        let middle = whole.top() + float(port(&sheet.places[place], drawn.words[place].len(), row));
        Rect::from_min_max(pos2(whole.left(), middle - half), pos2(whole.right(), middle + half))
    }

    /// The place whose box holds a point.
    pub(super) fn place_at(&self, at: Pos2) -> Option<usize> {
        self.boxes.iter().rposition(|rect| rect.contains(at))
    }

    /// The way that runs nearest to a point, within `reach`.
    pub(super) fn way_at(&self, at: Pos2, reach: f32) -> Option<usize> {
        let near = self.roads.iter().enumerate().filter(|(_, road)| road.bounds.expand(reach).contains(at));
        let away = near.map(|(index, road)| (index, road.away(at))).filter(|(_, away)| *away <= reach);
        away.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(index, _)| index)
    }
}

impl Road {
    fn away(&self, at: Pos2) -> f32 {
        let away = |pair: &[Pos2]| {
            let (from, along) = (pair[0], pair[1] - pair[0]);
            let share = if along.length_sq() > 0.0 {
                ((at - from).dot(along) / along.length_sq()).clamp(0.0, 1.0)
            } else {
                0.0
            };
            (from + along * share).distance(at)
        };
        self.points.windows(2).map(away).fold(f32::INFINITY, f32::min)
    }
}

fn trunks(routes: &[Route]) -> Vec<[Pos2; 2]> {
    let ends = |pair: &[Point]| (pair[0].x, pair[0].y, pair[1].x, pair[1].y);
    let pieces: BTreeSet<_> = routes.iter().flat_map(|route| route.points.windows(2).map(ends)).collect();
    pieces.into_iter().map(|(x, y, to_x, to_y)| [pos2(float(x), float(y)), pos2(float(to_x), float(to_y))]).collect()
}

fn road(route: &Route) -> Road {
    let mut points: Vec<Pos2> = route.points.first().map(|first| point(*first)).into_iter().collect();
    let mut corners = points.clone();
    for piece in route.pieces() {
        let Some(&from) = points.last() else { break };
        match piece {
            Piece::Line(to) => {
                points.push(point(to));
                corners.push(point(to));
            }
            Piece::Bend(leaving, arriving, to) => {
                let bend = [from, point(leaving), point(arriving), point(to)];
                points.extend((1..=STEPS).map(|step| on_curve(bend, float_of(step) / float_of(STEPS))));
                corners.push(point(to));
            }
        }
    }
    let bounds = Rect::from_points(&points);
    Road { points, corners, bounds }
}

/// The point of a cubic Bézier curve.
fn on_curve([start, leaving, arriving, end]: [Pos2; 4], at: f32) -> Pos2 {
    let rest = 1.0 - at;
    let sum = start.to_vec2() * rest * rest * rest
        + leaving.to_vec2() * 3.0 * rest * rest * at
        + arriving.to_vec2() * 3.0 * rest * at * at
        + end.to_vec2() * at * at * at;
    sum.to_pos2()
}

fn point(point: Point) -> Pos2 {
    pos2(float(point.x), float(point.y))
}

#[expect(clippy::cast_precision_loss, reason = "a picture is some ten thousand pixels wide")]
pub(super) fn float(pixels: i32) -> f32 {
    pixels as f32
}

#[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
fn float_of(steps: usize) -> f32 {
    steps as f32
}
