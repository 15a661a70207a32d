//! The text, in rows of signs of one width: only what is in sight is laid out, however large the file is.
//!
//! The pane writes in a copy of its own ([`Editor`]), so that typing never waits for the desk; what was typed goes there
//! as [`Action::Edit`], and what the desk says of it comes back with the next [`View`].

mod access;
mod bar;
mod foot;
mod keys;
mod paint;
mod pointer;
mod popup;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use egui::{Event, EventFilter, FontId, Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::Action;
use super::ui::Answer;
use crate::desktop::theme::Theme;
use crate::diagnostic::Severity;
use crate::studio::Studio;
use crate::studio::asking::{Answered, Layout, Said};
use crate::studio::checking::Checked;
use crate::studio::editor::{Editor, Selection};

use bar::Bar;
pub use keys::everywhere;
use popup::Popup;

/// The text as the desk has it, and what is known of it.
#[derive(Debug)]
pub struct View {
    pub text: Arc<str>,
    pub version: u64,
    pub can_undo: bool,
    pub can_redo: bool,
    /// Where the caret belongs since a version of the text.
    pub caret_wish: Option<(u64, usize)>,
    pub checked: Arc<Checked>,
    pub answers: Vec<Arc<Answered>>,
}

impl View {
    pub fn of(studio: &Studio) -> Self {
        let document = studio.document();
        Self {
            text: Arc::clone(document.text()),
            version: document.version(),
            can_undo: document.can_undo(),
            can_redo: document.can_redo(),
            caret_wish: studio.caret_wish(),
            checked: Arc::clone(studio.checked()),
            answers: studio.answers().to_vec(),
        }
    }
}

/// What the pane keeps: the text as it stands there, where the caret is, what is in sight and what is open over it.
#[derive(Debug, Default)]
pub struct Memory {
    editor: Editor,
    id: Option<Id>,
    /// How far the rows are scrolled, in points. More of them than a single float could place.
    scroll: f64,
    /// How high the rows were that were in sight last, in points.
    height: f32,
    /// The caret has to come into sight.
    reveals: Reveal,
    go_to: Option<Range<usize>>,
    wants_focus: bool,
    /// What was pressed while the desk takes something back, and how often it was looked for.
    waiting: Vec<Event>,
    waits: Option<(u64, u8)>,
    marks: Marks,
    popup: Option<Popup>,
    /// Where its list is on the screen.
    list: Option<Rect>,
    bar: Option<Bar>,
    /// What an input method has not written yet.
    preedit: String,
    /// The answer that was heard last, by its number.
    heard: u64,
    /// Something to be told at the foot, until the next key.
    notice: Option<String>,
    /// The laying out or the place of a name that was asked for, and of which version of the text.
    asked: Option<u64>,
    page: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Reveal {
    #[default]
    No,
    /// Where it is out of sight, by as little as can be.
    Near,
    /// Where it is out of sight, into the middle.
    Middle,
}

/// The findings in their places in the text as it is here.
#[derive(Debug, Default)]
struct Marks {
    /// The versions of the text: that was looked at, and that they are moved to.
    of: Option<(u64, u64)>,
    all: Vec<Mark>,
}

#[derive(Debug, Clone)]
struct Mark {
    range: Range<usize>,
    severity: Severity,
    /// Its place among the findings.
    finding: usize,
}

/// How the rows are drawn in this frame.
struct Sheet<'t> {
    theme: &'t Theme,
    font: FontId,
    /// The width of a cell and the height of a row, in points.
    cell: f32,
    row: f32,
    /// The height of the signs in it.
    high: f32,
    /// All of it, with the numbers of the lines at its left.
    rect: Rect,
    /// Where the text begins.
    left: f32,
}

/// How long the desk is waited for, in frames, where something is taken back.
const FRAMES: u8 = 4;

impl Memory {
    /// Where the caret stands, in bytes.
    pub fn caret(&self) -> usize {
        self.editor.caret()
    }

    /// Moves the caret to a place, in bytes, selects it and brings it into sight.
    pub fn go_to(&mut self, place: Range<usize>) {
        self.go_to = Some(place);
        self.wants_focus = true;
    }

    /// What is open over the text comes first.
    pub fn take_focus(&mut self) {
        match &mut self.bar {
            Some(bar) => bar.take_focus(),
            None => self.wants_focus = true,
        }
    }

    /// Whether the text, or something over it, is being written in.
    fn has_focus(&self, ui: &Ui) -> bool {
        self.id.is_some_and(|id| ui.memory(|memory| memory.has_focus(id)))
    }

    fn select(&mut self, place: Range<usize>, reveal: Reveal) {
        self.editor.select(Selection { anchor: place.start, caret: place.end });
        self.reveals = reveal;
    }

    /// The findings that touch a byte, the worst and the narrowest first.
    fn marks_at(&self, byte: usize) -> Vec<&Mark> {
        let touches = |mark: &&Mark| mark.range.start <= byte && byte <= mark.range.end;
        let mut marks: Vec<&Mark> = self.marks.all.iter().filter(touches).collect();
        marks.sort_by_key(|mark| (std::cmp::Reverse(mark.severity), mark.range.len()));
        marks
    }

