//! Attempts: taking them in once, and what a person decides about them.

mod answered;
mod own;
mod record;
mod together;

use jiff::Timestamp;
use serde_json::json;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

pub(super) use self::together::Line;
use super::rows::{Columns, unexpected};
use super::{Result, Store, StoreError, Thing, audit, in_turn, places};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::Outcome;
use crate::team::protocol::{Accepted, Flag, Standing};

/// An attempt that was played back and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    pub attempt: Uuid,
    pub player: Uuid,
    /// None where its seed was the client's own: it is kept and not ranked.
    pub start: Option<Uuid>,
    /// The file's text.
    pub body: String,
    /// Of the body.
    pub body_hash: Hash,
    /// Of the scenario's full hash, the seed and the inputs: one call is taken once, whoever sends it.
    pub digest: Hash,
    /// The body hash of the kept attempt that this one goes on from. The caller has seen that the kept one was
    /// provisional and that this one's inputs begin with its inputs.
    pub continues: Option<Hash>,
    pub scenario_hash: Hash,
    pub rules: u32,
    pub mode: Mode,
    pub seed: u64,
    pub judged: Judged,
    pub flags: Vec<Flag>,
    /// What statistics are made of; opaque here.
    pub observed: String,
}

/// What playing it back came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub outcome: Outcome,
    /// 0 to 1000.
    pub overall: u16,
    /// 0 to 1320.
    pub points: u32,
    /// Hundredths of a point, by [`Skill::index`](crate::scenario::vocabulary::Skill::index).
    pub skills: [i32; 5],
    /// Ladder points of each skill, 0 to 1320.
    pub skill_points: [u32; 5],
    pub moderate_or_worse: u16,
    pub severe_or_worse: u16,
    /// Trust at the end, in hundredths.
    pub trust: i32,
    /// In the smallest unit of money.
    pub given_away: u32,
    /// 0 to 100.
    pub needs_met: i32,
    /// Every promise has matured.
    pub is_final: bool,
}

/// What came of recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// An [`Accepted`] in JSON: the same, word for word, however often the attempt is sent.
    pub answer: String,
    pub accepted: Accepted,
    /// It was not known before, or went on from what was.
    pub new: bool,
}

/// An attempt as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAttempt {
    pub attempt: Uuid,
    pub player: Uuid,
    pub start: Option<Uuid>,
    pub season: Uuid,
    /// The scenario's slug.
    pub scenario: String,
    pub scenario_hash: Hash,
    pub rules: u32,
    pub mode: Mode,
    pub received: Timestamp,
    pub standing: Standing,
    pub judged: Judged,
    pub flags: Vec<Flag>,
    /// Why a person took it off the boards.
    pub invalid: Option<String>,
    pub body_hash: Hash,
    /// The file's text, unless the time it is kept for is over.
    pub body: Option<String>,
}

const SELECT_ATTEMPT: &str = "SELECT a.*, f.body FROM attempts a LEFT JOIN files f ON f.attempt = a.id WHERE a.id = $1";

impl Store {
    /// Takes an attempt in. Sent again it is answered again; going on from a provisional one it takes its place. A
    /// continuation may come after its start has expired: only the first must be received before.
    ///
    /// # Errors
    /// [`Conflict`](super::Conflict) `AnotherBody`, `SameCall`, `NotYours`, `NotAsGiven`, `NotPublished`, `Used`,
    /// `Expired`, `NoSeason`; [`Thing::Start`] or [`Thing::Player`] not found.
    pub async fn record(&self, submission: &Submission, now: Timestamp) -> Result<Recorded> {
        self.record_together(submission, now).await
    }

    pub async fn attempt(&self, id: Uuid) -> Result<Option<KeptAttempt>> {
        let row = sqlx::query(SELECT_ATTEMPT).bind(id.to_string()).fetch_optional(self.pools.reader()).await?;
        row.as_ref().map(read_attempt).transpose()
    }

