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

/// Whether what takes its time may be written to a file once it is there: asked before it begins. The folder is not made
/// yet where it is missing.
pub(super) fn may_deliver(path: &Path) -> Result<(), Error> {
    let fail = |source: io::Error| Error::CannotWrite { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    if path.exists() {
        // What may only be read is refused even where its folder would let it be replaced.
        OpenOptions::new().append(true).open(path).map_err(fail)?;
    }
    // A link is followed, as it is when the file is written.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folders = real.ancestors().skip(1);
    let standing = folders.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let standing = standing.filter(|folder| folder.symlink_metadata().is_ok()).take(1);
    for folder in standing {
        if !folder.is_dir() {
            return Err(fail(io::ErrorKind::NotADirectory.into()));
        }
        // It is gone again at once, even if the program is killed where the system can see to it.
        tempfile::tempfile_in(folder).map_err(fail)?;
    }
    Ok(())
}

/// As [`may_deliver`], for a file of a person's own, that must not be there yet.
pub(super) fn may_write_new(path: &Path) -> Result<(), Error> {
    if path.symlink_metadata().is_ok() {
        return Err(Error::Exists { path: path.to_owned() });
    }
    may_deliver(path)
}

/// Reads a file that the person named.
#[expect(clippy::disallowed_methods, reason = "the person named the file on the command line")]
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Error::NotThere { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    })
}
