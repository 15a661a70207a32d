//! What statistics are made of, read in a stream.

use std::pin::Pin;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use tokio_stream::{Stream, StreamExt as _};
use uuid::Uuid;

use super::attempts::standing;
use super::rows::Columns;
use super::{Result, Store};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;
use crate::team::protocol::Standing;

/// Which attempts. What is none does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObservedOf {
    /// The slug.
    pub scenario: Option<String>,
    /// A version of it.
    pub full_hash: Option<Hash>,
    pub season: Option<Uuid>,
    pub team: Option<Uuid>,
    /// Received from then on.
    pub from: Option<Timestamp>,
    /// Received before.
    pub until: Option<Timestamp>,
}

/// What is kept of an attempt for statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedRow {
    pub attempt: Uuid,
    pub player: Uuid,
    pub season: Uuid,
    pub scenario_hash: Hash,
    pub mode: Mode,
    pub received: Timestamp,
    pub standing: Standing,
    /// As it was given to [`Store::record`].
    pub observed: String,
}

impl Store {
    /// The attempts that were not invalidated and whose time is not over, by their ids.
    pub fn observed(&self, of: &ObservedOf) -> Pin<Box<dyn Stream<Item = Result<ObservedRow>> + Send + '_>> {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let rows = sqlx::query(
            "SELECT a.id, a.player, a.season, a.scenario_hash, a.mode, a.received, a.slot, a.is_final, f.observed \
             FROM attempts a JOIN files f ON f.attempt = a.id JOIN players p ON p.id = a.player \
             WHERE a.invalid IS NULL AND ($1 = '' OR a.scenario = $1) AND ($2 = '' OR a.scenario_hash = $2) \
             AND ($3 = '' OR a.season = $3) AND ($4 = '' OR p.team = $4) AND a.received >= $5 AND a.received < $6 \
             ORDER BY a.id",
        )
        .bind(of.scenario.clone().unwrap_or_default())
        .bind(of.full_hash.map(|hash| hash.to_string()).unwrap_or_default())
        .bind(id(of.season))
        .bind(id(of.team))
        .bind(of.from.map_or(i64::MIN, Timestamp::as_millisecond))
        .bind(of.until.map_or(i64::MAX, Timestamp::as_millisecond))
        .fetch(self.pools.reader());
        Box::pin(rows.map(|row| read_observed(&row?)))
    }
}

fn read_observed(row: &AnyRow) -> Result<ObservedRow> {
    Ok(ObservedRow {
        attempt: row.parsed("id")?,
        player: row.parsed("player")?,
        season: row.parsed("season")?,
        scenario_hash: row.parsed("scenario_hash")?,
        mode: row.mode("mode")?,
        received: row.time("received")?,
        standing: standing(row.number("slot")?, row.truth("is_final")?, false),
        observed: row.text("observed")?,
    })
}
