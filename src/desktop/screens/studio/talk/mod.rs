//! The conversation beside the text: what is said, what can be said, why something cannot, and the state behind it.

mod data;
mod decide;
mod effects;
mod head;
mod said;
mod state;
#[cfg(test)]
mod tests;
mod whys;

use egui::{Id, Key, Modifiers, Rect, ScrollArea, Ui, UiBuilder, pos2};

pub use data::{Action, View};

use super::Action as Done;
use super::ui::{Answer, Pane};
use crate::desktop::screens::scroll::by_keys;
use crate::desktop::theme::widgets::paragraph;
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::live::{Present, Stage, place_of};
use data::{AtCaret, Manner, Note};

/// What the pane keeps.
#[derive(Debug, Default)]
pub struct Memory {
    tab: Tab,
    manner: Manner,
    note: Note,
    /// What is looked into: hidden replies and lines, by name.
    open: std::collections::BTreeSet<String>,
    /// The node that the caret was in when it was asked last.
    at_caret: AtCaret,
    /// Since when the caret stands where it does, in seconds of egui’s clock, and in which text.
    caret_since: Option<((u64, usize), f64)>,
    seed: Option<String>,
    wanted: String,
    /// What could not be done, in words.
    notice: Option<String>,
    /// The focus is to go to the first thing that can be done.
    wants_focus: bool,
    /// The pane was pressed last by the pointer, and nothing else.
    is_pressed: bool,
    /// The focus was in the pane in the frame before.
    had_focus: bool,
    /// What was in sight in the frame before.
    seen: Option<Sight>,
    /// For so many frames what is in sight is new.
    fresh: u8,
}

/// The lines said before, the phrases of this turn, what can be decided, and the part of the pane.
type Sight = (usize, usize, std::mem::Discriminant<Stage>, Tab);

/// Frames after a change within which the focus can be lost by it: in the first the widget is gone, in the second egui
/// knows.
const FRESH: u8 = 2;

/// What stands where there is room for one thing only, and at the right where there is room for two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Tab {
    #[default]
    Talk,
    State,
    Effects,
}

impl Memory {
    /// Puts the focus into the pane with the next frame.
    pub fn take_focus(&mut self) {
        self.wants_focus = true;
    }

    fn notice_changes(&mut self, ui: &Ui, present: &Present) {
        let sight = (present.transcript.len(), present.said.len(), std::mem::discriminant(&present.stage), self.tab);
        self.fresh = if self.seen.replace(sight) == Some(sight) { self.fresh.saturating_sub(1) } else { FRESH };
        if self.fresh == FRESH {
            ui.ctx().request_repaint();
        }
    }
}

/// The keys that hold wherever the focus is: F5 plays from the node at the caret, Shift+F5 from the beginning.
pub fn keys(ui: &Ui, view: &View, caret: usize, memory: &mut Memory, answer: &mut Answer) {
    let pressed = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::F5));
    if pressed(Modifiers::SHIFT) {
        answer.actions.push(Done::Talk(Action::Begin));
    } else if pressed(Modifiers::NONE) {
        begin_at_caret(view, caret, memory, answer);
    } else {
        return;
    }
    memory.tab = Tab::Talk;
    answer.show = Some(Pane::Talk);
}

fn begin_at_caret(view: &View, caret: usize, memory: &mut Memory, answer: &mut Answer) {
    memory.notice = None;
    match view.at_caret(caret, &mut memory.at_caret).map(|(name, node)| (name.to_owned(), node)) {
        Some((_, Some((encounter, node)))) => answer.actions.push(Done::Talk(Action::BeginAt(encounter, node))),
        Some((name, None)) => {
            memory.notice = Some(format!("‘{name}’ cannot be played yet: mend the text first."));
        }
        None => memory.notice = Some("Put the caret into a node to play from there.".to_owned()),
    }
}

/// What the parts of the pane draw with.
struct Pen<'a> {
    theme: &'a Theme,
    view: &'a View,
    present: &'a Present,
    /// The keys of the pane hold: the focus is in it, and in no field to write in; or it is nowhere, and the pane was
    /// pressed last.
    hears_keys: bool,
    answer: &'a mut Answer,
}

