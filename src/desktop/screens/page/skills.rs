use std::sync::Arc;

use egui::{CornerRadius, Galley, Painter, Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2};

use crate::desktop::theme::{TextRole, Theme, style};

/// Where a skill is, and from where to where it may well lie, each 0 to 100.
pub type Likely = [u8; 3];

/// A skill on a row: its name, its reading, and the reading in words for who does not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillMark {
    pub label: &'static str,
    pub reading: Likely,
    /// "Listening: about 74, likely between 61 and 87."
    pub words: String,
}

/// From 0 to 100 along `bar`: a pale band from where to where a skill may well lie, and a mark at the reading, which
/// stands out above and below by `out`.
pub fn likely_band(painter: &Painter, theme: &Theme, bar: Rect, reading: Option<Likely>, out: f32) {
    let colors = &theme.colors;
    let at = |value: u8| bar.left() + bar.width() * f32::from(value) / 100.0;
    let corner = CornerRadius::from(bar.height() / 2.0);
    painter.rect_filled(bar, corner, colors.track);
    if let Some([value, low, high]) = reading {
        let band = Rect::from_x_y_ranges(at(low)..=at(high), bar.y_range());
        painter.rect_filled(band, corner, style::mix(colors.track, colors.calm, 0.45));
        let width = bar.height() / 3.0;
        let middle = at(value).clamp(bar.left() + width / 2.0, bar.right() - width / 2.0);
        painter.vline(middle, bar.y_range().expand(out), Stroke::new(width, colors.calm));
    }
}

/// The marks of a row, laid out: side by side, in as many rows as it takes.
pub(super) struct Marks<'a> {
    skills: &'a [SkillMark],
    names: Vec<Arc<Galley>>,
    cell: Vec2,
    columns: usize,
    pub(super) size: Vec2,
}

impl<'a> Marks<'a> {
    const NARROWEST: f32 = 140.0;
    const WIDEST: f32 = 184.0;
    const GAP: f32 = 20.0;
    const BAR: f32 = 7.0;
    /// Above the names, and between rows.
    const ABOVE: f32 = 6.0;

    /// `None` where there is nothing to mark.
    pub(super) fn new(ui: &Ui, theme: &Theme, marks: &'a [SkillMark], room: f32) -> Option<Self> {
        if marks.is_empty() {
            return None;
        }
        let [narrowest, widest, gap] = [Self::NARROWEST, Self::WIDEST, Self::GAP].map(|points| theme.scaled(points));
        let columns = (1..=marks.len()).rev().find(|&columns| {
            #[expect(clippy::cast_precision_loss, reason = "there are five skills")]
            let columns = columns as f32;
            columns * narrowest + (columns - 1.0) * gap <= room
        });
        let columns = columns.unwrap_or(1);
        #[expect(clippy::cast_precision_loss, reason = "there are five skills")]
        let (across, down) = (columns as f32, marks.len().div_ceil(columns) as f32);
        let width = ((room + gap) / across - gap).min(widest);
        let names = marks.iter().map(|mark| {
            let words = format!("{} {}", mark.label, mark.reading[0]);
            ui.painter().layout_job(theme.job(TextRole::Small, theme.colors.soft_ink, words, f32::INFINITY))
        });
        let cell = vec2(width, theme.scaled(Self::ABOVE + 2.0 + Self::BAR + 2.0) + theme.line_height(TextRole::Small));
        Some(Self { skills: marks, names: names.collect(), cell, columns, size: vec2(room, down * cell.y) })
    }

    pub(super) fn paint(self, ui: &Ui, theme: &Theme, at: Pos2) {
        for (place, (mark, name)) in self.skills.iter().zip(self.names).enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "there are five skills")]
            let (column, row) = ((place % self.columns) as f32, (place / self.columns) as f32);
            let left = at.x + column * (self.cell.x + theme.scaled(Self::GAP));
            let top = at.y + row * self.cell.y + theme.scaled(Self::ABOVE);
            let under = top + theme.line_height(TextRole::Small) + theme.scaled(2.0);
            ui.painter().galley(pos2(left, top), name, theme.colors.soft_ink);
            let bar = Rect::from_min_size(pos2(left, under), vec2(self.cell.x, theme.scaled(Self::BAR)));
            likely_band(ui.painter(), theme, bar, Some(mark.reading), theme.scaled(2.0));
        }
    }
}
