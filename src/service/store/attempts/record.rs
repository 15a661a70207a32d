//! Taking an attempt in, once.

use jiff::Timestamp;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::{Recorded, Submission, attempt_by_id, standing};
use crate::scenario::model::Hash;
use crate::service::store::players::player_must_be;
use crate::service::store::rows::{Columns, mode_name, unexpected};
use crate::service::store::seasons::open_season;
use crate::service::store::starts::start_by_id;
use crate::service::store::{Conflict, Result, StoreError, Thing, places};
use crate::team::protocol::Accepted;

/// What was found out about an attempt before anything of it is written.
pub(super) enum Examined {
    /// It was answered before.
    Known(Recorded),
    New {
        accepted: Accepted,
        origin: Origin,
    },
}

/// Looks whether an attempt may be taken in. All refusals are said here, and nothing is written.
pub(super) async fn examine(
    connection: &mut AnyConnection,
    submission: &Submission,
    now: Timestamp,
) -> Result<Examined> {
    let kept = attempt_by_id(connection, submission.attempt).await?;
    if let Some(kept) = &kept {
        if kept.player != submission.player {
            return Err(Conflict::NotYours.into());
        }
        if let Some(answer) = answer_to(connection, submission).await? {
            let accepted = serde_json::from_str(&answer).map_err(|_| unexpected("answer"))?;
            return Ok(Examined::Known(Recorded { answer, accepted, new: false }));
        }
        if kept.judged.is_final || submission.continues != Some(kept.body_hash) {
            return Err(Conflict::AnotherBody.into());
        }
        let as_before = (kept.start, kept.scenario_hash, kept.rules, kept.mode);
        if as_before != (submission.start, submission.scenario_hash, submission.rules, submission.mode) {
            return Err(Conflict::NotAsGiven.into());
        }
    }
    player_must_be(connection, submission.player).await?;
    let origin = match (submission.start, &kept) {
        (Some(start), _) => origin_of_start(connection, submission, start, now).await?,
        (None, Some(kept)) => Origin { scenario: kept.scenario.clone(), season: kept.season, slot: 0 },
        (None, None) => origin_of_own(connection, submission.scenario_hash).await?,
    };
    take_digest(connection, submission, kept.is_some()).await?;
    let judged = &submission.judged;
    let accepted = Accepted {
        attempt: submission.attempt,
        standing: standing(origin.slot, judged.is_final, kept.is_some_and(|kept| kept.invalid.is_some())),
        outcome: judged.outcome,
        overall: judged.overall,
        points: judged.points,
        skills: judged.skills,
        flags: submission.flags.clone(),
    };
    Ok(Examined::New { accepted, origin })
}

/// Writes what was examined just before, in the same transaction.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    submission: &Submission,
    examined: Examined,
    now: Timestamp,
) -> Result<Recorded> {
    let (accepted, origin) = match examined {
        Examined::Known(recorded) => return Ok(recorded),
        Examined::New { accepted, origin } => (accepted, origin),
    };
    let answer = serde_json::to_string(&accepted).map_err(|_| unexpected("answer"))?;
    put_attempt(connection, submission, &origin, now).await?;
    put_beside(connection, submission, &answer).await?;
    places::place(connection, submission.attempt).await?;
    places::changed(connection, &origin.scenario).await?;
    Ok(Recorded { answer, accepted, new: true })
}

/// What an attempt counts for.
pub(super) struct Origin {
    scenario: String,
    season: Uuid,
    slot: i64,
}

async fn origin_of_start(
    connection: &mut AnyConnection,
    submission: &Submission,
    start: Uuid,
    now: Timestamp,
) -> Result<Origin> {
    let given = start_by_id(connection, start).await?.ok_or(StoreError::NotFound(Thing::Start))?;
    if given.player != submission.player {
        return Err(Conflict::NotYours.into());
    }
    match given.attempt {
        Some(attempt) if attempt != submission.attempt => return Err(Conflict::Used.into()),
        None if given.start.expires <= now => return Err(Conflict::Expired.into()),
        _ => {}
    }
    let as_given = given.start.full_hash == submission.scenario_hash.to_string()
        && (given.start.rules, given.start.mode) == (submission.rules, submission.mode)
        && given.seed() == submission.seed;
    if !as_given {
        return Err(Conflict::NotAsGiven.into());
    }
    Ok(Origin { scenario: given.start.scenario, season: given.start.season, slot: i64::from(given.slot) })
}

