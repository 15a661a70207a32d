//! Settings: how it looks, how it is played, the person's name, and their data. Every change applies at once.
//!
//! `Memory` is to be new whenever the screen is entered: it takes the name and the team from the settings then.

mod data;
mod keys;
mod records;
#[cfg(test)]
mod tests;
mod ui;

pub use data::{Contrast, Deleting, Elsewhere, Erasing, LookAs, Place, SettingsView, View};
pub use keys::{KEYS, KeyGroup};
pub use records::{RecordAction, RecordsNow, Sending, StoreNow, TypedStore};
pub use ui::{Memory, draw};

use crate::dialogue::Mode;

/// Where data is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    Here,
    /// First at the team's service, and then here.
    AtTheTeamToo,
}

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
    /// About records for a learning system.
    Records(RecordAction),
    /// Asked for twice, and meant.
    DeleteMyData(Where),
    /// Thought better of, after it did not go as it should.
    KeepMyData,
    Back,
}
