//! The rows in sight.

use std::ops::Range;
use std::sync::Arc;

use egui::epaint::text::cursor::CCursor;
use egui::output::IMEOutput;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align2, Color32, CornerRadius, Galley, IMEPurpose, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::{Mark, Memory, Sheet, View, chars_in, square};
use crate::desktop::theme::style;
use crate::desktop::theme::tokens::Tokens;
use crate::diagnostic::Severity;
use crate::studio::editor::{Editor, cells};
use crate::studio::highlight::{Ink, Stretch};

/// A row that is laid out.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) range: Range<usize>,
    pub(super) galley: Arc<Galley>,
    pub(super) at: Pos2,
    /// Whether the line goes on in the next row.
    goes_on: bool,
}

impl Row {
    /// Where a byte of the row stands, from the left of the screen.
    pub(super) fn x(&self, text: &str, byte: usize) -> f32 {
        let cursor = CCursor::new(chars_in(text, &self.range, byte));
        self.at.x + self.galley.pos_from_cursor(cursor).left()
    }

    /// The byte of the row nearest to a place on the screen.
    pub(super) fn byte(&self, text: &str, x: f32) -> usize {
        let cursor = self.galley.cursor_from_pos(vec2(x - self.at.x, self.galley.size().y / 2.0));
        let written = &text[self.range.clone()];
        let at = written.char_indices().nth(cursor.index.0).map_or(written.len(), |(at, _)| at);
        if at == written.len() && self.goes_on { self.range.end - cells::last(written) } else { self.range.start + at }
    }
}

/// Lays out a row.
pub(super) fn row(ui: &Ui, sheet: &Sheet<'_>, memory: &Memory, row: usize) -> Row {
    let (line, _) = memory.editor.lines().at_row(row);
    laid_out(ui, sheet, &memory.editor, &memory.editor.stretches(line), row, memory.scroll)
}

fn laid_out(ui: &Ui, sheet: &Sheet<'_>, editor: &Editor, stretches: &[Stretch], row: usize, scroll: f64) -> Row {
    let (text, lines) = (editor.text(), editor.lines());
    let (line, within) = lines.at_row(row);
    let whole = lines.range(line);
    let rows = lines.rows_of(text, line);
    let range = rows[within.min(rows.len() - 1)].clone();
    let job = job(sheet, text, &range, stretches);
    let moved_in = if within == 0 { 0 } else { cells::indent(&text[whole.clone()], lines.columns()) };
    #[expect(clippy::cast_precision_loss, reason = "there are few columns")]
    let left = sheet.left + sheet.cell * moved_in as f32;
    let galley = ui.painter().layout_job(job);
    let goes_on = range.end < whole.end;
    let top = sheet.top(row, scroll) + sheet.lead();
    Row { line, range, galley, at: pos2(left, top), goes_on }
}

