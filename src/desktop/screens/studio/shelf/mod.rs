//! Opening a file, or beginning one.

mod data;
mod ui;

pub use data::{File, Given, Group, Offered, Unsaved, View};
pub use ui::{Memory, draw};

use std::path::PathBuf;

use crate::scenario::vocabulary::Channel;

/// What the trainer wants here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Goes on with a text that is not saved, by the key of its place.
    GoOn(String),
    Open(PathBuf),
    /// A copy of a scenario that comes with Simmer, by the name of its file.
    OpenCopy(String),
    /// A path or an id, as it was typed.
    OpenTyped(String),
    Begin(Beginning),
}

/// A scenario that is to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    pub title: String,
    pub id: String,
    /// None for an empty file.
    pub channel: Option<Channel>,
    /// Where it is to lie, where that is known already.
    pub path: Option<PathBuf>,
}
