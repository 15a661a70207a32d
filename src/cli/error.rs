//! Why a command could not run, and how to mend it.

use std::io;
use std::path::PathBuf;

use crate::attempt::{CannotResume, NotInputs, StoreError};

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("{} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} does not exist", path.display())]
    NotThere { path: PathBuf },
    #[error("the output cannot be written: {0}")]
    Write(#[from] io::Error),
    #[error("there is no scenario \"{name}\"")]
    NoSuchScenario { name: String, meant: Option<String> },
    #[error("\"{name}\" cannot be played: {} in it", counted(*problems, "problem"))]
    Unplayable { name: String, problems: usize },
    #[error("no folder for your attempts is known: the system names no home")]
    NoHome,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{}: {source}", path.display())]
    NotInputs { path: PathBuf, source: NotInputs },
    #[error("the saved call cannot be played on: {0}")]
    CannotResume(#[from] CannotResume),
    #[error("the result cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[cfg_attr(not(feature = "desktop"), expect(dead_code, reason = "only a build with a window looks for a display"))]
    #[error("there is no display here to open a window on")]
    NoDisplay,
    #[cfg_attr(feature = "desktop", expect(dead_code, reason = "this build has a window"))]
    #[error("this build of Simmer has no window")]
    NoWindow,
}

impl Error {
    /// What to do about it, in one sentence.
    pub(super) fn mend(&self) -> Option<String> {
        Some(match self {
            Self::Read { .. } => "Check that it exists and that you may read it.".to_owned(),
            Self::NotThere { .. } => "Check the spelling; a name with spaces in it needs quotes.".to_owned(),
            Self::NoSuchScenario { meant: Some(meant), .. } => format!("Did you mean {meant}? `simmer list` shows all."),
            Self::NoSuchScenario { meant: None, .. } => "`simmer list` shows what there is.".to_owned(),
            Self::Unplayable { name, .. } => format!("`simmer check {name}` shows them, with their places."),
            Self::NoHome => "Name one: --data DIR.".to_owned(),
            Self::NoDisplay | Self::NoWindow => "`simmer play` takes a call in this terminal.".to_owned(),
            Self::NotInputs { .. } => "`simmer help replay` shows how a list of inputs is written.".to_owned(),
            Self::Write(_) | Self::Store(_) | Self::CannotResume(_) | Self::Json(_) => return None,
        })
    }

    /// Whether the log may say more than the message does.
    pub(super) const fn is_unexpected(&self) -> bool {
        matches!(self, Self::Write(_) | Self::Store(_) | Self::Json(_))
    }

    /// Nobody reads the output any more: `simmer check | head`. That is not a failure.
    pub(super) fn is_a_closed_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// "1 problem", "3 problems".
pub(super) fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
