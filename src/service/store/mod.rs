//! The service's database: who plays, what was given out, what came back, and how it ranks (`leaderboards`, "Team
//! service").
//!
//! One code base over two back ends, an embedded `SQLite` file and `PostgreSQL`; what differs between them stands in
//! `backend`. Every write is one transaction, and those that depend on what they read stand in one line behind each
//! other, on all replicas: what is true on one back end is true on the other.
//!
//! The store reads no clock and draws no chance: times, ids, seeds and secrets are its arguments. It never sees a
//! secret itself, only hashes of secrets. Times are kept to the millisecond.

mod attempts;
mod audit;
mod backend;
mod backup;
mod boards;
mod catalogue;
mod error;
mod limits;
mod lists;
mod moving;
mod observed;
mod places;
mod players;
mod privacy;
mod rows;
mod scenarios;
mod seasons;
mod settings;
mod starts;
mod teams;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod tokens;

pub use attempts::{Judged, KeptAttempt, Recorded, Submission};
pub use audit::AuditRow;
pub use backend::Database;
pub use backup::restore;
pub use boards::Asked;
pub use error::{Conflict, StoreError, Thing};
pub use limits::Limit;
pub use lists::{InviteCounts, ListPage, PlayersAsked};
pub use observed::{ObservedOf, ObservedRow};
pub use players::{Invited, Joining, Player, PlayerRow};
pub use privacy::PlayerExport;
pub use scenarios::{Assignment, Published, ToPublish};
pub use seasons::NewSeason;
pub use settings::Settings;
pub use starts::GivenStart;
pub use teams::Team;
pub use tokens::{KeptToken, NewToken, Who};

use std::sync::Arc;

use super::cache::Cache;

/// Runs a block in a transaction that writes, and again where others were in the way. `?` inside of it undoes all.
macro_rules! in_turn {
    ($store:expr, |$transaction:ident| $body:expr) => {{
        let mut tries = 0_u32;
        loop {
            let outcome = async {
                let mut $transaction = $store.pools.write().await?;
                let value = $body;
                $transaction.commit().await?;
                Ok::<_, $crate::service::store::StoreError>(value)
            };
            match outcome.await {
                Err($crate::service::store::StoreError::Busy) if tries < $crate::service::store::TRIES => tries += 1,
                other => break other,
            }
        }
    }};
}
use in_turn;

/// How often a write that others were in the way of is tried again.
const TRIES: u32 = 3;

/// The database. Cheap to clone; all clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pools: backend::Pools,
    line: attempts::Line,
    kept_medians: Arc<Cache<boards::MediansOf, boards::Medians>>,
}

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Opens a database, makes it if there is none, and brings its layout up to date. Several programs may do so at
    /// once.
    ///
    /// # Errors
    /// [`StoreError::Newer`] where a newer program has been at work, [`StoreError::Open`] and [`StoreError::Address`]
    /// where there is nothing to open.
    pub async fn open(database: &Database) -> Result<Self> {
        Ok(Self {
            pools: backend::Pools::open(database).await?,
            line: attempts::Line::default(),
            kept_medians: Arc::new(Cache::new(boards::MOST_KEPT)),
        })
    }

    /// Lets go of all connections. What was acknowledged is kept without it.
    pub async fn close(&self) {
        self.pools.close().await;
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> Result<()> {
        sqlx::query("SELECT one FROM service").execute(self.pools.reader()).await?;
        Ok(())
    }
}