/// A run on a seed of the player's own: it is kept for the season that is open, if it is of a scenario known here.
async fn origin_of_own(connection: &mut AnyConnection, hash: Hash) -> Result<Origin> {
    let row = sqlx::query("SELECT slug FROM scenarios WHERE full_hash = $1")
        .bind(hash.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    let scenario = row.ok_or(Conflict::NotPublished)?.text("slug")?;
    let season = open_season(connection).await?.ok_or(Conflict::NoSeason)?.id;
    Ok(Origin { scenario, season, slot: 0 })
}

/// What was answered to this very body.
async fn answer_to(connection: &mut AnyConnection, submission: &Submission) -> Result<Option<String>> {
    let row = sqlx::query("SELECT answer FROM answers WHERE attempt = $1 AND body_hash = $2")
        .bind(submission.attempt.to_string())
        .bind(submission.body_hash.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.text("answer")).transpose()
}

/// One call counts once. What an attempt was before it went on stays taken as well.
async fn take_digest(connection: &mut AnyConnection, submission: &Submission, goes_on: bool) -> Result<()> {
    let row = sqlx::query("SELECT attempt FROM digests WHERE digest = $1")
        .bind(submission.digest.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(row) = row {
        let own = goes_on && row.parsed::<Uuid>("attempt")? == submission.attempt;
        return if own { Ok(()) } else { Err(Conflict::SameCall.into()) };
    }
    Ok(())
}

async fn put_attempt(
    connection: &mut AnyConnection,
    submission: &Submission,
    origin: &Origin,
    now: Timestamp,
) -> Result<()> {
    let judged = &submission.judged;
    let (tie_a, tie_b) = places::ties(judged);
    let flags = serde_json::to_string(&submission.flags).map_err(|_| unexpected("flags"))?;
    let mut query = sqlx::query(
        "INSERT INTO attempts (id, player, start_id, season, slot, scenario, scenario_hash, rules, mode, seed, received, \
         body_hash, flags, outcome, overall, listening, calm_tone, empathy, needs_assessment, follow_through, points, \
         points_1, points_2, points_3, points_4, points_5, moderate_or_worse, severe_or_worse, trust, given_away, \
         needs_met, is_final, tie_a, tie_b) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
         $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34) \
         ON CONFLICT (id) DO UPDATE SET received = excluded.received, body_hash = excluded.body_hash, \
         flags = excluded.flags, outcome = excluded.outcome, overall = excluded.overall, \
         listening = excluded.listening, calm_tone = excluded.calm_tone, empathy = excluded.empathy, \
         needs_assessment = excluded.needs_assessment, follow_through = excluded.follow_through, \
         points = excluded.points, points_1 = excluded.points_1, points_2 = excluded.points_2, \
         points_3 = excluded.points_3, points_4 = excluded.points_4, points_5 = excluded.points_5, \
         moderate_or_worse = excluded.moderate_or_worse, severe_or_worse = excluded.severe_or_worse, \
         trust = excluded.trust, given_away = excluded.given_away, needs_met = excluded.needs_met, \
         is_final = excluded.is_final, tie_a = excluded.tie_a, tie_b = excluded.tie_b",
    )
    .bind(submission.attempt.to_string())
    .bind(submission.player.to_string())
    .bind(submission.start.map(|start| start.to_string()))
    .bind(origin.season.to_string())
    .bind(origin.slot)
    .bind(&origin.scenario)
    .bind(submission.scenario_hash.to_string())
    .bind(i64::from(submission.rules))
    .bind(mode_name(submission.mode))
    .bind(submission.seed.to_string())
    .bind(now.as_millisecond())
    .bind(submission.body_hash.to_string())
    .bind(flags)
    .bind(judged.outcome.name())
    .bind(i64::from(judged.overall));
    for skill in judged.skills {
        query = query.bind(i64::from(skill));
    }
    query = query.bind(i64::from(judged.points));
    for points in judged.skill_points {
        query = query.bind(i64::from(points));
    }
    query
        .bind(i64::from(judged.moderate_or_worse))
        .bind(i64::from(judged.severe_or_worse))
        .bind(i64::from(judged.trust))
        .bind(i64::from(judged.given_away))
        .bind(i64::from(judged.needs_met))
        .bind(i64::from(judged.is_final))
        .bind(tie_a)
        .bind(tie_b)
        .execute(&mut *connection)
        .await?;
    if let Some(start) = submission.start {
        sqlx::query("UPDATE starts SET attempt = $2 WHERE id = $1")
            .bind(start.to_string())
            .bind(submission.attempt.to_string())
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// The file, the answer and the digest.
async fn put_beside(connection: &mut AnyConnection, submission: &Submission, answer: &str) -> Result<()> {
    let attempt = submission.attempt.to_string();
    sqlx::query(
        "INSERT INTO files (attempt, body, observed) VALUES ($1, $2, $3) \
         ON CONFLICT (attempt) DO UPDATE SET body = excluded.body, observed = excluded.observed",
    )
    .bind(&attempt)
    .bind(&submission.body)
    .bind(&submission.observed)
    .execute(&mut *connection)
    .await?;
    sqlx::query("INSERT INTO answers (attempt, body_hash, answer) VALUES ($1, $2, $3)")
        .bind(&attempt)
        .bind(submission.body_hash.to_string())
        .bind(answer)
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO digests (digest, attempt) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING")
        .bind(submission.digest.to_string())
        .bind(&attempt)
        .execute(connection)
        .await?;
    Ok(())
}