    /// Attempts that a person should look at, the latest first; those invalidated stay among them.
    pub async fn flagged(&self, limit: u32) -> Result<Vec<KeptAttempt>> {
        let rows = sqlx::query(
            "SELECT a.*, f.body FROM attempts a LEFT JOIN files f ON f.attempt = a.id \
             WHERE a.flags <> '[]' OR a.invalid IS NOT NULL ORDER BY a.received DESC, a.id LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(self.pools.reader())
        .await?;
        rows.iter().map(read_attempt).collect()
    }

    /// Takes an attempt off the boards, with a reason. It is kept.
    ///
    /// # Errors
    /// [`Thing::Attempt`] not found.
    pub async fn invalidate(&self, attempt: Uuid, reason: &str, by: &str, now: Timestamp) -> Result<()> {
        self.decide(attempt, Some(reason), "invalidate-attempt", by, now).await
    }

    /// Puts an attempt that was invalidated back.
    ///
    /// # Errors
    /// [`Thing::Attempt`] not found.
    pub async fn restore_attempt(&self, attempt: Uuid, by: &str, now: Timestamp) -> Result<()> {
        self.decide(attempt, None, "restore-attempt", by, now).await
    }

    async fn decide(&self, attempt: Uuid, invalid: Option<&str>, act: &str, by: &str, now: Timestamp) -> Result<()> {
        let id = attempt.to_string();
        in_turn!(self, |transaction| {
            let row = sqlx::query("UPDATE attempts SET invalid = $2 WHERE id = $1 RETURNING scenario")
                .bind(&id)
                .bind(invalid)
                .fetch_optional(&mut *transaction)
                .await?;
            let scenario = row.ok_or(StoreError::NotFound(Thing::Attempt))?.text("scenario")?;
            places::place(&mut transaction, attempt).await?;
            places::changed(&mut transaction, &scenario).await?;
            // The reason stands with the attempt, from where it can be deleted: it may name a person.
            audit::add(&mut transaction, by, act, &id, &json!({}), now).await?;
        })
    }
}

pub(super) async fn attempt_by_id(connection: &mut AnyConnection, id: Uuid) -> Result<Option<KeptAttempt>> {
    let row = sqlx::query(SELECT_ATTEMPT).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read_attempt).transpose()
}

/// Where an attempt stands. A slot of 0 had no start.
pub(super) fn standing(slot: i64, is_final: bool, invalid: bool) -> Standing {
    match slot {
        _ if invalid => Standing::Invalid,
        0 => Standing::Unranked,
        1 if is_final => Standing::Ranked,
        1 => Standing::Provisional,
        _ => Standing::Later,
    }
}

pub(super) fn read_attempt(row: &AnyRow) -> Result<KeptAttempt> {
    let outcome = row.text("outcome")?;
    let outcome = Outcome::ALL.iter().copied().find(|known| known.name() == outcome);
    let invalid = row.maybe_text("invalid")?;
    let is_final = row.truth("is_final")?;
    Ok(KeptAttempt {
        attempt: row.parsed("id")?,
        player: row.parsed("player")?,
        start: row.maybe_id("start_id")?,
        season: row.parsed("season")?,
        scenario: row.text("scenario")?,
        scenario_hash: row.parsed("scenario_hash")?,
        rules: row.small("rules")?,
        mode: row.mode("mode")?,
        received: row.time("received")?,
        standing: standing(row.number("slot")?, is_final, invalid.is_some()),
        judged: Judged {
            outcome: outcome.ok_or_else(|| unexpected("outcome"))?,
            overall: row.small("overall")?,
            points: row.small("points")?,
            skills: [
                row.small("listening")?,
                row.small("calm_tone")?,
                row.small("empathy")?,
                row.small("needs_assessment")?,
                row.small("follow_through")?,
            ],
            skill_points: [
                row.small("points_1")?,
                row.small("points_2")?,
                row.small("points_3")?,
                row.small("points_4")?,
                row.small("points_5")?,
            ],
            moderate_or_worse: row.small("moderate_or_worse")?,
            severe_or_worse: row.small("severe_or_worse")?,
            trust: row.small("trust")?,
            given_away: row.small("given_away")?,
            needs_met: row.small("needs_met")?,
            is_final,
        },
        flags: serde_json::from_str(&row.text("flags")?).map_err(|_| unexpected("flags"))?,
        invalid,
        body_hash: row.parsed("body_hash")?,
        body: row.maybe_text("body")?,
    })
}
