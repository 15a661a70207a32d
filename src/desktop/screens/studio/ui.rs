use std::ops::Range;

use egui::text::LayoutJob;
use egui::{CursorIcon, Key, Modifiers, Rect, Sense, Ui, UiBuilder, WidgetInfo, WidgetType, accesskit, pos2};

use super::file::{self, Sheet};
use super::{Action, Bench, View, figures, findings, graph, shelf, talk, text};
use crate::desktop::theme::widgets::{self, keyed_action, link, paragraph};
use crate::desktop::theme::{TextRole, Theme, style};

/// What stands beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The text itself, where there is room for one pane only.
    Text,
    #[default]
    Findings,
    Graph,
    Talk,
    Figures,
}

/// What the screen keeps while it is open.
#[derive(Debug, Default)]
pub struct Memory {
    pub shelf: shelf::Memory,
    pub file: file::Memory,
    pub text: text::Memory,
    pub findings: findings::Memory,
    pub graph: graph::Memory,
    pub talk: talk::Memory,
    pub figures: figures::Memory,
    /// What stands beside the text.
    pub beside: Pane,
    split: Split,
    /// Which text all of this is of.
    opened: Option<u64>,
    /// Where the focus is, or was last.
    at: Pane,
    /// A pane that is to have the focus.
    focus: Option<Pane>,
}

/// How much of the width the text has.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Split(f32);

impl Default for Split {
    fn default() -> Self {
        Self(0.53)
    }
}

impl Split {
    const STEP: f32 = 0.05;

    fn by(self, share: f32) -> Self {
        Self((self.0 + share).clamp(0.28, 0.72))
    }
}

/// What a pane answers: things to be done by the desk, and places to be looked at in the text.
#[derive(Debug, Default)]
pub struct Answer {
    pub actions: Vec<Action>,
    /// A place in the text to go to, in bytes.
    pub go_to: Option<Range<usize>>,
    /// Another pane to be looked at.
    pub show: Option<Pane>,
}

impl Pane {
    pub(super) const ALL: [(Self, &str); 5] = [
        (Self::Text, "Text"),
        (Self::Findings, "Findings"),
        (Self::Graph, "Graph"),
        (Self::Talk, "Conversation"),
        (Self::Figures, "Figures"),
    ];
    /// Ctrl and one of these leads there.
    const KEYS: [(Key, Self); 5] = [
        (Key::Num1, Self::Text),
        (Key::Num2, Self::Findings),
        (Key::Num3, Self::Graph),
        (Key::Num4, Self::Talk),
        (Key::Num5, Self::Figures),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(pane, _)| *pane == self).map_or("", |(_, name)| name)
    }

    /// The next one, or the one before.
    fn next(self, back: bool) -> Self {
        let at = Self::ALL.iter().position(|(pane, _)| *pane == self).unwrap_or(0);
        let count = Self::ALL.len();
        Self::ALL[(at + if back { count - 1 } else { 1 }) % count].0
    }
}

/// Draws Studio.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    match view {
        View::Shelf(view) => {
            memory.opened = None;
            shelf::draw(ui, theme, view, &mut memory.shelf)
        }
        View::Bench(bench) => draw_bench(ui, theme, bench, memory),
    }
}