fn job(sheet: &Sheet<'_>, text: &str, range: &Range<usize>, stretches: &[Stretch]) -> LayoutJob {
    let colors = &sheet.theme.colors;
    let format = |color: Color32, italics: bool| TextFormat {
        font_id: sheet.font.clone(),
        color,
        italics,
        line_height: Some(sheet.high),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    job.keep_trailing_whitespace = true;
    job.break_on_newline = false;
    let mut at = range.start;
    for stretch in stretches {
        let (start, end) = (stretch.range.start.max(range.start), stretch.range.end.min(range.end));
        if start >= end {
            continue;
        }
        if at < start {
            job.append(&text[at..start], 0.0, format(colors.ink, false));
        }
        job.append(&text[start..end], 0.0, format(color(colors, stretch.ink), stretch.ink == Ink::Remark));
        at = end;
    }
    if at < range.end || range.is_empty() {
        job.append(&text[at..range.end], 0.0, format(colors.ink, false));
    }
    job
}

fn color(colors: &Tokens, ink: Ink) -> Color32 {
    match ink {
        Ink::Field => colors.field_ink,
        Ink::Word => colors.word_ink,
        Ink::Name => colors.name_ink,
        Ink::Text => colors.ink,
        Ink::Number => colors.number_ink,
        Ink::Bracket | Ink::Sign => colors.soft_ink,
        Ink::Remark => colors.remark_ink,
        Ink::Strange => colors.heat,
    }
}

/// Paints what is in sight, and says where the caret is on the screen.
pub(super) fn rows(ui: &Ui, sheet: &Sheet<'_>, view: &View, response: &Response, memory: &Memory) -> Option<Rect> {
    let editor = &memory.editor;
    let (text, lines) = (editor.text(), editor.lines());
    let painter = ui.painter_at(sheet.rect);
    let colors = &sheet.theme.colors;
    let (caret_row, _) = lines.row_at(text, editor.caret());
    let caret_line = lines.line_at(editor.caret());
    let first = sheet.row_at(sheet.rect.top(), memory.scroll);
    let last = sheet.row_at(sheet.rect.bottom(), memory.scroll).min(lines.rows() - 1);
    let brackets = response.has_focus().then(|| editor.brackets()).flatten();
    let mut known: Option<(usize, Vec<Stretch>)> = None;
    let mut caret = None;
    for at in first..=last {
        let (line, within) = lines.at_row(at);
        let stretches = match known.take().filter(|(of, _)| *of == line) {
            Some((_, stretches)) => stretches,
            None => editor.stretches(line),
        };
        let mut row = laid_out(ui, sheet, editor, &stretches, at, memory.scroll);
        known = Some((line, stretches));
        let top = sheet.top(at, memory.scroll);
        let band = Rect::from_min_size(pos2(sheet.rect.left(), top), vec2(sheet.rect.width(), sheet.row));
        if line == caret_line {
            painter.rect_filled(band, CornerRadius::ZERO, colors.card);
        }
        if within == 0 {
            let number = if line == caret_line { colors.ink } else { colors.soft_ink };
            let right = pos2(sheet.left - sheet.theme.scaled(18.0), row.at.y);
            painter.text(right, Align2::RIGHT_TOP, line + 1, sheet.font.clone(), number);
        }
        selection(&painter, sheet, editor, &row, response.has_focus());
        places(&painter, sheet, memory, text, &row);
        for bracket in brackets.into_iter().flatten().filter(|bracket| row.range.contains(bracket)) {
            let around = Rect::from_min_max(
                pos2(row.x(text, bracket), band.top() + 1.0),
                pos2(row.x(text, bracket + 1), band.bottom() - 1.0),
            );
            painter.rect_stroke(
                around.expand2(vec2(1.0, 0.0)),
                CornerRadius::same(2),
                Stroke::new(1.0, colors.calm),
                StrokeKind::Inside,
            );
        }
        if at == caret_row && !memory.preedit.is_empty() {
            let at = editor.caret();
            let before = row.x(text, at);
            let mut job = LayoutJob::default();
            let mut format = TextFormat::simple(sheet.font.clone(), colors.ink);
            format.line_height = Some(sheet.high);
            format.underline = Stroke::new(1.0, colors.ink);
            job.append(&memory.preedit, 0.0, format);
            let preedit = painter.layout_job(job);
            let width = preedit.size().x;
            let rest = painter.layout_no_wrap(text[at..row.range.end].to_owned(), sheet.font.clone(), colors.ink);
            painter.galley(pos2(before, row.at.y), preedit, colors.ink);
            painter.galley(pos2(before + width, row.at.y), rest, colors.ink);
            let start = row.range.start;
            row = Row {
                galley: painter.layout_no_wrap(text[start..at].to_owned(), sheet.font.clone(), colors.ink),
                ..row
            };
            caret = Some(caret_at(before + width, band));
        } else if at == caret_row {
            caret = Some(caret_at(row.x(text, editor.caret()), band));
        }
        painter.galley(row.at, Arc::clone(&row.galley), colors.ink);
        findings(&painter, sheet, memory, text, &row, within == 0);
    }
    if let Some(caret) = caret.filter(|_| response.has_focus()) {
        painter.rect_filled(caret, CornerRadius::ZERO, colors.calm);
    }
    if response.has_focus() {
        painter.rect_stroke(sheet.rect, CornerRadius::ZERO, Stroke::new(2.0, colors.calm), StrokeKind::Inside);
    }
    if text.is_empty() && view.text.is_empty() {
        let hint = "Write here. Ctrl+Space says what may come next.";
        painter.text(
            pos2(sheet.left + 6.0, sheet.top(0, memory.scroll) + sheet.lead()),
            Align2::LEFT_TOP,
            hint,
            sheet.font.clone(),
            colors.soft_ink,
        );
    }
    caret
}

fn caret_at(x: f32, band: Rect) -> Rect {
    Rect::from_min_max(pos2(x - 1.0, band.top() + 1.0), pos2(x + 1.0, band.bottom() - 1.0))
}

fn selection(painter: &egui::Painter, sheet: &Sheet<'_>, editor: &Editor, row: &Row, focused: bool) {
    let selected = editor.selection().range();
    if selected.is_empty() || selected.end < row.range.start || selected.start > row.range.end {
        return;
    }
    let text = editor.text();
    let left = row.x(text, selected.start);
    // A line end that is selected is seen.
    let more = if selected.end > row.range.end && !row.goes_on { sheet.cell / 2.0 } else { 0.0 };
    let right = row.x(text, selected.end) + more;
    if right > left {
        let colors = &sheet.theme.colors;
        let share = if focused { 0.25 } else { 0.12 };
        let top = row.at.y - sheet.lead();
        let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + sheet.row));
        painter.rect_filled(rect, CornerRadius::ZERO, style::mix(colors.card, colors.calm, share));
    }
}

