//! The graph as a list: a row for each place, in the order of the file.

use egui::{Sense, Ui, WidgetInfo, WidgetType, vec2};

use super::overlay::Known;
use super::{Loaded, marks, words};
use crate::desktop::screens::scroll::scroll;
use crate::desktop::screens::studio::ui::Answer;
use crate::desktop::theme::widgets::show_focus;
use crate::desktop::theme::{TextRole, Theme, style};

/// Draws the list; choosing a row leads to its place in the text.
pub(super) fn show(ui: &mut Ui, theme: &Theme, loaded: &Loaded, known: &Known<'_>, sheet: usize, answer: &mut Answer) {
    scroll(ui, ("studio graph list", sheet), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let drawn = &loaded.drawn.graph.sheets[sheet];
        for (place, it) in drawn.places.iter().enumerate().skip(1) {
            let height = theme.line_height(TextRole::Strong) + 2.0 * theme.line_height(TextRole::Small) + style::GRID;
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
            let name = words::name(it);
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, ui.is_enabled(), &name));
            let (errors, warnings) = loaded.marks[sheet].at(place);
            let about = || {
                let found = words::findings(errors, warnings);
                let said = words::place(drawn, &loaded.scenes[sheet], place);
                format!("{found} {} {said}", known.in_words(place, None)).trim().to_owned()
            };
            if response.clicked() {
                answer.go_to = marks::span_of(&loaded.drawn, &loaded.places, sheet, place, None);
            }
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(about()));
            if ui.is_rect_visible(rect) {
                let color = loaded.marks[sheet].color(theme, place).unwrap_or(theme.colors.ink);
                let title = theme.job(TextRole::Strong, color, name.as_str(), f32::INFINITY);
                let title = ui.painter().layout_job(title);
                let mut job = theme.job(TextRole::Small, theme.colors.soft_ink, about(), rect.width());
                job.wrap.max_rows = 2;
                let below = rect.min + vec2(0.0, title.size().y);
                ui.painter().galley(rect.min, title, color);
                let lines = ui.painter().layout_job(job);
                ui.painter().galley(below, lines, theme.colors.soft_ink);
            }
            show_focus(ui.painter(), theme, &response, style::CORNER);
        }
    });
}
