//! `simmer fmt`: files laid out.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::authoring::fmt::{NotFormatted, format_file};
use crate::cli::Outcome;
use crate::cli::args::Fmt;
use crate::cli::error::{Error, counted};
use crate::cli::output;
use crate::cli::page::Line;
use crate::cli::terminal::Terminal;
use crate::diagnostic::render::render;
use crate::diagnostic::{Checked, OutputFormat};

/// The version of the JSON. A field may be added under the same number; none is taken away or changes its meaning.
const SCHEMA: u32 = 1;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, fmt: &Fmt) -> Result<Outcome, Error> {
    if fmt.paths == [Path::new("-")] {
        return pipe(terminal, fmt);
    }
    let mut files = Vec::new();
    for path in &fmt.paths {
        if path.is_dir() {
            below(path, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    let mut looked = Vec::new();
    for path in files {
        let bytes = output::read(&path)?;
        let state = match format_file(&path.display().to_string(), &bytes) {
            Err(refused) => State::Refused(refused),
            Ok(text) if text.as_bytes() == bytes => State::Fine,
            Ok(text) => {
                if !fmt.check {
                    output::replace(&path, &text)?;
                }
                State::Laid
            }
        };
        looked.push((path, state));
    }
    tell(terminal, fmt, &looked)?;
    let is_fine = |(_, state): &(PathBuf, State)| match state {
        State::Fine => true,
        State::Laid => !fmt.check,
        State::Refused(_) => false,
    };
    Ok(if looked.is_empty() {
        Outcome::NotDone
    } else if looked.iter().all(is_fine) {
        Outcome::Fine
    } else {
        Outcome::Problems
    })
}

/// What became of a file.
enum State {
    /// It was laid out so already.
    Fine,
    /// It was laid out anew, or would be.
    Laid,
    Refused(NotFormatted),
}

/// Standard input to standard output, for editors.
fn pipe(terminal: &mut Terminal<'_>, fmt: &Fmt) -> Result<Outcome, Error> {
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Read { path: PathBuf::from("the standard input"), source })?;
    match format_file("<stdin>", &bytes) {
        Ok(text) if fmt.check => Ok(if text.as_bytes() == bytes { Outcome::Fine } else { Outcome::Problems }),
        Ok(text) => {
            terminal.write(&text)?;
            Ok(Outcome::Fine)
        }
        // Nothing but the formatted text may stand on the standard output: an editor would put it into the file.
        Err(refused) => {
            let text = render(fmt.format, &[checked(&refused)], false);
            Err(Error::Refused { text })
        }
    }
}

fn checked(refused: &NotFormatted) -> Checked<'_> {
    Checked { source: &refused.source, findings: &refused.findings }
}

/// The RON files of a folder and of all below it, sorted. Hidden ones are an editor's, and links to folders may lead in a
/// circle.
fn below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let unread = |source| Error::Read { path: folder.to_owned(), source };
    let listed = std::fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = listed.map_err(unread)?;
    entries.retain(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            below(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) {
            files.push(path);
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    files: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    file: String,
    /// `fine`, `changed`, `would-change` or `refused`.
    result: &'static str,
    /// Why it was refused.
    problems: Vec<&'a str>,
}

fn tell(terminal: &mut Terminal<'_>, fmt: &Fmt, looked: &[(PathBuf, State)]) -> Result<(), Error> {
    if fmt.format == OutputFormat::Json {
        let files = looked.iter().map(|(path, state)| Row {
            file: path.display().to_string(),
            result: match state {
                State::Fine => "fine",
                State::Laid if fmt.check => "would-change",
                State::Laid => "changed",
                State::Refused(_) => "refused",
            },
            problems: match state {
                State::Refused(refused) => refused.findings.iter().map(|found| found.message.as_str()).collect(),
                _ => Vec::new(),
            },
        });
        return terminal.write_document(SCHEMA, &Document { files: files.collect() });
    }
    let refused = looked.iter().filter_map(|(_, state)| match state {
        State::Refused(refused) => Some(checked(refused)),
        _ => None,
    });
    let refused: Vec<_> = refused.collect();
    terminal.write(&render(fmt.format, &refused, terminal.has_colour()))?;
    if fmt.format == OutputFormat::Full && !refused.is_empty() {
        terminal.show(&Line::empty())?;
    }
    let laid: Vec<_> = looked.iter().filter(|(_, state)| matches!(state, State::Laid)).collect();
    for (path, _) in &laid {
        terminal.write(&format!("{}\n", path.display()))?;
    }
    let what = if fmt.check { "would change" } else { "laid out anew" };
    let mut words = format!("{}: {} {what}", counted(looked.len(), "file"), laid.len());
    if !refused.is_empty() {
        words.push_str(&format!(", {} left as they are: not well written", refused.len()));
    }
    terminal.show(&Line::plain(words))?;
    Ok(())
}