/// What was looked for.
fn places(painter: &egui::Painter, sheet: &Sheet<'_>, memory: &Memory, text: &str, row: &Row) {
    let Some(bar) = &memory.bar else { return };
    let first = bar.places.partition_point(|place| place.end <= row.range.start);
    for place in bar.places[first..].iter().take_while(|place| place.start < row.range.end) {
        if text.get(place.clone()).is_none() {
            continue;
        }
        let rect = Rect::from_min_max(
            pos2(row.x(text, place.start), row.at.y - sheet.lead() + 1.0),
            pos2(row.x(text, place.end), row.at.y - sheet.lead() + sheet.row - 1.0),
        );
        painter.rect_stroke(rect, CornerRadius::same(3), Stroke::new(1.0, sheet.theme.colors.gold), StrokeKind::Inside);
    }
}

/// Errors wave and have a disc beside their line, warnings are dotted and have a ring.
fn findings(painter: &egui::Painter, sheet: &Sheet<'_>, memory: &Memory, text: &str, row: &Row, begins: bool) {
    let colors = &sheet.theme.colors;
    let touches = |mark: &&Mark| {
        let Range { start, end } = mark.range;
        start <= row.range.end && end >= row.range.start && (start < row.range.end || !row.goes_on)
    };
    let mut worst = None;
    for mark in memory.marks.all.iter().filter(touches) {
        // What is said of many lines stands at the first: else a finding about all of a call would mark all of it.
        if memory.editor.lines().line_at(mark.range.start) != row.line {
            continue;
        }
        worst = worst.max(Some(mark.severity));
        let left = row.x(text, mark.range.start);
        let right = row.x(text, mark.range.end).max(left + sheet.cell * 0.75);
        let is_tail = mark.range.start < row.range.start && mark.range.end == row.range.start;
        if is_tail {
            continue;
        }
        let bottom = row.at.y - sheet.lead() + sheet.row - 1.0;
        match mark.severity {
            Severity::Error => painter.add(Shape::line(wave(left, right, bottom), Stroke::new(1.5, colors.heat))),
            Severity::Warning => {
                let dots = Shape::dotted_line(&[pos2(left, bottom), pos2(right, bottom)], colors.gold, 4.0, 1.2);
                painter.add(Shape::Vec(dots))
            }
        };
    }
    let Some(worst) = worst.filter(|_| begins) else { return };
    let center = pos2(sheet.left - sheet.theme.scaled(9.0), row.at.y - sheet.lead() + sheet.row / 2.0);
    let mark = square(center, sheet.theme.scaled(8.0));
    match worst {
        Severity::Error => painter.circle_filled(center, mark.width() / 2.0, colors.heat),
        Severity::Warning => painter.circle_stroke(center, mark.width() / 2.0 - 0.5, Stroke::new(1.5, colors.gold)),
    };
}

fn wave(left: f32, right: f32, y: f32) -> Vec<Pos2> {
    const STEP: f32 = 2.5;
    let mut points = Vec::new();
    let (mut x, mut up) = (left, false);
    while x < right && points.len() < 600 {
        points.push(pos2(x, if up { y - 2.0 } else { y }));
        (x, up) = (x + STEP, !up);
    }
    points.push(pos2(right, if up { y - 2.0 } else { y }));
    points
}

/// Where an input method shows what it offers.
pub(super) fn input_method(ui: &Ui, sheet: &Sheet<'_>, caret: Option<Rect>) {
    let to_global = ui.ctx().layer_transform_to_global(ui.layer_id()).unwrap_or_default();
    let cursor_rect = to_global * caret.unwrap_or(Rect::from_min_size(sheet.rect.min, vec2(2.0, sheet.row)));
    ui.output_mut(|output| {
        output.ime = Some(IMEOutput {
            purpose: IMEPurpose::Normal,
            rect: to_global * sheet.rect,
            cursor_rect,
            should_interrupt_composition: false,
        });
    });
}
