//! The findings as a list; choosing one leads to its place in the text.

use std::sync::Arc;

use egui::{ScrollArea, Ui};

use super::ui::Answer;
use crate::desktop::theme::widgets::{link, paragraph};
use crate::desktop::theme::{TextRole, Theme};
use crate::studio::Studio;
use crate::studio::checking::Checked;

/// What is known of the text.
#[derive(Debug)]
pub struct View {
    pub checked: Arc<Checked>,
}

impl View {
    pub fn of(studio: &Studio) -> Self {
        Self { checked: Arc::clone(studio.checked()) }
    }
}

/// What the pane keeps.
#[derive(Debug, Default)]
pub struct Memory {}

/// Draws the list.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, _memory: &mut Memory, answer: &mut Answer) {
    ScrollArea::vertical().id_salt("studio findings").auto_shrink(false).show(ui, |ui| {
        if view.checked.findings.is_empty() {
            paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "Nothing to mend.");
        }
        for finding in &view.checked.findings {
            if link(ui, theme, &finding.message).clicked()
                && let Some(span) = finding.span
            {
                answer.go_to = Some(span.range());
            }
        }
    });
}
