//! What is kept of a person besides their settings and their runs.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::attempt::atomic;
use crate::desktop::screens::conversation::Introduced;
use crate::settings::Folders;

/// Which controls they have met, and what they set out to do. Lenient to read: what is lost costs a hint or two.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Personal {
    pub introduced: Introduced,
    /// The if-then of the latest debrief.
    pub goal: Option<String>,
}

impl Personal {
    /// What is kept of this person, or nothing yet.
    pub fn load(folders: &Folders, player: &str) -> Self {
        #[expect(clippy::disallowed_methods, reason = "a file of the program's own data folder")]
        let text = std::fs::read_to_string(path(folders, player)).unwrap_or_default();
        ron::from_str(&text).unwrap_or_default()
    }

    /// Keeps it.
    ///
    /// # Errors
    /// When the data folder cannot be written to.
    pub fn save(&self, folders: &Folders, player: &str) -> Result<(), atomic::WriteError> {
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).unwrap_or_default();
        atomic::write(&path(folders, player), text.as_bytes())
    }

    /// Forgets it.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn forget(folders: &Folders, player: &str) -> Result<(), atomic::WriteError> {
        atomic::remove(&path(folders, player))
    }
}

/// A name can hold anything, a file name cannot: its hash stands for it.
pub(super) fn path(folders: &Folders, player: &str) -> PathBuf {
    let name = blake3::hash(player.as_bytes()).to_hex();
    folders.data.join("people").join(format!("{}.ron", &name[..16]))
}