    /// What the desk says: its text, what is found in it, what was asked.
    fn hear(&mut self, view: &View) {
        if self.id.is_none() {
            self.editor = Editor::of(&view.text, view.version);
        }
        let changed = self.editor.agree(&view.text, view.version);
        if let Some((since, frames)) = self.waits {
            let came = view.version > since;
            self.waits = (!came && frames < FRAMES).then_some((since, frames + 1));
        }
        if let Some((_, place)) = view.caret_wish.filter(|(version, _)| changed && *version == view.version) {
            self.select(place..place, Reveal::Middle);
        }
        self.place_marks(view);
        // Whoever answers may have begun anew.
        let newest = view.answers.iter().map(|answer| answer.serial).max().unwrap_or(0);
        let heard = self.heard.min(newest);
        for answer in view.answers.iter().filter(|answer| answer.serial > heard) {
            self.hear_answer(answer);
        }
        self.heard = newest;
    }

    /// Puts the findings into their places in the text as it is here now.
    fn place_marks(&mut self, view: &View) {
        let of = (view.checked.version, self.editor.version());
        if self.marks.of != Some(of) {
            let found = view.checked.findings.iter().enumerate();
            let placed = found.filter_map(|(finding, told)| {
                let range = self.editor.today(view.checked.version, told.span?.range());
                Some(Mark { range, severity: told.severity, finding })
            });
            self.marks = Marks { of: Some(of), all: placed.collect() };
        }
    }

    fn hear_answer(&mut self, answer: &Answered) {
        let is_of_now = answer.version == self.editor.version();
        match &answer.said {
            Said::Completions(items) => self.offer(answer.version, items),
            Said::Parts(parts) => {
                if let Some(bar) = &mut self.bar {
                    bar.take_parts(answer.version, parts);
                }
            }
            Said::Definition(place) if self.asked.take().is_some() => match place {
                Some(place) => {
                    let place = self.editor.today(answer.version, place.clone());
                    self.select(place, Reveal::Middle);
                }
                None => self.notice = Some("There is no name here that is given in this file.".to_owned()),
            },
            Said::Layout(layout) if self.asked.take().is_some() => match layout {
                Layout::Change(change) if is_of_now => {
                    let caret = self.editor.caret();
                    let place = crate::studio::editor::moved(caret..caret, change).start;
                    self.editor.replace(change.range.clone(), &change.inserted);
                    self.select(place..place, Reveal::Near);
                    self.notice = Some("Laid out.".to_owned());
                }
                Layout::Change(_) => self.notice = Some("The text went on meanwhile. Lay it out again.".to_owned()),
                Layout::Same => self.notice = Some("It is laid out already.".to_owned()),
                Layout::Broken(place) => {
                    self.notice =
                        Some("A bracket, a comma or a quote mark is out of place: mend that first.".to_owned());
                    if let Some(place) = place {
                        let place = self.editor.today(answer.version, place.clone());
                        self.select(place, Reveal::Middle);
                    }
                }
            },
            Said::Definition(_) | Said::Layout(_) => {}
        }
    }

    /// Passes on to the desk what was written.
    fn pass_on(&mut self, answer: &mut Answer) {
        answer.actions.extend(self.editor.take_changes().into_iter().map(Action::Edit));
    }
}

/// Draws the text.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, answer: &mut Answer) {
    let id = ui.make_persistent_id("studio text");
    memory.hear(view);
    memory.id = Some(id);
    let whole = ui.available_rect_before_wrap();
    let top = bar::draw(ui, theme, whole, memory, answer);
    let bottom = foot::draw(ui, theme, whole.with_min_y(top), view, memory);
    let rect = Rect::from_min_max(pos2(whole.left(), top), pos2(whole.right(), bottom));
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        sheet(ui, theme, view, id, rect, memory, answer);
    });
}

fn sheet(ui: &mut Ui, theme: &Theme, view: &View, id: Id, rect: Rect, memory: &mut Memory, answer: &mut Answer) {
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let sheet = Sheet::new(ui, theme, rect, memory.editor.lines().count());
    memory.keep_place(&sheet);
    if std::mem::take(&mut memory.wants_focus) {
        response.request_focus();
    }
    if let Some(place) = memory.go_to.take() {
        memory.select(place, Reveal::Middle);
    }
    pointer::press(ui, &sheet, &response, memory);
    // Who works in the list over the text goes on writing in the text.
    let is_at_list = |rect: Rect| ui.input(|input| input.pointer.interact_pos().is_some_and(|at| rect.contains(at)));
    if memory.popup.is_some() && memory.list.is_some_and(is_at_list) {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        // What listens for single keys elsewhere asks whether somebody is writing.
        egui::text_edit::TextEditState::default().store(ui.ctx(), id);
        keys::press(ui, view, memory, answer);
    } else {
        memory.preedit.clear();
        memory.popup = None;
    }
    memory.pass_on(answer);
    memory.place_marks(view);
    memory.scroll_into_sight(&sheet);
    pointer::scroll(ui, &sheet, &response, memory);
    let caret = paint::rows(ui, &sheet, view, &response, memory);
    pointer::hover(ui, &sheet, view, &response, memory);
    access::tell(ui, &sheet, &response, memory);
    if response.has_focus() {
        paint::input_method(ui, &sheet, caret);
        popup::draw(ui, &sheet, caret, memory, answer);
        memory.pass_on(answer);
    }
    if memory.waits.is_some() {
        ui.ctx().request_repaint();
    }
}

