//! `simmer` without a verb: the window.

use crate::cli::Outcome;
use crate::cli::error::Error;

// SEAM: the only place at which the command line and the window meet. `desktop::run` takes the options of the command
// line and returns when the window is closed; its error for a missing display becomes `Error::NoDisplay`.
#[cfg(feature = "desktop")]
pub(in crate::cli) fn run() -> Result<Outcome, Error> {
    use crate::desktop::{DesktopError, DesktopOptions};

    match crate::desktop::run(DesktopOptions::default()) {
        Ok(()) => Ok(Outcome::Fine),
        Err(DesktopError::NoDisplay) => Err(Error::NoDisplay),
        Err(error) => Err(Error::Write(std::io::Error::other(error))),
    }
}

/// This build has none.
#[cfg(not(feature = "desktop"))]
pub(in crate::cli) fn run() -> Result<Outcome, Error> {
    Err(Error::NoWindow)
}
