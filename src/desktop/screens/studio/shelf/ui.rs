use egui::{Key, Response, Ui, accesskit};

use super::super::Action as Done;
use super::{Action, Beginning, Group, View};
use crate::authoring::new::slug;
use crate::desktop::screens::page::{self, Row};
use crate::desktop::theme::widgets::{Button, Card, paragraph, section_title, segmented, text_row};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::scenario::vocabulary::Channel;

/// More files than this can be searched.
const HANDFUL: usize = 6;

/// What the pane keeps.
#[derive(Debug, Default)]
pub struct Memory {
    search: String,
    path: String,
    form: Option<Form>,
    greeted: bool,
    /// The file that was offered was begun or left.
    offer_seen: bool,
}

/// A scenario that is to be begun.
#[derive(Debug, Default)]
struct Form {
    title: String,
    id: String,
    /// The id follows the title until somebody writes one.
    has_own_id: bool,
    kind: Kind,
    path: Option<std::path::PathBuf>,
    greeted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Phone,
    Counter,
    Empty,
}

/// Draws the shelf.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Done> {
    let mut actions = Vec::new();
    if let Some(offered) = view.offered.as_ref().filter(|_| !memory.offer_seen) {
        memory.offer_seen = true;
        memory.form = Some(Form {
            id: offered.id.clone(),
            has_own_id: true,
            path: Some(offered.path.clone()),
            ..Form::default()
        });
    }
    page::page(ui, theme, "studio shelf", |ui| {
        // Esc leaves the form and the search before it leaves the screen.
        if (memory.form.is_some() || !memory.search.is_empty()) && page::escape(ui) {
            if memory.form.take().is_none() {
                memory.search.clear();
            }
            memory.greeted = false;
        }
        if page::head(ui, theme, "Studio") {
            actions.push(Done::Leave);
        }
        for (words, color) in [(&view.note, theme.colors.soft_ink), (&view.problem, theme.colors.heat)] {
            if let Some(words) = words {
                let said = paragraph(ui, theme, TextRole::Interface, color, words);
                ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(accesskit::Live::Polite));
            }
        }
        if let Some(form) = &mut memory.form {
            let mut leaves = false;
            if let Some(beginning) = begin(ui, theme, form, &mut leaves) {
                actions.push(Done::Shelf(Action::Begin(beginning)));
            }
            if leaves {
                memory.form = None;
                memory.greeted = false;
            }
            return;
        }
        let mut first: Option<Response> = None;
        if !view.unsaved.is_empty() {
            section_title(ui, theme, "Go on");
        }
        for unsaved in &view.unsaved {
            let lines = [unsaved.when.as_str(), &unsaved.place];
            let row =
                page::row(ui, theme, &Row { name: &unsaved.name, lines: &lines, on_card: true, ..Row::default() });
            if row.clicked() {
                actions.push(Done::Shelf(Action::GoOn(unsaved.key.clone())));
            }
            first.get_or_insert(row);
        }
        let lines = ["A small call that plays, to make your own of; or an empty file."];
        let new = Row { name: "New scenario", lines: &lines, on_card: true, ..Row::default() };
        let new = page::row(ui, theme, &new);
        if new.clicked() {
            memory.form = Some(Form::default());
        }
        page::focus_first(first.as_ref().unwrap_or(&new), &mut memory.greeted);
        files(ui, theme, view, memory, &mut actions);
        elsewhere(ui, theme, memory, &mut actions);
    });
    actions
}

fn files(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Done>) {
    if view.files.len() > HANDFUL {
        ui.add_space(style::GRID);
        text_row(ui, theme, "Search", &mut memory.search, "A title, a file, a folder");
    }
    let found = view.found(&memory.search);
    if found.is_empty() && !memory.search.is_empty() {
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "No file fits.");
    }
    for group in Group::ALL {
        let mut files = found.iter().filter(|file| file.group == group).peekable();
        if files.peek().is_none() {
            continue;
        }
        ui.add_space(style::GRID);
        section_title(ui, theme, group.words());
        for file in files {
            let lines: Vec<&str> = file.lines.iter().map(String::as_str).collect();
            if page::row(ui, theme, &Row { name: &file.title, lines: &lines, ..Row::default() }).clicked() {
                actions.push(Done::Shelf(file.opens.clone()));
            }
        }
    }
}

/// Opening any file by its path.
fn elsewhere(ui: &mut Ui, theme: &Theme, memory: &mut Memory, actions: &mut Vec<Done>) {
    ui.add_space(2.0 * style::GRID);
    let field = text_row(ui, theme, "Open a file elsewhere", &mut memory.path, "~/scenarios/wet-parcel.ron");
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let open = Button::secondary("Open").enabled(!memory.path.trim().is_empty()).show(ui, theme);
    if (open.clicked() || entered) && !memory.path.trim().is_empty() {
        actions.push(Done::Shelf(Action::OpenTyped(memory.path.trim().to_owned())));
    }
}

/// The form for a new scenario. Gives it once it is to be begun.
fn begin(ui: &mut Ui, theme: &Theme, form: &mut Form, leaves: &mut bool) -> Option<Beginning> {
    let mut begun = None;
    Card::new().show(ui, theme, |ui| {
        section_title(ui, theme, "New scenario");
        if let Some(path) = &form.path {
            page::anywhere(ui, theme, &format!("{} is not there yet. It is made when you save.", path.display()));
        }
        let title = text_row(ui, theme, "Title", &mut form.title, "The wet parcel");
        page::focus_first(&title, &mut form.greeted);
        if title.changed() && !form.has_own_id {
            form.id = if form.title.trim().is_empty() { String::new() } else { slug(&form.title) };
        }
        let id = text_row(ui, theme, "Id, and name of the file", &mut form.id, "wet-parcel");
        form.has_own_id |= id.changed();
        let fits = slug(&form.id) == form.id;
        if !form.id.is_empty() && !fits {
            let would = format!("Lower-case letters, digits and hyphens: {} would do.", slug(&form.id));
            page::problem(ui, theme, &id, &would);
        }
        let kinds = [(Kind::Phone, "By phone"), (Kind::Counter, "At the counter"), (Kind::Empty, "Empty file")];
        if let Some(kind) = segmented(ui, theme, "What it begins with", &kinds, form.kind).inner {
            form.kind = kind;
        }
        let about = match form.kind {
            Kind::Empty => "Nothing stands in it. The findings say what is missing, one thing after the other.",
            Kind::Phone | Kind::Counter => "A whole small call, with remarks that say what each part is for.",
        };
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, about);
        ui.add_space(style::GRID);
        ui.horizontal_wrapped(|ui| {
            let is_ready = fits && !form.id.is_empty();
            let entered =
                [&title, &id].into_iter().any(Response::lost_focus) && ui.input(|input| input.key_pressed(Key::Enter));
            let button = Button::primary("Begin").enabled(is_ready).show(ui, theme);
            if is_ready && (button.clicked() || entered) {
                begun = Some(Beginning {
                    title: form.title.trim().to_owned(),
                    id: form.id.clone(),
                    channel: match form.kind {
                        Kind::Phone => Some(Channel::Phone),
                        Kind::Counter => Some(Channel::Counter),
                        Kind::Empty => None,
                    },
                    path: form.path.clone(),
                });
            }
            *leaves = Button::secondary("Not now").show(ui, theme).clicked();
        });
    });
    begun
}
