//! Filled shapes with soft edges, gathered into meshes.
//!
//! egui fills convex paths only, and a face is not convex. Here an outline of any simple form is cut into triangles and
//! given its own one-pixel feather, so that a whole person is one mesh, without textures.

use egui::ecolor::{gamma_u8_from_linear_f32, linear_f32_from_gamma_u8};
use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Rect, Vec2, pos2, vec2};

use super::outline::{Outline, area, ribbon};

/// Most rings of a glow. Colours between two of them are mixed as the shader mixes, which is right only over short ways.
const GLOW_RINGS: u8 = 6;
/// How far, in screen pixels, an edge may run beside its curve. A processor that draws pays for every triangle, and
/// below this nobody sees one.
const UNSEEN: f32 = 0.12;

/// Where drawing units land on the screen: turn, stretch and shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placement {
    across: Vec2,
    down: Vec2,
    origin: Pos2,
}

impl Placement {
    /// Drawing units become `scale` points, and the drawing's origin stands at `origin`.
    pub(super) fn new(origin: Pos2, scale: f32) -> Self {
        Self { across: vec2(scale, 0.0), down: vec2(0.0, scale), origin }
    }

    pub(super) fn at(self, point: Pos2) -> Pos2 {
        self.origin + self.across * point.x + self.down * point.y
    }

    /// A placement inside this one.
    pub(super) fn inside(self, origin: Pos2, scale: Vec2, turn: f32) -> Self {
        let (sin, cos) = turn.sin_cos();
        Self {
            across: (self.across * cos + self.down * sin) * scale.x,
            down: (self.down * cos - self.across * sin) * scale.y,
            origin: self.at(origin),
        }
    }

    /// How many points a drawing unit takes.
    pub(super) fn scale(self) -> f32 {
        self.across.length().max(self.down.length())
    }
}

/// Collects shapes, each its own mesh until the end: two poses of one person can then be laid over each other shape by
/// shape.
#[derive(Debug)]
pub(super) struct Canvas {
    shapes: Vec<Mesh>,
    placement: Placement,
    feather: f32,
    /// The colour of the air and how much of it lies over everything, 0 to 1.
    air: (Color32, f32),
}

impl Canvas {
    /// `pixel`: the width of one screen pixel in points.
    pub(super) fn new(placement: Placement, pixel: f32, air: (Color32, f32)) -> Self {
        Self { shapes: Vec::new(), placement, feather: pixel, air }
    }

    /// Draws inside another placement, then comes back.
    pub(super) fn placed(&mut self, origin: Pos2, scale: Vec2, turn: f32, draw: impl FnOnce(&mut Self)) {
        let outer = self.placement;
        self.placement = outer.inside(origin, scale, turn);
        draw(self);
        self.placement = outer;
    }

    /// Draws parts that fade as one, such as an eye: within it a later part still hides an earlier one.
    pub(super) fn together(&mut self, draw: impl FnOnce(&mut Self)) {
        let first = self.shapes.len();
        draw(self);
        let mut whole = Mesh::default();
        for part in self.shapes.drain(first..) {
            whole.append(part);
        }
        self.shapes.push(whole);
    }

    pub(super) fn fill(&mut self, outline: &Outline, colour: Color32) {
        let colour = self.through_air(colour);
        let points = self.on_screen(outline);
        let mesh = filled(points, colour, self.feather);
        self.shapes.push(mesh);
    }

    /// Fills the part of `outline` that lies within `bounds`, which must be near enough convex.
    pub(super) fn fill_within(&mut self, outline: &Outline, bounds: &Outline, colour: Color32) {
        self.fill(&outline.within(bounds), colour);
    }

