//! Scenario files: found, read and looked at.

use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::diagnostic::{Checked, Diagnostic, Severity, SourceFile};
use crate::scenario::Scenario;
use crate::scenario::parse::{decode, locate, parse};
use crate::scenario::resolve::resolve;

/// A scenario file and all that was found in it.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) source: SourceFile,
    pub(super) findings: Vec<Diagnostic>,
    /// None where any finding is an error.
    pub(super) scenario: Option<Scenario>,
}

impl Looked {
    pub(super) fn checked(&self) -> Checked<'_> {
        Checked { source: &self.source, findings: &self.findings }
    }

    pub(super) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Reads a file and looks for all that is wrong with it.
pub(super) fn look_at(path: &Path) -> Result<Looked, Error> {
    let bytes = read(path)?;
    Ok(look_at_bytes(&path.display().to_string(), &bytes))
}

/// Looks for all that is wrong with a file's content.
pub(super) fn look_at_bytes(name: &str, bytes: &[u8]) -> Looked {
    let source = match decode(name, bytes) {
        Ok(source) => source,
        Err(refused) => return Looked { source: refused.source, findings: refused.findings, scenario: None },
    };
    let parsed = parse(&source);
    let mut findings = parsed.findings;
    let mut scenario = None;
    if let Some(document) = parsed.document {
        let resolved = resolve(&document);
        findings.extend(locate(&source, resolved.findings));
        scenario = resolved.scenario;
    }
    Looked { source, findings, scenario }
}

/// The files that the paths name: themselves, and the scenario files in folders among them and below, sorted.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut found = Vec::new();
            collect(path, &mut found)?;
            found.sort();
            files.extend(found);
        } else if path.exists() {
            files.push(path.clone());
        } else {
            return Err(Error::NotThere { path: path.clone() });
        }
    }
    Ok(files)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let unreadable = |source| Error::Read { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        // Links to folders are not followed: they may lead in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !is_hidden {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "ron") && !is_hidden {
            found.push(path);
        }
    }
    Ok(())
}

/// Reads a file that a person named.
#[expect(clippy::disallowed_methods, reason = "the person named the file on the command line")]
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Error::NotThere { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    })
}
