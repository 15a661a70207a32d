//! What a player may ask about themselves, and how long anything is kept (`leaderboards`, "Access").

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::attempts::read_attempt;
use super::players::player_must_be;
use super::rows::{Columns, unexpected};
use super::settings::settings;
use super::starts::read_start;
use super::{Result, Store, audit, in_turn, places};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Everything that is kept about a player, but the hashes of their secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlayerExport {
    pub player: Uuid,
    pub alias: String,
    pub real_name: Option<String>,
    pub team: Option<String>,
    pub listed: bool,
    pub joined: Timestamp,
    pub devices: Vec<Value>,
    pub starts: Vec<Value>,
    /// With the files themselves, while they are kept.
    pub attempts: Vec<Value>,
    pub sessions: Vec<Value>,
    /// What administrators did about this player.
    pub audit: Vec<Value>,
}

impl Store {
    /// # Errors
    /// [`Thing::Player`](super::Thing::Player) not found.
    pub async fn export_player(&self, player: Uuid) -> Result<PlayerExport> {
        let mut read = self.pools.read().await?;
        let known = player_must_be(&mut read, player).await?;
        let id = player.to_string();
        let mut about = async |sql: &'static str| sqlx::query(sql).bind(&id).fetch_all(&mut *read).await;
        let people = about("SELECT real_name FROM people WHERE player = $1").await?;
        let devices = about("SELECT id, name, added, last_seen, revoked FROM tokens WHERE player = $1 ORDER BY added");
        let devices = devices.await?;
        let starts = about("SELECT * FROM starts WHERE player = $1 ORDER BY issued, id").await?;
        let attempts = about(
            "SELECT a.*, f.body, f.observed FROM attempts a LEFT JOIN files f ON f.attempt = a.id WHERE a.player = $1 \
             ORDER BY a.received, a.id",
        );
        let attempts = attempts.await?;
        let sessions = about("SELECT began, expires FROM sessions WHERE player = $1 ORDER BY began").await?;
        let acts = about("SELECT done_at, act, detail FROM audit WHERE about = $1 ORDER BY number").await?;
        Ok(PlayerExport {
            player,
            alias: known.alias,
            real_name: people.first().map(|row| row.text("real_name")).transpose()?,
            team: known.team_name,
            listed: known.listed,
            joined: known.joined,
            devices: devices.iter().map(device).collect::<Result<_>>()?,
            starts: starts.iter().map(start).collect::<Result<_>>()?,
            attempts: attempts.iter().map(attempt).collect::<Result<_>>()?,
            sessions: sessions.iter().map(session).collect::<Result<_>>()?,
            audit: acts.iter().map(act).collect::<Result<_>>()?,
        })
    }

    /// Deletes all that is kept about a player, in one transaction. The audit log keeps the id and nothing else.
    ///
    /// # Errors
    /// [`Thing::Player`](super::Thing::Player) not found.
    pub async fn delete_player(&self, player: Uuid, by: &str, now: Timestamp) -> Result<()> {
        let id = player.to_string();
        in_turn!(self, |transaction| {
            player_must_be(&mut transaction, player).await?;
            for attempt in places::firsts_of(&mut transaction, player).await? {
                places::take_off(&mut transaction, attempt).await?;
            }
            // Whatever was counted for them or for one of their devices.
            let devices =
                sqlx::query("SELECT id FROM tokens WHERE player = $1").bind(&id).fetch_all(&mut *transaction).await?;
            let devices: Vec<String> = devices.iter().map(|row| row.text("id")).collect::<Result<_>>()?;
            for counted in devices.iter().chain([&id]) {
                sqlx::query("DELETE FROM limits WHERE what LIKE $1")
                    .bind(format!("%{counted}%"))
                    .execute(&mut *transaction)
                    .await?;
            }
            // The rest goes with the player: see the foreign keys.
            sqlx::query("DELETE FROM players WHERE id = $1").bind(&id).execute(&mut *transaction).await?;
            places::changed(&mut transaction, "").await?;
            audit::add(&mut transaction, by, "delete-player", &id, &json!({}), now).await?;
        })?;
        self.pools.scrub().await
    }

    /// Drops the files of attempts, and what statistics are made of, where their season ended longer ago than
    /// [`Settings::retention_days`](super::Settings::retention_days). Scores stay. Gives how many were dropped.
    pub async fn drop_old(&self, now: Timestamp) -> Result<u64> {
        let dropped = in_turn!(self, |transaction| {
            let days = i64::from(settings(&mut transaction).await?.retention_days);
            let dropped = sqlx::query(
                "DELETE FROM files WHERE attempt IN (SELECT a.id FROM attempts a JOIN seasons s ON s.id = a.season \
                 WHERE s.ends < $1)",
            )
            .bind(now.as_millisecond().saturating_sub(days.saturating_mul(DAY)))
            .execute(&mut *transaction)
            .await?;
            if dropped.rows_affected() > 0 {
                // Statistics are made of them.
                places::changed(&mut transaction, "").await?;
            }
            dropped.rows_affected()
        })?;
        if dropped > 0 {
            self.pools.scrub().await?;
        }
        Ok(dropped)
    }
}

fn device(row: &AnyRow) -> Result<Value> {
    Ok(json!({
        "id": row.text("id")?,
        "name": row.maybe_text("name")?,
        "added": row.time("added")?,
        "last_seen": row.maybe_time("last_seen")?,
        "revoked": row.maybe_time("revoked")?,
    }))
}

fn start(row: &AnyRow) -> Result<Value> {
    let given = read_start(row)?;
    let mut value = serde_json::to_value(&given.start).map_err(|_| unexpected("start"))?;
    value["slot"] = given.slot.into();
    value["attempt"] = json!(given.attempt);
    Ok(value)
}

fn attempt(row: &AnyRow) -> Result<Value> {
    let kept = read_attempt(row)?;
    Ok(json!({
        "attempt": kept.attempt,
        "start": kept.start,
        "season": kept.season,
        "scenario": kept.scenario,
        "scenario_hash": kept.scenario_hash.to_string(),
        "rules": kept.rules,
        "mode": kept.mode,
        "received": kept.received,
        "standing": kept.standing,
        "outcome": kept.judged.outcome,
        "overall": kept.judged.overall,
        "points": kept.judged.points,
        "skills": kept.judged.skills,
        "is_final": kept.judged.is_final,
        "flags": kept.flags,
        "invalid": kept.invalid,
        "file": kept.body,
        "observed": row.maybe_text("observed")?,
    }))
}

fn session(row: &AnyRow) -> Result<Value> {
    Ok(json!({ "began": row.time("began")?, "expires": row.time("expires")? }))
}

fn act(row: &AnyRow) -> Result<Value> {
    Ok(json!({ "at": row.time("done_at")?, "act": row.text("act")?, "detail": row.text("detail")? }))
}
