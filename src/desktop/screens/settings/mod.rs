//! Settings: how it looks, how it is played, the person's name, and their data. Every change applies at once.
//!
//! `Memory` is to be new whenever the screen is entered: it takes the name and the team from the settings then.

mod data;
mod keys;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Contrast, Erasing, LookAs, Place, SettingsView, View};
pub use keys::{KEYS, KeyGroup};
pub use ui::{Memory, draw};

use crate::dialogue::Mode;

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Per cent, 100 to 200.
    SetTextSize(u16),
    SetLook(LookAs),
    SetContrast(Contrast),
    SetReducedMotion(bool),
    /// In words what the drawing shows.
    SetCaptions(bool),
    SetMoodWord(bool),
    SetMode(Mode),
    /// Per cent, 50 to 200.
    SetSpeechRate(u16),
    /// One of [`SettingsView::languages`].
    SetLanguage(String),
    SetSound(bool),
    /// Per cent, 0 to 100.
    SetVolume(u16),
    /// Trimmed, 1 to 40 characters.
    SetName(String),
    /// Trimmed, 1 to 40 characters; `None` for no team.
    SetTeam(Option<String>),
    /// Writes all that is kept about the person into one file; [`SettingsView::exported`] then says where.
    ExportMyData,
    /// Asked for twice, and meant.
    DeleteMyData,
    Back,
}
