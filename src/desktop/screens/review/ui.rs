use egui::{Key, Rect, Ui, UiBuilder, accesskit, pos2, vec2};

use super::data::{Asked, Done, Told, View};
use crate::desktop::screens::page::{close, portrait};
use crate::desktop::screens::pick::pick;
use crate::desktop::screens::sheet::{page, pressed, small_heading};
use crate::desktop::theme::widgets::{Button, Card, keyed_action, paragraph, title};
use crate::desktop::theme::{TextRole, Theme, style};

/// The column that a card is read in, in points at 100 %.
const COLUMN: f32 = 720.0;

/// What a person can do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Would say this reply, the first shown being 0.
    Answer(usize),
    /// On to the next card, or to the end.
    Next,
    /// Back to Home. What was answered stays answered.
    Leave,
}

/// What the screen remembers by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory {
    /// The card that is asked.
    number: usize,
    /// The reply that Enter would say.
    chosen: Option<usize>,
}

/// Draws a card, what came of it, or the end, and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    let part = match view {
        View::Asked(asked) => (asked.number, asked.told.is_some()),
        View::Done(_) => (0, true),
    };
    if memory.number != part.0 {
        *memory = Memory { number: part.0, chosen: None };
    }
    // Each part begins at its top, wherever the one before was scrolled to.
    page(ui, theme, ("review", part), |ui| {
        column(ui, theme, |ui| match view {
            View::Asked(asked) => {
                head(ui, theme, asked, &mut actions);
                match &asked.told {
                    None => ask(ui, theme, asked, memory, &mut actions),
                    Some(told) => tell(ui, theme, asked, told, &mut actions),
                }
            }
            View::Done(done) => end(ui, theme, done, &mut actions),
        });
    });
    if pressed(ui, Key::Escape) {
        actions.push(Action::Leave);
    }
    actions
}

fn column(ui: &mut Ui, theme: &Theme, contents: impl FnOnce(&mut Ui)) {
    let width = ui.available_width();
    let column = theme.scaled(COLUMN).min(width);
    ui.horizontal_top(|ui| {
        ui.add_space((width - column) / 2.0);
        ui.vertical(|ui| {
            ui.set_width(column);
            ui.spacing_mut().item_spacing = vec2(style::GRID, style::GRID * 1.5);
            contents(ui);
        });
    });
}

fn head(ui: &mut Ui, theme: &Theme, asked: &Asked, actions: &mut Vec<Action>) {
    if keyed_action(ui, theme, "Esc", "Home").clicked() {
        actions.push(Action::Leave);
    }
    title(ui, theme, "A moment to try again");
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &asked.place);
}

/// What the customer said, and what they had been told before.
fn moment(ui: &mut Ui, theme: &Theme, asked: &Asked) {
    let colors = &theme.colors;
    Card::new().show(ui, theme, |ui| {
        let room = ui.available_rect_before_wrap();
        let side = theme.scaled(64.0);
        let face = Rect::from_min_size(room.min, vec2(side, side));
        portrait(ui, theme, &asked.person, face, colors.card);
        let from = pos2(face.right() + theme.scaled(18.0), room.top());
        let place = UiBuilder::new().max_rect(Rect::from_min_max(from, room.max));
        let said = ui.scope_builder(place, |ui| {
            if let Some(before) = &asked.before {
                paragraph(ui, theme, TextRole::Small, colors.soft_ink, before);
            }
            paragraph(ui, theme, TextRole::Quote, colors.ink, &asked.quote);
        });
        let bottom = said.response.rect.bottom().max(face.bottom());
        ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
    });
}

fn ask(ui: &mut Ui, theme: &Theme, asked: &Asked, memory: &mut Memory, actions: &mut Vec<Action>) {
    moment(ui, theme, asked);
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "What would you say?");
    let replies = asked.replies.iter().map(String::as_str);
    if let Some(reply) = pick(ui, theme, replies, "Say it", &mut memory.chosen) {
        actions.push(Action::Answer(reply));
    }
}

/// The answer and what it would have shown come first: in large text the moment itself has gone below.
fn tell(ui: &mut Ui, theme: &Theme, asked: &Asked, told: &Told, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    let soft = |ui: &mut Ui, words: &str| paragraph(ui, theme, TextRole::Interface, colors.soft_ink, words);
    close(ui, |ui| {
        soft(ui, "You would say");
        paragraph(ui, theme, TextRole::Quote, colors.ink, &told.said);
    });
    Card::new().show(ui, theme, |ui| {
        small_heading(ui, theme, if told.well { colors.calm } else { colors.heat }, &told.indicator);
        let earned = paragraph(ui, theme, TextRole::Strong, colors.ink, &told.earned);
        // Read out as it appears: it stands where the replies were.
        ui.ctx().accesskit_node_builder(earned.id, |node| node.set_live(accesskit::Live::Polite));
        if !told.why.is_empty() {
            paragraph(ui, theme, TextRole::Interface, colors.ink, &told.why);
        }
        match &told.better {
            Some(better) => {
                close(ui, |ui| {
                    soft(ui, "Also on offer:");
                    paragraph(ui, theme, TextRole::Quote, colors.ink, better);
                });
            }
            None => {
                soft(ui, "Nothing on offer shows more of it.");
            }
        }
    });
    soft(ui, &told.back);
    let go_on = Button::primary(told.go_on).key("Enter").show(ui, theme);
    if go_on.clicked() || by_enter(ui) {
        actions.push(Action::Next);
    }
    ui.add_space(style::GRID);
    moment(ui, theme, asked);
    if let Some(then) = &told.then {
        soft(ui, then);
    }
}

fn end(ui: &mut Ui, theme: &Theme, done: &Done, actions: &mut Vec<Action>) {
    ui.add_space(theme.scaled(96.0));
    title(ui, theme, done.words);
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &done.next);
    ui.add_space(style::GRID);
    if Button::primary("Home").key("Enter").show(ui, theme).clicked() || by_enter(ui) {
        actions.push(Action::Leave);
    }
}

/// Enter, where nothing has the focus that it would work.
fn by_enter(ui: &Ui) -> bool {
    ui.memory(|memory| memory.focused().is_none()) && pressed(ui, Key::Enter)
}
