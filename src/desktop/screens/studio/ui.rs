use std::ops::Range;

use egui::{Key, Modifiers, Rect, Ui, UiBuilder, pos2, vec2};

use super::{Action, Bench, View, figures, findings, graph, shelf, talk, text};
use crate::desktop::theme::widgets::{self, keyed_action, section_title};
use crate::desktop::theme::{Theme, style};

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
    pub text: text::Memory,
    pub findings: findings::Memory,
    pub graph: graph::Memory,
    pub talk: talk::Memory,
    pub figures: figures::Memory,
    /// What stands beside the text.
    pub beside: Pane,
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
    const BESIDE: [(Self, &str); 4] = [
        (Self::Findings, "Findings"),
        (Self::Graph, "Graph"),
        (Self::Talk, "Conversation"),
        (Self::Figures, "Figures"),
    ];
    const ALONE: [(Self, &str); 5] = [
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
}

/// Draws Studio.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    match view {
        View::Shelf(view) => shelf::draw(ui, theme, view, &mut memory.shelf),
        View::Bench(bench) => draw_bench(ui, theme, bench, memory),
    }
}

fn draw_bench(ui: &mut Ui, theme: &Theme, bench: &Bench, memory: &mut Memory) -> Vec<Action> {
    let mut answer = Answer::default();
    keys(ui, memory, &mut answer);
    let whole = ui.available_rect_before_wrap();
    let alone = theme.one_column(whole.width());
    let head_height = theme.scaled(44.0);
    let head_rect =
        Rect::from_min_size(whole.min, vec2(whole.width(), head_height)).shrink2(vec2(2.0 * style::GRID, 0.0));
    let below = Rect::from_min_max(pos2(whole.left(), whole.top() + head_height), whole.max);
    ui.scope_builder(UiBuilder::new().max_rect(head_rect), |ui| head(ui, theme, bench, alone, memory, &mut answer));
    ui.painter().hline(whole.x_range(), below.top(), egui::Stroke::new(1.0, theme.colors.line));
    if alone {
        in_rect(ui, below, |ui| draw_pane(ui, theme, bench, memory.beside, memory, &mut answer));
    } else {
        if memory.beside == Pane::Text {
            memory.beside = Pane::Findings;
        }
        let middle = (whole.center().x + theme.scaled(40.0)).round();
        ui.painter().vline(middle, below.y_range(), egui::Stroke::new(1.0, theme.colors.line));
        let left = Rect::from_min_max(below.min, pos2(middle, below.bottom()));
        let right = Rect::from_min_max(pos2(middle, below.top()), below.max);
        in_rect(ui, left, |ui| draw_pane(ui, theme, bench, Pane::Text, memory, &mut answer));
        in_rect(ui, right, |ui| draw_pane(ui, theme, bench, memory.beside, memory, &mut answer));
    }
    if let Some(place) = answer.go_to.take() {
        memory.text.go_to(place);
        if alone {
            memory.beside = Pane::Text;
        }
    }
    if let Some(pane) = answer.show.take() {
        show(memory, pane);
    }
    answer.actions
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

/// The name of the file, which pane stands beside it, and the way out.
fn head(ui: &mut Ui, theme: &Theme, bench: &Bench, alone: bool, memory: &mut Memory, answer: &mut Answer) {
    ui.horizontal_centered(|ui| {
        section_title(ui, theme, &bench.name);
        ui.add_space(style::GRID);
        let panes: &[(Pane, &str)] = if alone { &Pane::ALONE } else { &Pane::BESIDE };
        if let Some(chosen) = widgets::segmented(ui, theme, "Beside the text", panes, memory.beside).inner {
            show(memory, chosen);
        }
        if keyed_action(ui, theme, "Ctrl+W", "Close").clicked() {
            answer.actions.push(Action::Close);
        }
    });
}

/// The keys that hold wherever the focus is.
fn keys(ui: &Ui, memory: &mut Memory, answer: &mut Answer) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for (key, pane) in Pane::KEYS {
        if pressed(Modifiers::COMMAND, key) {
            show(memory, pane);
        }
    }
    if pressed(Modifiers::COMMAND, Key::W) {
        answer.actions.push(Action::Close);
    }
}

/// Puts a pane beside the text, and the focus into it.
fn show(memory: &mut Memory, pane: Pane) {
    if pane == Pane::Text {
        memory.text.take_focus();
    } else {
        memory.beside = pane;
        match pane {
            Pane::Graph => memory.graph.take_focus(),
            Pane::Figures => memory.figures.take_focus(),
            _ => {}
        }
    }
}
