//! The drawing itself. What is out of sight is passed over, and letters too small to be read are left out.

use egui::{Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::marks::Marks;
use super::overlay::{Known, Mark, Overlay, Sign};
use super::scene::{Road, Scene, float};
use super::sight::Map;
use crate::authoring::graph::boxes::{Boxes, NAME_SIZE, PADDING, ROW_SIZE, WORDS, WORDS_SIZE};
use crate::authoring::graph::{PlaceKind, Sheet};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::survey::Who;

/// Letters below this size, in points, are left out.
const LEGIBLE: f32 = 7.0;
/// Where all else is left out a name is written at this size, if its box has room for a few letters.
const NAME_ALONE: f32 = 10.0;
const ROOM_FOR_NAME: f32 = 64.0;

/// All that the drawing shows.
pub(super) struct Painting<'a> {
    pub(super) theme: &'a Theme,
    pub(super) painter: &'a Painter,
    pub(super) map: Map,
    pub(super) sheet: &'a Sheet,
    pub(super) scene: &'a Scene,
    pub(super) boxes: &'a Boxes,
    pub(super) known: &'a Known<'a>,
    pub(super) overlay: Overlay,
    pub(super) who: Who,
    pub(super) marks: &'a Marks,
    /// The place and the row that hold the caret.
    pub(super) caret: Option<(usize, Option<usize>)>,
    /// The place one walks at and the way one looks at, while the drawing has the focus.
    pub(super) walk: Option<(usize, Option<usize>)>,
    /// The way that is pointed at.
    pub(super) pointed: Option<usize>,
}

