//! Starts: leave to play one ranked run (`leaderboards`, "Ranked runs").

use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::players::player_must_be;
use super::rows::{Columns, mode_name, unexpected};
use super::scenarios::in_play;
use super::seasons::open_season;
use super::{Conflict, Result, Store, in_turn};
use crate::scenario::model::Hash;
use crate::team::protocol::{AskStart, Start};

const HOUR: i64 = 60 * 60 * 1000;

/// A start that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenStart {
    pub start: Start,
    pub player: Uuid,
    /// 1 for the one that is listed; counted when given.
    pub slot: u32,
    /// What came of it.
    pub attempt: Option<Uuid>,
    seed: u64,
}

impl GivenStart {
    /// The seed as a number.
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

impl Store {
    /// Hours for which a start is good that is played while the service is in reach: a call may be played over a day.
    pub const HOURS_ONLINE: u32 = 24;
    /// Hours for which one fetched ahead is good.
    pub const HOURS_AHEAD: u32 = 72;

    /// Gives leave to play. The same question has the same answer, whatever `seed` comes with it; it counts when given.
    ///
    /// # Errors
    /// [`Conflict`] `AnotherBody` (the id stands for another question or player), `NotPublished`, `NoSeason`,
    /// `NoneLeft`, `AheadOutstanding`; [`Thing::Player`](super::Thing::Player) not found.
    pub async fn issue_start(&self, player: Uuid, ask: &AskStart, seed: u64, now: Timestamp) -> Result<Start> {
        in_turn!(self, |transaction| issue(&mut transaction, player, ask, seed, now).await?)
    }

    /// A start by its id.
    pub async fn start(&self, id: Uuid) -> Result<Option<GivenStart>> {
        let mut connection = self.pools.reader().acquire().await?;
        start_by_id(&mut connection, id).await
    }
}

async fn issue(
    connection: &mut AnyConnection,
    player: Uuid,
    ask: &AskStart,
    seed: u64,
    now: Timestamp,
) -> Result<Start> {
    player_must_be(connection, player).await?;
    if let Some(given) = start_by_id(connection, ask.id).await? {
        let start = given.start;
        let same = given.player == player
            && start.full_hash.eq_ignore_ascii_case(&ask.full_hash)
            && (start.rules, start.mode, start.ahead) == (ask.rules, ask.mode, ask.ahead);
        return if same { Ok(start) } else { Err(Conflict::AnotherBody.into()) };
    }
    let hash: Hash = ask.full_hash.to_ascii_lowercase().parse().map_err(|_| Conflict::NotPublished)?;
    let row = sqlx::query("SELECT slug FROM scenarios WHERE full_hash = $1")
        .bind(hash.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    let scenario = row.ok_or(Conflict::NotPublished)?.text("slug")?;
    if in_play(connection, &scenario).await? != Some(hash) {
        return Err(Conflict::NotPublished.into());
    }
    let season = open_season(connection).await?.ok_or(Conflict::NoSeason)?;
    let begun: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM starts WHERE player = $1 AND scenario = $2 AND season = $3")
            .bind(player.to_string())
            .bind(&scenario)
            .bind(season.id.to_string())
            .fetch_one(&mut *connection)
            .await?;
    if begun >= i64::from(season.attempts) {
        return Err(Conflict::NoneLeft.into());
    }
    let issued = now.as_millisecond();
    if ask.ahead {
        let outstanding = sqlx::query(
            "SELECT id FROM starts WHERE player = $1 AND scenario = $2 AND ahead = 1 AND attempt IS NULL \
             AND expires > $3 LIMIT 1",
        )
        .bind(player.to_string())
        .bind(&scenario)
        .bind(issued)
        .fetch_optional(&mut *connection)
        .await?;
        if outstanding.is_some() {
            return Err(Conflict::AheadOutstanding.into());
        }
    }
    let hours = if ask.ahead { Store::HOURS_AHEAD } else { Store::HOURS_ONLINE };
    sqlx::query(
        "INSERT INTO starts (id, player, scenario, full_hash, rules, mode, seed, season, slot, ahead, issued, expires) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(ask.id.to_string())
    .bind(player.to_string())
    .bind(&scenario)
    .bind(hash.to_string())
    .bind(i64::from(ask.rules))
    .bind(mode_name(ask.mode))
    .bind(seed.to_string())
    .bind(season.id.to_string())
    .bind(begun + 1)
    .bind(i64::from(ask.ahead))
    .bind(issued)
    .bind(issued + i64::from(hours) * HOUR)
    .execute(&mut *connection)
    .await?;
    let given = start_by_id(connection, ask.id).await?;
    Ok(given.ok_or_else(|| unexpected("id"))?.start)
}

pub(super) async fn start_by_id(connection: &mut AnyConnection, id: Uuid) -> Result<Option<GivenStart>> {
    let row = sqlx::query(
        "SELECT id, player, scenario, full_hash, rules, mode, seed, season, slot, ahead, issued, expires, attempt \
         FROM starts WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_start).transpose()
}

pub(super) fn read_start(row: &AnyRow) -> Result<GivenStart> {
    Ok(GivenStart {
        start: Start {
            id: row.parsed("id")?,
            scenario: row.text("scenario")?,
            full_hash: row.text("full_hash")?,
            rules: row.small("rules")?,
            mode: row.mode("mode")?,
            seed: row.text("seed")?,
            season: row.parsed("season")?,
            issued: row.time("issued")?,
            expires: row.time("expires")?,
            ahead: row.truth("ahead")?,
        },
        player: row.parsed("player")?,
        slot: row.small("slot")?,
        attempt: row.maybe_id("attempt")?,
        seed: row.parsed("seed")?,
    })
}
