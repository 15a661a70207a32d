//! `simmer` without a verb: the window.

use crate::cli::Outcome;
use crate::cli::args::Window;
use crate::cli::error::Error;

// SEAM: the only place at which the command line and the window meet. The window gets its options here, returns when it
// is closed, and its error for a missing display becomes one line that offers the terminal game.
#[cfg(feature = "desktop")]
#[expect(clippy::disallowed_methods, reason = "the person named the script on the command line")]
pub(in crate::cli) fn run(window: &Window) -> Result<Outcome, Error> {
    use crate::desktop::theme::{Appearance, Scale};
    use crate::desktop::{DesktopOptions, dev_tools};

    let mut options = DesktopOptions::default();
    if window.dark {
        options.appearance = Appearance::Dark;
    }
    if let Some(percent) = window.scale {
        options.scale = Scale::percent(percent);
    }
    if let Some(path) = &window.script {
        let text = std::fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let script = dev_tools::script::Script::parse(&String::from_utf8_lossy(&text))
            .map_err(|error| Error::Script { path: path.clone(), words: error.to_string() })?;
        options.rehearsal = Some(dev_tools::Rehearsal { script, folder: ".".into() });
    }
    crate::desktop::run(options)?;
    Ok(Outcome::Fine)
}

/// This build has none.
#[cfg(not(feature = "desktop"))]
pub(in crate::cli) fn run(_window: &Window) -> Result<Outcome, Error> {
    Err(Error::NoWindow)
}
