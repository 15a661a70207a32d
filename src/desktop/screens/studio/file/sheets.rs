//! The pages that lie over the panes: a draft that was found, another name, earlier copies, the keys.

use egui::{Ui, accesskit};

use super::super::Action as Done;
use super::clash::{self, Choosing};
use super::{Action, View, ago};
use crate::desktop::screens::page::{self, Row};
use crate::desktop::theme::widgets::{Button, Card, key_cap, keyed_action, paragraph, section_title, text_row, title};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::keys::KEYS;

/// A page over the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    Keys,
    SaveAs,
    Copies,
    Clash,
}

/// What the pages keep.
#[derive(Debug, Default)]
pub struct Memory {
    sheet: Option<Sheet>,
    greeted: bool,
    name: String,
    /// The time that a name was asked for, and the clash that was shown, last.
    asked: u64,
    shown: u64,
    /// How often was saved when the page opened.
    saves: u64,
    choosing: Choosing,
}

impl Memory {
    pub fn sheet(&self) -> Option<Sheet> {
        self.sheet
    }

    /// Opens a page. The first thing on it gets the focus.
    pub fn open(&mut self, sheet: Sheet, view: &View) {
        if sheet == Sheet::SaveAs && self.sheet != Some(sheet) {
            view.path.clone_into(&mut self.name);
            self.saves = view.saves;
        }
        self.sheet = Some(sheet);
        self.greeted = false;
    }

    /// Opens and closes what the desk asks for: a name that is needed, a clash that stands in the way of saving.
    pub fn follow(&mut self, view: &View) {
        if let Some(asks) = view.asks.as_ref().filter(|asks| asks.number != self.asked) {
            self.asked = asks.number;
            self.open(Sheet::SaveAs, view);
            if !asks.can_replace {
                asks.suggested.clone_into(&mut self.name);
            }
        }
        match &view.clash {
            Some(clash) if clash.saving && clash.id != self.shown => {
                self.shown = clash.id;
                self.open(Sheet::Clash, view);
            }
            None if self.sheet == Some(Sheet::Clash) => self.close(),
            _ => {}
        }
        if self.sheet == Some(Sheet::SaveAs) && view.saves != self.saves {
            self.close();
        }
    }

    pub fn close(&mut self) {
        self.sheet = None;
    }
}

/// Draws the page that lies over the panes, if one does.
pub fn draw_sheet(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Done>) {
    if let Some(offer) = &view.offer {
        page::page(ui, theme, "studio draft", |ui| {
            title(ui, theme, &offer.question);
            paragraph(ui, theme, TextRole::Reply, theme.colors.ink, &offer.about);
            ui.add_space(style::GRID);
            ui.horizontal_wrapped(|ui| {
                let go_on = Button::primary("Go on writing").show(ui, theme);
                page::focus_first(&go_on, &mut memory.greeted);
                if go_on.clicked() {
                    actions.push(Done::File(Action::TakeDraft));
                }
                if Button::secondary("Look at the file as it is").show(ui, theme).clicked() {
                    actions.push(Done::File(Action::LeaveDraft));
                }
            });
            ui.add_space(style::GRID);
            let about = "What you leave is not lost: it stands among the earlier copies.";
            paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, about);
        });
        return;
    }
    match memory.sheet {
        Some(Sheet::Keys) => keys(ui, theme, view, memory, actions),
        Some(Sheet::SaveAs) => save_as(ui, theme, view, memory, actions),
        Some(Sheet::Copies) => copies(ui, theme, view, memory, actions),
        Some(Sheet::Clash) => {
            if let Some(seen) = &view.clash {
                let Memory { choosing, greeted, .. } = memory;
                if clash::draw(ui, theme, seen, choosing, greeted, actions) {
                    actions.push(Done::File(Action::DecideLater));
                    memory.close();
                }
            }
        }
        None => {}
    }
}

/// The head of a page, and whether it is to be closed.
pub(super) fn head(ui: &mut Ui, theme: &Theme, words: &str) -> bool {
    let close = keyed_action(ui, theme, "Esc", "Back to the text").clicked();
    title(ui, theme, words);
    ui.add_space(style::GRID);
    close || page::escape(ui)
}

fn soft(ui: &mut Ui, theme: &Theme, words: &str) {
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, words);
}

