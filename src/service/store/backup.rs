//! Copies of the whole database.

use std::path::Path;

use super::{Result, Store};

impl Store {
    /// Writes a copy of an `SQLite` database while it is in use. `to` must not be there yet.
    ///
    /// # Errors
    /// [`StoreError::Backup`](super::StoreError::Backup) on `PostgreSQL`, which has `pg_dump`.
    pub async fn backup(&self, _to: &Path) -> Result<()> {
        todo!()
    }
}

/// Puts a copy made by [`Store::backup`] in the place of an `SQLite` database that nobody has open. What was there is
/// kept beside it as `….before-restore`.
///
/// # Errors
/// [`StoreError::Backup`](super::StoreError::Backup) where the copy is no sound database of a service.
pub async fn restore(_from: &Path, _database: &Path) -> Result<()> {
    todo!()
}
