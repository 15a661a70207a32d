//! Closed outlines in drawing units.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// A closed outline. It must not cross itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outline {
    points: Vec<Pos2>,
}

/// Line pieces between two points of a smooth outline: enough to look round at the size of a whole window.
const PIECES: u16 = 7;

impl Outline {
    /// Straight edges from point to point.
    pub(super) fn straight(points: &[(f32, f32)]) -> Self {
        Self { points: points.iter().map(|&(x, y)| pos2(x, y)).collect() }
    }

    /// A smooth closed curve through the points. A point that stands twice is a corner.
    pub(super) fn smooth(points: &[(f32, f32)]) -> Self {
        let points: Vec<Pos2> = points.iter().map(|&(x, y)| pos2(x, y)).collect();
        let count = points.len();
        let mut curve = Vec::with_capacity(count * usize::from(PIECES));
        for here in 0..count {
            let [a, b, c, d] = [here + count - 1, here, here + 1, here + 2].map(|step| points[step % count]);
            if b == c {
                continue;
            }
            let (leave, arrive) = (tangent(a, b, c), tangent(b, c, d));
            extend_curve(&mut curve, b, leave, c, arrive);
        }
        Self { points: curve }
    }

    /// A smooth outline that is the same left and right of x = 0: `half` runs down the right side, its first and last
    /// points lie on the middle line.
    pub(super) fn symmetric(half: &[(f32, f32)]) -> Self {
        let inner = half.len().saturating_sub(1).max(1);
        let mirrored = half[1..inner].iter().rev().map(|&(x, y)| (-x, y));
        let all: Vec<_> = half.iter().copied().chain(mirrored).collect();
        Self::smooth(&all)
    }

    pub(super) fn oval(centre: Pos2, radius: Vec2) -> Self {
        const STEPS: u16 = 36;
        let points = (0..STEPS).map(|step| {
            let turn = std::f32::consts::TAU * f32::from(step) / f32::from(STEPS);
            centre + vec2(turn.cos() * radius.x, turn.sin() * radius.y)
        });
        Self { points: points.collect() }
    }

    pub(super) fn rounded(rect: Rect, corner: f32) -> Self {
        const STEPS: u16 = 6;
        let corner = corner.min(rect.width() * 0.5).min(rect.height() * 0.5);
        let inner = rect.shrink(corner);
        let corners = [inner.right_bottom(), inner.left_bottom(), inner.left_top(), inner.right_top()];
        let mut points = Vec::with_capacity(usize::from(STEPS + 1) * 4);
        for (quarter, centre) in (0_u16..).zip(corners) {
            for step in 0..=STEPS {
                let turn = (f32::from(quarter) + f32::from(step) / f32::from(STEPS)) * std::f32::consts::FRAC_PI_2;
                points.push(centre + vec2(turn.cos(), turn.sin()) * corner);
            }
        }
        Self { points }
    }

    pub(super) fn points(&self) -> &[Pos2] {
        &self.points
    }

    pub(super) fn moved(&self, by: Vec2) -> Self {
        Self { points: self.points.iter().map(|&point| point + by).collect() }
    }

    /// The part inside `bounds`, which must be near enough convex (Sutherland and Hodgman's way).
    pub(super) fn within(&self, bounds: &Self) -> Self {
        let sign = if area(&bounds.points) < 0.0 { -1.0 } else { 1.0 };
        let count = bounds.points.len();
        let mut kept = self.points.clone();
        for edge in 0..count {
            let (from, to) = (bounds.points[edge], bounds.points[(edge + 1) % count]);
            let side =
                |point: Pos2| sign * ((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x));
            let subject = std::mem::take(&mut kept);
            for (here, &point) in subject.iter().enumerate() {
                let last = subject[(here + subject.len() - 1) % subject.len()];
                let (was, is) = (side(last), side(point));
                if (was < 0.0) != (is < 0.0) {
                    kept.push(last + (point - last) * (was / (was - is)));
                }
                if is >= 0.0 {
                    kept.push(point);
                }
            }
        }
        Self { points: kept }
    }
}

/// Twice the signed area halved: positive when the points turn clockwise on the screen.
pub(super) fn area(points: &[Pos2]) -> f32 {
    let count = points.len();
    let twice: f32 = (0..count)
        .map(|here| {
            let (a, b) = (points[here], points[(here + 1) % count]);
            a.x * b.y - b.x * a.y
        })
        .sum();
    twice * 0.5
}