impl<'t> Sheet<'t> {
    fn new(ui: &Ui, theme: &'t Theme, rect: Rect, lines: usize) -> Self {
        let font = FontId::monospace(14.0 * theme.scale.factor());
        let (cell, high) = ui.fonts_mut(|fonts| (fonts.glyph_width(&font, '0'), fonts.row_height(&font)));
        let digits = lines.max(100).ilog10() + 1;
        #[expect(clippy::cast_precision_loss, reason = "there are few digits")]
        let numbers = cell * digits as f32;
        let left = (rect.left() + numbers + theme.scaled(26.0)).round();
        Self { theme, font, cell, row: (high * 1.25).round(), high, rect, left }
    }

    /// From the top of a row to that of its signs.
    fn lead(&self) -> f32 {
        ((self.row - self.high) / 2.0).floor()
    }

    /// How many cells a row holds.
    fn columns(&self) -> usize {
        let width = self.rect.right() - theme_margin(self.theme) - self.left;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a window has few columns")]
        let columns = (width / self.cell).max(1.0) as usize;
        columns
    }

    /// How many rows are in sight as a whole.
    fn rows(&self) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a window has few rows")]
        let rows = (self.rect.height() / self.row).max(1.0) as usize;
        rows
    }

    /// The top of a row on the screen.
    fn top(&self, row: usize, scroll: f64) -> f32 {
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "what is in sight is near")]
        let below = (row as f64 * f64::from(self.row) - scroll) as f32;
        self.rect.top() + below
    }

    /// The row at a height on the screen, which may be above the first.
    fn row_at(&self, y: f32, scroll: f64) -> usize {
        let at = (f64::from(y - self.rect.top()) + scroll) / f64::from(self.row);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file has fewer rows")]
        let row = at.max(0.0) as usize;
        row
    }

    /// How far all rows together reach, less what is in sight of them: the last row may go up to the top.
    fn reach(&self, rows: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a file has fewer rows")]
        let all = (rows.saturating_sub(1)) as f64 * f64::from(self.row);
        all
    }
}

/// The room at the right, for the scroll bar.
fn theme_margin(theme: &Theme) -> f32 {
    theme.scaled(16.0)
}

impl Memory {
    /// The columns may have changed: what was at the top stays there.
    fn keep_place(&mut self, sheet: &Sheet<'_>) {
        self.page = sheet.rows().saturating_sub(2).max(1);
        let columns = sheet.columns();
        if columns == self.editor.lines().columns() {
            return;
        }
        let first = sheet.row_at(sheet.rect.top(), self.scroll);
        let (line, _) = self.editor.lines().at_row(first);
        self.editor.set_columns(columns);
        if first > 0 {
            self.scroll = f64::from(sheet.top(self.editor.lines().top(line), 0.0) - sheet.rect.top());
        }
    }

    fn scroll_into_sight(&mut self, sheet: &Sheet<'_>) {
        let mut reveal = std::mem::take(&mut self.reveals);
        let before = std::mem::replace(&mut self.height, sheet.rect.height());
        let has_less_room = sheet.rect.height() < before;
        if reveal != Reveal::No || has_less_room {
            let (row, _) = self.editor.lines().row_at(self.editor.text(), self.editor.caret());
            let (top, height) = (f64::from(sheet.row), f64::from(sheet.rect.height()));
            #[expect(clippy::cast_precision_loss, reason = "a file has fewer rows")]
            let (above, below) = (row as f64 * top, (row + 1) as f64 * top);
            // What is told under the text must not cover the line that it is about.
            let was_in_sight = above >= self.scroll && below <= self.scroll + f64::from(before);
            if reveal == Reveal::No && has_less_room && was_in_sight {
                reveal = Reveal::Near;
            }
            let out = above < self.scroll || below > self.scroll + height;
            if out && reveal == Reveal::Middle {
                self.scroll = above - height / 3.0;
            } else if reveal != Reveal::No && above < self.scroll {
                self.scroll = above;
            } else if reveal != Reveal::No && below > self.scroll + height {
                self.scroll = below - height;
            }
        }
        self.scroll = self.scroll.clamp(0.0, sheet.reach(self.editor.lines().rows()));
    }
}

/// Where a stretch of a row stands within it, as counts of characters.
fn chars_in(text: &str, row: &Range<usize>, byte: usize) -> usize {
    text[row.start..byte.clamp(row.start, row.end)].chars().count()
}

/// A mark of the size of a line beside it, for a screen that is scaled.
fn square(center: egui::Pos2, size: f32) -> Rect {
    Rect::from_center_size(center, vec2(size, size))
}
