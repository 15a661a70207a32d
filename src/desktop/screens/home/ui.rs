use egui::{Rect, Response, Ui, UiBuilder, pos2, vec2};

use super::data::Room;
use super::{Action, View, Waiting};
use crate::desktop::screens::page::{self, Column, Row};
use crate::desktop::theme::widgets::{Button, Card, paragraph, section_title, title};
use crate::desktop::theme::{TextRole, Theme, style};

/// What the screen keeps while it is open.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    greeted: bool,
}

/// Draws Home.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut answer = |clicked: bool, action: Action| {
        if clicked {
            actions.push(action);
        }
    };
    page::page(ui, theme, "home", |ui| {
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &view.greeting);
        ui.add_space(style::GRID);
        page::columns(ui, theme, 340.0, |ui, column| match column {
            Column::Main => {
                let go_on = first(ui, theme, &view.first);
                page::focus_first(&go_on, &mut memory.greeted);
                answer(go_on.clicked(), view.first.action);
                if let Some(then) = &view.then {
                    ui.add_space(style::GRID);
                    answer(waits_too(ui, theme, then).clicked(), then.action);
                }
            }
            Column::Side => {
                if let Some(goal) = &view.goal {
                    section_title(ui, theme, "Your goal from last time");
                    paragraph(ui, theme, TextRole::Quote, theme.colors.ink, goal);
                    ui.add_space(2.0 * style::GRID);
                }
                for room in &view.rooms {
                    answer(leads_to(ui, theme, room).clicked(), room.action);
                }
            }
        });
    });
    actions
}

/// The main thing: the person large, and one button.
fn first(ui: &mut Ui, theme: &Theme, waiting: &Waiting) -> Response {
    Card::new()
        .show(ui, theme, |ui| {
            let room = ui.available_rect_before_wrap();
            let Some(person) = &waiting.person else { return words(ui, theme, waiting) };
            let narrow = theme.one_column(ui.ctx().viewport_rect().width());
            let side = if narrow { theme.scaled(64.0) } else { theme.scaled(264.0).min(room.width() * 0.36) };
            let face = Rect::from_min_size(room.min + vec2(4.0, 4.0), vec2(side, side));
            page::portrait(ui, theme, person, face, theme.colors.card);
            let from =
                if narrow { pos2(room.left(), face.bottom() + 12.0) } else { pos2(face.right() + 28.0, room.top()) };
            let place = UiBuilder::new().max_rect(Rect::from_min_max(from, room.max));
            let said = ui.scope_builder(place, |ui| words(ui, theme, waiting));
            let bottom = said.response.rect.bottom().max(face.bottom() + 4.0);
            ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
            said.inner
        })
        .inner
}

fn words(ui: &mut Ui, theme: &Theme, waiting: &Waiting) -> Response {
    let colors = &theme.colors;
    title(ui, theme, &waiting.headline);
    ui.add_space(2.0);
    paragraph(ui, theme, TextRole::Interface, colors.soft_ink, &waiting.place);
    if let Some(degree) = waiting.difficulty {
        page::difficulty(ui, theme, degree);
    }
    if !waiting.teaser.is_empty() {
        ui.add_space(style::GRID);
        paragraph(ui, theme, TextRole::Customer, colors.ink, &waiting.teaser);
    }
    ui.add_space(2.0 * style::GRID);
    Button::primary(waiting.go_on).show(ui, theme)
}

/// The next customer, while an unfinished call comes first.
fn waits_too(ui: &mut Ui, theme: &Theme, waiting: &Waiting) -> Response {
    let lines = [waiting.place.as_str(), waiting.teaser.as_str()];
    let row = Row {
        name: &waiting.headline,
        lines: &lines,
        person: waiting.person.as_ref(),
        difficulty: waiting.difficulty,
        on_card: true,
        ..Row::default()
    };
    page::row(ui, theme, &row)
}

fn leads_to(ui: &mut Ui, theme: &Theme, room: &Room) -> Response {
    let lines = [room.about.as_str()];
    page::row(ui, theme, &Row { name: &room.name, lines: &lines, ..Row::default() })
}
