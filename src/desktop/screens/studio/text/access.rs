//! What a screen reader is told of the text.

use egui::emath::TSTransform;
use egui::epaint::text::cursor::CCursor;
use egui::text::LayoutJob;
use egui::text_selection::CCursorRange;
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{Response, Ui, accesskit};

use super::{Memory, Sheet, chars_in};

/// No more of a line than this is told at once, in bytes.
const MOST: usize = 4000;

/// Tells the line that the caret is in, where in it the caret is, and what of it is selected: a file is too large to be
/// told with every frame.
pub(super) fn tell(ui: &Ui, sheet: &Sheet<'_>, response: &Response, memory: &Memory) {
    let editor = &memory.editor;
    let (text, lines) = (editor.text(), editor.lines());
    let line = lines.line_at(editor.caret());
    let whole = lines.range(line);
    let end = text.floor_char_boundary(whole.end.min(whole.start + MOST));
    let shown = whole.start..end;
    let told = ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::MultilineTextInput);
        node.set_label("Text");
        node.set_value(&text[shown.clone()]);
        node.set_description(format!("Line {} of {}. F6 leads out.", line + 1, lines.count()));
    });
    if told.is_none() {
        return;
    }
    let job =
        LayoutJob::simple(text[shown.clone()].to_owned(), sheet.font.clone(), sheet.theme.colors.ink, f32::INFINITY);
    let galley = ui.painter().layout_job(job);
    let cursor = |byte: usize| CCursor::new(chars_in(text, &shown, byte));
    let selection = editor.selection();
    let cursors = CCursorRange { primary: cursor(selection.caret), secondary: cursor(selection.anchor), h_pos: None };
    let (row, _) = lines.row_at(text, whole.start);
    let at = egui::pos2(sheet.left, sheet.top(row, memory.scroll));
    update_accesskit_for_text_widget(
        ui.ctx(),
        response.id,
        Some(cursors),
        accesskit::Role::MultilineTextInput,
        TSTransform::from_translation(at.to_vec2()),
        &galley,
    );
}