    /// An oval that is `colour` in the middle and nothing at its rim.
    pub(super) fn glow(&mut self, centre: Pos2, radius: Vec2, colour: Color32) {
        let colour = self.through_air(colour);
        let rim = simplified(self.on_screen(&Outline::oval(centre, radius)), UNSEEN * 2.0 * self.feather);
        let middle = self.placement.at(centre);
        let pixels = radius.max_elem() * self.placement.scale() / self.feather;
        let rings = (1..GLOW_RINGS).find(|&rings| f32::from(rings) * 4.0 >= pixels).unwrap_or(GLOW_RINGS);
        let mut mesh = Mesh::default();
        mesh.vertices.push(vertex(middle, colour));
        for ring in 1..=rings {
            let share = f32::from(ring) / f32::from(rings);
            let colour = colour.gamma_multiply(1.0 - share);
            mesh.vertices.extend(rim.iter().map(|&point| vertex(middle.lerp(point, share), colour)));
        }
        let count = rim.len();
        for step in 0..count {
            let next = (step + 1) % count;
            mesh.add_triangle(0, index(1 + step), index(1 + next));
            for ring in 1..usize::from(rings) {
                let (inner, outer) = (1 + (ring - 1) * count, 1 + ring * count);
                mesh.add_triangle(index(inner + step), index(outer + step), index(inner + next));
                mesh.add_triangle(index(inner + next), index(outer + step), index(outer + next));
            }
        }
        self.shapes.push(mesh);
    }

    /// A line through points `(x, y, width)`, smooth, as thick at each as it says, with round ends.
    pub(super) fn ribbon(&mut self, points: &[(f32, f32, f32)], colour: Color32) {
        let colour = self.through_air(colour);
        let scale = self.placement.scale();
        let rows: Vec<Row> = ribbon(points)
            .into_iter()
            .map(|(place, across, half)| {
                let here = self.placement.at(place);
                Row { here, out: (self.placement.at(place + across) - here).normalized(), half: half * scale }
            })
            .collect();
        let rows = thinned(&rows, |from, between, to| between.is_on_the_way(from, to, UNSEEN * self.feather));
        let half_pixel = self.feather * 0.5;
        // A line of less than a pixel has no core: it rises to its middle and falls again.
        let is_hairline = rows.iter().all(|row| row.half <= half_pixel);
        let mut mesh = Mesh::default();
        for Row { here, out, half } in rows {
            // Below a pixel a line grows paler instead of thinner, or it would break up.
            let shown = colour.gamma_multiply((half / half_pixel).min(1.0));
            let rim = half.max(half_pixel) + half_pixel;
            mesh.vertices.push(vertex(here + out * rim, Color32::TRANSPARENT));
            if is_hairline {
                mesh.vertices.push(vertex(here, shown));
            } else {
                let core = (half - half_pixel).max(0.0);
                mesh.vertices.extend([core, -core].map(|reach| vertex(here + out * reach, shown)));
            }
            mesh.vertices.push(vertex(here - out * rim, Color32::TRANSPARENT));
        }
        let width = if is_hairline { 3 } else { 4 };
        let rows = mesh.vertices.len() / width;
        join_rows(&mut mesh, width, (1..rows).map(|row| (row - 1, row)));
        self.shapes.push(mesh);
    }

    /// A line of even width along a closed outline.
    pub(super) fn ring(&mut self, outline: &Outline, width: f32, colour: Color32) {
        let colour = self.through_air(colour);
        let points = simplified(self.on_screen(outline), UNSEEN * self.feather);
        let half = width * 0.5 * self.placement.scale();
        let count = points.len();
        let mut mesh = Mesh::default();
        for at in 0..count {
            let out = outward(points[(at + count - 1) % count], points[at], points[(at + 1) % count]);
            for (reach, colour) in [
                (half + self.feather * 0.5, Color32::TRANSPARENT),
                (half - self.feather * 0.5, colour),
                (self.feather * 0.5 - half, colour),
                (-half - self.feather * 0.5, Color32::TRANSPARENT),
            ] {
                mesh.vertices.push(vertex(points[at] + out * reach, colour));
            }
        }
        join_rows(&mut mesh, 4, (0..count).map(|at| (at, (at + 1) % count)));
        self.shapes.push(mesh);
    }

