//! What the desk remembers of Studio's files.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::attempt::atomic;
use crate::desktop::screens::studio::file::{Asks, Facts};
use crate::settings::Folders;

/// How many files are remembered.
const MOST: usize = 10;

/// What the desk remembers of Studio's files.
#[derive(Debug, Default)]
pub(in crate::desktop::desk) struct Files {
    /// Files outside the library that were opened lately, the last one first.
    pub(super) recent: Vec<PathBuf>,
    /// What became of the text that lay on the bench.
    pub(super) note: Option<String>,
    /// Why what was asked for could not be done.
    pub(super) problem: Option<String>,
    /// A file that was named on the command line, and is not there yet.
    pub(super) offered: Option<PathBuf>,
    /// How often something was saved.
    pub(super) saves: u64,
    /// The window opens in Studio.
    pub(in crate::desktop::desk) opens_first: bool,
    /// The call that is on was begun in Studio.
    pub(super) comes_back: bool,
    asks: Option<Asks>,
    asked: u64,
    opened: u64,
}

impl Files {
    #[expect(clippy::disallowed_methods, reason = "this is where the list is read")]
    pub(in crate::desktop::desk) fn load(folders: &Folders) -> Self {
        let text = fs::read_to_string(list(folders)).unwrap_or_default();
        Self { recent: serde_json::from_str(&text).unwrap_or_default(), ..Self::default() }
    }

    pub(super) fn facts(&self, now: Timestamp) -> Facts<'_> {
        let Self { opened, saves, problem, asks, .. } = self;
        Facts { opened: *opened, saves: *saves, problem: problem.as_deref(), asks: asks.as_ref(), now }
    }

    /// Something else is done now: what was said about the last is over.
    pub(super) fn said_nothing(&mut self) {
        self.note = None;
        self.problem = None;
        self.asks = None;
    }

    /// Another text lies on the bench.
    pub(super) fn is_opened(&mut self) {
        self.opened += 1;
        self.said_nothing();
    }

    /// Asks for a name.
    pub(super) fn ask(&mut self, suggested: String, why: String, can_replace: bool) {
        self.asked += 1;
        self.asks = Some(Asks { number: self.asked, suggested, why, can_replace });
    }

    pub(super) fn remember(&mut self, path: &Path, folders: &Folders) {
        if self.recent.first().is_some_and(|first| first == path) {
            return;
        }
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST);
        let written = serde_json::to_string(&self.recent).map_err(|error| error.to_string());
        let kept =
            written.and_then(|text| atomic::write(&list(folders), text.as_bytes()).map_err(|error| error.to_string()));
        if let Err(error) = kept {
            tracing::warn!("the list of files was not kept: {error}");
        }
    }
}

fn list(folders: &Folders) -> PathBuf {
    folders.data.join("studio").join("recent.json")
}
