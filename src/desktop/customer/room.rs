//! The quiet room behind the customer, and the counter before them.

use egui::{Color32, Painter, Rect, Shape, pos2, vec2};

use super::canvas::{Canvas, at, shaded};
use super::colours::StageColours;
use super::outline::Outline;

/// How much of the counter's top is seen, in drawing units.
pub(super) const COUNTER_TOP: f32 = 58.0;

/// Wall and window; the window is placed in drawing units.
pub(super) fn wall(painter: &Painter, rect: Rect, colours: &StageColours) {
    painter.add(Shape::mesh(shaded(rect, colours.stage_top, colours.stage_bottom)));
}

/// The window, its top left corner at `corner` in drawing units.
pub(super) fn window(canvas: &mut Canvas, corner: (f32, f32), colours: &StageColours) {
    let (left, top) = corner;
    let (width, height) = (146.0, 206.0);
    let frame = colours.window.lerp_to_gamma(colours.stage_bottom, 0.62);
    canvas.fill(
        &Outline::rounded(Rect::from_min_size(at(left - 7.0, top - 7.0), vec2(width + 14.0, height + 14.0)), 7.0),
        frame,
    );
    for (column, row) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let (pane_width, pane_height) = ((width - 6.0) / 2.0, (height - 6.0) / 2.0);
        let place = at(left + column * (pane_width + 6.0), top + row * (pane_height + 6.0));
        let pane = Rect::from_min_size(place, vec2(pane_width, pane_height));
        canvas.fill(&Outline::rounded(pane, 2.0), colours.window);
        let glint = Outline::straight(&[
            (pane.left() + pane_width * 0.45, pane.top()),
            (pane.left() + pane_width * 0.8, pane.top()),
            (pane.left() + pane_width * 0.3, pane.bottom()),
            (pane.left(), pane.bottom()),
            (pane.left(), pane.top() + pane_height * 0.85),
        ]);
        canvas.fill(&glint, Color32::from_white_alpha(16));
    }
    let sill = Rect::from_min_size(at(left - 16.0, top + height + 7.0), vec2(width + 32.0, 9.0));
    canvas.fill(&Outline::rounded(sill, 3.0), colours.window.lerp_to_gamma(colours.stage_bottom, 0.35));
}

/// The counter from `top` (screen points) to the bottom of `rect`; `scale` is points per drawing unit.
pub(super) fn counter(painter: &Painter, rect: Rect, top: f32, scale: f32, colours: &StageColours) {
    let edge = (top + COUNTER_TOP * scale).min(rect.bottom());
    let surface = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), edge));
    let lit = colours.desk_top.lerp_to_gamma(colours.window, 0.12);
    painter.add(Shape::mesh(shaded(surface, colours.desk_top, lit)));
    let front = Rect::from_min_max(pos2(rect.left(), edge), rect.right_bottom());
    painter.rect_filled(front, 0.0, colours.desk_front);
    let lip = Rect::from_min_size(front.left_top(), vec2(rect.width(), (4.0 * scale).max(1.0)));
    painter.rect_filled(lip, 0.0, colours.desk_front.lerp_to_gamma(colours.desk_top, 0.4));
}
