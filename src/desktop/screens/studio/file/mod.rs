//! The file on the bench: how it stands, and what is asked about it on a page over the panes.

mod clash;
mod data;
mod sheets;

pub use data::{Asks, ClashSeen, Facts, OfferSeen, View, ago};
pub use sheets::{Memory, Sheet, draw_sheet};

use std::path::PathBuf;

use crate::studio::keeping::Resolution;

/// What the trainer wants done about the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Save,
    /// Under a name or a path as it was typed; replacing what is there only where that was said.
    SaveAs {
        typed: String,
        replaces: bool,
    },
    ShowCopies,
    Restore(PathBuf),
    /// Goes on with the draft that was found.
    TakeDraft,
    /// Looks at the file as it is.
    LeaveDraft,
    /// Compares what both have written.
    Compare,
    /// Not now.
    DecideLater,
    Decide {
        clash: u64,
        resolution: Resolution,
    },
    /// Plays the call in the real conversation.
    Practise,
}