    /// Everything drawn so far, in order, as one mesh.
    pub(super) fn into_mesh(self) -> Mesh {
        let mut whole = Mesh::default();
        for shape in self.shapes {
            whole.append(shape);
        }
        for_linear_blending(&mut whole);
        whole
    }

    /// Two poses of the same person, `share` (0 to 1) of the way from this one to `after`.
    ///
    /// Each shape is laid over its former self until it is solid, and only then does the former one go: so nothing that
    /// lies behind ever shines through.
    pub(super) fn into_cross_fade(self, after: Self, share: f32) -> Mesh {
        let coming = (share * 2.0).clamp(0.0, 1.0);
        let going = (2.0 - share * 2.0).clamp(0.0, 1.0);
        let mut whole = Mesh::default();
        for (mut old, mut new) in self.shapes.into_iter().zip(after.shapes) {
            fade(&mut old, going);
            fade(&mut new, coming);
            whole.append(old);
            whole.append(new);
        }
        for_linear_blending(&mut whole);
        whole
    }

    #[cfg(test)]
    pub(super) fn shape_count(&self) -> usize {
        self.shapes.len()
    }

    fn on_screen(&self, outline: &Outline) -> Vec<Pos2> {
        outline.points().iter().map(|&point| self.placement.at(point)).collect()
    }

    fn through_air(&self, colour: Color32) -> Color32 {
        let (air, share) = self.air;
        colour.lerp_to_gamma(air.gamma_multiply(f32::from(colour.a()) / 255.0), share)
    }
}

/// A rectangle shaded from `top` to `bottom`.
pub(super) fn shaded(rect: Rect, top: Color32, bottom: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.vertices.extend([
        vertex(rect.left_top(), top),
        vertex(rect.right_top(), top),
        vertex(rect.right_bottom(), bottom),
        vertex(rect.left_bottom(), bottom),
    ]);
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    mesh
}

/// `square` filled with `colour` but for a round hole: lays a round frame over a picture.
pub(super) fn round_frame(square: Rect, radius: f32, colour: Color32, pixel: f32) -> Mesh {
    const STEPS: u16 = 96;
    let centre = square.center();
    let reach = square.size() * 0.5;
    let mut mesh = Mesh::default();
    for step in 0..STEPS {
        let turn = std::f32::consts::TAU * f32::from(step) / f32::from(STEPS);
        let way = vec2(turn.cos(), turn.sin());
        let to_edge = (reach.x / way.x.abs().max(1e-4)).min(reach.y / way.y.abs().max(1e-4));
        mesh.vertices.push(vertex(centre + way * (radius - pixel), Color32::TRANSPARENT));
        mesh.vertices.push(vertex(centre + way * radius, colour));
        // The corners lie between two steps, so the edge is overshot and left to the clip.
        mesh.vertices.push(vertex(centre + way * (to_edge * 1.05), colour));
    }
    let count = u32::from(STEPS);
    for step in 0..count {
        let (here, next) = (step * 3, (step + 1) % count * 3);
        for ring in 0..2 {
            mesh.add_triangle(here + ring, here + ring + 1, next + ring);
            mesh.add_triangle(next + ring, here + ring + 1, next + ring + 1);
        }
    }
    mesh
}

/// The window's shader turns a premultiplied colour into linear light as if it were opaque, which darkens whatever shines
/// through. A see-through colour is therefore given the value that comes out right.
fn for_linear_blending(mesh: &mut Mesh) {
    for vertex in &mut mesh.vertices {
        let alpha = vertex.color.a();
        if (1..255).contains(&alpha) {
            let share = f32::from(alpha) / 255.0;
            let [red, green, blue, _] = vertex.color.to_srgba_unmultiplied();
            let lit = |value| gamma_u8_from_linear_f32(linear_f32_from_gamma_u8(value) * share);
            vertex.color = Color32::from_rgba_premultiplied(lit(red), lit(green), lit(blue), alpha);
        }
    }
}

