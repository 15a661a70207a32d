//! What the mouse does in the text.

use egui::{CornerRadius, CursorIcon, Pos2, Rect, Response, Sense, Ui, pos2, vec2};

use super::{Memory, Reveal, Sheet, View, paint, theme_margin};
use crate::desktop::theme::style;

/// How quickly the text scrolls while the selection is drawn beyond its edge: a share of how far beyond.
const PULL: f64 = 0.3;

/// Puts the caret, and draws the selection.
pub(super) fn press(ui: &Ui, sheet: &Sheet<'_>, response: &Response, memory: &mut Memory) {
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let is_in_text = pointer.x < sheet.rect.right() - theme_margin(sheet.theme);
    let begins = ui.input(|input| input.pointer.primary_pressed());
    if begins && !is_in_text && response.is_pointer_button_down_on() {
        return;
    }
    let shift = ui.input(|input| input.modifiers.shift);
    if response.triple_clicked() {
        let byte = byte_at(ui, sheet, memory, pointer);
        memory.editor.select_line(byte);
    } else if response.double_clicked() {
        let byte = byte_at(ui, sheet, memory, pointer);
        memory.editor.select_word(byte);
    } else if response.clicked() || (begins && response.is_pointer_button_down_on()) {
        response.request_focus();
        let byte = byte_at(ui, sheet, memory, pointer);
        memory.editor.place(byte, shift);
        memory.popup = None;
    } else if response.dragged_by(egui::PointerButton::Primary)
        && ui.input(|input| input.pointer.delta() != vec2(0.0, 0.0) || !sheet.rect.contains(pointer))
    {
        let byte = byte_at(ui, sheet, memory, pointer);
        memory.editor.place(byte, true);
        let beyond = if pointer.y < sheet.rect.top() {
            pointer.y - sheet.rect.top()
        } else {
            (pointer.y - sheet.rect.bottom()).max(0.0)
        };
        let reach = sheet.reach(memory.editor.lines().rows());
        let pulled = (memory.scroll + f64::from(beyond) * PULL).clamp(0.0, reach);
        if (pulled - memory.scroll).abs() > 0.5 {
            memory.scroll = pulled;
            memory.reveals = Reveal::No;
            ui.ctx().request_repaint();
        }
    }
}

/// The byte nearest to a place on the screen.
fn byte_at(ui: &Ui, sheet: &Sheet<'_>, memory: &Memory, at: Pos2) -> usize {
    let row = sheet.row_at(at.y, memory.scroll);
    if row >= memory.editor.lines().rows() {
        return memory.editor.text().len();
    }
    paint::row(ui, sheet, memory, row).byte(memory.editor.text(), at.x)
}

/// The wheel, and the bar at the right.
pub(super) fn scroll(ui: &Ui, sheet: &Sheet<'_>, response: &Response, memory: &mut Memory) {
    let reach = sheet.reach(memory.editor.lines().rows());
    if response.contains_pointer() {
        let delta = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        memory.scroll -= f64::from(delta);
    }
    let track =
        Rect::from_min_max(pos2(sheet.rect.right() - 12.0, sheet.rect.top() + 2.0), sheet.rect.max - vec2(2.0, 2.0));
    let bar = ui.interact(track, response.id.with("bar"), Sense::drag());
    let height = f64::from(track.height());
    let share = f64::from(sheet.rect.height()) / (reach + f64::from(sheet.rect.height()));
    let handle = (height * share).max(24.0);
    let way = height - handle;
    if let Some(pointer) = bar.interact_pointer_pos().filter(|_| bar.dragged() || bar.is_pointer_button_down_on())
        && way > 0.0
    {
        memory.scroll = (f64::from(pointer.y - track.top()) - handle / 2.0) / way * reach;
    }
    memory.scroll = memory.scroll.clamp(0.0, reach);
    if reach > 0.0 && way > 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "it is on the screen")]
        let (top, handle) = ((memory.scroll / reach * way) as f32, handle as f32);
        let touched = bar.hovered() || bar.dragged();
        let width = if touched { 8.0 } else { 4.0 };
        let rect = Rect::from_min_size(pos2(track.right() - width, track.top() + top), vec2(width, handle));
        let colors = &sheet.theme.colors;
        let color = style::mix(colors.paper, colors.ink, if touched { 0.7 } else { 0.4 });
        ui.painter_at(sheet.rect).rect_filled(rect, CornerRadius::same(4), color);
    }
    if response.hovered() && !bar.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Text);
    }
}

/// What is found where the pointer rests.
pub(super) fn hover(ui: &Ui, sheet: &Sheet<'_>, view: &View, response: &Response, memory: &Memory) {
    let Some(pointer) = response.hover_pos().filter(|pointer| pointer.x >= sheet.left) else { return };
    if memory.marks.all.is_empty()
        || response.dragged()
        || sheet.row_at(pointer.y, memory.scroll) >= memory.editor.lines().rows()
    {
        return;
    }
    let byte = byte_at(ui, sheet, memory, pointer);
    let marks = memory.marks_at(byte);
    let found: Vec<_> = marks.iter().filter_map(|mark| view.checked.findings.get(mark.finding)).collect();
    if found.is_empty() {
        return;
    }
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(sheet.theme.scaled(420.0));
        for finding in found {
            super::foot::finding(ui, sheet.theme, finding, None);
        }
    });
}
