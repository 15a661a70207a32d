use egui::{Label, Response, Ui, accesskit};

use super::super::{TextRole, Theme};

/// A paragraph in a role and a colour of the theme, wrapped to the width at hand.
pub fn paragraph(ui: &mut Ui, theme: &Theme, role: TextRole, color: egui::Color32, text: &str) -> Response {
    let job = theme.job(role, color, text, ui.available_width());
    ui.add(Label::new(job))
}

/// The head of a screen, announced as a heading.
pub fn title(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    heading(ui, theme, TextRole::Title, text)
}

/// The head of a part of a screen, announced as a heading.
pub fn section_title(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    heading(ui, theme, TextRole::Strong, text)
}

fn heading(ui: &mut Ui, theme: &Theme, role: TextRole, text: &str) -> Response {
    let response = paragraph(ui, theme, role, theme.colors.ink, text);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Heading);
        node.set_label(text);
    });
    response
}
