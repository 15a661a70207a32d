//! Under the text: what is found where the caret is, and in which line that is.

use egui::{Frame, Margin, Rect, Stroke, Ui, UiBuilder, accesskit, pos2, vec2};

use super::{Memory, View};
use crate::desktop::screens::text::ended;
use crate::desktop::theme::widgets::paragraph;
use crate::desktop::theme::{TextRole, Theme, style};
use crate::diagnostic::{Diagnostic, Severity};

/// Draws the foot at the lower edge of `within`, and says where it begins.
pub(super) fn draw(ui: &mut Ui, theme: &Theme, within: Rect, view: &View, memory: &Memory) -> f32 {
    let line = theme.line_height(TextRole::Small) + theme.scaled(8.0);
    let top = within.bottom() - line;
    let rect = Rect::from_min_max(pos2(within.left(), top), within.max);
    let editor = &memory.editor;
    let at = editor.lines().line_at(editor.caret());
    let place = format!("Line {} of {}", at + 1, editor.lines().count());
    let words = memory.notice.clone().unwrap_or(place);
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink2(vec2(12.0, theme.scaled(4.0)))), |ui| {
        let response = paragraph(ui, theme, TextRole::Small, theme.colors.soft_ink, &words);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            if memory.notice.is_some() {
                node.set_live(accesskit::Live::Polite);
            }
        });
    });
    let marks = memory.marks_at(editor.caret());
    let found = marks.first().and_then(|mark| Some((view.checked.findings.get(mark.finding)?, mark.finding)));
    let Some((found, index)) = found else { return top };
    let mend = view.checked.mends.get(index).and_then(Option::as_ref).map(|mend| mend.title.as_str());
    let height = height_of(ui, theme, within.width(), found, mend).min(within.height() / 2.0);
    let card = Rect::from_min_max(pos2(within.left(), top - height), pos2(within.right(), top));
    ui.painter().rect_filled(card, egui::CornerRadius::ZERO, theme.colors.card);
    ui.painter().hline(card.x_range(), card.top(), Stroke::new(1.0, theme.colors.line));
    ui.scope_builder(UiBuilder::new().max_rect(card), |ui| {
        ui.set_clip_rect(card.intersect(ui.clip_rect()));
        Frame::new().inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| finding(ui, theme, found, mend));
    });
    card.top()
}

/// A finding in full: what is wrong, what was expected, how to mend it.
pub(super) fn finding(ui: &mut Ui, theme: &Theme, found: &Diagnostic, mend: Option<&str>) {
    ui.spacing_mut().item_spacing.y = theme.scaled(2.0);
    let mut first = true;
    for (role, text) in lines(found, mend) {
        let color = match (first, found.severity) {
            (true, Severity::Error) => theme.colors.heat,
            (true, Severity::Warning) => theme.colors.gold,
            (false, _) => theme.colors.ink,
        };
        let response = paragraph(ui, theme, role, color, &text);
        if first {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Polite));
        }
        first = false;
    }
}

fn lines(found: &Diagnostic, mend: Option<&str>) -> Vec<(TextRole, String)> {
    let kind = match found.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    let mut lines = vec![(TextRole::SmallStrong, format!("{kind}: {}", ended(&found.message)))];
    if let Some(expected) = &found.expected {
        lines.push((TextRole::Small, format!("Expected: {}", ended(expected))));
    }
    if let Some(help) = &found.help {
        lines.push((TextRole::Small, format!("Help: {}", ended(help))));
    }
    if let Some(mend) = mend {
        lines.push((TextRole::Small, format!("Ctrl+. does it: {}", ended(mend))));
    }
    lines
}

fn height_of(ui: &Ui, theme: &Theme, width: f32, found: &Diagnostic, mend: Option<&str>) -> f32 {
    let wrap = width - 24.0;
    let lines = lines(found, mend);
    let texts =
        lines.iter().map(|(role, text)| ui.painter().layout_job(theme.job(*role, theme.colors.ink, text, wrap)));
    let gaps = theme.scaled(2.0) * f32::from(u8::try_from(lines.len()).unwrap_or(u8::MAX));
    texts.map(|text| text.size().y).sum::<f32>() + gaps + 12.0 + style::GRID / 2.0
}
