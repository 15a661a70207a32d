use egui::{
    CornerRadius, Frame, InnerResponse, Margin, Response, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::super::{TextRole, Theme, style};
use super::button::{Cap, tell_key};
use super::{ground, show_focus};

/// A card that holds other things. Not interactive.
#[derive(Debug, Clone, Copy, Default)]
#[must_use = "a card does nothing until it is shown"]
pub struct Card {
    chosen: bool,
}

impl Card {
    /// A card at rest.
    pub fn new() -> Self {
        Self::default()
    }

    /// Outlined in `calm`.
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// Draws it as wide as there is room, around what `contents` draws.
    pub fn show<R>(self, ui: &mut Ui, theme: &Theme, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
        let colors = &theme.colors;
        let (fill, stroke) = if self.chosen {
            (colors.chosen, Stroke::new(2.0, colors.calm))
        } else {
            (colors.card, Stroke::new(1.0, colors.line))
        };
        Frame::new()
            .fill(fill)
            .stroke(stroke)
            .corner_radius(CornerRadius::same(style::CARD_CORNER))
            .inner_margin(Margin::same(20))
            .show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                contents(ui)
            })
    }
}

/// A reply in full, to be chosen: its number as a key cap, and the words, as wide as there is room.
#[derive(Debug, Clone, Copy)]
#[must_use = "a card does nothing until it is shown"]
pub struct ReplyCard<'a> {
    key: &'a str,
    text: &'a str,
    chosen: bool,
}

impl<'a> ReplyCard<'a> {
    /// A reply and the key that chooses it. The screen listens for the key itself.
    pub fn new(key: &'a str, text: &'a str) -> Self {
        Self { key, text, chosen: false }
    }

    /// Whether this is the reply that Enter would speak.
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// Draws it. `clicked()` means: choose this one.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> Response {
        let colors = &theme.colors;
        let padding = vec2(theme.scaled(17.0), theme.scaled(12.0));
        let gap = theme.scaled(12.0);
        let width = ui.available_width();
        let cap = Cap::new(ui, theme, self.key, colors.soft_ink);
        let wrap = (width - 2.0 * padding.x - cap.size.x - gap).max(0.0);
        let text = ui.painter().layout_job(theme.job(TextRole::Reply, colors.ink, self.text, wrap));
        let height = text.size().y.max(cap.size.y) + 2.0 * padding.y;
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, ui.is_enabled(), self.chosen, self.text));
        tell_key(ui, &response, Some(self.key));

        ground(ui.painter(), theme, rect, 10, self.chosen, response.hovered());
        let left = rect.left() + padding.x;
        let first_line = rect.top() + padding.y + theme.line_height(TextRole::Reply) / 2.0;
        let words_at = pos2(left + cap.size.x + gap, rect.top() + padding.y);
        cap.paint(ui, theme, pos2(left, first_line));
        ui.painter().galley(words_at, text, colors.ink);
        show_focus(ui.painter(), theme, &response, 10);
        response
    }
}

/// The gist of a reply, before it can be given: a pill with an optional key cap. Outlined in `calm` when pinned.
pub fn pill(ui: &mut Ui, theme: &Theme, key: Option<&str>, label: &str, pinned: bool) -> Response {
    let colors = &theme.colors;
    let padding = vec2(theme.scaled(if key.is_some() { 10.0 } else { 16.0 }), theme.scaled(8.0));
    let gap = theme.scaled(10.0);
    let cap = key.map(|key| Cap::new(ui, theme, key, colors.soft_ink));
    let before = cap.as_ref().map_or(0.0, |cap| cap.size.x + gap);
    let after = theme.scaled(if key.is_some() { 7.0 } else { 0.0 });
    // Long gists wrap inside the pill; a pill that does not fit the row begins the next one.
    let wrap = (ui.max_rect().width() - 2.0 * padding.x - before - after).max(0.0);
    let text = ui.painter().layout_job(theme.job(TextRole::Interface, colors.ink, label, wrap));
    let size = text.size() + 2.0 * padding + vec2(before + after, 0.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), pinned, label));
    tell_key(ui, &response, key);

    let corner = corner_of_pill(theme.line_height(TextRole::Interface) + 2.0 * padding.y);
    ground(ui.painter(), theme, rect, corner, pinned, response.hovered());
    let left = rect.left() + padding.x;
    if let Some(cap) = cap {
        cap.paint(ui, theme, pos2(left, rect.center().y));
    }
    let words_at = pos2(left + before, rect.center().y - text.size().y / 2.0);
    ui.painter().galley(words_at, text, colors.ink);
    show_focus(ui.painter(), theme, &response, corner);
    response
}

/// Half the height of one line: round ends, and still a decent corner when the words wrap.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what the type holds")]
fn corner_of_pill(height: f32) -> u8 {
    (height / 2.0).clamp(0.0, 120.0) as u8
}
