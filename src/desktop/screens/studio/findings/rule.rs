//! The page of a rule: what `simmer explain` tells of it.

use egui::{CornerRadius, Frame, Key, Margin, Modifiers, ScrollArea, Ui};

use crate::desktop::theme::widgets::{link, paragraph, section_title};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::lint::page::{Excerpt, Page};

/// Draws the page of a rule, and says whether it was left.
pub(super) fn draw(ui: &mut Ui, theme: &Theme, rule: &str) -> bool {
    let mut is_left =
        !ui.ctx().text_edit_focused() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
        is_left |= link(ui, theme, "Back to the findings").clicked();
        ScrollArea::vertical().id_salt(("studio rule", rule)).auto_shrink(false).show(ui, |ui| {
            section_title(ui, theme, rule);
            let Some(page) = Page::of(rule) else {
                paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "There is no page about this.");
                return;
            };
            let words = |ui: &mut Ui, text: &str| {
                for part in text.split("\n\n") {
                    paragraph(ui, theme, TextRole::Interface, theme.colors.ink, &part.replace('\n', " "));
                }
            };
            words(ui, page.what);
            section_title(ui, theme, "Why");
            words(ui, page.why);
            for (title, Excerpt { ron, words: about }) in [("Instead of", page.bad), ("Write", page.good)] {
                section_title(ui, theme, title);
                let frame = Frame::new()
                    .fill(theme.colors.card)
                    .corner_radius(CornerRadius::same(style::CORNER))
                    .inner_margin(Margin::same(10));
                frame.show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.monospace(ron);
                });
                words(ui, about);
            }
        });
    });
    is_left
}
