//! `simmer import`: a story made elsewhere, as the draft of a scenario.

use std::path::Path;

use serde::Serialize;

use crate::authoring::import::{Draft, draft, read};
use crate::cli::Outcome;
use crate::cli::args::{Import, ImportTwee};
use crate::cli::error::{Error, counted};
use crate::cli::output;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::diagnostic::OutputFormat;

/// The version of the JSON.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Imported<'a> {
    file: Option<&'a str>,
    id: Option<&'a str>,
    nodes: usize,
    endings: usize,
    to_do: &'a [String],
    /// Why it is no story, where it is none.
    problem: Option<String>,
}

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, import: &Import) -> Result<Outcome, Error> {
    let Import::Twee(import) = import;
    let story = match read(&output::read(&import.file)?) {
        Ok(story) => story,
        Err(why) => {
            let words = format!("{} is no story in Twee: {why}.", import.file.display());
            if import.format == OutputFormat::Json {
                let nothing = Imported { file: None, id: None, nodes: 0, endings: 0, to_do: &[], problem: Some(words) };
                terminal.write_document(SCHEMA, &nothing)?;
            } else {
                terminal.show(&Line::new(Tone::Heat, words))?;
            }
            return Ok(Outcome::Problems);
        }
    };
    let stem = import.file.file_stem().unwrap_or_default().to_string_lossy();
    let draft = draft(&story, &stem);
    let path = import.output.clone().unwrap_or_else(|| Path::new(&format!("{}.ron", draft.id)).to_owned());
    output::write_new(&path, &draft.text)?;
    tell(terminal, import, &path.display().to_string(), &draft)?;
    Ok(Outcome::Fine)
}

fn tell(terminal: &mut Terminal<'_>, import: &ImportTwee, file: &str, draft: &Draft) -> Result<(), Error> {
    let Draft { id, to_do, nodes, endings, .. } = draft;
    match import.format {
        OutputFormat::Json => terminal.write_document(
            SCHEMA,
            &Imported { file: Some(file), id: Some(id), nodes: *nodes, endings: *endings, to_do, problem: None },
        )?,
        OutputFormat::Short => terminal.write(&format!("{file}\n"))?,
        OutputFormat::Full => {
            let counts = format!("{} and {}", counted(*nodes, "node"), counted(*endings, "ending"));
            terminal.show(&Line::plain(format!(
                "Written to {file}: a draft with {counts}. It plays, and is no scenario yet."
            )))?;
            terminal.show(&Line::empty())?;
            terminal.show(&Line::strong("To do"))?;
            for (number, what) in to_do.iter().enumerate() {
                terminal.show(&Line::numbered(number + 1, what.as_str()))?;
            }
        }
    }
    Ok(())
}