/// Half of the way between the neighbours; none where the point stands twice.
fn tangent(before: Pos2, here: Pos2, after: Pos2) -> Vec2 {
    if before == here || here == after { Vec2::ZERO } else { (after - before) * 0.5 }
}

fn extend_curve(curve: &mut Vec<Pos2>, from: Pos2, leave: Vec2, to: Pos2, arrive: Vec2) {
    // A long tangent at a short piece makes a loop; it is held to the piece's own length.
    let reach = from.distance(to) * 1.1;
    let held = |tangent: Vec2| if tangent.length() > reach { tangent.normalized() * reach } else { tangent };
    let (leave, arrive) = (held(leave), held(arrive));
    for step in 0..PIECES {
        let t = f32::from(step) / f32::from(PIECES);
        let (t2, t3) = (t * t, t * t * t);
        let point = from.to_vec2() * (2.0 * t3 - 3.0 * t2 + 1.0)
            + leave * (t3 - 2.0 * t2 + t)
            + to.to_vec2() * (3.0 * t2 - 2.0 * t3)
            + arrive * (t3 - t2);
        curve.push(point.to_pos2());
    }
}

/// A smooth line through `(x, y, width)`: its points, the way across at each, and half its width there. The ends are
/// round.
pub(super) fn ribbon(spine: &[(f32, f32, f32)]) -> Vec<(Pos2, Vec2, f32)> {
    const CAP: u8 = 4;
    let (middle, widths) = along(spine);
    let last = middle.len() - 1;
    let onward = |here: usize| (middle[(here + 1).min(last)] - middle[here.saturating_sub(1)]).normalized();
    let cap = |end: usize, step: u8, sign: f32| {
        let turn = std::f32::consts::FRAC_PI_2 * f32::from(step) / f32::from(CAP);
        let half = widths[end] * 0.5;
        let way = onward(end);
        (middle[end] + way * (sign * half * turn.sin()), way.rot90(), half * turn.cos().max(0.0))
    };
    let start = (1..=CAP).rev().map(|step| cap(0, step, -1.0));
    let body = (0..=last).map(|here| (middle[here], onward(here).rot90(), widths[here] * 0.5));
    let finish = (1..=CAP).map(|step| cap(last, step, 1.0));
    start.chain(body).chain(finish).collect()
}

/// The smooth middle line of a ribbon, and the width at each of its points.
fn along(spine: &[(f32, f32, f32)]) -> (Vec<Pos2>, Vec<f32>) {
    let mut middle = Vec::new();
    let mut widths = Vec::new();
    let last = spine.len() - 1;
    let place = |here: usize| pos2(spine[here].0, spine[here].1);
    for here in 0..last {
        let (b, c) = (place(here), place(here + 1));
        let leave = if here == 0 { c - b } else { (c - place(here - 1)) * 0.5 };
        let arrive = if here + 1 == last { c - b } else { (place(here + 2) - b) * 0.5 };
        extend_curve(&mut middle, b, leave, c, arrive);
        for step in 0..PIECES {
            let t = f32::from(step) / f32::from(PIECES);
            widths.push(spine[here].2 * (1.0 - t) + spine[here + 1].2 * t);
        }
    }
    middle.push(place(last));
    widths.push(spine[last].2);
    (middle, widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symmetric_outline_is_the_same_on_both_sides() {
        let outline = Outline::symmetric(&[(0.0, -10.0), (8.0, 0.0), (0.0, 10.0)]);
        let sum: f32 = outline.points().iter().map(|point| point.x).sum();
        assert!(sum.abs() < 1e-3);
    }

    #[test]
    fn what_is_within_bounds_stays_within() {
        let bounds = Outline::oval(pos2(0.0, 0.0), vec2(5.0, 5.0));
        let cut = Outline::straight(&[(0.0, -9.0), (9.0, -9.0), (9.0, 9.0), (0.0, 9.0)]).within(&bounds);
        assert!(cut.points().iter().all(|point| point.to_vec2().length() < 5.01));
        assert!((area(cut.points()).abs() - std::f32::consts::PI * 12.5).abs() < 0.5);
    }
}
