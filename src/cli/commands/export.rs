//! `simmer export`: a scenario for other people's tools.

use crate::cli::Outcome;
use crate::cli::args::Export;
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::cli::output;
use crate::cli::terminal::Terminal;
use crate::export::{csv, script, twee};

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, export: &Export) -> Result<Outcome, Error> {
    let (of, write): (_, fn(&crate::scenario::Scenario) -> String) = match export {
        Export::Twee(of) => (of, twee),
        Export::Csv(of) => (of, csv),
        Export::Script(of) => (of, script),
    };
    let (_, scenario) = Home::open(&of.folders)?.scenario(&of.scenario)?;
    output::deliver(terminal, of.output.as_deref(), &write(&scenario))?;
    Ok(Outcome::Fine)
}
