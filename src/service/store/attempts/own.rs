//! A player's own past: attempts, and starts that nothing came of.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::standing;
use crate::service::store::rows::Columns;
use crate::service::store::{Result, Store};
use crate::team::protocol::{LARGEST_PAGE, OwnAttempt, OwnAttempts, Standing};

impl Store {
    /// A player's own attempts, and the starts that expired without one, the latest first. `cursor` is what the page
    /// before gave; one that is none of ours begins at the top.
    pub async fn own_attempts(
        &self,
        player: Uuid,
        cursor: Option<&str>,
        limit: u32,
        now: Timestamp,
    ) -> Result<OwnAttempts> {
        let limit = limit.clamp(1, LARGEST_PAGE);
        let (before, id) = cursor.and_then(read_cursor).unwrap_or((i64::MAX, String::new()));
        let mut rows = sqlx::query(
            "SELECT x.id, x.attempt, x.scenario, x.season, x.begun, x.slot, x.is_final, x.invalid, x.points, \
             COALESCE(s.title, x.scenario) AS title FROM ( \
             SELECT b.id, b.attempt, b.scenario, b.full_hash, b.season, b.issued AS begun, b.slot, a.is_final, \
             a.invalid, a.points FROM starts b LEFT JOIN attempts a ON a.start_id = b.id \
             WHERE b.player = $1 AND (b.attempt IS NOT NULL OR b.expires <= $2) \
             UNION ALL SELECT a.id, a.id, a.scenario, a.scenario_hash, a.season, a.received, a.slot, a.is_final, \
             a.invalid, a.points FROM attempts a WHERE a.player = $1 AND a.start_id IS NULL \
             ) AS x LEFT JOIN scenarios s ON s.full_hash = x.full_hash \
             WHERE x.begun < $3 OR (x.begun = $3 AND x.id < $4) ORDER BY x.begun DESC, x.id DESC LIMIT $5",
        )
        .bind(player.to_string())
        .bind(now.as_millisecond())
        .bind(before)
        .bind(id)
        .bind(i64::from(limit) + 1)
        .fetch_all(self.pools.reader())
        .await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = match rows.last().filter(|_| more) {
            Some(last) => Some(format!("{}.{}", last.number("begun")?, last.text("id")?)),
            None => None,
        };
        Ok(OwnAttempts { attempts: rows.iter().map(read_own).collect::<Result<_>>()?, next })
    }
}

fn read_cursor(cursor: &str) -> Option<(i64, String)> {
    let (begun, id) = cursor.split_once('.')?;
    Some((begun.parse().ok()?, id.parse::<Uuid>().ok()?.to_string()))
}

fn read_own(row: &AnyRow) -> Result<OwnAttempt> {
    let attempt = row.maybe_id("attempt")?;
    let standing = match row.maybe_number("is_final")? {
        Some(is_final) => standing(row.number("slot")?, is_final != 0, row.maybe_text("invalid")?.is_some()),
        None => Standing::NotFinished,
    };
    Ok(OwnAttempt {
        attempt,
        scenario: row.text("scenario")?,
        title: row.text("title")?,
        season: row.parsed("season")?,
        begun: row.time("begun")?,
        standing,
        points: row.maybe_number("points")?.and_then(|points| u32::try_from(points).ok()),
    })
}
