//! The text.

use std::ops::Range;
use std::sync::Arc;

use egui::{Key, Modifiers, ScrollArea, TextEdit, Ui};

use super::Action;
use super::ui::Answer;
use crate::desktop::theme::Theme;
use crate::studio::Studio;
use crate::studio::document::Change;

/// The text as the desk has it.
#[derive(Debug)]
pub struct View {
    pub text: Arc<str>,
    pub version: u64,
}

impl View {
    pub fn of(studio: &Studio) -> Self {
        Self { text: Arc::clone(studio.document().text()), version: studio.document().version() }
    }
}

/// What the pane keeps: the text as it stands in the field, and where the caret is.
#[derive(Debug, Default)]
pub struct Memory {
    text: String,
    version: Option<u64>,
    caret: usize,
    go_to: Option<Range<usize>>,
    wants_focus: bool,
}

impl Memory {
    /// Where the caret stands, in bytes.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Moves the caret to a place, in bytes, selects it and brings it into sight.
    pub fn go_to(&mut self, place: Range<usize>) {
        self.go_to = Some(place);
        self.wants_focus = true;
    }

    pub fn take_focus(&mut self) {
        self.wants_focus = true;
    }
}

/// Draws the text.
pub fn draw(ui: &mut Ui, _theme: &Theme, view: &View, memory: &mut Memory, answer: &mut Answer) {
    if memory.version != Some(view.version) {
        view.text.as_ref().clone_into(&mut memory.text);
        memory.version = Some(view.version);
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z)) {
        answer.actions.push(Action::Undo);
    }
    ScrollArea::both().id_salt("studio text").auto_shrink(false).show(ui, |ui| {
        let field = ui.add(TextEdit::multiline(&mut memory.text).code_editor().desired_width(f32::INFINITY));
        if std::mem::take(&mut memory.wants_focus) {
            field.request_focus();
        }
        if let Some(change) = Change::between(&view.text, &memory.text) {
            answer.actions.push(Action::Edit(change));
            memory.version = Some(view.version + 1);
        }
    });
}
