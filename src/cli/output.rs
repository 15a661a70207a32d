//! Writing what a command has made: to a file that was named, or to the terminal.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::attempt::atomic;
use crate::cli::error::Error;
use crate::cli::terminal::Terminal;

/// Writes a file of a person's own. What stands there is never lost: it is refused.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    let fail = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_owned() },
        _ => Error::CannotWrite { path: path.to_owned(), source },
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|source| Error::CannotWrite { path: folder.to_owned(), source })?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(fail)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fail)
}

/// Replaces a file, so that a crash leaves either the old one or the new one, whole. A link stays one, and who may read
/// and write the file stays.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Error> {
    atomic::overwrite(path, text.as_bytes())
        .map_err(|error| Error::CannotWrite { path: error.path, source: error.source })
}

/// Writes what can be made again at any time: into the file that was named, or to the terminal.
pub(super) fn deliver(terminal: &mut Terminal<'_>, path: Option<&Path>, text: &str) -> Result<(), Error> {
    match path {
        Some(path) if path.exists() => replace(path, text),
        Some(path) => write_new(path, text),
        None => Ok(terminal.write(text)?),
    }
}

/// Reads a file that the person named.
#[expect(clippy::disallowed_methods, reason = "the person named the file on the command line")]
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Error::NotThere { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    })
}
