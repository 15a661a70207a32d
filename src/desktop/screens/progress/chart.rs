//! A skill from call to call: a line with its pale band, a dot for each call alone, and a cursor that reads them out.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, FontId, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::data::{Curve, Spot};
use crate::desktop::screens::reader;
use crate::desktop::theme::widgets::show_focus;
use crate::desktop::theme::{TextRole, Theme, style};

/// What the line and the dots are called where they end.
const LINE: &str = "across calls";
const DOTS: &str = "each alone";

/// Draws the curve. `cursor` is the call that is read out, moved by the pointer and the arrow keys.
pub(super) fn show(ui: &mut Ui, theme: &Theme, curve: &Curve, cursor: &mut Option<usize>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.scaled(176.0)), Sense::click());
    let plot = Plot::new(ui, theme, curve, rect);
    reader::move_cursor(ui, &response, plot.count, |x| plot.nearest(x), cursor);
    let name = format!("How {} went", curve.skill.words().to_lowercase());
    let spot = cursor.and_then(|at| curve.spots.get(at));
    let spot = spot.map(|spot| format!("{}, {}. {}", spot.when, spot.title, spot.words));
    reader::tell(ui, &response, &name, &curve.summary, spot);

    let painter = ui.painter_at(rect.expand(4.0));
    plot.paint_ground(&painter, theme);
    plot.paint_band(&painter, theme, curve);
    plot.paint_values(&painter, theme, curve);
    plot.paint_labels(&painter, theme, curve);
    if let Some(at) = cursor.filter(|at| *at < curve.spots.len()) {
        plot.paint_cursor(&painter, theme, &curve.spots[at], at);
    }
    show_focus(ui.painter(), theme, &response, 5);
    response
}

/// Where everything lies.
struct Plot {
    area: Rect,
    count: usize,
    /// From call to call, in points.
    step: f32,
    /// From the end of a line to its name.
    gap: f32,
    small: FontId,
}

impl Plot {
    fn new(ui: &Ui, theme: &Theme, curve: &Curve, rect: Rect) -> Self {
        let small = theme.font(TextRole::Small);
        let width = |name: &str| ui.painter().layout_no_wrap(name.to_owned(), small.clone(), Color32::BLACK).size().x;
        let gap = theme.scaled(10.0);
        let beside = width(LINE).max(width(DOTS)) + gap + 8.0;
        let below = theme.line_height(TextRole::Small) + 6.0;
        let area = Rect::from_min_max(rect.min + vec2(8.0, 8.0), pos2(rect.right() - beside, rect.bottom() - below));
        let count = curve.spots.len();
        #[expect(clippy::cast_precision_loss, reason = "a few dozen calls at most")]
        let step = area.width() / count.saturating_sub(1).max(1) as f32;
        Self { area, count, step, gap, small }
    }

    fn x(&self, spot: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen calls at most")]
        let along = spot as f32 * self.step;
        self.area.left() + along
    }

    fn at(&self, spot: usize, value: u8) -> Pos2 {
        pos2(self.x(spot), self.area.bottom() - self.area.height() * f32::from(value) / 100.0)
    }

    fn nearest(&self, x: f32) -> usize {
        let away = |spot: &usize| (self.x(*spot) - x).abs();
        (0..self.count).min_by(|one, other| away(one).total_cmp(&away(other))).unwrap_or_default()
    }

    fn paint_ground(&self, painter: &Painter, theme: &Theme) {
        for value in [0, 50, 100] {
            painter.hline(self.area.x_range(), self.at(0, value).y, Stroke::new(1.0, theme.colors.line));
        }
    }

    fn paint_band(&self, painter: &Painter, theme: &Theme, curve: &Curve) {
        let color = style::mix(theme.colors.card, theme.colors.calm, 0.16);
        let mut band = Mesh::default();
        for (place, spot) in curve.spots.iter().enumerate() {
            let [_, low, high] = spot.across;
            for value in [low, high] {
                band.vertices.push(Vertex { pos: self.at(place, value), uv: WHITE_UV, color });
            }
        }
        let pieces = u32::try_from(curve.spots.len().saturating_sub(1)).unwrap_or_default();
        for corner in (0..pieces).map(|piece| piece * 2) {
            band.add_triangle(corner, corner + 1, corner + 2);
            band.add_triangle(corner + 1, corner + 2, corner + 3);
        }
        painter.add(Shape::mesh(band));
    }

    fn paint_values(&self, painter: &Painter, theme: &Theme, curve: &Curve) {
        let across = curve.spots.iter().enumerate().map(|(place, spot)| self.at(place, spot.across[0])).collect();
        painter.line(across, Stroke::new(3.0, theme.colors.calm));
        for (place, spot) in curve.spots.iter().enumerate() {
            let edge = Stroke::new(2.0, theme.colors.gold);
            painter.circle(self.at(place, spot.alone), theme.scaled(3.5), theme.colors.card, edge);
        }
    }

    /// The names where the line and the dots end, pushed apart where they would meet; and the first and the last day.
    fn paint_labels(&self, painter: &Painter, theme: &Theme, curve: &Curve) {
        let (Some(first), Some(last)) = (curve.spots.first(), curve.spots.last()) else { return };
        let colors = &theme.colors;
        let line = theme.line_height(TextRole::Small);
        let end = self.count - 1;
        let (mut across, mut alone) = (self.at(end, last.across[0]).y, self.at(end, last.alone).y);
        let apart = line - (across - alone).abs();
        if apart > 0.0 {
            let up = if alone < across { -apart / 2.0 } else { apart / 2.0 };
            (alone, across) = (alone + up, across - up);
        }
        for (name, y, color) in [(LINE, across, colors.calm), (DOTS, alone, colors.gold)] {
            let name = painter.layout_no_wrap(name.to_owned(), self.small.clone(), color);
            painter.galley(pos2(self.area.right() + self.gap, y - name.size().y / 2.0), name, color);
        }
        for (spot, place) in [(first, 0.0), (last, 1.0)] {
            let day = painter.layout_no_wrap(spot.when.clone(), self.small.clone(), colors.soft_ink);
            let left = self.area.left() + (self.area.width() - day.size().x) * place;
            painter.galley(pos2(left, self.area.bottom() + 6.0), day, colors.soft_ink);
        }
    }

    fn paint_cursor(&self, painter: &Painter, theme: &Theme, spot: &Spot, at: usize) {
        painter.vline(self.x(at), self.area.y_range(), Stroke::new(1.0, theme.colors.soft_ink));
        for (value, color) in [(spot.across[0], theme.colors.calm), (spot.alone, theme.colors.gold)] {
            painter.circle(self.at(at, value), 5.0, theme.colors.card, Stroke::new(2.0, color));
        }
    }
}
