use egui::{Color32, CornerRadius, Rect, Response, Sense, Stroke, Ui, WidgetInfo, WidgetType, accesskit, pos2, vec2};

use super::super::{TextRole, Theme};

/// What a bar says by its colour. Its number and its length say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Calm,
    Heat,
    Gold,
}

impl Tone {
    /// The colour of the tone.
    pub fn color(self, theme: &Theme) -> Color32 {
        match self {
            Self::Calm => theme.colors.calm,
            Self::Heat => theme.colors.heat,
            Self::Gold => theme.colors.gold,
        }
    }
}

/// A skill, its bar from 0 to 100, a mark for what could be reached, and its number: a row as wide as there is room.
#[derive(Debug, Clone, Copy)]
#[must_use = "a bar does nothing until it is shown"]
pub struct Bar<'a> {
    label: &'a str,
    value: u8,
    mark: Option<u8>,
    tone: Tone,
    label_width: f32,
}

impl<'a> Bar<'a> {
    /// A bar with its label and its value, 0 to 100.
    pub fn new(label: &'a str, value: u8) -> Self {
        Self { label, value: value.min(100), mark: None, tone: Tone::Calm, label_width: 140.0 }
    }

    /// A mark at what could be reached, 0 to 100.
    pub fn mark(mut self, mark: Option<u8>) -> Self {
        self.mark = mark.map(|mark| mark.min(100));
        self
    }

    /// What its colour says.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The room kept for labels, in points at 100 %, so that the bars of several rows begin together.
    pub fn label_width(mut self, points: f32) -> Self {
        self.label_width = points;
        self
    }

    /// Draws it. Not interactive; a screen reader hears the label, the value, and what could be reached.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> Response {
        let colors = &theme.colors;
        let height = theme.line_height(TextRole::Interface) + theme.scaled(4.0);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        response.widget_info(|| WidgetInfo {
            value: Some(f64::from(self.value)),
            ..WidgetInfo::labeled(WidgetType::ProgressIndicator, true, self.label)
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(accesskit::Role::ProgressIndicator);
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(100.0);
            if let Some(mark) = self.mark {
                node.set_description(format!("{mark} could be reached"));
            }
        });

        let painter = ui.painter();
        let label = painter.layout_job(theme.job(TextRole::Interface, colors.ink, self.label, f32::INFINITY));
        let number = painter.layout_job(theme.job(TextRole::Strong, colors.ink, self.value.to_string(), f32::INFINITY));
        let left = rect.left() + theme.scaled(self.label_width).max(label.size().x + 12.0);
        let right = rect.right() - theme.scaled(38.0);
        painter.galley(pos2(rect.left(), rect.center().y - label.size().y / 2.0), label, colors.ink);
        painter.galley(pos2(right + theme.scaled(12.0), rect.center().y - number.size().y / 2.0), number, colors.ink);

        let thick = theme.scaled(12.0);
        let whole = Rect::from_min_max(
            pos2(left, rect.center().y - thick / 2.0),
            pos2(right.max(left), rect.center().y + thick / 2.0),
        );
        let corner = CornerRadius::same(6);
        painter.rect_filled(whole, corner, colors.track);
        let at = |value: u8| whole.left() + whole.width() * f32::from(value) / 100.0;
        if self.value > 0 {
            let filled = Rect::from_min_max(whole.min, pos2(at(self.value).max(whole.left() + thick), whole.bottom()));
            painter.rect_filled(filled, corner, self.tone.color(theme));
        }
        if let Some(mark) = self.mark {
            let reach = whole.expand2(vec2(0.0, theme.scaled(4.0))).y_range();
            painter.vline(at(mark), reach, Stroke::new(2.0, colors.soft_ink));
        }
        response
    }
}