fn save_as(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Done>) {
    page::page(ui, theme, "studio save as", |ui| {
        let mut closes = head(ui, theme, "Save under a name");
        let asks = view.asks.as_ref();
        let field = text_row(ui, theme, "Name or path", &mut memory.name, "wet-parcel");
        page::focus_first(&field, &mut memory.greeted);
        match (asks.map(|asks| asks.why.as_str()), view.problem.as_deref()) {
            (Some(words), _) | (None, Some(words)) => page::problem(ui, theme, &field, words),
            (None, None) => soft(ui, theme, "A name alone goes into your scenarios folder, where everything finds it."),
        }
        ui.add_space(style::GRID);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let save = |replaces| Done::File(Action::SaveAs { typed: memory.name.clone(), replaces });
        ui.horizontal_wrapped(|ui| {
            if Button::primary("Save under this name").show(ui, theme).clicked() || entered {
                actions.push(save(false));
            }
            if asks.is_some_and(|asks| asks.can_replace && asks.suggested == memory.name)
                && Button::danger("Replace the file that is there").show(ui, theme).clicked()
            {
                actions.push(save(true));
            }
            if Button::secondary("Back to the text").show(ui, theme).clicked() {
                closes = true;
            }
        });
        if closes {
            memory.close();
        }
    });
}

fn copies(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Done>) {
    page::page(ui, theme, "studio copies", |ui| {
        if head(ui, theme, "Earlier copies") {
            memory.close();
        }
        soft(
            ui,
            theme,
            "What stood in this file before it was saved over. Choosing one lays it on the bench as an edit, which \
             Ctrl+Z takes back.",
        );
        let Some(copies) = &view.copies else {
            soft(ui, theme, "Looking\u{2026}");
            return;
        };
        if copies.is_empty() {
            soft(ui, theme, "There are none yet: the first is kept when you save over something.");
        }
        for copy in copies.iter() {
            let when = copy.at.to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %B %Y, %H:%M:%S").to_string();
            let differs = match copy.lines_that_differ {
                0 => "as the text here".to_owned(),
                1 => "differs in 1 line".to_owned(),
                lines => format!("differs in {lines} lines"),
            };
            let row = Row {
                name: &when,
                lines: &[&ago(copy.at, view.now)],
                aside: &differs,
                on_card: true,
                ..Row::default()
            };
            let row = page::row(ui, theme, &row);
            page::focus_first(&row, &mut memory.greeted);
            if row.clicked() {
                actions.push(Done::File(Action::Restore(copy.path.clone())));
                memory.sheet = None;
            }
        }
    });
}

/// Every key, and what has no room in the head where text is large.
fn keys(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Done>) {
    page::page(ui, theme, "studio keys", |ui| {
        let mut closes = head(ui, theme, "Keys");
        let mut opens = None;
        ui.horizontal_wrapped(|ui| {
            let save = Button::secondary("Save").key("Ctrl+S").show(ui, theme);
            page::focus_first(&save, &mut memory.greeted);
            if save.clicked() {
                actions.push(Done::File(Action::Save));
                closes = true;
            }
            if Button::secondary("Save as\u{2026}").key("Ctrl+Shift+S").show(ui, theme).clicked() {
                opens = Some(Sheet::SaveAs);
            }
            if Button::secondary("Earlier copies").key("Ctrl+Shift+E").show(ui, theme).clicked() {
                actions.push(Done::File(Action::ShowCopies));
                opens = Some(Sheet::Copies);
            }
            let practise = Button::secondary("Practise this call").key("Ctrl+Shift+P").enabled(view.can_be_played);
            if practise.show(ui, theme).clicked() {
                actions.push(Done::File(Action::Practise));
            }
        });
        ui.add_space(style::GRID);
        for group in KEYS {
            Card::new().show(ui, theme, |ui| {
                section_title(ui, theme, group.name);
                ui.spacing_mut().item_spacing.y = style::GRID / 2.0;
                ui.spacing_mut().interact_size.y = theme.scaled(24.0);
                for (key, does) in group.keys {
                    if theme.one_column(ui.ctx().viewport_rect().width()) {
                        key_cap(ui, theme, key);
                        paragraph(ui, theme, TextRole::Interface, theme.colors.ink, does);
                        ui.add_space(style::GRID / 2.0);
                        continue;
                    }
                    ui.horizontal(|ui| {
                        let from = ui.cursor().left();
                        key_cap(ui, theme, key);
                        let used = ui.cursor().left() - from;
                        ui.add_space((theme.scaled(190.0) - used).max(0.0));
                        paragraph(ui, theme, TextRole::Interface, theme.colors.ink, does);
                    });
                }
            });
        }
        let place = page::anywhere(ui, theme, &view.place);
        ui.ctx().accesskit_node_builder(place.id, |node| node.set_role(accesskit::Role::Label));
        if let Some(sheet) = opens {
            memory.open(sheet, view);
        } else if closes {
            memory.close();
        }
    });
}
