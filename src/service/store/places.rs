//! The lines of the boards: which attempt stands there, and how ties are told apart.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::rows::Columns;
use super::{Judged, Result};

/// Ties in two numbers, better being greater: exactly the order of [`board`](crate::board) after the points.
///
/// The first has fewer moderate or worse violations, then the higher lowest skill, then the higher trust, 16 bits each;
/// skills and trust go from 0 to 10,000. The second has the value given away for each need met: two such ratios whose
/// lower parts are at most 100 differ by 1/10,000 or not at all, so that 10,000 times as much, rounded down, keeps
/// them apart.
pub(super) fn ties(judged: &Judged) -> (i64, i64) {
    let lowest = judged.skills.into_iter().min().unwrap_or(0);
    let sixteen = |value: i32| i64::from(value.clamp(-0x8000, 0x7fff)) + 0x8000;
    let few = i64::from(u16::MAX - judged.moderate_or_worse);
    let tie_a = (few << 32) | (sixteen(lowest) << 16) | sixteen(judged.trust);
    let tie_b = match (i64::from(judged.given_away), i64::from(judged.needs_met.clamp(0, 100))) {
        (0, _) => 0,
        (_, 0) => -i64::MAX,
        (given, met) => -(given * 10_000 / met),
    };
    (tie_a, tie_b)
}

/// Takes an attempt off the boards and puts it where it belongs now: nowhere, if it is not its player's first, was
/// invalidated, or its player does not want to be listed. To be called after every change of one of these.
pub(super) async fn place(connection: &mut AnyConnection, attempt: Uuid) -> Result<()> {
    take_off(connection, attempt).await?;
    sqlx::query(
        "INSERT INTO places (attempt, season, scenario, team, player, scale, ranked, points, tie_a, tie_b) \
         SELECT a.id, a.season, a.scenario, COALESCE(p.team, ''), a.player, s.scale, a.is_final, \
         CASE s.scale WHEN 0 THEN a.points WHEN 1 THEN a.points_1 WHEN 2 THEN a.points_2 WHEN 3 THEN a.points_3 \
         WHEN 4 THEN a.points_4 ELSE a.points_5 END, a.tie_a, a.tie_b \
         FROM attempts a JOIN players p ON p.id = a.player CROSS JOIN scales s \
         WHERE a.id = $1 AND a.slot = 1 AND a.invalid IS NULL AND p.listed = 1",
    )
    .bind(attempt.to_string())
    .execute(&mut *connection)
    .await?;
    count(connection, attempt, 1).await
}

/// Takes an attempt off all boards.
pub(super) async fn take_off(connection: &mut AnyConnection, attempt: Uuid) -> Result<()> {
    count(connection, attempt, -1).await?;
    sqlx::query("DELETE FROM places WHERE attempt = $1").bind(attempt.to_string()).execute(connection).await?;
    Ok(())
}

/// The attempts of a player that may stand on a board.
pub(super) async fn firsts_of(connection: &mut AnyConnection, player: Uuid) -> Result<Vec<Uuid>> {
    let rows = sqlx::query("SELECT id FROM attempts WHERE player = $1 AND slot = 1")
        .bind(player.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// Says that the boards of a scenario have changed, or with no name all of them.
pub(super) async fn changed(connection: &mut AnyConnection, scenario: &str) -> Result<()> {
    sqlx::query("UPDATE service SET revision = revision + 1").execute(&mut *connection).await?;
    sqlx::query(
        "INSERT INTO changes (scenario, revision) SELECT $1, revision FROM service WHERE one = 1 \
         ON CONFLICT (scenario) DO UPDATE SET revision = excluded.revision",
    )
    .bind(scenario)
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds the ranked places of an attempt to the histogram, or takes them away; they stand among the places.
async fn count(connection: &mut AnyConnection, attempt: Uuid, by: i64) -> Result<()> {
    let attempt = attempt.to_string();
    let row = sqlx::query("SELECT season, player FROM places WHERE attempt = $1 AND scale = 0 AND ranked = 1")
        .bind(&attempt)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let (season, player) = (row.text("season")?, row.text("player")?);
    sqlx::query(
        "INSERT INTO buckets (season, scenario, scale, points, entries) \
         SELECT season, scenario, scale, points, $2 FROM places WHERE attempt = $1 \
         UNION ALL SELECT season, '', scale, points, $2 FROM places WHERE attempt = $1 \
         ON CONFLICT (season, scenario, scale, points) DO UPDATE SET entries = buckets.entries + excluded.entries",
    )
    .bind(&attempt)
    .bind(by)
    .execute(&mut *connection)
    .await?;
    let others = sqlx::query(
        "SELECT attempt FROM places WHERE player = $1 AND season = $2 AND scale = 0 AND ranked = 1 AND attempt <> $3 \
         LIMIT 1",
    )
    .bind(&player)
    .bind(&season)
    .bind(&attempt)
    .fetch_optional(&mut *connection)
    .await?;
    if others.is_none() {
        sqlx::query(
            "INSERT INTO heads (season, players) VALUES ($1, $2) \
             ON CONFLICT (season) DO UPDATE SET players = heads.players + excluded.players",
        )
        .bind(&season)
        .bind(by)
        .execute(connection)
        .await?;
    }
    Ok(())
}
