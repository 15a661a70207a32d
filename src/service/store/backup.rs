//! Copies of the whole database: always one `SQLite` file, laid out as this program lays out a service's, whichever
//! database it was made of. Put back into the other kind it is how a service moves.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, AssertSqlSafe};

use super::backend::{Engine, Pools};
use super::catalogue::Catalogue;
use super::{Database, Result, Store, StoreError, backend, moving};

impl Store {
    /// Writes a copy of the database as it is at one moment, while it is in use. `to` must not be there yet.
    ///
    /// # Errors
    /// [`StoreError::Backup`] where the copy is there already or cannot be written.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        let failed = |error: io::Error| not_written(to, &error);
        // Made here, so that nobody else may read it; `SQLite` takes an empty file.
        create_private(to).map_err(failed)?;
        let written = match self.pools.engine() {
            Engine::Sqlite => self.pools.copy(to).await,
            Engine::Postgres => self.copy_rows(to).await,
        };
        if let Err(error) = written {
            let _ = std::fs::remove_file(to);
            return Err(error);
        }
        File::open(to).and_then(|file| file.sync_all()).map_err(failed)
    }

    /// Writes all rows into a database of the other kind, in a folder beside `to` that only its owner may look into,
    /// and a copy of that one to `to`.
    async fn copy_rows(&self, to: &Path) -> Result<()> {
        let failed = |error: io::Error| not_written(to, &error);
        let folder = tempfile::Builder::new().prefix(".simmer-backup-").tempdir_in(folder_of(to)).map_err(failed)?;
        let file = Pools::open(&Database::Sqlite(folder.path().join("service.sqlite"))).await?;
        let copied = async {
            // All of it as it is at one moment, whatever is written meanwhile.
            let (mut from, mut into) = (self.pools.read().await?, file.write().await?);
            let layout = common_layout((&mut from, Engine::Postgres), (&mut into, Engine::Sqlite)).await?;
            moving::fill(&mut from, &mut into, &layout).await?;
            into.commit().await?;
            file.copy(to).await
        };
        let copied = copied.await;
        file.close().await;
        copied
    }
}

/// Puts a copy made by [`Store::backup`] in the place of an `SQLite` database that nobody has open, or into a
/// `PostgreSQL` database that holds nothing yet. What was in an `SQLite` file is kept beside it as `….before-restore`.
///
/// # Errors
/// [`StoreError::Backup`] where the copy is no sound database of a service, a service has the `SQLite` database open, or
/// the `PostgreSQL` database holds something; [`StoreError::Newer`] where a newer program made it. Nothing is changed
/// then.
pub async fn restore(from: &Path, database: &Database) -> Result<()> {
    backend::examine(from).await?;
    match database {
        Database::Sqlite(path) => put_in_place(from, path),
        Database::Postgres(address) => fill_postgres(from, address).await,
    }
}

async fn fill_postgres(from: &Path, address: &str) -> Result<()> {
    if backend::is_of_others(address).await? {
        return Err(not_empty("there are tables of something else in it"));
    }
    let failed = |error: io::Error| StoreError::Backup(format!("there is no room for a copy of the file: {error}"));
    let folder = tempfile::tempdir().map_err(failed)?;
    let [copy, new] = ["copy.sqlite", "new.sqlite"].map(|name| folder.path().join(name));
    // Opened it is brought up to date, and the file itself stays as it is.
    copy_privately(from, &copy).map_err(failed)?;
    let source = Pools::open(&Database::Sqlite(copy)).await?;
    let new = Pools::open(&Database::Sqlite(new)).await?;
    let target = Pools::open(&Database::Postgres(address.to_owned())).await?;
    let filled = async {
        let (mut from, mut into, mut new) = (source.read().await?, target.write().await?, new.read().await?);
        let layout = common_layout((&mut from, Engine::Sqlite), (&mut into, Engine::Postgres)).await?;
        // A service that is started in this moment waits, and then finds what was put there.
        let tables: Vec<_> = layout.tables.keys().map(|name| moving::quoted(name)).collect();
        let locking = format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", tables.join(", "));
        sqlx::query(AssertSqlSafe(locking)).execute(&mut *into).await?;
        is_as_new(&mut into, &mut new, &layout).await?;
        moving::fill(&mut from, &mut into, &layout).await?;
        into.commit().await?;
        target.settle().await.unwrap_or_else(|error| tracing::warn!(%error, "PostgreSQL plans without figures"));
        Ok(())
    };
    let filled = filled.await;
    for pools in [source, new, target] {
        pools.close().await;
    }
    filled
}

/// What tables both have, where they are laid out in the same way, as they are when this program has opened both.
async fn common_layout(
    (one, one_is): (&mut AnyConnection, Engine),
    (other, other_is): (&mut AnyConnection, Engine),
) -> Result<Catalogue> {
    let (layout, other) = (Catalogue::read(one, one_is).await?, Catalogue::read(other, other_is).await?);
    match layout.difference(&other) {
        None => Ok(layout),
        Some(difference) => {
            let words = format!("the two databases are not laid out alike: {difference}. Nothing was copied");
            Err(StoreError::Backup(words))
        }
    }
}

/// Whether a database holds what its layout brings, and nothing more.
async fn is_as_new(database: &mut AnyConnection, new: &mut AnyConnection, layout: &Catalogue) -> Result<()> {
    for (name, table) in &layout.tables {
        let (here, brought) = (moving::count(database, name).await?, moving::count(new, name).await?);
        if here > brought {
            return Err(not_empty(&format!("its table {name} has {here} rows")));
        }
        if moving::rows(database, name, table).await? != moving::rows(new, name, table).await? {
            return Err(not_empty(&format!("its table {name} was changed")));
        }
    }
    Ok(())
}

fn not_empty(why: &str) -> StoreError {
    let mend = "A copy is put into an empty database alone: make one (`createdb`) and name it with --database";
    StoreError::Backup(format!("the database is in use: {why}, and nothing was changed. {mend}"))
}

fn put_in_place(from: &Path, database: &Path) -> Result<()> {
    let _alone = backend::lock_alone(database)?;
    let failed = |error: io::Error| not_written(database, &error);
    let (coming, before) = (beside(database, "-restoring"), beside(database, ".before-restore"));
    match std::fs::remove_file(&coming) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    copy_privately(from, &coming).map_err(failed)?;
    // The log of the old database belongs to it: it must not be played into the new one.
    for suffix in ["", "-wal", "-shm"] {
        match std::fs::rename(beside(database, suffix), beside(&before, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    std::fs::rename(&coming, database).map_err(failed)?;
    // Not every system lets a folder be opened to make a renaming durable.
    if let Ok(folder) = File::open(folder_of(database)) {
        folder.sync_all().map_err(failed)?;
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn copy_privately(from: &Path, to: &Path) -> io::Result<()> {
    let mut target = create_private(to)?;
    io::copy(&mut File::open(from)?, &mut target)?;
    target.sync_all()
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
