//! `simmer check`: all that is wrong in scenario files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::Outcome;
use crate::cli::args::Check;
use crate::cli::error::{Error, counted};
use crate::cli::page::Line;
use crate::cli::terminal::Terminal;
use crate::diagnostic::render::render;
use crate::diagnostic::{Checked, Diagnostic, OutputFormat, Severity, SourceFile};
use crate::library::{Entry, Library, is_plan, is_scenario, open_file};
use crate::scenario::finding::{self, Finding, Level, Part};
use crate::scenario::parse::{Misspelt, locate};

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, check: &Check) -> Result<Outcome, Error> {
    let mut looked = look(&check.paths);
    tell_doubles(&mut looked);
    let checked: Vec<_> =
        looked.iter().map(|looked| Checked { source: &looked.source, findings: &looked.findings }).collect();
    let text = render(check.format, &checked, terminal.has_colour());
    terminal.write(&text)?;
    let count = |severity| {
        looked.iter().flat_map(|looked| &looked.findings).filter(|finding| finding.severity == severity).count()
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
    Ok(if looked.iter().any(|looked| looked.entry.is_none()) {
        Outcome::NotDone
    } else if errors > 0 {
        Outcome::Problems
    } else {
        Outcome::Fine
    })
}

/// What was found in a file, or of a path that leads to none.
struct Looked {
    source: SourceFile,
    /// In the order of the text.
    findings: Vec<Diagnostic>,
    /// None where there was nothing to look at.
    entry: Option<Arc<Entry>>,
}

impl Looked {
    fn at(entry: Arc<Entry>) -> Self {
        let errors = entry.scenario.as_ref().err().into_iter().flatten();
        let mut findings: Vec<_> = errors.chain(&entry.warnings).cloned().collect();
        findings.sort_by_key(|finding| finding.span);
        Self { source: entry.source.clone(), findings, entry: Some(entry) }
    }

    fn in_vain(path: &Path, why: Diagnostic) -> Self {
        Self { source: SourceFile::new(path.display().to_string(), ""), findings: vec![why], entry: None }
    }

    fn id(&self) -> Option<&str> {
        self.entry.as_ref()?.slug()
    }

    /// Says of one more thing about the file, at its id.
    fn warn_at_id(&mut self, message: String) {
        let finding = Finding {
            rule: "duplicate-id",
            level: Level::Warning,
            path: finding::Path::default().field("id"),
            part: Part::Value,
            message,
            expected: None,
            help: Some("give this file an id of its own".to_owned()),
            first: None,
        };
        self.findings.extend(locate(&self.source, &Misspelt::new(), vec![finding]));
        self.findings.sort_by_key(|finding| finding.span);
    }
}

/// The files that were named, those of the folders that were named, or those that come with Simmer.
fn look(paths: &[PathBuf]) -> Vec<Looked> {
    if paths.is_empty() {
        return Library::open(None, &[]).entries().map(|entry| Looked::at(Arc::clone(entry))).collect();
    }
    let mut looked = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = looked.len();
            look_in_folder(path, &mut looked);
            if looked.len() == before {
                let why = Diagnostic::error("no-scenarios", "There are no scenarios in this folder")
                    .expected("at least one file whose name ends in `.ron`")
                    .help("check that this is the folder that was meant");
                looked.push(Looked::in_vain(path, why));
            }
        } else if path.exists() && is_plan(path) {
            // Among `*.ron` it is no surprise.
            if paths.len() > 1 {
                continue;
            }
            let why = Diagnostic::error("not-a-scenario", "This is a plan, and no scenario")
                .help("`simmer test` plays plans; check the scenario that it is for");
            looked.push(Looked::in_vain(path, why));
        } else if path.exists() {
            looked.push(Looked::at(Arc::new(open_file(path))));
        } else {
            let why = Diagnostic::error("not-there", "Nothing of this name is here")
                .help("check the spelling; a name with spaces in it needs quotes");
            looked.push(Looked::in_vain(path, why));
        }
    }
    looked
}

/// The scenario files of a folder and of all below it, sorted. Hidden ones are an editor's, not an author's.
fn look_in_folder(folder: &Path, looked: &mut Vec<Looked>) {
    let listed = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut entries = match listed {
        Ok(entries) => entries,
        Err(error) => {
            let why = Diagnostic::error("unreadable-file", format!("This folder could not be read: {error}"))
                .help("check that you may read it");
            looked.push(Looked::in_vain(folder, why));
            return;
        }
    };
    entries.retain(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        // Links to folders are not followed: they may lead in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            look_in_folder(&path, looked);
        } else if is_scenario(&path) {
            looked.push(Looked::at(Arc::new(open_file(&path))));
        }
    }
}

/// Warns of files with the id of another one, of those that are looked at or that come with Simmer: the library plays
/// only one of them. A copy that plays like the shipped one is as good as it.
fn tell_doubles(looked: &mut [Looked]) {
    let shipped = Library::open(None, &[]);
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, looked) in looked.iter().enumerate() {
        if let Some(id) = looked.id() {
            by_id.entry(id.to_owned()).or_default().push(place);
        }
    }
    for (id, places) in by_id {
        for &place in &places {
            let Some(entry) = looked[place].entry.clone() else { continue };
            let here = where_it_lies(&entry);
            let among_these = places.iter().filter(|other| **other != place).find_map(|other| {
                let other = looked[*other].entry.as_ref()?;
                (where_it_lies(other) != here).then(|| other.source.name().to_owned())
            });
            let hash = |entry: &Entry| entry.scenario.as_ref().ok().map(|scenario| scenario.hashes.full);
            let among_shipped = || {
                let mut shipped = shipped.entries().filter(|shipped| shipped.slug() == Some(&id));
                let shipped = shipped.find(|shipped| hash(shipped) != hash(&entry))?;
                Some(format!("The shipped {}", shipped.file_name))
            };
            if let Some(other) = among_these.or_else(among_shipped) {
                let message = format!("{other} has the id `{id}` as well: only one of the two is played");
                looked[place].warn_at_id(message);
            }
        }
    }
}

/// The file itself, by whatever way it was named.
fn where_it_lies(entry: &Entry) -> Option<PathBuf> {
    let path = entry.path.as_deref()?;
    Some(path.canonicalize().unwrap_or_else(|_| path.to_owned()))
}
