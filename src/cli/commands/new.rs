//! `simmer new`: a scenario to begin with.

use std::path::Path;

use serde::Serialize;

use crate::authoring::new::scaffold;
use crate::cli::Outcome;
use crate::cli::args::New;
use crate::cli::error::Error;
use crate::cli::output;
use crate::cli::page::Line;
use crate::cli::terminal::Terminal;
use crate::diagnostic::OutputFormat;

/// The version of the JSON.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    file: &'a str,
    id: &'a str,
}

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, new: &New) -> Result<Outcome, Error> {
    // Whoever types the name of the file means the scenario.
    let name = new.name.strip_suffix(".ron").unwrap_or(&new.name);
    let text = scaffold(name, new.title.as_deref(), new.channel.into()).map_err(|error| Error::Unclear {
        mend: format!("`simmer new {}` would do.", error.instead),
        asked: error.to_string(),
    })?;
    let path = new.output.as_deref().unwrap_or(Path::new("")).join(format!("{name}.ron"));
    output::write_new(&path, &text)?;
    let file = path.display().to_string();
    match new.format {
        OutputFormat::Json => terminal.write_document(SCHEMA, &Written { file: &file, id: name })?,
        OutputFormat::Short => terminal.write(&format!("{file}\n"))?,
        OutputFormat::Full => {
            terminal.show(&Line::plain(format!("Written to {file}. It is a whole call: try it, then change it.")))?;
            for (command, what) in [("play", "takes the call"), ("check", "says what is wrong after a change")] {
                terminal.show(&Line::plain(format!("simmer {command} {file}")).indented(2))?;
                terminal.show(&Line::quiet(what).indented(6))?;
            }
        }
    }
    Ok(Outcome::Fine)
}
