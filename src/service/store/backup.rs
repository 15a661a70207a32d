//! Copies of the whole database.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::{Result, Store, StoreError, backend};

impl Store {
    /// Writes a copy of an `SQLite` database while it is in use. `to` must not be there yet.
    ///
    /// # Errors
    /// [`StoreError::Backup`] where the copy is there already or cannot be written, and on `PostgreSQL`, which has
    /// `pg_dump`.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        let failed = |error: io::Error| not_written(to, &error);
        // Made here, so that nobody else may read it; `SQLite` takes an empty file.
        create_private(to).map_err(failed)?;
        if let Err(error) = self.pools.copy(to).await {
            let _ = std::fs::remove_file(to);
            return Err(error);
        }
        File::open(to).and_then(|file| file.sync_all()).map_err(failed)
    }
}

/// Puts a copy made by [`Store::backup`] in the place of an `SQLite` database that nobody has open. What was there is
/// kept beside it as `….before-restore`.
///
/// # Errors
/// [`StoreError::Backup`] where the copy is no sound database of a service, or a service has the database open.
pub async fn restore(from: &Path, database: &Path) -> Result<()> {
    backend::examine(from).await?;
    let _alone = backend::lock_alone(database)?;
    let failed = |error: io::Error| not_written(database, &error);
    let (coming, before) = (beside(database, "-restoring"), beside(database, ".before-restore"));
    match std::fs::remove_file(&coming) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let mut target = create_private(&coming).map_err(failed)?;
    let copied = File::open(from).and_then(|mut source| io::copy(&mut source, &mut target));
    copied.and_then(|_| target.sync_all()).map_err(failed)?;
    // The log of the old database belongs to it: it must not be played into the new one.
    for suffix in ["", "-wal", "-shm"] {
        match std::fs::rename(beside(database, suffix), beside(&before, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    std::fs::rename(&coming, database).map_err(failed)?;
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Not every system lets a folder be opened to make a renaming durable.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().map_err(failed)?;
    }
    Ok(())
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn not_written(path: &Path, error: &io::Error) -> StoreError {
    let mend = match error.kind() {
        io::ErrorKind::AlreadyExists => "Choose a name that is not there yet",
        io::ErrorKind::StorageFull => "Make room on the disk",
        _ => "Look whether the folder is there and may be written to",
    };
    StoreError::Backup(format!("{} cannot be written: {error}. {mend}", path.display()))
}
