//! To be.

pub(super) mod words;

use egui::Ui;

use super::ui::Answer;
use crate::desktop::theme::Theme;
use crate::studio::Studio;

/// What the pane says.
#[derive(Debug)]
pub struct View {}

impl View {
    pub fn of(_studio: &Studio) -> Self {
        Self {}
    }
}

/// What the pane keeps.
#[derive(Debug, Default)]
pub struct Memory {}

/// What the trainer wants here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {}

/// Draws the pane. `caret`: where the caret stands in the text, in bytes.
pub fn draw(_ui: &mut Ui, _theme: &Theme, _view: &View, _caret: usize, _memory: &mut Memory, _answer: &mut Answer) {}