impl Pen<'_> {
    fn act(&mut self, action: Action) {
        self.answer.actions.push(Done::Talk(action));
    }

    /// Moves the caret to a place of the text.
    fn go_to(&mut self, path: &crate::scenario::finding::Path) {
        self.answer.go_to = place_of(&self.view.text, path);
    }

    /// Whether a key was pressed that is meant for the pane.
    fn pressed(&self, ui: &Ui, key: Key) -> bool {
        self.hears_keys && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
    }
}

/// Draws the pane. `caret`: where the caret stands in the text, in bytes.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, caret: usize, memory: &mut Memory, answer: &mut Answer) {
    let room = ui.available_rect_before_wrap();
    let inside = room.shrink2(egui::vec2(style::GRID * 2.0, style::GRID));
    let Some(present) = view.present.clone() else {
        ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
            let words = "As soon as the text has no errors, the conversation begins here.";
            paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, words);
        });
        return;
    };
    let focused = focus_within(ui, room);
    memory.notice_changes(ui, &present);
    if memory.had_focus && memory.fresh > 0 && ui.memory(|memory| memory.focused().is_none()) {
        // What had the focus is gone with what was decided: it goes on with what can be done next.
        memory.wants_focus = true;
    }
    memory.had_focus = focused.is_some();
    if ui.input(|input| input.pointer.primary_pressed()) {
        memory.is_pressed = ui.input(|input| input.pointer.interact_pos()).is_some_and(|at| room.contains(at));
    }
    let is_free = ui.memory(|memory| memory.focused().is_none());
    let hears_keys = (focused.is_some() || is_free && memory.is_pressed) && !ui.ctx().text_edit_focused();
    memory.manner.follow(&present);
    memory.note.follow(&present);
    let mut pen = Pen { theme, view, present: &present, hears_keys, answer };
    let is_wide = inside.width() / theme.scale.factor() >= 880.0;
    if is_wide && memory.tab == Tab::Talk {
        memory.tab = Tab::State;
    }
    let mut ui = ui.new_child(UiBuilder::new().id_salt("talk").max_rect(inside));
    head::draw(&mut ui, &mut pen, caret, is_wide, memory);
    let below = Rect::from_min_max(pos2(inside.left(), ui.cursor().top()), inside.max);
    if is_wide {
        let edge = below.left() + (below.width() * 0.58).round();
        column(
            &mut ui,
            "said",
            Rect::from_min_max(below.min, pos2(edge - 12.0, below.bottom())),
            &mut pen,
            |ui, pen| {
                conversation(ui, pen, memory);
            },
        );
        let right = Rect::from_min_max(pos2(edge + 12.0, below.top()), below.max);
        column(&mut ui, "beside", right, &mut pen, |ui, pen| match memory.tab {
            Tab::Effects => effects::draw(ui, pen),
            Tab::Talk | Tab::State => state::draw(ui, pen, memory),
        });
    } else {
        let tab = memory.tab;
        column(&mut ui, tab, below, &mut pen, |ui, pen| match tab {
            Tab::Talk => conversation(ui, pen, memory),
            Tab::State => state::draw(ui, pen, memory),
            Tab::Effects => effects::draw(ui, pen),
        });
    }
}

fn column<'a>(
    ui: &mut Ui,
    name: impl egui::AsIdSalt,
    rect: Rect,
    pen: &mut Pen<'a>,
    contents: impl FnOnce(&mut Ui, &mut Pen<'a>),
) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ScrollArea::vertical().id_salt(name).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::vec2(style::GRID, style::GRID);
            contents(ui, pen);
            ui.add_space(style::GRID * 3.0);
            if pen.hears_keys {
                by_keys(ui, rect.height());
            }
        });
    });
}

fn conversation(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory) {
    said::draw(ui, pen, memory);
    decide::draw(ui, pen, memory);
    whys::lines(ui, pen, memory);
}

/// What has the focus, if it lies in this part of the window.
fn focus_within(ui: &Ui, room: Rect) -> Option<Id> {
    let focused = ui.memory(egui::Memory::focused)?;
    let response = ui.ctx().read_response(focused)?;
    room.x_range().contains(response.rect.center().x).then_some(focused)
}
