//! Why a command could not run, and how to mend it.

use std::io;
use std::path::PathBuf;

use crate::attempt::StoreError;
use crate::library::NoSuchScenario;
use crate::settings::NoHome;

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("{} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} does not exist", path.display())]
    NotThere { path: PathBuf },
    #[error("{} has no scenario in it that can be played", path.display())]
    NoScenarios { path: PathBuf },
    #[error("the output cannot be written: {0}")]
    Write(#[from] io::Error),
    #[error(transparent)]
    NoSuchScenario(#[from] NoSuchScenario),
    #[error("{} cannot be played: {} in it", file.display(), counted(*problems, "problem"))]
    Unplayable { file: PathBuf, problems: usize },
    #[error("{} cannot be brought up to date: {} in it", path.display(), counted(*problems, "problem"))]
    UnreadableCatalogue { path: PathBuf, problems: usize },
    #[error("stopped before anything was proved")]
    NotProved,
    #[error("nothing in this scenario is called {name}.{meant}")]
    NoSuchElement { name: String, meant: String },
    #[error("there is no rule \"{name}\"{}", meant.map_or_else(String::new, |meant| format!("; did you mean \"{meant}\"?")))]
    NoSuchRule { name: String, meant: Option<&'static str> },
    #[error(transparent)]
    Serve(#[from] crate::lsp::ServeError),
    #[error(transparent)]
    NoHome(#[from] NoHome),
    #[error("{} is there already", path.display())]
    Exists { path: PathBuf },
    #[error("{} could not be written: {source}", path.display())]
    CannotWrite { path: PathBuf, source: io::Error },
    #[error("the text is not well written, and is left as it is:\n{text}")]
    Refused { text: String },
    #[error("{asked}")]
    Unclear { asked: String, mend: String },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Board(#[from] crate::board::AddError),
    #[error(transparent)]
    Records(#[from] crate::settings::RecordSettingsError),
    #[error(transparent)]
    NotKept(#[from] crate::attempt::atomic::WriteError),
    #[error("the result cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[cfg(feature = "desktop")]
    #[error(transparent)]
    Window(#[from] crate::desktop::DesktopError),
    #[cfg(feature = "desktop")]
    #[error("{}: {words}", path.display())]
    Script { path: PathBuf, words: String },
    /// With how to mend it.
    #[cfg(feature = "desktop")]
    #[error("{words}")]
    Studio { words: String },
    #[cfg(not(feature = "desktop"))]
    #[error("this build of Simmer has no window")]
    NoWindow,
    /// With how to mend it.
    #[cfg(feature = "online")]
    #[error("{words}")]
    Team { words: String },
    #[cfg(not(feature = "online"))]
    #[error("this build of Simmer speaks with no team service")]
    NotOnline,
    #[cfg(feature = "server")]
    #[error(transparent)]
    Start(#[from] crate::service::StartError),
    #[cfg(feature = "server")]
    #[error(transparent)]
    Database(#[from] crate::service::store::StoreError),
    #[cfg(not(feature = "server"))]
    #[error("this build of Simmer has no team service")]
    NoService,
}

impl Error {
    /// What to do about it, in one sentence.
    pub(super) fn mend(&self) -> Option<String> {
        Some(match self {
            Self::Read { .. } => "Check that it exists and that you may read it.".to_owned(),
            Self::NotThere { .. } => "Check the spelling; a name with spaces in it needs quotes.".to_owned(),
            Self::NoScenarios { path } => {
                format!("`simmer check {}` shows what there is, and what is wrong with it.", path.display())
            }
            Self::Exists { .. } => "It is left as it is; choose another name, or take it away first.".to_owned(),
            Self::CannotWrite { .. } => {
                "Check that the folder is there, that you may write to it, and that the disk has room.".to_owned()
            }
            Self::UnreadableCatalogue { .. } => {
                "Nothing was changed. `simmer check` on the scenario shows where; a tool for translators, such as Poedit, \
                 mends most of it by saving the file."
                    .to_owned()
            }
            Self::Unclear { mend, .. } => mend.clone(),
            Self::NoSuchScenario(_) => {
                "`simmer list` shows what there is; for scenarios that lie elsewhere, give their folder with \
                 `--scenarios DIR`."
                    .to_owned()
            }
            Self::NotProved => "What is told needs no play; let it finish to know the rest.".to_owned(),
            Self::NoSuchElement { .. } => {
                "`--format json` names everything; scores are called best, worst, best-empathy and so on.".to_owned()
            }
            Self::NoSuchRule { .. } => "`simmer explain` lists all of them.".to_owned(),
            Self::Unplayable { file, .. } => {
                format!("`simmer check {}` shows them, with their places.", file.display())
            }
            #[cfg(feature = "desktop")]
            Self::Window(crate::desktop::DesktopError::NoDisplay { .. } | crate::desktop::DesktopError::NoGraphics) => {
                PLAY_HERE.to_owned()
            }
            #[cfg(feature = "desktop")]
            Self::Window(_) | Self::Script { .. } | Self::Studio { .. } => return None,
            #[cfg(not(feature = "desktop"))]
            Self::NoWindow => PLAY_HERE.to_owned(),
            #[cfg(feature = "online")]
            Self::Team { .. } => return None,
            #[cfg(not(feature = "online"))]
            Self::NotOnline => "Those that can be downloaded do.".to_owned(),
            #[cfg(feature = "server")]
            Self::Start(crate::service::StartError::Listen { .. }) => {
                "Another program may listen there, or a service that runs already: choose another with --listen and \
                 --metrics."
                    .to_owned()
            }
            #[cfg(feature = "server")]
            Self::Database(crate::service::store::StoreError::NotFound(_)) => {
                "Check the spelling; `simmer admin help` says what lists there are.".to_owned()
            }
            #[cfg(feature = "server")]
            Self::Start(_) | Self::Database(_) => return None,
            #[cfg(not(feature = "server"))]
            Self::NoService => "Build one with `cargo build --release --features server`.".to_owned(),
            Self::Serve(_) => "`simmer lsp` is for editors: docs/workshop.md says how to set one up.".to_owned(),
            Self::Refused { .. }
            | Self::NoHome(_)
            | Self::Write(_)
            | Self::Store(_)
            | Self::Board(_)
            | Self::Records(_)
            | Self::NotKept(_)
            | Self::Json(_) => return None,
        })
    }

    /// Whether the log may say more than the message does.
    pub(super) const fn is_unexpected(&self) -> bool {
        match self {
            // The file itself is at fault, and that has been said.
            Self::Store(StoreError::Read { .. }) => false,
            Self::Write(_) | Self::Store(_) | Self::Board(_) | Self::NotKept(_) | Self::Json(_) => true,
            #[cfg(feature = "desktop")]
            Self::Window(_) => true,
            #[cfg(feature = "server")]
            Self::Database(
                crate::service::store::StoreError::Unavailable(_) | crate::service::store::StoreError::Corrupt(_),
            ) => true,
            _ => false,
        }
    }

    /// Nobody reads the output any more: `simmer check | head`. That is not a failure.
    pub(super) fn is_a_closed_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

#[cfg(feature = "online")]
mod team {
    use super::Error;
    use crate::online::starts::NoStart;
    use crate::online::{CallError, FolderError, JoinError, PublishedError};

    /// Each of these says how to mend it.
    macro_rules! told {
        ($($error:ty),+) => {$(
            impl From<$error> for Error {
                fn from(error: $error) -> Self {
                    Self::Team { words: error.to_string() }
                }
            }
        )+};
    }

    told!(NoStart, CallError, FolderError, JoinError, PublishedError);
}

const PLAY_HERE: &str = "`simmer play` takes a call in this terminal.";

/// "1 problem", "3 problems".
pub(super) fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