fn draw_bench(ui: &mut Ui, theme: &Theme, bench: &Bench, memory: &mut Memory) -> Vec<Action> {
    let mut answer = Answer::default();
    let whole = ui.available_rect_before_wrap();
    let alone = theme.one_column(whole.width());
    memory.begin(bench, alone);
    memory.file.follow(&bench.file);
    let is_covered = bench.file.offer.is_some() || memory.file.sheet().is_some();
    keys(ui, &bench.file, alone, memory, &mut answer);
    if !is_covered {
        talk::keys(ui, &bench.talk, memory.text.caret(), &mut memory.talk, &mut answer);
    }

    let at = pos2(whole.left() + 2.0 * style::GRID, whole.top() + style::GRID);
    let room = Rect::from_min_max(at, pos2(whole.right() - 2.0 * style::GRID, whole.bottom()));
    let drawn = ui.scope_builder(UiBuilder::new().id_salt("head").max_rect(room), |ui| {
        ui.spacing_mut().item_spacing.y = style::GRID / 2.0;
        // As high as the highest of a row, so that all of it stands on one line.
        ui.spacing_mut().interact_size.y = theme.scaled(30.0);
        head(ui, theme, bench, alone, memory, &mut answer);
        told(ui, theme, bench, memory, &mut answer);
    });
    let edge = (drawn.response.rect.bottom() + style::GRID / 2.0).round();
    let below = Rect::from_min_max(pos2(whole.left(), edge), whole.max);
    ui.painter().hline(whole.x_range(), edge, egui::Stroke::new(1.0, theme.colors.line));

    if is_covered {
        in_rect(ui, below, |ui| {
            file::draw_sheet(ui, theme, &bench.file, &mut memory.file, &mut answer.actions);
        });
        if memory.file.sheet().is_none() {
            memory.focus = Some(memory.at);
        }
        return answer.actions;
    }
    text::everywhere(ui, &bench.text, &mut memory.text, &mut answer);
    findings::everywhere(ui, &bench.findings, memory.text.caret(), &mut answer);
    let mut places = Vec::new();
    if alone {
        places.push((memory.beside, below));
    } else {
        let middle = splitter(ui, theme, below, memory);
        places.push((Pane::Text, Rect::from_min_max(below.min, pos2(middle, below.bottom()))));
        places.push((memory.beside, Rect::from_min_max(pos2(middle + 1.0, below.top()), below.max)));
    }
    let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
    if let Some(focused) = focused
        && let Some((pane, _)) = places.iter().find(|(_, rect)| rect.contains(focused.rect.center()))
    {
        memory.at = *pane;
    }
    for (pane, rect) in places {
        in_rect(ui, rect, |ui| {
            if pane != Pane::Text {
                beginning(ui, theme, pane, memory);
            }
            draw_pane(ui, theme, bench, pane, memory, &mut answer);
        });
    }
    if memory.focus == Some(Pane::Text) {
        memory.focus = None;
        memory.text.take_focus();
    }
    if !ui.ctx().text_edit_focused() {
        take_back(ui, &mut answer);
    }
    if let Some(place) = answer.go_to.take() {
        memory.text.go_to(place);
        memory.at = Pane::Text;
        if alone {
            memory.beside = Pane::Text;
        }
    }
    if let Some(pane) = answer.show.take() {
        memory.show(pane, alone);
    }
    answer.actions
}

impl Memory {
    /// Another text than before lies on the bench: nothing of the one before is kept but how the window is divided.
    fn begin(&mut self, bench: &Bench, alone: bool) {
        if !alone && self.beside == Pane::Text {
            // There is room for both again.
            self.beside = Pane::Findings;
        }
        if self.opened == Some(bench.file.opened) {
            return;
        }
        *self = Self {
            beside: if alone { Pane::Text } else { self.beside },
            split: self.split,
            opened: Some(bench.file.opened),
            at: Pane::Text,
            focus: Some(Pane::Text),
            ..Self::default()
        };
    }

    /// Brings a pane into sight, with the focus in it.
    fn show(&mut self, pane: Pane, alone: bool) {
        if pane != Pane::Text || alone {
            self.beside = pane;
        }
        self.at = pane;
        self.focus = Some(pane);
        self.file.close();
    }
}

fn in_rect(ui: &mut Ui, rect: Rect, contents: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        contents(ui);
    });
}

fn draw_pane(ui: &mut Ui, theme: &Theme, bench: &Bench, pane: Pane, memory: &mut Memory, answer: &mut Answer) {
    match pane {
        Pane::Text => text::draw(ui, theme, &bench.text, &mut memory.text, answer),
        Pane::Findings => findings::draw(ui, theme, &bench.findings, &mut memory.findings, answer),
        Pane::Graph => graph::draw(ui, theme, &bench.graph, memory.text.caret(), &mut memory.graph, answer),
        Pane::Talk => talk::draw(ui, theme, &bench.talk, memory.text.caret(), &mut memory.talk, answer),
        Pane::Figures => figures::draw(ui, theme, &bench.figures, memory.text.caret(), &mut memory.figures, answer),
    }
}

/// Where a pane begins: the focus comes here by key, and Tab leads on into the pane.
fn beginning(ui: &mut Ui, theme: &Theme, pane: Pane, memory: &mut Memory) {
    let rect = ui.max_rect();
    let line = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + 2.0));
    let response = ui.interact(line, ui.id().with(("pane", pane.name())), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, pane.name()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(accesskit::Role::Pane));
    if memory.focus == Some(pane) {
        memory.focus = None;
        match pane {
            Pane::Graph => memory.graph.take_focus(),
            Pane::Figures => memory.figures.take_focus(),
            Pane::Talk => memory.talk.take_focus(),
            _ => response.request_focus(),
        }
    }
    if response.has_focus() {
        ui.painter().rect_filled(line, 0.0, theme.colors.calm);
    }
}

