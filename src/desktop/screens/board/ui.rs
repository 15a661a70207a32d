use egui::{Key, Ui};

use super::data::{Choice, Line, View, Who};
use crate::board::Filter;
use crate::desktop::screens::sheet::{page, pressed};
use crate::desktop::screens::table::{Column, Row, stacked, table};
use crate::desktop::theme::widgets::{Button, link, paragraph, pill, section_title, segmented, title};
use crate::desktop::theme::{TextRole, Theme, style};

/// What a person can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Ranks by this and shows these.
    Filter(Filter),
    /// Ranks people, or teams.
    Rank(Who),
    /// Shows every row, or the top and one's neighbours.
    ShowAll(bool),
    /// Asks for a folder, plays back the attempts in it and lets in those that hold.
    AddFolder,
    Home,
}

/// What the screen remembers by itself: nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory;

/// Draws the board and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, _memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    page(ui, theme, |ui| {
        title(ui, theme, "Board");
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &view.about);
        filters(ui, theme, view, &mut actions);
        ranking(ui, theme, view, &mut actions);
        if !view.waiting.is_empty() {
            section_title(ui, theme, "Not final yet");
            lines(ui, theme, &view.waiting);
        }
        ui.add_space(style::GRID);
        ui.horizontal_wrapped(|ui| {
            if Button::secondary("Add attempts from a folder").show(ui, theme).clicked() {
                actions.push(Action::AddFolder);
            }
            if Button::secondary("Home").key("Esc").show(ui, theme).clicked() || pressed(ui, Key::Escape) {
                actions.push(Action::Home);
            }
        });
        lines(ui, theme, &view.folder);
    });
    actions
}

fn filters(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    let who = [(Who::People, "People"), (Who::Teams, "Teams")];
    if let Some(chosen) = segmented(ui, theme, "Who is ranked", &who, view.choices.who).inner
        && chosen != view.choices.who
    {
        actions.push(Action::Rank(chosen));
    }
    choices(ui, theme, &view.choices.scenarios, actions);
    choices(ui, theme, &view.choices.measures, actions);
    choices(ui, theme, &view.choices.teams, actions);
}

fn choices(ui: &mut Ui, theme: &Theme, choices: &[Choice], actions: &mut Vec<Action>) {
    if choices.len() < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for choice in choices {
            if pill(ui, theme, None, &choice.label, choice.chosen).clicked() {
                actions.push(Action::Filter(choice.filter.clone()));
            }
        }
    });
}

fn ranking(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    if let Some(empty) = &view.empty {
        paragraph(ui, theme, TextRole::Reply, theme.colors.ink, empty);
        return;
    }
    let columns: Vec<_> = view
        .columns
        .iter()
        .map(|column| Column { name: column.name, share: column.share, number: column.number })
        .collect();
    let dots = vec!["\u{2026}"; columns.len()];
    let rows: Vec<_> = view
        .lines
        .iter()
        .map(|line| match line {
            Line::Row { cells, own } => Row { cells: cells.iter().map(String::as_str).collect(), strong: *own },
            Line::Gap => Row { cells: dots.clone(), strong: false },
        })
        .collect();
    if theme.one_column(ui.available_width()) {
        let rows: Vec<_> = rows.into_iter().filter(|row| row.cells != dots).collect();
        stacked(ui, theme, &columns, &rows);
    } else {
        table(ui, theme, "Board", &columns, &rows);
    }
    if view.shortened && link(ui, theme, "Show every row").clicked() {
        actions.push(Action::ShowAll(true));
    }
}

fn lines(ui: &mut Ui, theme: &Theme, lines: &[String]) {
    for line in lines {
        paragraph(ui, theme, TextRole::Interface, theme.colors.ink, line);
    }
}