fn fade(mesh: &mut Mesh, share: f32) {
    for vertex in &mut mesh.vertices {
        vertex.color = vertex.color.gamma_multiply(share);
    }
}

fn vertex(pos: Pos2, color: Color32) -> Vertex {
    Vertex { pos, uv: egui::epaint::WHITE_UV, color }
}

/// An index into a mesh. A shape has some hundred points; more than 2³² cannot be held in memory here.
fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Rows of `width` vertices each, joined two by two.
fn join_rows(mesh: &mut Mesh, width: usize, pairs: impl Iterator<Item = (usize, usize)>) {
    for (here, next) in pairs {
        let (here, next) = (index(here * width), index(next * width));
        for band in 0..index(width - 1) {
            mesh.add_triangle(here + band, here + band + 1, next + band);
            mesh.add_triangle(next + band, here + band + 1, next + band + 1);
        }
    }
}

/// A place along a ribbon, on the screen: its middle, the way across, and half its width.
#[derive(Debug, Clone, Copy)]
struct Row {
    here: Pos2,
    out: Vec2,
    half: f32,
}

impl Row {
    /// Whether both edges would run where they do if this row were left out.
    fn is_on_the_way(self, from: Self, to: Self, tolerance: f32) -> bool {
        [1.0, -1.0].into_iter().all(|side| {
            let edge = |row: Self| row.here + row.out * (row.half * side);
            distance(edge(self), edge(from), edge(to)) <= tolerance
        })
    }
}

/// Leaves out what lies on the way between its neighbours; first and last stay.
fn thinned<T: Copy>(all: &[T], is_on_the_way: impl Fn(T, T, T) -> bool) -> Vec<T> {
    let mut kept = Vec::with_capacity(all.len());
    let mut last = 0;
    kept.extend(all.first());
    for next in 2..all.len() {
        if !all[last + 1..next].iter().all(|&between| is_on_the_way(all[last], between, all[next])) {
            last = next - 1;
            kept.push(all[last]);
        }
    }
    kept.extend(all.get(1..).and_then(<[T]>::last));
    kept
}

/// A closed outline without the points that make no difference of more than `tolerance`.
fn simplified(mut points: Vec<Pos2>, tolerance: f32) -> Vec<Pos2> {
    points.extend(points.first().copied());
    let mut kept = thinned(&points, |from, between, to| distance(between, from, to) <= tolerance);
    kept.pop();
    kept
}

/// How far `point` is from the line between two others.
fn distance(point: Pos2, from: Pos2, to: Pos2) -> f32 {
    let way = to - from;
    let along = ((point - from).dot(way) / way.length_sq().max(1e-6)).clamp(0.0, 1.0);
    point.distance(from + way * along)
}

fn filled(points: Vec<Pos2>, colour: Color32, feather: f32) -> Mesh {
    let mut points = simplified(points, UNSEEN * feather);
    let mut mesh = Mesh::default();
    if points.len() < 3 || colour.a() == 0 {
        return mesh;
    }
    if area(&points) < 0.0 {
        points.reverse();
    }
    let count = points.len();
    for at in 0..count {
        let (before, here, after) = (points[(at + count - 1) % count], points[at], points[(at + 1) % count]);
        let outward = outward(before, here, after) * (feather * 0.5);
        mesh.vertices.push(vertex(here - outward, colour));
        mesh.vertices.push(vertex(here + outward, Color32::TRANSPARENT));
    }
    for [a, b, c] in triangles(&points) {
        mesh.add_triangle(index(a * 2), index(b * 2), index(c * 2));
    }
    for at in 0..count {
        let (here, next) = (index(at * 2), index((at + 1) % count * 2));
        mesh.add_triangle(here, here + 1, next);
        mesh.add_triangle(next, here + 1, next + 1);
    }
    mesh
}

