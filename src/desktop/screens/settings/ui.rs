use egui::Ui;

use super::data::{checked_team, language_name};
use super::{Action, Contrast, KEYS, LookAs, View, Where, records};
use crate::desktop::screens::page::{self, Column};
use crate::desktop::theme::widgets::{Button, Card, SliderRow, key_cap, link, paragraph, section_title, text_row};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::dialogue::Mode;
use crate::scenario::language::is_same;
use crate::settings::checked_name;

/// What the screen keeps while it is open.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// What stands in the two fields; from the settings at first.
    drafts: Option<Drafts>,
    erasing: Step,
    records: records::Memory,
    /// The place that was copied last.
    copied: Option<usize>,
    greeted: bool,
}

#[derive(Debug, Clone, Default)]
struct Drafts {
    name: String,
    team: String,
}

/// How far the person has gone towards deleting their data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    #[default]
    NotAsked,
    /// The question has just appeared: its mild answer gets the focus.
    JustAsked,
    Asked,
    /// It was answered with no: the focus goes back to where it came from.
    JustKept,
}

/// Draws the settings.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    page::page(ui, theme, "settings", |ui| {
        // Esc takes back the question before it leaves the screen.
        let is_asked = matches!(memory.erasing, Step::JustAsked | Step::Asked) && view.erasing.asking.is_none();
        if is_asked && page::escape(ui) {
            memory.erasing = Step::JustKept;
        }
        if memory.records.is_open() && page::escape(ui) {
            memory.records.close();
            actions.push(Action::Records(records::RecordAction::Look));
        }
        if page::head(ui, theme, "Settings") {
            actions.push(Action::Back);
        }
        page::columns(ui, theme, 520.0, |ui, column| match column {
            Column::Main => {
                seeing(ui, theme, view, memory, &mut actions);
                playing(ui, theme, view, &mut actions);
                keys(ui, theme);
            }
            Column::Side => {
                you(ui, theme, view, memory, &mut actions);
                places(ui, theme, view, memory);
                let now = &view.now;
                let done = records::draw(ui, theme, &now.records, now.moment, &mut memory.records);
                actions.extend(done.into_iter().map(Action::Records));
                data(ui, theme, view, memory, &mut actions);
                ui.add_space(2.0 * style::GRID);
                paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &view.version);
            }
        });
    });
    actions
}

fn seeing(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Action>) {
    let now = &view.now;
    section_title(ui, theme, "Reading and seeing");
    let size = SliderRow::new("Size of text", f32::from(now.text_size), 100.0..=200.0, 10.0, &view.text_size);
    let size = size.show(ui, theme);
    page::focus_first(&size.response, &mut memory.greeted);
    actions.extend(size.inner.map(|set| Action::SetTextSize(percent(set))));
    ui.add_space(style::GRID);
    let looks = [(LookAs::System, "As the computer"), (LookAs::Light, "Light"), (LookAs::Dark, "Dark")];
    actions.extend(page::choose(ui, theme, "Light or dark", &looks, now.look).map(Action::SetLook));
    let contrasts = [(Contrast::Usual, "Usual contrast"), (Contrast::More, "More contrast")];
    actions.extend(page::choose(ui, theme, "Contrast", &contrasts, now.contrast).map(Action::SetContrast));
    let mut switch = |label, about, on: bool, set: fn(bool) -> Action| {
        if page::labelled_toggle(ui, theme, label, about, on) {
            actions.push(set(!on));
        }
    };
    let about = "Faces change by fading, and nothing travels across the screen.";
    switch("Reduced motion", about, now.reduced_motion, Action::SetReducedMotion);
    let about = "Such as: Looks at the envelope. Subdued.";
    switch("Say in words what the drawing shows", about, now.captions, Action::SetCaptions);
    switch("One word for the customer\u{2019}s mood", "", now.mood_word, Action::SetMoodWord);
    ui.add_space(2.0 * style::GRID);
}

fn playing(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    let now = &view.now;
    section_title(ui, theme, "In a call");
    let modes = [(Mode::Steps, "In steps"), (Mode::Timed, "Timed")];
    actions.extend(page::choose(ui, theme, "How it is played", &modes, now.mode).map(Action::SetMode));
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, view.about_mode);
    ui.add_space(style::GRID);
    // Where all customers speak one language there is nothing to choose.
    if now.languages.len() > 1 {
        let languages: Vec<_> = now.languages.iter().map(|tag| language_name(tag)).enumerate().collect();
        let chosen = now.languages.iter().position(|tag| is_same(tag, &now.language)).unwrap_or(usize::MAX);
        if let Some(chosen) = page::choose(ui, theme, "Language of the customers", &languages, chosen) {
            actions.push(Action::SetLanguage(now.languages[chosen].clone()));
        }
        let about = "Who has no translation speaks as they were written.";
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, about);
        ui.add_space(style::GRID);
    }
    let rate = f32::from(now.speech_rate);
    let rate = SliderRow::new("How fast customers speak", rate, 50.0..=200.0, 5.0, &view.speech_rate).show(ui, theme);
    actions.extend(rate.inner.map(|set| Action::SetSpeechRate(percent(set))));
    if page::labelled_toggle(ui, theme, "Sound", "Everything that can be heard can also be seen.", now.sound) {
        actions.push(Action::SetSound(!now.sound));
    }
    let volume = SliderRow::new("Volume", f32::from(now.volume), 0.0..=100.0, 10.0, &view.volume).show(ui, theme);
    actions.extend(volume.inner.map(|set| Action::SetVolume(percent(set))));
    ui.add_space(2.0 * style::GRID);
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a slider stays within its range")]
fn percent(value: f32) -> u16 {
    value.round() as u16
}

