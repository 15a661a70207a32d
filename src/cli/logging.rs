//! A log file that a person can send along with a question. It holds no names and none of what was typed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

use crate::settings::Folders;

/// From this size on the log is set aside as the previous one and begun anew, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// The folder of the log: below `data` if that is given, else where the system names one.
pub(super) fn folder(data: Option<&Path>) -> Option<PathBuf> {
    Folders::find(data).ok().map(|folders| folders.log)
}

/// Where the log lies, for the person.
pub(super) fn place(folder: Option<&Path>) -> String {
    folder.map_or_else(|| "none: no folder for it is known".to_owned(), |folder| file(folder).display().to_string())
}

/// The log in its folder.
fn file(folder: &Path) -> PathBuf {
    folder.join("simmer.log")
}

fn previous(folder: &Path) -> PathBuf {
    folder.join("simmer.previous.log")
}

/// Sends what is traced to the log. Where that cannot be, the program runs without one.
pub(super) fn set_up(folder: &Path) {
    let Ok(log) = Log::open(folder, LARGEST) else { return };
    let filter = EnvFilter::try_from_env("SIMMER_LOG").unwrap_or_else(|_| EnvFilter::new("warn,simmer=info"));
    // An error means that something traces already: a test, or a window that was quicker.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(Mutex::new(log)).with_ansi(false);
    // A log that cannot be written, on a full disk, is no reason to write across the game.
    let _ = log.log_internal_errors(false).try_init();
}

/// A file that does not grow beyond a size: then it becomes the previous one.
struct Log {
    folder: PathBuf,
    file: File,
    size: u64,
    largest: u64,
}

impl Log {
    fn open(folder: &Path, largest: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let file = OpenOptions::new().create(true).append(true).open(file(folder))?;
        let size = file.metadata()?.len();
        Ok(Self { folder: folder.to_owned(), file, size, largest })
    }

    fn set_aside(&mut self) -> io::Result<()> {
        fs::rename(file(&self.folder), previous(&self.folder))?;
        *self = Self::open(&self.folder, self.largest)?;
        Ok(())
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.size >= self.largest {
            self.set_aside()?;
        }
        let written = self.file.write(bytes)?;
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_becomes_the_previous_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = Log::open(folder.path(), 10).unwrap();
        for line in ["first line\n", "second line\n", "third line\n"] {
            log.write_all(line.as_bytes()).unwrap();
        }
        let size = |path: PathBuf| fs::metadata(path).unwrap().len();
        assert_eq!(size(previous(folder.path())), "second line\n".len() as u64);
        assert_eq!(size(file(folder.path())), "third line\n".len() as u64);
    }
}
