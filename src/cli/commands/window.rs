//! `simmer` without a verb, and `simmer studio`: the window.

use crate::cli::Outcome;
use crate::cli::args::{Studio, Window};
use crate::cli::error::Error;
use crate::cli::terminal::Terminal;

/// A script meets the same customers each time.
#[cfg(feature = "desktop")]
const REHEARSED_SEED: u64 = 1;

/// Opens the window and returns when it is closed. Its error for a missing display becomes one line that offers the
/// terminal game. `studio`: opens in Studio, with a file where one is named.
#[cfg(feature = "desktop")]
#[expect(clippy::disallowed_methods, reason = "the person named the script on the command line")]
pub(in crate::cli) fn run(
    terminal: &mut Terminal<'_>,
    window: &Window,
    studio: Option<&Studio>,
) -> Result<Outcome, Error> {
    use crate::cli::page::Line;
    use crate::desktop::desk::Desk;
    use crate::desktop::{DesktopOptions, dev_tools};
    use crate::settings::{Folders, Percent, Theme};

    let folders = Folders::find(window.folders.data.as_deref())?;
    let mut desk = Desk::open(folders, &window.folders.scenarios);
    if let Some(studio) = studio {
        desk.begin_in_studio(studio.file.as_deref()).map_err(|words| Error::Studio { words })?;
    }
    let preferences = desk.settings.preferences_mut();
    if window.dark {
        preferences.theme = Theme::Dark;
    }
    if let Some(percent) = window.scale {
        preferences.text_scale = Percent::new(percent);
    }
    let rehearsal = match &window.script {
        Some(path) => {
            let text = std::fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
            let script = dev_tools::script::Script::parse(&String::from_utf8_lossy(&text))
                .map_err(|error| Error::Script { path: path.clone(), words: error.to_string() })?;
            desk.fixed_seed = Some(REHEARSED_SEED);
            Some(dev_tools::Rehearsal { script, folder: window.pictures.clone() })
        }
        None => None,
    };
    for figure in crate::desktop::run(DesktopOptions { desk, rehearsal })? {
        terminal.show(&Line::plain(figure))?;
    }
    Ok(Outcome::Fine)
}

/// This build has none.
#[cfg(not(feature = "desktop"))]
pub(in crate::cli) fn run(
    _terminal: &mut Terminal<'_>,
    _window: &Window,
    _studio: Option<&Studio>,
) -> Result<Outcome, Error> {
    Err(Error::NoWindow)
}
