//! `simmer check`: all that is wrong in scenario files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::Outcome;
use crate::cli::args::Check;
use crate::cli::error::{Error, counted};
use crate::cli::page::Line;
use crate::cli::terminal::Terminal;
use crate::diagnostic::render::render;
use crate::diagnostic::{Checked, Diagnostic, OutputFormat, Severity, SourceFile};
use crate::library::{Entry, Library, open_file};

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, check: &Check) -> Result<Outcome, Error> {
    let looked: Vec<(SourceFile, Vec<Diagnostic>)> = entries(&check.paths)?.iter().map(|entry| looked(entry)).collect();
    let checked: Vec<_> = looked.iter().map(|(source, findings)| Checked { source, findings }).collect();
    let text = render(check.format, &checked, terminal.has_colour());
    terminal.write(&text)?;
    let count = |severity| {
        looked.iter().flat_map(|(_, findings)| findings).filter(|finding| finding.severity == severity).count()
    };
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

/// The files that were named, those of the folders that were named, or those that come with Simmer.
fn entries(paths: &[PathBuf]) -> Result<Vec<Arc<Entry>>, Error> {
    if paths.is_empty() {
        return Ok(Library::open(None, &[]).entries().map(Arc::clone).collect());
    }
    let mut entries = Vec::new();
    for path in paths {
        if path.is_dir() {
            entries.extend(in_folder(path)?.iter().map(|path| Arc::new(open_file(path))));
        } else if path.exists() {
            entries.push(Arc::new(open_file(path)));
        } else {
            return Err(Error::NotThere { path: path.clone() });
        }
    }
    Ok(entries)
}

/// The scenario files of a folder and of all below it, sorted. Hidden ones are an editor's, not an author's.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |source| Error::Read { path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        // Links to folders are not followed: they may lead in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(in_folder(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// A file's findings in the order of its text.
fn looked(entry: &Entry) -> (SourceFile, Vec<Diagnostic>) {
    let errors = entry.scenario.as_ref().err().into_iter().flatten();
    let mut findings: Vec<_> = errors.chain(&entry.warnings).cloned().collect();
    findings.sort_by_key(|finding| finding.span);
    (entry.source.clone(), findings)
}
