use std::ops::RangeInclusive;

use egui::{
    CornerRadius, EventFilter, Frame, InnerResponse, Key, Margin, Modifiers, Rect, Response, Sense, Stroke, StrokeKind,
    TextEdit, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use super::super::{TextRole, Theme, style};
use super::{paragraph, show_focus};

/// A value on a line, such as the size of text: its label above, what it comes to at the right.
#[derive(Debug, Clone)]
#[must_use = "a slider does nothing until it is shown"]
pub struct SliderRow<'a> {
    label: &'a str,
    value: f32,
    range: RangeInclusive<f32>,
    step: f32,
    shown: &'a str,
}

impl<'a> SliderRow<'a> {
    /// A slider over `range` in steps of `step`. `shown` is the value in words, such as "150 %".
    pub fn new(label: &'a str, value: f32, range: RangeInclusive<f32>, step: f32, shown: &'a str) -> Self {
        Self { label, value, range, step, shown }
    }

    /// Draws it. Returns the value it was set to in this frame, by pointer, arrow keys, Home, End or a screen reader.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> InnerResponse<Option<f32>> {
        let colors = &theme.colors;
        let width = ui.available_width();
        let line = theme.line_height(TextRole::Interface);
        let knob = theme.scaled(10.0);
        let (rect, response) =
            ui.allocate_exact_size(vec2(width, line + 2.0 * knob + theme.scaled(8.0)), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), f64::from(self.value), self.label));
        self.tell(ui, &response);

        let rail = Rect::from_min_max(
            pos2(rect.left() + knob, rect.bottom() - 2.0 * knob),
            pos2(rect.right() - knob, rect.bottom()),
        );
        let chosen = self.chosen(ui, &response, rail);
        let value = chosen.unwrap_or(self.value);

        let painter = ui.painter();
        let label = painter.layout_job(theme.job(TextRole::Interface, colors.ink, self.label, f32::INFINITY));
        let shown = painter.layout_job(theme.job(TextRole::Strong, colors.ink, self.shown, f32::INFINITY));
        painter.galley(rect.left_top(), label, colors.ink);
        painter.galley(pos2(rect.right() - shown.size().x, rect.top()), shown, colors.ink);
        let (start, end) = (*self.range.start(), *self.range.end());
        let share = if end > start { ((value - start) / (end - start)).clamp(0.0, 1.0) } else { 0.0 };
        let at = pos2(rail.left() + share * rail.width(), rail.center().y);
        let bar = |from: f32, to: f32| Rect::from_min_max(pos2(from, at.y - 3.0), pos2(to, at.y + 3.0));
        painter.rect_filled(bar(rail.left() - knob, rail.right() + knob), CornerRadius::same(3), colors.track);
        painter.rect_filled(bar(rail.left() - knob, at.x), CornerRadius::same(3), colors.calm);
        painter.circle(at, knob, colors.card, Stroke::new(2.0, colors.calm));
        show_focus(painter, theme, &response, style::CORNER);
        InnerResponse::new(chosen.filter(|&value| (value - self.value).abs() > f32::EPSILON), response)
    }

    fn chosen(&self, ui: &Ui, response: &Response, rail: Rect) -> Option<f32> {
        let (start, end) = (*self.range.start(), *self.range.end());
        if let Some(pointer) = response.interact_pointer_pos() {
            // So that the arrows take over where the pointer leaves off.
            response.request_focus();
            let share = ((pointer.x - rail.left()) / rail.width()).clamp(0.0, 1.0);
            return Some(self.stepped(start + share * (end - start)));
        }
        if response.has_focus() {
            // Otherwise the arrows would move the focus.
            let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        let focused = response.has_focus();
        ui.input_mut(|input| {
            // Taken, so that the page does not scroll by them as well.
            for (key, end) in [(Key::Home, start), (Key::End, end)] {
                if focused && input.consume_key(Modifiers::NONE, key) {
                    return Some(end);
                }
            }
            let keys = |key| if focused && input.key_pressed(key) { 1.0 } else { 0.0 };
            let asked = |action| if input.has_accesskit_action_request(response.id, action) { 1.0 } else { 0.0 };
            for request in input.accesskit_action_requests(response.id, accesskit::Action::SetValue) {
                if let Some(accesskit::ActionData::NumericValue(value)) = request.data {
                    #[expect(clippy::cast_possible_truncation, reason = "a slider's value needs no more")]
                    return Some(self.stepped(value as f32));
                }
            }
            let steps: f32 = keys(Key::ArrowRight) - keys(Key::ArrowLeft) + asked(accesskit::Action::Increment)
                - asked(accesskit::Action::Decrement);
            (steps != 0.0).then(|| self.stepped(self.value + steps * self.step))
        })
    }

    fn stepped(&self, value: f32) -> f32 {
        let (start, end) = (*self.range.start(), *self.range.end());
        let value = if self.step > 0.0 { start + ((value - start) / self.step).round() * self.step } else { value };
        value.clamp(start, end)
    }

    fn tell(&self, ui: &Ui, response: &Response) {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(f64::from(*self.range.start()));
            node.set_max_numeric_value(f64::from(*self.range.end()));
            node.set_numeric_value_step(f64::from(self.step));
            node.set_value(self.shown);
            node.add_action(accesskit::Action::SetValue);
            node.add_action(accesskit::Action::Increment);
            node.add_action(accesskit::Action::Decrement);
        });
    }
}

/// One line of text to write in, its label above it. `text` is the screen's draft, changed as one types.
pub fn text_row(ui: &mut Ui, theme: &Theme, label: &str, text: &mut String, hint: &str) -> Response {
    field(ui, theme, label, text, hint, false)
}

/// As [`text_row`], for what nobody may read over a shoulder: dots, unless it is to be `shown`.
pub fn secret_row(ui: &mut Ui, theme: &Theme, label: &str, text: &mut String, hint: &str, shown: bool) -> Response {
    field(ui, theme, label, text, hint, !shown)
}

fn field(ui: &mut Ui, theme: &Theme, label: &str, text: &mut String, hint: &str, hidden: bool) -> Response {
    let colors = &theme.colors;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.scaled(4.0);
        let name = paragraph(ui, theme, TextRole::Interface, colors.soft_ink, label);
        let field = TextEdit::singleline(text)
            .password(hidden)
            .font(theme.font(TextRole::Reply))
            .text_color(colors.ink)
            .hint_text(theme.job(TextRole::Reply, colors.soft_ink, hint, f32::INFINITY))
            .desired_width(f32::INFINITY)
            .frame(
                Frame::new()
                    .inner_margin(Margin::symmetric(12, 9))
                    .corner_radius(CornerRadius::same(style::CORNER))
                    .fill(colors.card),
            );
        let response = ui.add(field).labelled_by(name.id);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
        let line = if response.hovered() || response.has_focus() { colors.calm } else { colors.soft_ink };
        ui.painter().rect_stroke(
            response.rect,
            CornerRadius::same(style::CORNER),
            Stroke::new(1.0, line),
            StrokeKind::Inside,
        );
        show_focus(ui.painter(), theme, &response, style::CORNER);
        response
    })
    .inner
}
