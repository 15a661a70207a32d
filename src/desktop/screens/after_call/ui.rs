use std::mem::discriminant;

use egui::{CornerRadius, Key, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, accesskit, pos2, vec2};

use super::data::{Due, Next, Note, Past, PromiseCard, Stage, TileCard, View};
use crate::desktop::screens::pick::pick;
use crate::desktop::screens::sheet::{Side, page, pressed, small_heading, two_columns};
use crate::desktop::theme::widgets::{Button, Card, paragraph, section_title, show_focus, text_row, title};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::scenario::id::{ChoiceId, TileId};

/// The task's part of the width; the diary has the rest.
const TASK: f32 = 0.62;

/// What a person can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Files the note: [`campaign::Input::File`](crate::campaign::Input::File).
    File { tiles: Vec<TileId>, line: String },
    /// Answers what is due: [`campaign::Input::Choose`](crate::campaign::Input::Choose).
    Choose(ChoiceId),
    /// Takes the next call: [`campaign::Input::GoOn`](crate::campaign::Input::GoOn).
    NextCall,
    /// Every promise has matured and its result was read: on to the debrief.
    ToDebrief,
}

/// What the screen remembers by itself, until the next call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory {
    /// The tiles in the note so far, in the order in which they were put there.
    pub picked: Vec<TileId>,
    /// The free line.
    pub line: String,
    /// The diary has been looked at after the note was filed.
    pub diary_seen: bool,
    /// Results that have been read.
    pub results_read: usize,
    /// The choice that Enter would make.
    pub chosen: Option<usize>,
}

impl Memory {
    /// Whether what is due now stands on the screen: the diary has been looked at, and what came of the answers so far,
    /// `past` of them, has been read.
    pub fn is_up_to_date(&self, past: usize) -> bool {
        (self.diary_seen || past > 0) && self.results_read >= past
    }
}

/// Draws what comes after the call and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    // Each thing to do or to read begins at its top.
    let part = ("after the call", discriminant(&view.stage), view.past.len(), memory.results_read, memory.diary_seen);
    page(ui, theme, part, |ui| {
        two_columns(ui, theme, TASK, |ui, side| match side {
            Side::Left => task(ui, theme, view, memory, &mut actions),
            Side::Right if matches!(view.stage, Stage::Note(_)) => file_note(ui, theme, memory, &mut actions),
            Side::Right => diary(ui, theme, view, memory),
        });
    });
    actions
}

/// The one thing to do or to read now.
fn task(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Action>) {
    if let Stage::Note(note) = &view.stage {
        write_note(ui, theme, note, memory);
    } else if view.stage != Stage::Talking && !memory.diary_seen && view.past.is_empty() {
        look_at_diary(ui, theme, view, memory);
    } else if let Some(past) = view.past.get(memory.results_read) {
        read_result(ui, theme, past, memory);
    } else {
        match &view.stage {
            Stage::Due(due) => answer(ui, theme, due, memory, actions),
            Stage::Between(next) => next_call(ui, theme, next, actions),
            Stage::Closed => {
                title(ui, theme, "Everything that was due is done");
                paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "The score is final now.");
                if go_on(ui, theme, "How it went") {
                    actions.push(Action::ToDebrief);
                }
            }
            Stage::Note(_) | Stage::Talking => {}
        }
    }
}

fn write_note(ui: &mut Ui, theme: &Theme, note: &Note, memory: &mut Memory) {
    title(ui, theme, "The note");
    paragraph(ui, theme, TextRole::Reply, theme.colors.ink, note.words);
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &note.hint);
    for card in &note.tiles {
        let on = memory.picked.contains(&card.tile);
        if tile(ui, theme, card, on).clicked() {
            if on {
                memory.picked.retain(|picked| *picked != card.tile);
            } else {
                memory.picked.push(card.tile);
            }
        }
    }
}

fn file_note(ui: &mut Ui, theme: &Theme, memory: &mut Memory, actions: &mut Vec<Action>) {
    text_row(ui, theme, "Anything else, in a line of your own", &mut memory.line, "It is kept, and not scored");
    let count = memory.picked.len();
    let label = if count == 0 && memory.line.trim().is_empty() { "File it empty" } else { "File the note" };
    if Button::primary(label).show(ui, theme).clicked() {
        actions.push(Action::File { tiles: memory.picked.clone(), line: memory.line.trim().to_owned() });
    }
}

/// A tile of the note: a box with a tick, the words, and whether one jotted it down.
fn tile(ui: &mut Ui, theme: &Theme, card: &TileCard, on: bool) -> Response {
    let colors = &theme.colors;
    let padding = vec2(theme.scaled(16.0), theme.scaled(11.0));
    let (square, gap) = (theme.scaled(18.0), theme.scaled(12.0));
    let width = ui.available_width();
    let wrap = width - 2.0 * padding.x - square - gap;
    let text = ui.painter().layout_job(theme.job(TextRole::Reply, colors.ink, &card.text, wrap));
    let jotted =
        card.jotted.then(|| ui.painter().layout_job(theme.job(TextRole::Small, colors.calm, "You jotted this.", wrap)));
    let below = jotted.as_ref().map_or(0.0, |jotted| jotted.size().y + 2.0);
    let height = text.size().y + below + 2.0 * padding.y;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, ui.is_enabled(), on, &card.text));
    if card.jotted {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description("You jotted this."));
    }

    let painter = ui.painter();
    let (fill, stroke) = match (on, response.hovered()) {
        (true, _) => (colors.chosen, Stroke::new(2.0, colors.calm)),
        (false, true) => (colors.card, Stroke::new(1.0, colors.calm)),
        (false, false) => (colors.card, Stroke::new(1.0, colors.line)),
    };
    painter.rect(rect, CornerRadius::same(10), fill, stroke, StrokeKind::Inside);
    let middle = rect.top() + padding.y + theme.line_height(TextRole::Reply) / 2.0;
    let tick = egui::Rect::from_center_size(
        pos2(rect.left() + padding.x + square / 2.0, middle.round()),
        vec2(square, square),
    );
    if on {
        painter.rect_filled(tick, CornerRadius::same(4), colors.calm);
        let at = |x: f32, y: f32| tick.min + vec2(x, y) * square;
        painter.line(vec![at(0.22, 0.54), at(0.42, 0.74), at(0.78, 0.30)], Stroke::new(2.0, colors.on_calm));
    } else {
        painter.rect(tick, CornerRadius::same(4), colors.card, Stroke::new(1.0, colors.soft_ink), StrokeKind::Inside);
    }
    let left = tick.right() + gap;
    let under = rect.top() + padding.y + text.size().y + 2.0;
    painter.galley(pos2(left, rect.top() + padding.y), text, colors.ink);
    if let Some(jotted) = jotted {
        painter.galley(pos2(left, under), jotted, colors.calm);
    }
    show_focus(painter, theme, &response, 10);
    response
}

