//! `simmer check`: all that is wrong in scenario files.

use std::io::IsTerminal;

use crate::cli::Outcome;
use crate::cli::args::Check;
use crate::cli::content::{self, Looked};
use crate::cli::error::{Error, counted};
use crate::cli::page::Line;
use crate::cli::shelf;
use crate::cli::terminal::Terminal;
use crate::diagnostic::render::render;
use crate::diagnostic::{OutputFormat, Severity};

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, check: &Check) -> Result<Outcome, Error> {
    let looked: Vec<Looked> = if check.paths.is_empty() {
        shelf::shipped()
    } else {
        content::files(&check.paths)?.iter().map(|path| content::look_at(path)).collect::<Result<_, _>>()?
    };
    let checked: Vec<_> = looked.iter().map(Looked::checked).collect();
    // What is not a terminal, or asks for no colour, gets none: the writer behind `Terminal` takes it out.
    let colour = std::io::stdout().is_terminal();
    let text = render(check.format, &checked, colour);
    terminal.write(&text)?;
    let count = |severity| looked.iter().map(|looked| looked.count(severity)).sum::<usize>();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if check.format != OutputFormat::Json {
        if check.format == OutputFormat::Full && !text.is_empty() {
            terminal.show(&Line::empty())?;
        }
        let files = counted(looked.len(), "file");
        let words = format!("{files}, {}, {}", counted(errors, "error"), counted(warnings, "warning"));
        terminal.show(&Line::plain(words))?;
    }
    Ok(if errors > 0 { Outcome::Problems } else { Outcome::Fine })
}
