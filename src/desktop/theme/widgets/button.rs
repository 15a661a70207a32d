use std::sync::Arc;

use egui::{
    Color32, CornerRadius, Galley, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType,
    pos2, vec2,
};

use super::super::{TextRole, Theme, style};
use super::{faded, show_focus};

/// A button with words on it, and the key that does the same.
#[derive(Debug, Clone, Copy)]
#[must_use = "a button does nothing until it is shown"]
pub struct Button<'a> {
    kind: Kind,
    label: &'a str,
    key: Option<&'a str>,
    enabled: bool,
    least_width: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Secondary,
    Danger,
}

impl<'a> Button<'a> {
    /// The one thing to do on a screen: filled.
    pub fn primary(label: &'a str) -> Self {
        Self::new(Kind::Primary, label)
    }

    /// What else can be done: an outline in `calm`.
    pub fn secondary(label: &'a str) -> Self {
        Self::new(Kind::Secondary, label)
    }

    /// What costs something, such as speaking before she is done: an outline in `heat`.
    pub fn danger(label: &'a str) -> Self {
        Self::new(Kind::Danger, label)
    }

    fn new(kind: Kind, label: &'a str) -> Self {
        Self { kind, label, key: None, enabled: true, least_width: 0.0 }
    }

    /// Shows the key that does the same. The screen listens for the key itself.
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// Whether it can be used just now. What cannot be used cannot be focused either.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// At least this wide, in points.
    pub fn least_width(mut self, points: f32) -> Self {
        self.least_width = points;
        self
    }

    /// Draws it. `clicked()` of the response is true for a click, for Enter and Space, and for a screen reader's click.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> Response {
        let colors = &theme.colors;
        let color = match self.kind {
            Kind::Primary => colors.on_calm,
            Kind::Secondary => colors.calm,
            Kind::Danger => colors.heat,
        };
        let text = ui.painter().layout_job(theme.job(TextRole::Strong, color, self.label, f32::INFINITY));
        let cap = self.key.map(|key| Cap::new(ui, theme, key, color));
        let padding = vec2(theme.scaled(17.0), theme.scaled(9.0));
        let gap = theme.scaled(12.0);
        let inner = text.size().x + cap.as_ref().map_or(0.0, |cap| gap + cap.size.x);
        let size = vec2((inner + 2.0 * padding.x).max(self.least_width), text.size().y + 2.0 * padding.y);
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, self.enabled && ui.is_enabled(), self.label));
        tell_key(ui, &response, self.key);

        let (fill, stroke) = self.ground(theme, &response);
        let painter = ui.painter();
        let corner = CornerRadius::same(style::CORNER);
        painter.rect(
            rect,
            corner,
            faded(theme, self.enabled, fill),
            Stroke::new(stroke.width, faded(theme, self.enabled, stroke.color)),
            StrokeKind::Inside,
        );
        let start = pos2(rect.center().x - inner / 2.0, rect.center().y - text.size().y / 2.0);
        let cap_at = start.x + text.size().x + gap;
        painter.galley(start, text, color);
        if let Some(cap) = cap {
            cap.paint(ui, theme, pos2(cap_at, rect.center().y));
        }
        show_focus(ui.painter(), theme, &response, style::CORNER);
        response
    }

    fn ground(&self, theme: &Theme, response: &Response) -> (Color32, Stroke) {
        let colors = &theme.colors;
        let touched = response.hovered() || response.is_pointer_button_down_on();
        match self.kind {
            Kind::Primary => {
                let fill = if touched { style::mix(colors.calm, colors.ink, 0.12) } else { colors.calm };
                (fill, Stroke::NONE)
            }
            Kind::Secondary => {
                let fill = if touched { colors.chosen } else { colors.paper };
                (fill, Stroke::new(1.0, colors.calm))
            }
            Kind::Danger => {
                let fill = if touched { colors.card } else { colors.paper };
                (fill, Stroke::new(1.0, colors.heat))
            }
        }
    }
}

/// A key, drawn as a cap. Not interactive: an ornament of something that is.
pub fn key_cap(ui: &mut Ui, theme: &Theme, key: &str) -> Response {
    let cap = Cap::new(ui, theme, key, theme.colors.soft_ink);
    let (rect, response) = ui.allocate_exact_size(cap.size, Sense::hover());
    cap.paint(ui, theme, rect.left_center());
    response
}

/// A small action with its key before it, such as "N Nod". The screen listens for the key itself.
pub fn keyed_action(ui: &mut Ui, theme: &Theme, key: &str, label: &str) -> Response {
    let color = theme.colors.soft_ink;
    let cap = Cap::new(ui, theme, key, color);
    let gap = theme.scaled(6.0);
    let text = ui.painter().layout_job(theme.job(TextRole::Interface, color, label, f32::INFINITY));
    let height = cap.size.y.max(text.size().y) + theme.scaled(6.0);
    let (rect, response) = ui.allocate_exact_size(vec2(cap.size.x + gap + text.size().x, height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), label));
    tell_key(ui, &response, Some(key));
    let at = pos2(rect.left() + cap.size.x + gap, rect.center().y - text.size().y / 2.0);
    let color = if response.hovered() { theme.colors.ink } else { color };
    cap.paint(ui, theme, rect.left_center());
    ui.painter().galley_with_override_text_color(at, text, color);
    show_focus(ui.painter(), theme, &response, 5);
    response
}

/// Words that lead somewhere, in the flow of text.
pub fn link(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let color = theme.colors.calm;
    let text = ui.painter().layout_job(theme.job(TextRole::Interface, color, label, ui.available_width()));
    let (rect, response) = ui.allocate_exact_size(text.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, ui.is_enabled(), label));
    if response.hovered() || response.has_focus() {
        for row in &text.rows {
            let row = row.rect().translate(rect.min.to_vec2());
            ui.painter().hline(row.x_range(), row.bottom() - theme.scaled(3.0), Stroke::new(1.0, color));
        }
    }
    ui.painter().galley(rect.min, text, color);
    show_focus(ui.painter(), theme, &response, 3);
    response
}

/// A key cap, laid out.
pub(super) struct Cap {
    text: Arc<Galley>,
    color: Color32,
    pub(super) size: Vec2,
}

impl Cap {
    pub(super) fn new(ui: &Ui, theme: &Theme, key: &str, color: Color32) -> Self {
        let text = ui.painter().layout_no_wrap(key.to_owned(), theme.font(TextRole::SmallStrong), color);
        let height = theme.scaled(22.0);
        let size = vec2((text.size().x + theme.scaled(12.0)).max(height), height);
        Self { text, color, size }
    }

    /// Paints it with its left edge's middle at `left_center`.
    pub(super) fn paint(self, ui: &Ui, theme: &Theme, left_center: Pos2) {
        let rect = Rect::from_min_size(pos2(left_center.x, (left_center.y - self.size.y / 2.0).round()), self.size);
        let colors = &theme.colors;
        // On a filled button the cap is drawn in the button's own text colour.
        let on_fill = self.color == colors.on_calm;
        let (fill, line) = if on_fill { (Color32::TRANSPARENT, self.color) } else { (colors.card, colors.line) };
        ui.painter().rect(rect, CornerRadius::same(5), fill, Stroke::new(1.0, line), StrokeKind::Inside);
        ui.painter().galley(rect.center() - self.text.size() / 2.0, self.text, self.color);
    }
}

/// Tells a screen reader the key of a widget.
pub(super) fn tell_key(ui: &Ui, response: &Response, key: Option<&str>) {
    if let Some(key) = key {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(key));
    }
}