fn look_at_diary(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) {
    let colors = &theme.colors;
    title(ui, theme, "The note is filed");
    if view.promises.is_empty() {
        paragraph(ui, theme, TextRole::Reply, colors.ink, "Nothing was promised, so nothing stands in the diary.");
    } else {
        let words = if view.promises.len() == 1 { "You promised this:" } else { "You promised these:" };
        paragraph(ui, theme, TextRole::Reply, colors.ink, words);
        for promise in &view.promises {
            Card::new().show(ui, theme, |ui| {
                small_heading(ui, theme, colors.gold, &promise.due);
                paragraph(ui, theme, TextRole::Quote, colors.ink, &promise.text);
            });
        }
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, "It stands in the diary now. Time goes on.");
    }
    if go_on(ui, theme, "Go on") {
        memory.diary_seen = true;
    }
}

fn read_result(ui: &mut Ui, theme: &Theme, past: &Past, memory: &mut Memory) {
    let colors = &theme.colors;
    small_heading(ui, theme, colors.gold, &past.at);
    paragraph(ui, theme, TextRole::Interface, colors.soft_ink, &past.chose);
    paragraph(ui, theme, TextRole::Customer, colors.ink, &past.result);
    for became in &past.became {
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, became);
    }
    if go_on(ui, theme, "Go on") {
        memory.results_read += 1;
        memory.chosen = None;
    }
}

fn answer(ui: &mut Ui, theme: &Theme, due: &Due, memory: &mut Memory, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    if let Some(passed) = &due.passed {
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, passed);
    }
    title(ui, theme, &due.at);
    rule(ui, theme);
    paragraph(ui, theme, TextRole::Quote, colors.ink, &due.text);
    ui.add_space(style::GRID);
    let words = due.choices.iter().map(|choice| choice.text.as_str());
    if let Some(index) = pick(ui, theme, words, "Do this", &mut memory.chosen) {
        actions.push(Action::Choose(due.choices[index].choice));
    }
}

fn next_call(ui: &mut Ui, theme: &Theme, next: &Next, actions: &mut Vec<Action>) {
    title(ui, theme, &next.title);
    rule(ui, theme);
    paragraph(ui, theme, TextRole::Reply, theme.colors.ink, &next.setting);
    if let Some(words) = next.announcement {
        paragraph(ui, theme, TextRole::Strong, theme.colors.ink, words);
    }
    if go_on(ui, theme, "The next call") {
        actions.push(Action::NextCall);
    }
}

/// The day so far: what was promised and what has happened.
fn diary(ui: &mut Ui, theme: &Theme, view: &View, memory: &Memory) {
    let colors = &theme.colors;
    // While the note is being written the diary is still shut.
    let open = memory.diary_seen || !view.past.is_empty();
    if !open || matches!(view.stage, Stage::Note(_) | Stage::Talking) {
        return;
    }
    section_title(ui, theme, "In the diary");
    if view.promises.is_empty() {
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, "Nothing was promised.");
    }
    for promise in &view.promises {
        entry(ui, theme, promise, memory.results_read >= view.past.len());
    }
    let read = view.past.len().min(memory.results_read);
    if read > 0 {
        ui.add_space(style::GRID);
        section_title(ui, theme, "So far");
        for past in &view.past[..read] {
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                small_heading(ui, theme, colors.soft_ink, &past.at);
                paragraph(ui, theme, TextRole::Interface, colors.ink, &past.chose);
            });
        }
    }
}

/// `told`: what became of it has been read.
fn entry(ui: &mut Ui, theme: &Theme, promise: &PromiseCard, told: bool) {
    let colors = &theme.colors;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        small_heading(ui, theme, colors.gold, &promise.due);
        paragraph(ui, theme, TextRole::Interface, colors.ink, &promise.text);
        if let Some(became) = promise.became.as_ref().filter(|_| told) {
            paragraph(ui, theme, TextRole::Interface, colors.soft_ink, became);
        }
    });
}

fn rule(ui: &mut Ui, theme: &Theme) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(accesskit::Role::Splitter));
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, theme.colors.line));
}

/// The one way on: a button, and Enter wherever nothing has the focus.
fn go_on(ui: &mut Ui, theme: &Theme, label: &str) -> bool {
    let nowhere = ui.memory(|memory| memory.focused().is_none());
    let clicked = Button::primary(label).key("Enter").show(ui, theme).clicked();
    clicked || nowhere && pressed(ui, Key::Enter)
}
