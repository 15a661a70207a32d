//! What the pages after a call share: one scrolling column with margins, and keys that nobody types into a field.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, AsIdSalt, Frame, Key, Label, Margin, Ui, accesskit, vec2};

use super::scroll::scroll;
use crate::desktop::theme::{TextRole, Theme, style};

/// Between two columns, in points.
const GUTTER: f32 = 48.0;

/// A page that scrolls in one place. `screen`: what is read there, which begins at its top.
pub(super) fn page(ui: &mut Ui, theme: &Theme, screen: impl AsIdSalt, contents: impl FnOnce(&mut Ui)) {
    scroll(ui, screen, |ui| {
        let margin = if theme.one_column(ui.available_width()) { 24 } else { 36 };
        Frame::new().inner_margin(Margin::same(margin)).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(style::GRID, style::GRID * 1.5);
            contents(ui);
        });
    });
}

/// Whether a key was pressed that was not meant for a text field.
pub(super) fn pressed(ui: &Ui, key: Key) -> bool {
    !ui.ctx().text_edit_focused() && ui.input(|input| input.key_pressed(key) && input.modifiers.is_none())
}

/// A heading in one or more colours.
pub(super) fn heading(ui: &mut Ui, job: LayoutJob) {
    let text = job.text.clone();
    let response = ui.add(Label::new(job));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Heading);
        node.set_label(text);
    });
}

/// The format of a section that stands in one line with others of another size: all of them centred in the line.
pub(super) fn inline(theme: &Theme, role: TextRole, color: egui::Color32) -> TextFormat {
    TextFormat {
        line_height: Some(theme.line_height(TextRole::Interface)),
        valign: Align::Center,
        ..theme.format(role, color)
    }
}

/// A small heading in a colour, over a card or a list.
pub(super) fn small_heading(ui: &mut Ui, theme: &Theme, color: egui::Color32, text: &str) {
    heading(ui, theme.job(TextRole::SmallStrong, color, text, ui.available_width()));
}

/// Which of two columns is being drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// Two columns, the left `share` of the width wide; one above the other where text is large. `contents` draws each.
pub(super) fn two_columns(ui: &mut Ui, theme: &Theme, share: f32, mut contents: impl FnMut(&mut Ui, Side)) {
    let width = ui.available_width();
    if theme.one_column(width) {
        contents(ui, Side::Left);
        ui.add_space(style::GRID * 2.0);
        contents(ui, Side::Right);
        return;
    }
    let left = ((width - GUTTER) * share).round();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GUTTER;
        for (side, width) in [(Side::Left, left), (Side::Right, width - GUTTER - left)] {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = vec2(style::GRID, style::GRID * 1.5);
                contents(ui, side);
            });
        }
    });
}
