//! `simmer admin`: looking after a team service, on its database itself.

use crate::cli::Outcome;
use crate::cli::args::Admin;
use crate::cli::error::Error;
use crate::cli::terminal::Terminal;

#[cfg(feature = "server")]
mod lists;
#[cfg(feature = "server")]
mod work;

#[cfg(feature = "server")]
pub(in crate::cli) use work::run;

/// This build has no service to look after.
#[cfg(not(feature = "server"))]
pub(in crate::cli) fn run(_terminal: &mut Terminal<'_>, _admin: &Admin) -> Result<Outcome, Error> {
    Err(Error::NoService)
}
