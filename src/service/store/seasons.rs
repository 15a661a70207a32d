//! Seasons: stretches of time with boards of their own. One is open at a time.

use jiff::Timestamp;
use serde_json::json;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::rows::{Columns, kept};
use super::{Conflict, Result, Store, audit, in_turn, places};
use crate::team::protocol::Season;

/// A season to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSeason {
    pub id: Uuid,
    pub name: String,
    /// Ranked attempts a player has at each scenario.
    pub attempts: u32,
}

impl NewSeason {
    /// Ranked attempts a player has at each scenario, where nothing else is said.
    pub const ATTEMPTS: u32 = 3;
}

impl Store {
    /// The season that is open, if one is.
    pub async fn season(&self) -> Result<Option<Season>> {
        let mut read = self.pools.read().await?;
        open_season(&mut read).await
    }

    /// All seasons, the latest first.
    pub async fn seasons(&self) -> Result<Vec<Season>> {
        let rows = sqlx::query("SELECT id, name, starts, ends, attempts FROM seasons ORDER BY starts DESC, id DESC")
            .fetch_all(self.pools.reader())
            .await?;
        rows.iter().map(read_season).collect()
    }

    /// Opens a season.
    ///
    /// # Errors
    /// [`Conflict::SeasonOpen`]; [`Conflict::AnotherBody`] where the id was used.
    pub async fn open_season(&self, season: &NewSeason, by: &str, now: Timestamp) -> Result<Season> {
        in_turn!(self, |transaction| {
            if open_season(&mut transaction).await?.is_some() {
                Err(Conflict::SeasonOpen)?;
            }
            open(&mut transaction, season, by, now).await?
        })
    }

    /// Closes the open season, and opens the next in the same transaction where one is given. Starts that were given
    /// stay good until they expire.
    ///
    /// # Errors
    /// [`Conflict::NoSeason`].
    pub async fn close_season(&self, next: Option<&NewSeason>, by: &str, now: Timestamp) -> Result<Option<Season>> {
        in_turn!(self, |transaction| {
            let open_now = open_season(&mut transaction).await?.ok_or(Conflict::NoSeason)?;
            sqlx::query("UPDATE seasons SET ends = $1, is_open = NULL WHERE is_open = 1")
                .bind(now.as_millisecond())
                .execute(&mut *transaction)
                .await?;
            places::changed(&mut transaction, "").await?;
            audit::add(&mut transaction, by, "close-season", &open_now.id.to_string(), &json!({}), now).await?;
            match next {
                Some(next) => Some(open(&mut transaction, next, by, now).await?),
                None => None,
            }
        })
    }
}

async fn open(connection: &mut AnyConnection, season: &NewSeason, by: &str, now: Timestamp) -> Result<Season> {
    let id = season.id.to_string();
    if season_by_id(connection, season.id).await?.is_some() {
        Err(Conflict::AnotherBody)?;
    }
    sqlx::query("INSERT INTO seasons (id, name, starts, attempts, is_open) VALUES ($1, $2, $3, $4, 1)")
        .bind(&id)
        .bind(&season.name)
        .bind(now.as_millisecond())
        .bind(i64::from(season.attempts))
        .execute(&mut *connection)
        .await?;
    places::changed(connection, "").await?;
    let detail = json!({ "name": season.name, "attempts": season.attempts });
    audit::add(connection, by, "open-season", &id, &detail, now).await?;
    Ok(Season { id: season.id, name: season.name.clone(), starts: kept(now)?, ends: None, attempts: season.attempts })
}

pub(super) async fn open_season(connection: &mut AnyConnection) -> Result<Option<Season>> {
    let row = sqlx::query("SELECT id, name, starts, ends, attempts FROM seasons WHERE is_open = 1")
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read_season).transpose()
}

pub(super) async fn season_by_id(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Season>> {
    let row = sqlx::query("SELECT id, name, starts, ends, attempts FROM seasons WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read_season).transpose()
}

/// The one that is open, or the last that was.
pub(super) async fn latest_season(connection: &mut AnyConnection) -> Result<Option<Season>> {
    let row = sqlx::query(
        "SELECT id, name, starts, ends, attempts FROM seasons ORDER BY COALESCE(is_open, 0) DESC, ends DESC LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_season).transpose()
}

fn read_season(row: &AnyRow) -> Result<Season> {
    Ok(Season {
        id: row.parsed("id")?,
        name: row.text("name")?,
        starts: row.time("starts")?,
        ends: row.maybe_time("ends")?,
        attempts: row.small("attempts")?,
    })
}
