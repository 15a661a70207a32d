//! How calls score, as a chart of bars that is read step by step.

use egui::{Rect, Response, Sense, Stroke, Ui, pos2, vec2};

use super::words::{grouped, percent, points};
use crate::desktop::screens::reader;
use crate::desktop::theme::widgets::{paragraph, show_focus};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::survey::{BINS, PlayerFigures};

/// Points of the overall score in a step.
const STEP: usize = 1000 / BINS;

/// Draws the chart. `cursor` is the step that is read out, moved by the pointer and the arrow keys.
pub(super) fn show(ui: &mut Ui, theme: &Theme, figures: &PlayerFigures, cursor: &mut Option<usize>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.scaled(120.0)), Sense::click());
    let below = theme.line_height(TextRole::Small) + 4.0;
    let area = Rect::from_min_max(rect.min + vec2(4.0, 4.0), rect.max - vec2(4.0, below));
    let width = area.width() / float(BINS as u64);
    let at = |x: f32| (0..BINS).rfind(|bin| x >= area.left() + width * float(*bin as u64)).unwrap_or(0);
    reader::move_cursor(ui, &response, BINS, at, cursor);
    let spot = cursor.map(|bin| step(figures, bin));
    let summary = format!(
        "The mean is {} of 1,000 points. Left and right arrows read each step of {STEP} points.",
        points(figures.mean)
    );
    reader::tell(ui, &response, "How calls score", &summary, spot.clone());

    let colors = &theme.colors;
    let painter = ui.painter();
    let most = figures.histogram.iter().copied().max().unwrap_or(0).max(1);
    for (bin, count) in figures.histogram.iter().enumerate() {
        let left = area.left() + width * float(bin as u64);
        let high = area.height() * float(*count) / float(most);
        let bar = Rect::from_min_max(pos2(left + 1.0, area.bottom() - high), pos2(left + width - 1.0, area.bottom()));
        let color = if *cursor == Some(bin) { colors.calm } else { style::mix(colors.track, colors.calm, 0.55) };
        painter.rect_filled(bar, 1.0, color);
    }
    painter.hline(area.x_range(), area.bottom(), Stroke::new(1.0, colors.line));
    let mean = area.left() + area.width() * float(u64::try_from(figures.mean).unwrap_or(0)) / 100_000.0;
    painter.vline(mean, area.y_range(), Stroke::new(2.0, colors.soft_ink));
    for (score, place) in [(0, 0.0), (500, 0.5), (1000, 1.0)] {
        let label = theme.job(TextRole::Small, colors.soft_ink, score.to_string(), f32::INFINITY);
        let label = painter.layout_job(label);
        let left = area.left() + area.width() * place - label.size().x * place;
        painter.galley(pos2(left, area.bottom() + 4.0), label, colors.soft_ink);
    }
    show_focus(painter, theme, &response, 5);
    let words = spot.unwrap_or_else(|| format!("The mean is {} of 1,000 points.", points(figures.mean)));
    paragraph(ui, theme, TextRole::Interface, colors.soft_ink, &words);
    response
}

/// A step in words.
fn step(figures: &PlayerFigures, bin: usize) -> String {
    let count = figures.histogram.get(bin).copied().unwrap_or(0);
    let to = if bin + 1 == BINS { 1000 } else { (bin + 1) * STEP - 1 };
    let share = (count * 1000).checked_div(figures.plays).unwrap_or(0);
    format!("{} to {to} points: {} calls, {}.", bin * STEP, grouped(count), percent(share))
}

#[expect(clippy::cast_precision_loss, reason = "a part of a chart")]
fn float(value: u64) -> f32 {
    value as f32
}
