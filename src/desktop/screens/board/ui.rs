use egui::{Key, Label, Ui, accesskit};

use super::data::{Added, Filter, Line, View, Who, typed_path};
use crate::board::Choice;
use crate::desktop::screens::page::head;
use crate::desktop::screens::sheet::page;
use crate::desktop::screens::table::{Column, Row, table};
use crate::desktop::screens::team::which;
use crate::desktop::theme::widgets::{Button, Card, link, paragraph, pill, section_title, segmented, text_row};
use crate::desktop::theme::{TextRole, Theme, style};

/// What a person can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Shows another board.
    Choose(Choice),
    /// Ranks people, or teams.
    Rank(Who),
    /// Shows every row, or the top and one's neighbours.
    ShowAll(bool),
    /// Plays back the attempts at this path, a folder or a file, and adds those that hold.
    AddFrom(String),
    /// Stops playing attempts back; what was added stays.
    Stop,
    /// To the board of one's team.
    MyTeam,
    /// Back to Home.
    Leave,
}

/// What the screen remembers by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory {
    /// The folder, as it is being typed.
    pub path: String,
}

/// Draws the board and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    page(ui, theme, "board", |ui| {
        if head(ui, theme, "The board") {
            actions.push(Action::Leave);
        }
        if which(ui, theme, false) {
            actions.push(Action::MyTeam);
        }
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, view.about);
        filters(ui, theme, view, &mut actions);
        ranking(ui, theme, view, &mut actions);
        if !view.provisional.is_empty() {
            section_title(ui, theme, "Provisional");
            soft(ui, theme, "Promises are still open in these runs, so they have no rank yet.");
            rows(ui, theme, "Provisional", &view.columns, &view.provisional);
        }
        if !view.improved.is_empty() {
            section_title(ui, theme, "Most improved");
            soft(ui, theme, "From the first finished run of a call to the latest.");
            lines(ui, theme, &view.improved);
        }
        adding(ui, theme, view, memory, &mut actions);
    });
    actions
}

fn filters(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    let who = [(Who::People, "People"), (Who::Teams, "Teams")];
    let chosen = segmented(ui, theme, "Who is ranked", &who, view.who).inner;
    actions.extend(chosen.filter(|chosen| *chosen != view.who).map(Action::Rank));
    for (name, filters) in [("Call", &view.scenarios), ("Ranked by", &view.skills), ("Team", &view.teams)] {
        if !filters.is_empty() {
            actions.extend(filter_row(ui, theme, name, filters).map(Action::Choose));
        }
    }
}

/// What can be chosen of one thing, side by side. Returns what was chosen in this frame.
pub(in crate::desktop::screens) fn filter_row<C: Clone>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    filters: &[Filter<C>],
) -> Option<C> {
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        ui.add(Label::new(theme.job(TextRole::Interface, theme.colors.soft_ink, name, f32::INFINITY)));
        for filter in filters {
            // The outline alone would leave it to the colour to say which is chosen.
            let words = if filter.chosen { format!("\u{2022} {}", filter.label) } else { filter.label.clone() };
            let response = pill(ui, theme, None, &words, filter.chosen);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("{name}: {}", filter.label)));
            if response.clicked() && !filter.chosen {
                wanted = Some(filter.choice.clone());
            }
        }
    });
    wanted
}

fn ranking(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    ui.add_space(style::GRID);
    if let Some([how, what]) = &view.empty {
        Card::new().show(ui, theme, |ui| {
            paragraph(ui, theme, TextRole::Reply, theme.colors.ink, how);
            soft(ui, theme, what);
        });
    } else {
        rows(ui, theme, "The board", &view.columns, &view.lines);
    }
    if let Some((words, all)) = &view.length
        && link(ui, theme, words).clicked()
    {
        actions.push(Action::ShowAll(*all));
    }
    lines(ui, theme, &view.too_few);
}

/// A table; parted by a word where rows are left out. Large text gets a card a row instead.
pub(in crate::desktop::screens) fn rows(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    heads: &[super::Column],
    lines: &[Line],
) {
    if theme.one_column(ui.available_width()) {
        for line in lines {
            card(ui, theme, heads, line);
        }
        return;
    }
    let columns: Vec<_> = heads
        .iter()
        .map(|column| Column { name: column.name, share: f32::from(column.share), number: column.number })
        .collect();
    let table_rows: Vec<_> = lines
        .iter()
        .map(|line| match line {
            Line::Row { cells, own } => Row { cells: cells.iter().map(String::as_str).collect(), strong: *own },
            Line::Gap(words) => {
                let cells = (0..columns.len()).map(|cell| if cell == 1 { words.as_str() } else { "" }).collect();
                Row { cells, strong: false }
            }
        })
        .collect();
    table(ui, theme, name, &columns, &table_rows);
}

/// Rank and name, and everything else in one paragraph.
fn card(ui: &mut Ui, theme: &Theme, heads: &[super::Column], line: &Line) {
    let (cells, own) = match line {
        Line::Row { cells, own } => (cells, *own),
        Line::Gap(words) => return soft(ui, theme, words),
    };
    Card::new().chosen(own).show(ui, theme, |ui| {
        let (head, rest) = cells.split_at(cells.len().min(2));
        paragraph(ui, theme, TextRole::Strong, theme.colors.ink, &head.join("   "));
        let named = heads.iter().skip(2).zip(rest).filter(|(_, cell)| !cell.is_empty());
        let words: Vec<_> = named.map(|(column, cell)| format!("{}: {cell}", column.name)).collect();
        soft(ui, theme, &words.join(", "));
    });
}

fn adding(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Action>) {
    ui.add_space(style::GRID);
    section_title(ui, theme, "Compare with your team");
    soft(
        ui,
        theme,
        "Everybody puts the files of their attempts into a folder that all can reach. Each is played back here before \
         it counts.",
    );
    if let Some(words) = &view.reading {
        reading(ui, theme, words, actions);
        return;
    }
    let field = text_row(ui, theme, "Folder, or one file", &mut memory.path, "for instance a shared drive");
    let path = typed_path(&memory.path);
    let by_enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let by_button = Button::primary("Add attempts from a folder").enabled(path.is_some()).show(ui, theme).clicked();
    if by_enter || by_button {
        actions.extend(path.map(Action::AddFrom));
    }
    if let Some(added) = &view.added {
        told(ui, theme, added);
    }
}

/// How far it is, and a way to stop, in the place of the field.
fn reading(ui: &mut Ui, theme: &Theme, words: &str, actions: &mut Vec<Action>) {
    Card::new().show(ui, theme, |ui| {
        let said = paragraph(ui, theme, TextRole::Strong, theme.colors.ink, words);
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(accesskit::Live::Polite));
        if Button::secondary("Stop").show(ui, theme).clicked() {
            actions.push(Action::Stop);
        }
    });
}

fn told(ui: &mut Ui, theme: &Theme, added: &Added) {
    Card::new().show(ui, theme, |ui| {
        paragraph(ui, theme, TextRole::Strong, theme.colors.ink, &added.words);
        for [file, why] in &added.refused {
            paragraph(ui, theme, TextRole::Interface, theme.colors.ink, &format!("{file}: {why}"));
        }
    });
}

fn lines(ui: &mut Ui, theme: &Theme, lines: &[String]) {
    for line in lines {
        paragraph(ui, theme, TextRole::Interface, theme.colors.ink, line);
    }
}

fn soft(ui: &mut Ui, theme: &Theme, words: &str) {
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, words);
}