/// The way out at a corner, long enough that both edges move by one; bounded at sharp tips.
fn outward(before: Pos2, here: Pos2, after: Pos2) -> Vec2 {
    let normal = |from: Pos2, to: Pos2| {
        let along = (to - from).normalized();
        vec2(along.y, -along.x)
    };
    let middle = (normal(before, here) + normal(here, after)) * 0.5;
    let length_sq = middle.length_sq();
    if length_sq < 0.25 { middle.normalized() } else { middle / length_sq }
}

/// Ear clipping. `points` turn clockwise on the screen (positive [`area`]). An outline that crosses itself still ends,
/// only less neatly.
fn triangles(points: &[Pos2]) -> Vec<[usize; 3]> {
    let mut left: Vec<usize> = (0..points.len()).collect();
    let mut found = Vec::with_capacity(points.len());
    let mut at = 0;
    let mut refused = 0;
    while left.len() > 3 {
        let count = left.len();
        let ear @ [a, b, c] = [left[(at + count - 1) % count], left[at % count], left[(at + 1) % count]];
        let turn = cross(points[a], points[b], points[c]);
        let is_ear = turn >= 0.0
            && (turn < 1e-6
                || !left.iter().any(|&other| !ear.contains(&other) && inside(points[other], ear.map(|i| points[i]))));
        if is_ear || refused > count {
            found.push(ear);
            left.remove(at % count);
            refused = 0;
            at %= left.len();
        } else {
            refused += 1;
            at = (at + 1) % count;
        }
    }
    if let [a, b, c] = left[..] {
        found.push([a, b, c]);
    }
    found
}

fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn inside(point: Pos2, [a, b, c]: [Pos2; 3]) -> bool {
    cross(a, b, point) > 0.0 && cross(b, c, point) > 0.0 && cross(c, a, point) > 0.0
}

/// Shorthand for a point in drawing units.
pub(super) const fn at(x: f32, y: f32) -> Pos2 {
    pos2(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(points: &[Pos2]) -> f32 {
        triangles(points).iter().map(|&[a, b, c]| cross(points[a], points[b], points[c]) / 2.0).sum()
    }

    #[test]
    fn triangles_cover_a_concave_outline_exactly() {
        let outline = [at(0.0, 0.0), at(4.0, 0.0), at(4.0, 4.0), at(2.0, 1.0), at(0.0, 4.0)];
        assert!((covered(&outline) - area(&outline)).abs() < 1e-4);
        let count = triangles(&outline).len();
        assert_eq!(count, outline.len() - 2);
    }

    #[test]
    fn a_crossed_outline_still_ends() {
        let bow = [at(0.0, 0.0), at(4.0, 4.0), at(4.0, 0.0), at(0.0, 4.0)];
        assert_eq!(triangles(&bow).len(), 2);
    }

    #[test]
    fn an_outline_loses_only_points_that_nobody_would_miss() {
        let circle = |radius: f32| Outline::oval(at(0.0, 0.0), vec2(radius, radius)).points().to_vec();
        for radius in [2.0_f32, 8.0, 40.0] {
            let few = simplified(circle(radius), UNSEEN);
            assert!(few.len() >= 5 && few.len() <= 36, "{radius}: {}", few.len());
            for point in circle(radius) {
                let count = few.len();
                let nearest = (0..count).map(|here| distance(point, few[here], few[(here + 1) % count]));
                assert!(nearest.fold(f32::MAX, f32::min) <= UNSEEN, "{radius}");
            }
        }
        let square = [at(0.0, 0.0), at(2.0, 0.0), at(4.0, 0.0), at(4.0, 4.0), at(0.0, 4.0)];
        assert_eq!(simplified(square.to_vec(), UNSEEN), [square[0], square[2], square[3], square[4]]);
    }

    #[test]
    fn placements_nest() {
        let outer = Placement::new(at(10.0, 0.0), 2.0);
        let inner = outer.inside(at(5.0, 5.0), vec2(-1.0, 1.0), 0.0);
        assert_eq!(inner.at(at(1.0, 1.0)), at(18.0, 12.0));
    }
}
