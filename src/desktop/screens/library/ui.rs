use egui::{EventFilter, Key, Modifiers, Response, Sense, Ui, accesskit};

use super::data::Broken;
use super::{Action, Entry, Filter, Status, View};
use crate::desktop::screens::page::{self, Difficulty, Row};
use crate::desktop::theme::widgets::{Card, paragraph, section_title, show_focus, text_row};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::scenario::vocabulary::Channel;

/// What the screen keeps while it is open.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub search: String,
    pub filter: Filter,
    greeted: bool,
}

/// Draws the library.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    page::page(ui, theme, "library", |ui| {
        // Esc leaves a search before it leaves the screen.
        if !memory.search.is_empty() && page::escape(ui) {
            memory.search.clear();
        }
        if page::head(ui, theme, "Customers") {
            actions.push(Action::Back);
        }
        let search = narrow_down(ui, theme, memory);
        let found = view.found(&memory.search, memory.filter);
        ui.add_space(style::GRID);
        let count = paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &view.count(found.len()));
        ui.ctx().accesskit_node_builder(count.id, |node| node.set_live(accesskit::Live::Polite));

        let rows: Vec<Response> = found.iter().map(|entry| customer(ui, theme, entry)).collect();
        if let Some(first) = rows.first() {
            page::focus_first(first, &mut memory.greeted);
        }
        let chosen = rows.iter().position(Response::clicked).or_else(|| {
            let entered = search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            (entered && !rows.is_empty()).then_some(0)
        });
        if let Some(entry) = chosen.and_then(|chosen| found.get(chosen)) {
            actions.push(Action::Open { slug: entry.slug.clone() });
        }
        move_by_arrows(ui, &search, &rows);
        not_playable(ui, theme, &view.broken);
    });
    actions
}

/// The search and the filters. Returns the search field.
fn narrow_down(ui: &mut Ui, theme: &Theme, memory: &mut Memory) -> Response {
    let search = text_row(ui, theme, "Search", &mut memory.search, "A name, a place, a word");
    let degrees = Difficulty::ALL.map(|degree| (Some(degree), degree.words()));
    let degrees: Vec<_> = std::iter::once((None, "Any difficulty")).chain(degrees).collect();
    let channels = [(None, "Anywhere"), (Some(Channel::Phone), "By phone"), (Some(Channel::Counter), "At the counter")];
    let stands = [(None, "Everyone"), (Some(Status::NotMet), "Not met yet"), (Some(Status::Due), "Due")];
    let filter = &mut memory.filter;
    let mut filters = |ui: &mut Ui| {
        if let Some(chosen) = page::choose(ui, theme, "Difficulty", &degrees, filter.difficulty) {
            filter.difficulty = chosen;
        }
        if let Some(chosen) = page::choose(ui, theme, "Where", &channels, filter.channel) {
            filter.channel = chosen;
        }
        if let Some(chosen) = page::choose(ui, theme, "How you stand", &stands, filter.status) {
            filter.status = chosen;
        }
    };
    if theme.one_column(ui.available_width()) {
        filters(ui);
    } else {
        ui.horizontal_wrapped(filters);
    }
    search
}

fn customer(ui: &mut Ui, theme: &Theme, entry: &Entry) -> Response {
    let about = format!("{} {}", page::sentence(&entry.title), entry.place);
    let lines = [about.as_str(), entry.stands.as_str(), entry.due.as_str()];
    let row = Row {
        name: &entry.customer,
        lines: &lines,
        aside: &entry.result,
        person: Some(&entry.person),
        difficulty: Some(entry.difficulty),
        skills: &entry.skills,
        on_card: true,
    };
    page::row(ui, theme, &row)
}

/// Up and down go from row to row; from the search down to the first, and from the first back up.
fn move_by_arrows(ui: &Ui, search: &Response, rows: &[Response]) {
    let at = rows.iter().position(Response::has_focus);
    if let Some(row) = at.and_then(|at| rows.get(at)) {
        // Otherwise egui moves the focus as well.
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row.id, filter));
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let next = match at {
        None if search.has_focus() && pressed(Key::ArrowDown) => rows.first(),
        Some(0) if pressed(Key::ArrowUp) => Some(search),
        Some(at) if pressed(Key::ArrowDown) => rows.get(at + 1),
        Some(at) if at > 0 && pressed(Key::ArrowUp) => rows.get(at - 1),
        Some(_) if pressed(Key::Home) => rows.first(),
        Some(_) if pressed(Key::End) => rows.last(),
        _ => None,
    };
    if let Some(next) = next {
        next.request_focus();
        // It has been drawn already: that it gained the focus will not be noticed.
        next.scroll_to_me(None);
    }
}

/// Files that hold no scenario that can be played. No filter hides them.
fn not_playable(ui: &mut Ui, theme: &Theme, broken: &[Broken]) {
    if broken.is_empty() {
        return;
    }
    let colors = &theme.colors;
    ui.add_space(2.0 * style::GRID);
    section_title(ui, theme, "Files that cannot be played");
    for file in broken {
        let card = Card::new().show(ui, theme, |ui| {
            section_title(ui, theme, &file.path);
            paragraph(ui, theme, TextRole::Interface, colors.heat, &file.first);
            page::anywhere(ui, theme, &file.rest);
        });
        // Nothing can be done with it here, but Tab leads to it: it stands below all that can be opened.
        let id = ui.id().with(("not playable", &file.path));
        let focus = ui.interact(card.response.rect, id, Sense::focusable_noninteractive());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::Group);
            node.set_label(format!("{}. {} {}", file.path, file.first, file.rest));
        });
        show_focus(ui.painter(), theme, &focus, style::CARD_CORNER);
    }
}
