//! Opening a file, or beginning one.

use egui::Ui;

use super::Action as Done;
use crate::desktop::screens::page::{self, Row};
use crate::desktop::theme::Theme;

/// What can be opened.
#[derive(Debug)]
pub struct View {
    pub files: Vec<File>,
}

/// A scenario file.
#[derive(Debug)]
pub struct File {
    /// What the library calls it: an id, or a path.
    pub name: String,
    pub title: String,
    pub place: String,
}

/// What the pane keeps.
#[derive(Debug, Default)]
pub struct Memory {}

/// What the trainer wants here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Open(String),
}

/// Draws the shelf.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, _memory: &mut Memory) -> Vec<Done> {
    let mut actions = Vec::new();
    page::page(ui, theme, "studio shelf", |ui| {
        if page::head(ui, theme, "Studio") {
            actions.push(Done::Leave);
        }
        for file in &view.files {
            let row = Row { name: &file.title, lines: &[&file.place], ..Row::default() };
            if page::row(ui, theme, &row).clicked() {
                actions.push(Done::Shelf(Action::Open(file.name.clone())));
            }
        }
    });
    actions
}