/// The line between the text and the pane beside it, which can be moved. Where it is.
fn splitter(ui: &Ui, theme: &Theme, room: Rect, memory: &mut Memory) -> f32 {
    let at = |split: Split| (room.left() + room.width() * split.0).round();
    let grip = Rect::from_x_y_ranges(at(memory.split) - 4.0..=at(memory.split) + 4.0, room.y_range());
    let response = ui.interact(grip, ui.id().with("splitter"), Sense::drag());
    response
        .widget_info(|| WidgetInfo::slider(true, f64::from(memory.split.0 * 100.0), "Width of the text, in percent"));
    if let Some(pointer) = response.interact_pointer_pos() {
        memory.split = Split((pointer.x - room.left()) / room.width()).by(0.0);
    }
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    let middle = at(memory.split);
    let touched = response.hovered() || response.dragged() || response.has_focus();
    let stroke = if touched { (2.0, theme.colors.calm) } else { (1.0, theme.colors.line) };
    ui.painter().vline(middle, room.y_range(), stroke);
    middle
}

/// The name of the file and how it stands, what is found in it, the panes, and the ways to save and to leave.
fn head(ui: &mut Ui, theme: &Theme, bench: &Bench, alone: bool, memory: &mut Memory, answer: &mut Answer) {
    let file = &bench.file;
    ui.horizontal_wrapped(|ui| {
        name(ui, theme, file);
        let state = label(ui, theme, TextRole::Interface, theme.colors.soft_ink, file.state.words());
        ui.ctx().accesskit_node_builder(state.id, |node| node.set_live(accesskit::Live::Polite));
        ui.add_space(style::GRID);
        if link(ui, theme, &file.count()).clicked() {
            memory.show(Pane::Findings, alone);
        }
        ui.add_space(style::GRID);
        if keyed_action(ui, theme, "Ctrl+S", "Save").clicked() {
            answer.actions.push(Action::File(file::Action::Save));
        }
        if keyed_action(ui, theme, "F1", "Keys").clicked() {
            memory.file.open(Sheet::Keys, file);
        }
        // With large text there is room in the row below.
        if !alone && keyed_action(ui, theme, "Ctrl+W", "Close").clicked() {
            answer.actions.push(Action::Close);
        }
    });
    ui.horizontal_wrapped(|ui| {
        let panes = if alone { &Pane::ALL[..] } else { &Pane::ALL[1..] };
        let group = if alone { "Panes" } else { "Beside the text" };
        if let Some(chosen) = widgets::segmented(ui, theme, group, panes, memory.beside).inner {
            memory.show(chosen, alone);
        }
        ui.add_space(style::GRID);
        if alone && keyed_action(ui, theme, "Ctrl+W", "Close").clicked() {
            answer.actions.push(Action::Close);
        }
        // Where text is large, F1 leads to these.
        if !alone {
            if link(ui, theme, "Save as\u{2026}").clicked() {
                memory.file.open(Sheet::SaveAs, file);
            }
            ui.add_space(style::GRID);
            if link(ui, theme, "Earlier copies").clicked() {
                answer.actions.push(Action::File(file::Action::ShowCopies));
                memory.file.open(Sheet::Copies, file);
            }
            ui.add_space(style::GRID);
            if file.can_be_played && link(ui, theme, "Practise this call").clicked() {
                answer.actions.push(Action::File(file::Action::Practise));
            }
        }
    });
}

/// The name of the file, as a heading; where it lies shows when one points at it.
fn name(ui: &mut Ui, theme: &Theme, file: &file::View) {
    let mut job = theme.job(TextRole::Strong, theme.colors.ink, file.name.as_str(), theme.scaled(280.0));
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let response = laid_out(ui, job).on_hover_text(&file.place);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Heading);
        node.set_label(file.name.as_str());
        node.set_description(file.place.as_str());
    });
    ui.add_space(style::GRID);
}

fn label(ui: &mut Ui, theme: &Theme, role: TextRole, color: egui::Color32, words: &str) -> egui::Response {
    let job = theme.job(role, color, words, ui.max_rect().width());
    laid_out(ui, job)
}

/// Words in a row of other things, in the middle of it as they are. A plain label in a row that wraps goes its own way.
fn laid_out(ui: &mut Ui, job: LayoutJob) -> egui::Response {
    let words = job.text.clone();
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, words.as_str()));
    ui.painter().galley(rect.min, galley, egui::Color32::PLACEHOLDER);
    response
}