fn you(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    let now = &view.now;
    let drafts = memory
        .drafts
        .get_or_insert_with(|| Drafts { name: now.name.clone(), team: now.team.clone().unwrap_or_default() });
    section_title(ui, theme, "You");
    let field = text_row(ui, theme, "Your name", &mut drafts.name, "Any name you like");
    match checked_name(&drafts.name) {
        Ok(name) if field.changed() && name != now.name => actions.push(Action::SetName(name)),
        Ok(_) => {}
        Err(problem) => page::problem(ui, theme, &field, &problem),
    }
    let field = text_row(ui, theme, "Your team", &mut drafts.team, "None");
    match checked_team(&drafts.team) {
        Ok(team) if field.changed() && team != now.team => actions.push(Action::SetTeam(team)),
        Ok(_) => {
            let about = "Only a team with a board of its own needs this.";
            paragraph(ui, theme, TextRole::Interface, colors.soft_ink, about);
        }
        Err(problem) => page::problem(ui, theme, &field, &problem),
    }
    ui.add_space(2.0 * style::GRID);
}

fn places(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) {
    let colors = &theme.colors;
    section_title(ui, theme, "Where things are");
    for (index, place) in view.places.iter().enumerate() {
        page::close(ui, |ui| {
            paragraph(ui, theme, TextRole::Strong, colors.ink, place.name);
            paragraph(ui, theme, TextRole::Interface, colors.soft_ink, place.about);
            page::anywhere(ui, theme, &place.path);
            if link(ui, theme, place.copy).clicked() {
                ui.ctx().copy_text(place.path.clone());
                memory.copied = Some(index);
            }
            if memory.copied == Some(index) {
                let said = paragraph(ui, theme, TextRole::Interface, colors.soft_ink, "Copied.");
                ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
            }
        });
        ui.add_space(style::GRID);
    }
}

fn data(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    ui.add_space(style::GRID);
    section_title(ui, theme, "Take it with you, or delete it");
    if Button::secondary("Export my data").show(ui, theme).clicked() {
        actions.push(Action::ExportMyData);
    }
    if let Some(said) = &view.export {
        let said = page::anywhere(ui, theme, said);
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    } else {
        let about = "All that is kept about you, in one file that other programs can read.";
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, about);
    }
    ui.add_space(style::GRID);
    let erasing = &view.erasing;
    if matches!(memory.erasing, Step::NotAsked | Step::JustKept) {
        let ask = Button::danger(erasing.ask).show(ui, theme);
        if memory.erasing == Step::JustKept {
            memory.erasing = Step::NotAsked;
            ask.request_focus();
        }
        if ask.clicked() {
            memory.erasing = Step::JustAsked;
            ui.ctx().request_repaint();
        }
        return;
    }
    Card::new().show(ui, theme, |ui| {
        section_title(ui, theme, erasing.question);
        for line in &erasing.lines {
            paragraph(ui, theme, TextRole::Interface, colors.ink, line);
        }
        ui.add_space(style::GRID);
        if let Some(asking) = &erasing.asking {
            said(&paragraph(ui, theme, TextRole::Interface, colors.ink, asking));
            return;
        }
        if let Some(failed) = &erasing.failed {
            said(&paragraph(ui, theme, TextRole::Interface, colors.heat, failed));
        }
        ui.horizontal_wrapped(|ui| {
            let keep = Button::secondary(erasing.keep).show(ui, theme);
            if memory.erasing == Step::JustAsked {
                memory.erasing = Step::Asked;
                keep.request_focus();
                keep.scroll_to_me(None);
            }
            if keep.clicked() {
                memory.erasing = Step::JustKept;
                ui.ctx().request_repaint();
            }
            for (place, words) in &erasing.delete {
                if Button::danger(words).show(ui, theme).clicked() {
                    // Where the service says no the mild answer is the first again.
                    memory.erasing = if *place == Where::Here { Step::NotAsked } else { Step::JustAsked };
                    actions.push(Action::DeleteMyData(*place));
                }
            }
        });
    });
    if memory.erasing == Step::JustKept && erasing.failed.is_some() {
        actions.push(Action::KeepMyData);
    }
}

fn said(words: &egui::Response) {
    words.ctx.accesskit_node_builder(words.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// Every key, as a table: what is pressed at the left, what it does at the right.
fn keys(ui: &mut Ui, theme: &Theme) {
    let colors = &theme.colors;
    section_title(ui, theme, "Keys");
    for group in KEYS {
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, group.name);
        page::close(ui, |ui| {
            for (key, does) in group.keys {
                ui.horizontal(|ui| {
                    ui.spacing_mut().interact_size.y = 0.0;
                    let from = ui.cursor().left();
                    key_cap(ui, theme, key);
                    let used = ui.cursor().left() - from;
                    ui.add_space((theme.scaled(104.0) - used).max(0.0));
                    paragraph(ui, theme, TextRole::Interface, colors.ink, does);
                });
            }
        });
        ui.add_space(style::GRID);
    }
}
