//! Why a command could not run, and how to mend it.

use std::io;
use std::path::PathBuf;

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("{path} cannot be read: {source}", path = path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} does not exist", path = path.display())]
    NotThere { path: PathBuf },
    #[error("the output cannot be written: {0}")]
    Write(#[from] io::Error),
    #[error("there is no display here to open a window on")]
    NoDisplay,
    #[error("this build of Simmer has no window")]
    NoWindow,
}

impl Error {
    /// What to do about it, in one sentence.
    pub(super) fn mend(&self) -> Option<String> {
        Some(match self {
            Self::Read { .. } => "Check that the file exists and that you may read it.".to_owned(),
            Self::NotThere { .. } => "Check the spelling; names with spaces need quotes.".to_owned(),
            Self::NoDisplay | Self::NoWindow => "`simmer play` plays in this terminal.".to_owned(),
            Self::Write(_) => return None,
        })
    }

    /// Nobody reads the output any more: `simmer check | head`. That is not a failure.
    pub(super) fn is_a_closed_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
