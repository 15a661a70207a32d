//! Teams.

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::rows::Columns;
use super::{Conflict, Result, Store, StoreError, Thing, audit, in_turn, places};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: Uuid,
    pub name: String,
    /// Players in it, listed or not.
    pub players: u64,
}

impl Store {
    /// Makes a team, or gives one another name. `key` is what must differ from team to team, computed from the name as
    /// a player's alias key is.
    ///
    /// # Errors
    /// [`Conflict::NameTaken`].
    pub async fn put_team(&self, id: Uuid, name: &str, key: &str, by: &str, now: Timestamp) -> Result<()> {
        in_turn!(self, |transaction| {
            let taken = sqlx::query("SELECT id FROM teams WHERE name_key = $1 AND id <> $2")
                .bind(key)
                .bind(id.to_string())
                .fetch_optional(&mut *transaction)
                .await?;
            if taken.is_some() {
                Err(Conflict::NameTaken)?;
            }
            sqlx::query(
                "INSERT INTO teams (id, name, name_key) VALUES ($1, $2, $3) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key",
            )
            .bind(id.to_string())
            .bind(name)
            .bind(key)
            .execute(&mut *transaction)
            .await?;
            places::changed(&mut transaction, "").await?;
            audit::add(&mut transaction, by, "put-team", &id.to_string(), &json!({ "name": name }), now).await?;
        })
    }

    /// All teams, by name.
    pub async fn teams(&self) -> Result<Vec<Team>> {
        let rows = sqlx::query(
            "SELECT id, name, (SELECT COUNT(*) FROM players WHERE players.team = teams.id) AS players FROM teams \
             ORDER BY name, id",
        )
        .fetch_all(self.pools.reader())
        .await?;
        let read = |row: &sqlx::any::AnyRow| {
            Ok(Team { id: row.parsed("id")?, name: row.text("name")?, players: row.small("players")? })
        };
        rows.iter().map(read).collect()
    }

    /// Drops a team that nobody is in.
    ///
    /// # Errors
    /// [`Conflict::TeamNotEmpty`], [`Thing::Team`] not found.
    pub async fn drop_team(&self, id: Uuid, by: &str, now: Timestamp) -> Result<()> {
        in_turn!(self, |transaction| {
            let player = sqlx::query("SELECT id FROM players WHERE team = $1 LIMIT 1")
                .bind(id.to_string())
                .fetch_optional(&mut *transaction)
                .await?;
            if player.is_some() {
                Err(Conflict::TeamNotEmpty)?;
            }
            let dropped =
                sqlx::query("DELETE FROM teams WHERE id = $1").bind(id.to_string()).execute(&mut *transaction).await?;
            if dropped.rows_affected() == 0 {
                Err(StoreError::NotFound(Thing::Team))?;
            }
            audit::add(&mut transaction, by, "drop-team", &id.to_string(), &json!({}), now).await?;
        })
    }
}
