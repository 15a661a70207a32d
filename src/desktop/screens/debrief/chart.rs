//! The meters over the call: lines labelled where they end, a cursor for hover and arrow keys, the words beneath.

use egui::{Color32, FontId, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::data::{Curve, CurveSpot, Marker};
use crate::desktop::screens::reader;
use crate::desktop::theme::widgets::show_focus;
use crate::desktop::theme::{TextRole, Theme};

/// Lines drawn at rest: anger, or fear, and trust. The other three come on a key.
const ALWAYS: usize = 2;
/// Straight pieces between two turns; enough to look round at any size.
const PIECES: usize = 16;

/// Draws the curve. `cursor` is the spot that is read out, moved by the pointer and the arrow keys.
pub(super) fn show(ui: &mut Ui, theme: &Theme, curve: &Curve, all: bool, cursor: &mut Option<usize>) -> Response {
    let height = theme.scaled(176.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let plot = Plot::new(ui, theme, curve, rect, all);
    let count = curve.spots.len();
    reader::move_cursor(ui, &response, count, |x| plot.nearest(x, count), cursor);
    let spot = cursor.and_then(|at| curve.spots.get(at));
    let spot = spot.map(|spot| format!("{}. {} {}", spot.label, spot.said, meters_in_words(curve, spot, ALWAYS)));
    reader::tell(ui, &response, &format!("How {} and {} went", curve.names[0], curve.names[1]), &curve.summary, spot);

    let painter = ui.painter_at(rect.expand(4.0));
    plot.paint_ground(&painter, theme);
    for meter in (0..plot.lines).rev() {
        plot.paint_line(&painter, theme, curve, meter);
    }
    plot.paint_markers(&painter, theme, curve);
    plot.paint_labels(&painter, theme, curve);
    if let Some(at) = cursor.filter(|at| *at < curve.spots.len()) {
        plot.paint_cursor(&painter, theme, &curve.spots[at], at);
    }
    show_focus(ui.painter(), theme, &response, 5);
    response
}

/// "Anger 24, trust 75."
pub(super) fn meters_in_words(curve: &Curve, spot: &CurveSpot, count: usize) -> String {
    let parts: Vec<_> =
        curve.names.iter().zip(spot.meters).take(count).map(|(name, value)| format!("{name} {value}")).collect();
    let mut words = parts.join(", ") + ".";
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Where everything lies.
struct Plot {
    area: Rect,
    /// Lines that are drawn.
    lines: usize,
    /// From spot to spot, in points.
    step: f32,
    small: FontId,
}

impl Plot {
    fn new(ui: &Ui, theme: &Theme, curve: &Curve, rect: Rect, all: bool) -> Self {
        let small = theme.font(TextRole::Small);
        let lines = if all { curve.names.len() } else { ALWAYS };
        let widest = curve.names[..lines]
            .iter()
            .map(|name| ui.painter().layout_no_wrap((*name).to_owned(), small.clone(), Color32::BLACK).size().x)
            .fold(0.0, f32::max);
        let below = theme.line_height(TextRole::Small) + 6.0;
        let area =
            Rect::from_min_max(rect.min + vec2(4.0, 8.0), pos2(rect.right() - widest - 20.0, rect.bottom() - below));
        #[expect(clippy::cast_precision_loss, reason = "a call has at most a few hundred turns")]
        let step = area.width() / curve.spots.len().saturating_sub(1).max(1) as f32;
        Self { area, lines, step, small }
    }

    fn x(&self, spot: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a call has at most a few hundred turns")]
        let along = spot as f32 * self.step;
        self.area.left() + along
    }

    fn y(&self, value: f32) -> f32 {
        self.area.bottom() - self.area.height() * value / 100.0
    }

    fn at(&self, spot: usize, value: i32) -> Pos2 {
        pos2(self.x(spot), self.y(points(value)))
    }

    fn nearest(&self, x: f32, count: usize) -> usize {
        (0..count)
            .min_by(|one, other| (self.x(*one) - x).abs().total_cmp(&(self.x(*other) - x).abs()))
            .unwrap_or_default()
    }

    fn paint_ground(&self, painter: &Painter, theme: &Theme) {
        for value in [0.0, 50.0, 100.0] {
            painter.hline(self.area.x_range(), self.y(value), Stroke::new(1.0, theme.colors.line));
        }
    }

    fn paint_line(&self, painter: &Painter, theme: &Theme, curve: &Curve, meter: usize) {
        let (color, dashed) = look(theme, meter);
        let stroke = Stroke::new(if meter < ALWAYS { 3.0 } else { 2.0 }, color);
        let mut from = 0;
        while from < curve.spots.len() {
            let length = curve.spots[from + 1..].iter().take_while(|spot| !spot.begins).count() + 1;
            let values: Vec<f32> =
                curve.spots[from..from + length].iter().map(|spot| points(spot.meters[meter])).collect();
            let path: Vec<Pos2> =
                smooth(&values).into_iter().map(|(x, y)| pos2(self.x(from) + x * self.step, self.y(y))).collect();
            if dashed {
                painter.extend(Shape::dashed_line(&path, stroke, 6.0, 4.0));
            } else {
                painter.line(path, stroke);
            }
            from += length;
        }
    }

    fn paint_markers(&self, painter: &Painter, theme: &Theme, curve: &Curve) {
        for (index, spot) in curve.spots.iter().enumerate() {
            let Some(marker) = spot.marker else { continue };
            let at = self.at(index, spot.meters[0]);
            let (radius, edge) = (theme.scaled(6.5), Stroke::new(2.0, theme.colors.card));
            // Told apart by shape as well as by colour.
            match marker {
                Marker::Helped => painter.circle(at, radius, theme.colors.calm, edge),
                Marker::Turned => {
                    let reach = radius * 1.25;
                    let corners = [(0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0)];
                    let corners = corners.map(|(x, y)| at + vec2(x, y)).to_vec();
                    painter.add(Shape::convex_polygon(corners, theme.colors.heat, edge))
                }
            };
            let label = painter.layout_no_wrap(spot.label.to_lowercase(), self.small.clone(), theme.colors.soft_ink);
            let left = (at.x - label.size().x / 2.0).clamp(self.area.left(), self.area.right() - label.size().x);
            painter.galley(pos2(left, self.area.bottom() + 6.0), label, theme.colors.soft_ink);
        }
    }

    /// The names where the lines end, pushed apart where they would meet.
    fn paint_labels(&self, painter: &Painter, theme: &Theme, curve: &Curve) {
        let Some(last) = curve.spots.last() else { return };
        let line = theme.line_height(TextRole::Small);
        let mut labels: Vec<(usize, f32)> =
            (0..self.lines).map(|meter| (meter, self.y(points(last.meters[meter])))).collect();
        labels.sort_by(|one, other| one.1.total_cmp(&other.1));
        for index in 1..labels.len() {
            labels[index].1 = labels[index].1.max(labels[index - 1].1 + line);
        }
        let mut lowest = self.area.bottom() + line / 2.0;
        for (meter, y) in labels.into_iter().rev() {
            let y = y.min(lowest - line / 2.0);
            lowest = y - line / 2.0;
            let (color, _) = look(theme, meter);
            let name = painter.layout_no_wrap(curve.names[meter].to_owned(), self.small.clone(), color);
            painter.galley(pos2(self.area.right() + 10.0, y - name.size().y / 2.0), name, color);
        }
    }

    fn paint_cursor(&self, painter: &Painter, theme: &Theme, spot: &CurveSpot, at: usize) {
        painter.vline(self.x(at), self.area.y_range(), Stroke::new(1.0, theme.colors.soft_ink));
        for meter in 0..self.lines {
            let (color, _) = look(theme, meter);
            painter.circle(self.at(at, spot.meters[meter]), 4.0, theme.colors.card, Stroke::new(2.0, color));
        }
    }
}

/// Colour, and whether the line is dashed: five lines in three colours.
fn look(theme: &Theme, meter: usize) -> (Color32, bool) {
    match meter {
        0 => (theme.colors.heat, false),
        1 => (theme.colors.calm, false),
        2 => (theme.colors.gold, false),
        3 => (theme.colors.calm, true),
        _ => (theme.colors.soft_ink, true),
    }
}

fn points(value: i32) -> f32 {
    f32::from(i16::try_from(value.clamp(0, 100)).unwrap_or_default())
}

/// A round line through the values, at (spot, value), that never rises where they do not (Fritsch and Carlson's
/// monotone cubic): a curve that overshoots would claim a mood that nobody had.
fn smooth(values: &[f32]) -> Vec<(f32, f32)> {
    let [first, .., _] = values else { return values.iter().map(|value| (0.0, *value)).collect() };
    let slopes: Vec<f32> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let tangent = |spot: usize| -> f32 {
        let (before, after) = (spot.checked_sub(1).and_then(|left| slopes.get(left)), slopes.get(spot));
        match (before, after) {
            (Some(before), Some(after)) if before * after <= 0.0 => 0.0,
            // The harmonic mean keeps the cubic monotone.
            (Some(before), Some(after)) => 2.0 * before * after / (before + after),
            (Some(only), None) | (None, Some(only)) => *only,
            (None, None) => 0.0,
        }
    };
    let mut path = vec![(0.0, *first)];
    for (spot, pair) in values.windows(2).enumerate() {
        let (from, to) = (tangent(spot), tangent(spot + 1));
        for piece in 1..=PIECES {
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let (t, left) = (piece as f32 / PIECES as f32, spot as f32);
            let (t2, t3) = (t * t, t * t * t);
            let value = (2.0 * t3 - 3.0 * t2 + 1.0) * pair[0]
                + (t3 - 2.0 * t2 + t) * from
                + (3.0 * t2 - 2.0 * t3) * pair[1]
                + (t3 - t2) * to;
            path.push((left + t, value));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_goes_through_every_value_and_never_beyond() {
        let values = [72.0, 61.0, 45.0, 45.0, 14.0, 24.0];
        let path = smooth(&values);
        for (spot, value) in values.iter().enumerate() {
            assert!((path[spot * PIECES].1 - value).abs() < 0.01);
        }
        for (x, y) in path {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
            let spot = (x.floor() as usize).min(values.len() - 2);
            let (low, high) = (values[spot].min(values[spot + 1]), values[spot].max(values[spot + 1]));
            assert!(y >= low - 0.01 && y <= high + 0.01, "{y} at {x} lies outside of {low} to {high}");
        }
    }

    #[test]
    fn a_call_of_one_point_is_a_point() {
        assert_eq!(smooth(&[50.0]), [(0.0, 50.0)]);
        assert!(smooth(&[]).is_empty());
    }
}