impl Painting<'_> {
    /// Whether all letters can be read.
    pub(super) fn is_legible(&self) -> bool {
        is_legible(self.map)
    }

    pub(super) fn paint(&self) {
        let seen = self.map.rect_to_graph(self.painter.clip_rect()).expand(8.0);
        self.paint_ways(seen);
        for (place, rect) in self.scene.boxes.iter().enumerate() {
            if seen.intersects(rect.expand(8.0)) {
                self.paint_place(place, self.map.rect(*rect));
            }
        }
    }

    fn paint_ways(&self, seen: Rect) {
        let colors = &self.theme.colors;
        let quiet = style::mix(colors.line, colors.soft_ink, 0.45);
        let is_near = |way: usize| {
            let way = &self.sheet.ways[way];
            self.walk.is_some_and(|(place, _)| way.from == place)
                || self.caret.is_some_and(|(place, _)| way.from == place)
        };
        if self.is_small() {
            for [from, to] in self.scene.trunks.iter().filter(|[from, to]| crosses(seen, *from, *to)) {
                let piece = [self.map.to_screen(*from), self.map.to_screen(*to)];
                self.painter.line_segment(piece, Stroke::new(0.7, quiet));
            }
        } else {
            for (index, road) in self.scene.roads.iter().enumerate() {
                if seen.intersects(road.bounds) && !is_near(index) && self.pointed != Some(index) {
                    self.paint_way(index, road, seen, Stroke::new(self.width(index), quiet));
                }
            }
        }
        // What belongs to where one is lies above the rest.
        for (index, road) in self.scene.roads.iter().enumerate().filter(|(_, road)| seen.intersects(road.bounds)) {
            let chosen = self
                .walk
                .is_some_and(|(place, way)| way.is_some_and(|way| self.scene.leaving[place].get(way) == Some(&index)));
            if chosen || self.pointed == Some(index) {
                self.paint_way(index, road, seen, Stroke::new(self.width(index) + 2.0, colors.calm));
            } else if is_near(index) {
                self.paint_way(index, road, seen, Stroke::new(self.width(index) + 0.5, colors.calm));
            }
        }
    }

    /// Where it is laid over the graph how many come by, a way is as wide as they are many.
    fn width(&self, way: usize) -> f32 {
        let way = &self.sheet.ways[way];
        let share = if self.overlay == Overlay::Reached {
            self.known.mark(self.overlay, self.who, way.from, Some(way.row)).fill.map_or(0.0, |(_, share)| share)
        } else {
            0.0
        };
        (1.2 + share * 4.0) * self.map.zoom.clamp(0.5, 1.5)
    }

    /// Whether only the course of ways can be seen.
    fn is_small(&self) -> bool {
        self.map.zoom < 0.3
    }

    /// Paints what is in sight of a way.
    fn paint_way(&self, index: usize, road: &Road, seen: Rect, stroke: Stroke) {
        let way = &self.sheet.ways[index];
        let is_small = self.is_small();
        let points = if is_small { &road.corners } else { &road.points };
        let mut stretch: Vec<Pos2> = Vec::new();
        let paint = |stretch: &mut Vec<Pos2>| {
            let stretch = std::mem::take(stretch);
            if stretch.len() < 2 {
            } else if way.when.is_some() && !is_small {
                let (dash, gap) = (6.0 * self.map.zoom, 4.0 * self.map.zoom);
                self.painter.extend(Shape::dashed_line(&stretch, stroke, dash.max(3.0), gap.max(2.0)));
            } else {
                self.painter.line(stretch, stroke);
            }
        };
        for pair in points.windows(2) {
            if !crosses(seen, pair[0], pair[1]) {
                paint(&mut stretch);
                continue;
            }
            if stretch.is_empty() {
                stretch.push(self.map.to_screen(pair[0]));
            }
            stretch.push(self.map.to_screen(pair[1]));
        }
        paint(&mut stretch);
        let end = points.last().filter(|end| seen.contains(**end)).map(|end| self.map.to_screen(*end));
        if let Some(end) = end.filter(|_| !is_small) {
            let size = 6.0 * self.map.zoom;
            let tip = vec![end, end + vec2(-size * 1.3, -size * 0.7), end + vec2(-size * 1.3, size * 0.7)];
            self.painter.add(Shape::convex_polygon(tip, stroke.color, Stroke::NONE));
        }
    }

    fn paint_place(&self, place: usize, rect: Rect) {
        let colors = &self.theme.colors;
        let it = &self.sheet.places[place];
        let mark = self.known.mark(self.overlay, self.who, place, None);
        let zoom = self.map.zoom;
        let (corner, ground, edge) = match it.kind {
            PlaceKind::Start => {
                self.painter.circle_filled(rect.center(), rect.width() / 2.0, colors.calm);
                self.paint_rings(place, rect, 60.0);
                return;
            }
            PlaceKind::Node { core: true } => (6.0, colors.card, Stroke::new(2.0 * zoom.max(0.5), colors.calm)),
            PlaceKind::Node { core: false } => (6.0, colors.card, Stroke::new(1.0, colors.soft_ink)),
            PlaceKind::Ending => (18.0, colors.track, Stroke::new(1.0, colors.soft_ink)),
        };
        let round = rounding(corner * zoom);
        let fill =
            mark.fill.map_or(ground, |(tone, depth)| style::mix(ground, tone.color(self.theme), 0.06 + depth * 0.38));
        self.painter.rect(rect, round, fill, edge, StrokeKind::Inside);
        self.paint_sign(rect.shrink(2.0), mark.sign);
        if self.is_legible() {
            self.paint_words(place, rect, &mark);
        } else if rect.width() >= ROOM_FOR_NAME && rect.height() >= NAME_ALONE {
            let at = pos2(rect.left() + 4.0, rect.top() + rect.height().min(2.0 * NAME_ALONE) / 2.0);
            let inside = self.painter.with_clip_rect(rect.shrink(2.0).intersect(self.painter.clip_rect()));
            let font = self.letters(TextRole::SmallStrong, NAME_ALONE * self.theme.scale.factor().min(1.4));
            inside.text(at, Align2::LEFT_CENTER, &it.name, font, colors.ink);
        }
        self.paint_findings(place, rect);
        self.paint_rings(place, rect, corner * zoom);
    }

    fn letters(&self, role: TextRole, size: f32) -> FontId {
        FontId::new(size, self.theme.font(role).family)
    }

    fn paint_words(&self, place: usize, rect: Rect, mark: &Mark) {
        let colors = &self.theme.colors;
        let zoom = self.map.zoom;
        let it = &self.sheet.places[place];
        let left = rect.left() + float(PADDING) * zoom;
        let right = rect.right() - float(PADDING) * zoom;
        let line = |at: Pos2, anchor: Align2, role: TextRole, size: i32, color: Color32, words: &str| {
            self.painter.text(at, anchor, words, self.letters(role, float(size) * zoom), color)
        };
        let mut y = rect.top() + float(PADDING + NAME_SIZE / 2) * zoom;
        if let Some(figure) = &mark.figure {
            line(pos2(right, y), Align2::RIGHT_CENTER, TextRole::SmallStrong, ROW_SIZE, colors.ink, figure);
        }
        let name = line(pos2(left, y), Align2::LEFT_CENTER, TextRole::SmallStrong, NAME_SIZE, colors.ink, &it.name);
        if let Some(color) = self.marks.color(self.theme, place) {
            squiggle(self.painter, name.left_bottom(), name.width(), color, zoom);
        }
        y += float(NAME_SIZE / 2 + WORDS / 2 + 5) * zoom;
        for words in &self.boxes.words[place] {
            line(pos2(left, y), Align2::LEFT_CENTER, TextRole::Small, WORDS_SIZE, colors.soft_ink, words);
            y += float(WORDS) * zoom;
        }
        for (row, gist) in it.rows.iter().enumerate() {
            let whole = self.map.rect(self.scene.row(self.sheet, self.boxes, place, row));
            let mark = self.known.mark(self.overlay, self.who, place, Some(row));
            if row == 0 {
                self.painter.hline(left..=right, whole.top(), Stroke::new(1.0, colors.line));
            }
            if self.is_chosen(place, row) {
                self.painter.rect_filled(whole.shrink2(vec2(2.0, 0.0)), 0.0, colors.chosen);
            }
            let mut room = right - left;
            if let Some(figure) = &mark.figure {
                let color = match mark.fill {
                    Some((tone, _)) if self.overlay == Overlay::Score => tone.color(self.theme),
                    _ => colors.ink,
                };
                let at = pos2(right, whole.center().y);
                let drawn = line(at, Align2::RIGHT_CENTER, TextRole::SmallStrong, WORDS_SIZE, color, figure);
                room -= drawn.width() + 6.0 * zoom;
            }
            if mark.sign != Sign::None && (mark.figure.is_none() || mark.sign == Sign::Dotted) {
                // Where a figure would stand, so that the words stay legible.
                let place = pos2(right - 18.0 * zoom, whole.center().y);
                self.paint_sign(Rect::from_center_size(place, vec2(36.0, 12.0) * zoom), mark.sign);
                room = room.min(right - left - 42.0 * zoom);
            }
            let inside = Rect::from_min_max(whole.min, pos2(left + room, whole.max.y));
            let painter = self.painter.with_clip_rect(inside.intersect(self.painter.clip_rect()));
            let font = self.letters(TextRole::Small, float(ROW_SIZE) * zoom);
            painter.text(pos2(left, whole.center().y), Align2::LEFT_CENTER, gist, font, colors.ink);
            self.painter.circle_filled(pos2(rect.right(), whole.center().y), 3.0 * zoom, colors.soft_ink);
        }
    }

    fn is_chosen(&self, place: usize, row: usize) -> bool {
        let walked = self.walk.is_some_and(|(at, way)| {
            let way = way.and_then(|way| self.scene.leaving[at].get(way));
            at == place && way.is_some_and(|way| self.sheet.ways[*way].row == row)
        });
        walked || self.caret == Some((place, Some(row)))
    }

    /// A pattern over a box.
    fn paint_sign(&self, rect: Rect, sign: Sign) {
        let color = style::mix(self.theme.colors.card, self.theme.colors.soft_ink, 0.75);
        let stroke = Stroke::new(1.0, color);
        match sign {
            Sign::None => {}
            Sign::Hatched => {
                let painter = self.painter.with_clip_rect(rect.intersect(self.painter.clip_rect()));
                let apart = (14.0 * self.map.zoom).max(5.0);
                let faint = Stroke::new(1.0, style::mix(self.theme.colors.card, color, 0.5));
                let mut x = rect.left() - rect.height();
                while x < rect.right() {
                    painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], faint);
                    x += apart;
                }
            }
            Sign::Crossed => {
                let stroke = Stroke::new(1.5, self.theme.colors.heat);
                self.painter.line_segment([rect.left_top(), rect.right_bottom()], stroke);
                self.painter.line_segment([rect.left_bottom(), rect.right_top()], stroke);
            }
            Sign::Dotted => {
                let edge =
                    [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
                let apart = (5.0 * self.map.zoom).max(3.0);
                self.painter.extend(Shape::dashed_line(&edge, stroke, apart / 2.0, apart));
            }
        }
    }

    /// A disc with a sign at the corner of a place that has findings.
    fn paint_findings(&self, place: usize, rect: Rect) {
        let Some(color) = self.marks.color(self.theme, place) else { return };
        let radius = (8.0 * self.map.zoom).clamp(1.5, 11.0);
        let at = rect.left_top();
        self.painter.circle(at, radius, color, Stroke::new(1.0, self.theme.colors.paper));
        if radius >= 6.0 {
            let font = self.letters(TextRole::SmallStrong, radius * 1.6);
            let color = if self.marks.at(place).0 > 0 { self.theme.colors.on_heat } else { self.theme.colors.paper };
            self.painter.text(at, Align2::CENTER_CENTER, "!", font, color);
        }
    }

    /// Where the caret is, and where one walks.
    fn paint_rings(&self, place: usize, rect: Rect, corner: f32) {
        let colors = &self.theme.colors;
        if self.caret.is_some_and(|(at, _)| at == place) {
            let ring = rect.expand(4.0);
            self.painter.rect_stroke(ring, rounding(corner + 4.0), Stroke::new(2.5, colors.calm), StrokeKind::Inside);
            // As in a text: a caret before it.
            let x = ring.left() - 5.0;
            let reach = Vec2::new(0.0, (ring.height() / 2.0).min(9.0));
            let middle = pos2(x, ring.center().y);
            self.painter.line_segment([middle - reach, middle + reach], Stroke::new(2.0, colors.calm));
        }
        if self.walk.is_some_and(|(at, _)| at == place) {
            let ring = rect.expand(8.0);
            self.painter.rect_stroke(ring, rounding(corner + 8.0), Stroke::new(2.0, colors.ink), StrokeKind::Inside);
        }
    }
}

/// Whether a straight line may be in sight.
fn crosses(seen: Rect, from: Pos2, to: Pos2) -> bool {
    seen.intersects(Rect::from_two_pos(from, to))
}

/// Whether all letters can be read.
pub(super) fn is_legible(map: Map) -> bool {
    float(WORDS_SIZE) * map.zoom >= LEGIBLE
}

fn rounding(points: f32) -> CornerRadius {
    CornerRadius::from(points.clamp(0.0, 60.0))
}

/// A wavy line under a name.
fn squiggle(painter: &Painter, from: Pos2, width: f32, color: Color32, zoom: f32) {
    let step = 3.0 * zoom;
    let mut points = Vec::new();
    let mut x = 0.0;
    while x <= width {
        let down = if points.len() % 2 == 0 { 0.0 } else { 2.0 * zoom };
        points.push(from + vec2(x, down));
        x += step;
    }
    painter.line(points, Stroke::new(1.2 * zoom.max(0.8), color));
}