/// What has to be known about the file before one writes on.
fn told(ui: &mut Ui, theme: &Theme, bench: &Bench, memory: &mut Memory, answer: &mut Answer) {
    let file = &bench.file;
    let shows_why = memory.file.sheet() == Some(Sheet::SaveAs);
    let problem = file.problem.as_ref().filter(|_| !shows_why);
    for (words, is_urgent) in [(problem, true), (file.trouble.as_ref(), true), (file.note.as_ref(), false)] {
        let Some(words) = words else { continue };
        let color = if is_urgent { theme.colors.heat } else { theme.colors.soft_ink };
        let said = paragraph(ui, theme, TextRole::Interface, color, words);
        let live = if is_urgent { accesskit::Live::Assertive } else { accesskit::Live::Polite };
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(live));
    }
    if file.clash.is_some() && memory.file.sheet() != Some(Sheet::Clash) {
        ui.horizontal_wrapped(|ui| {
            let words = "This file was changed elsewhere while you were writing.";
            let said = label(ui, theme, TextRole::Interface, theme.colors.heat, words);
            ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(accesskit::Live::Assertive));
            ui.add_space(style::GRID);
            if keyed_action(ui, theme, "Ctrl+Shift+M", "Compare and decide").clicked() {
                answer.actions.push(Action::File(file::Action::Compare));
                memory.file.open(Sheet::Clash, file);
            }
        });
    }
}

/// Whether exactly this was pressed; nobody after this sees it. More modifiers make another key.
fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    ui.input_mut(|input| {
        let mut any = false;
        input.events.retain(|event| {
            let is_it = matches!(event, egui::Event::Key { key: pressed, pressed: true, modifiers: held, .. }
                if *pressed == key && held.matches_exact(modifiers));
            any |= is_it;
            !is_it
        });
        any
    })
}

/// The keys that hold wherever the focus is.
fn keys(ui: &Ui, file: &file::View, alone: bool, memory: &mut Memory, answer: &mut Answer) {
    const SHIFT_TOO: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
    for (key, closes) in [(Key::W, true), (Key::O, true), (Key::S, false)] {
        if pressed(ui, Modifiers::COMMAND, key) {
            answer.actions.push(if closes { Action::Close } else { Action::File(file::Action::Save) });
        }
    }
    // A question about a draft is answered before anything is done to the text.
    if file.offer.is_some() {
        return;
    }
    for (key, pane) in Pane::KEYS {
        if pressed(ui, Modifiers::COMMAND, key) {
            memory.show(pane, alone);
        }
    }
    for (modifiers, back) in [(Modifiers::NONE, false), (Modifiers::SHIFT, true)] {
        if pressed(ui, modifiers, Key::F6) {
            memory.show(memory.at.next(back), alone);
        }
    }
    if pressed(ui, Modifiers::NONE, Key::F1) {
        if memory.file.sheet() == Some(Sheet::Keys) { memory.file.close() } else { memory.file.open(Sheet::Keys, file) }
    }
    if pressed(ui, SHIFT_TOO, Key::S) {
        memory.file.open(Sheet::SaveAs, file);
    }
    if pressed(ui, SHIFT_TOO, Key::E) {
        answer.actions.push(Action::File(file::Action::ShowCopies));
        memory.file.open(Sheet::Copies, file);
    }
    if pressed(ui, SHIFT_TOO, Key::M) && file.clash.is_some() {
        answer.actions.push(Action::File(file::Action::Compare));
        memory.file.open(Sheet::Clash, file);
    }
    if pressed(ui, SHIFT_TOO, Key::P) {
        answer.actions.push(Action::File(file::Action::Practise));
    }
    // In the text these select words.
    if memory.at != Pane::Text && !ui.ctx().text_edit_focused() && memory.file.sheet().is_none() {
        for (key, by) in [(Key::ArrowLeft, -Split::STEP), (Key::ArrowRight, Split::STEP)] {
            if pressed(ui, SHIFT_TOO, key) {
                memory.split = memory.split.by(by);
            }
        }
    }
}

/// Taking back and doing again outside the text, which listens for these keys itself.
fn take_back(ui: &Ui, answer: &mut Answer) {
    if pressed(ui, Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z) || pressed(ui, Modifiers::COMMAND, Key::Y) {
        answer.actions.push(Action::Redo);
    } else if pressed(ui, Modifiers::COMMAND, Key::Z) {
        answer.actions.push(Action::Undo);
    }
}
