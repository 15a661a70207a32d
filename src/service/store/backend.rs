//! All that differs between the two back ends.

use std::path::PathBuf;

use super::Result;

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A file, made when it is not there.
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

impl std::fmt::Debug for Database {
    /// Without the address, which may hold a password.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => formatter.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(_) => formatter.debug_tuple("Postgres").finish_non_exhaustive(),
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Pools;

impl Pools {
    pub(super) async fn open(_database: &Database) -> Result<Self> {
        todo!()
    }

    pub(super) async fn close(&self) {
        todo!()
    }
}
