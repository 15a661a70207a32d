//! Published scenarios, and which team is to do which by when.

use jiff::Timestamp;
use serde_json::json;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::rows::Columns;
use super::seasons::open_season;
use super::{Result, Store, StoreError, Thing, audit, in_turn, places};
use crate::scenario::model::Hash;
use crate::team::protocol::PublishedScenario;

/// A scenario to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToPublish {
    pub full_hash: Hash,
    pub structure_hash: Hash,
    pub slug: String,
    pub title: String,
    /// 1 to 5.
    pub difficulty: u8,
    /// The whole file.
    pub text: String,
}

/// A version of a scenario that is published or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub full_hash: Hash,
    pub structure_hash: Hash,
    pub slug: String,
    pub title: String,
    pub difficulty: u8,
    pub published: Timestamp,
    /// None while it can be played for a rank.
    pub retired: Option<Timestamp>,
}

/// A scenario that a team is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub team: Uuid,
    pub scenario: String,
    pub due: Option<Timestamp>,
}

impl Store {
    /// Publishes a version of a scenario and retires the one of the same slug that was published before. Publishing
    /// what is published changes nothing; what was retired comes back.
    pub async fn publish(&self, scenario: &ToPublish, by: &str, now: Timestamp) -> Result<()> {
        let (hash, moment) = (scenario.full_hash.to_string(), now.as_millisecond());
        in_turn!(self, |transaction| {
            let in_play = in_play(&mut transaction, &scenario.slug).await?;
            if in_play != Some(scenario.full_hash) {
                retire(&mut transaction, &scenario.slug, moment).await?;
                sqlx::query(
                    "INSERT INTO scenarios \
                     (full_hash, structure_hash, slug, title, difficulty, content, published, retired, in_play) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 1) \
                     ON CONFLICT (full_hash) DO UPDATE SET published = excluded.published, retired = NULL, in_play = 1",
                )
                .bind(&hash)
                .bind(scenario.structure_hash.to_string())
                .bind(&scenario.slug)
                .bind(&scenario.title)
                .bind(i64::from(scenario.difficulty))
                .bind(&scenario.text)
                .bind(moment)
                .execute(&mut *transaction)
                .await?;
                places::changed(&mut transaction, &scenario.slug).await?;
                let detail = json!({ "scenario": scenario.slug });
                audit::add(&mut transaction, by, "publish-scenario", &hash, &detail, now).await?;
            }
        })
    }

    /// Takes a slug out of play. Its boards stay.
    ///
    /// # Errors
    /// [`Thing::Scenario`] not found.
    pub async fn retire(&self, slug: &str, by: &str, now: Timestamp) -> Result<()> {
        in_turn!(self, |transaction| {
            if !retire(&mut transaction, slug, now.as_millisecond()).await? {
                Err(StoreError::NotFound(Thing::Scenario))?;
            }
            places::changed(&mut transaction, slug).await?;
            audit::add(&mut transaction, by, "retire-scenario", slug, &json!({}), now).await?;
        })
    }

    /// All versions there ever were, by slug, the latest of each first.
    pub async fn published(&self) -> Result<Vec<Published>> {
        let rows = sqlx::query(
            "SELECT full_hash, structure_hash, slug, title, difficulty, published, retired FROM scenarios \
             ORDER BY slug, COALESCE(in_play, 0) DESC, published DESC, full_hash",
        )
        .fetch_all(self.pools.reader())
        .await?;
        rows.iter().map(read_published).collect()
    }

    /// A version and its whole text, whether or not it has been retired.
    pub async fn scenario(&self, full_hash: Hash) -> Result<Option<(Published, String)>> {
        let row = sqlx::query(
            "SELECT full_hash, structure_hash, slug, title, difficulty, published, retired, content FROM scenarios \
             WHERE full_hash = $1",
        )
        .bind(full_hash.to_string())
        .fetch_optional(self.pools.reader())
        .await?;
        row.map(|row| Ok((read_published(&row)?, row.text("content")?))).transpose()
    }

    /// The scenarios in play as a player stands with them, by slug.
    pub async fn scenarios_for(&self, player: Uuid) -> Result<Vec<PublishedScenario>> {
        let mut read = self.pools.read().await?;
        let season = open_season(&mut read).await?;
        let rows = sqlx::query(
            "SELECT s.full_hash, s.slug, s.title, s.difficulty, a.due, \
             (SELECT COUNT(*) FROM starts b WHERE b.player = $1 AND b.scenario = s.slug AND b.season = $2) AS begun, \
             (SELECT f.points FROM attempts f WHERE f.player = $1 AND f.season = $2 AND f.scenario = s.slug \
             AND f.slot = 1 AND f.invalid IS NULL) AS points \
             FROM scenarios s LEFT JOIN players p ON p.id = $1 \
             LEFT JOIN assignments a ON a.team = p.team AND a.scenario = s.slug \
             WHERE s.in_play = 1 ORDER BY s.slug",
        )
        .bind(player.to_string())
        .bind(season.as_ref().map(|season| season.id.to_string()).unwrap_or_default())
        .fetch_all(&mut *read)
        .await?;
        let read = |row: &AnyRow| {
            let points = row.maybe_number("points")?;
            Ok(PublishedScenario {
                scenario: row.text("slug")?,
                title: row.text("title")?,
                difficulty: row.small("difficulty")?,
                full_hash: row.text("full_hash")?,
                begun: row.small("begun")?,
                allowed: season.as_ref().map_or(0, |season| season.attempts),
                due: row.maybe_time("due")?,
                points: points.map(|points| u32::try_from(points).unwrap_or(0)),
            })
        };
        rows.iter().map(read).collect()
    }

    /// Assigns a scenario to a team, or moves its date.
    ///
    /// # Errors
    /// [`Thing::Team`] or [`Thing::Scenario`] (in play) not found.
    pub async fn assign(&self, assignment: &Assignment, by: &str, now: Timestamp) -> Result<()> {
        let (team, scenario) = (assignment.team.to_string(), &assignment.scenario);
        in_turn!(self, |transaction| {
            let known =
                sqlx::query("SELECT id FROM teams WHERE id = $1").bind(&team).fetch_optional(&mut *transaction).await?;
            known.ok_or(StoreError::NotFound(Thing::Team))?;
            in_play(&mut transaction, scenario).await?.ok_or(StoreError::NotFound(Thing::Scenario))?;
            sqlx::query(
                "INSERT INTO assignments (team, scenario, due) VALUES ($1, $2, $3) \
                 ON CONFLICT (team, scenario) DO UPDATE SET due = excluded.due",
            )
            .bind(&team)
            .bind(scenario)
            .bind(assignment.due.map(Timestamp::as_millisecond))
            .execute(&mut *transaction)
            .await?;
            let detail = json!({ "scenario": scenario, "due": assignment.due });
            audit::add(&mut transaction, by, "assign-scenario", &team, &detail, now).await?;
        })
    }

    pub async fn unassign(&self, team: Uuid, scenario: &str, by: &str, now: Timestamp) -> Result<()> {
        let team = team.to_string();
        in_turn!(self, |transaction| {
            let dropped = sqlx::query("DELETE FROM assignments WHERE team = $1 AND scenario = $2")
                .bind(&team)
                .bind(scenario)
                .execute(&mut *transaction)
                .await?;
            if dropped.rows_affected() > 0 {
                let detail = json!({ "scenario": scenario });
                audit::add(&mut transaction, by, "unassign-scenario", &team, &detail, now).await?;
            }
        })
    }

    /// All assignments, by team and due date.
    pub async fn assignments(&self) -> Result<Vec<Assignment>> {
        let rows = sqlx::query(
            "SELECT a.team, a.scenario, a.due FROM assignments a JOIN teams t ON t.id = a.team \
             ORDER BY t.name, COALESCE(a.due, 9223372036854775807), a.scenario",
        )
        .fetch_all(self.pools.reader())
        .await?;
        let read = |row: &AnyRow| {
            Ok(Assignment { team: row.parsed("team")?, scenario: row.text("scenario")?, due: row.maybe_time("due")? })
        };
        rows.iter().map(read).collect()
    }
}

/// The version of a slug that can be played for a rank.
pub(super) async fn in_play(connection: &mut AnyConnection, slug: &str) -> Result<Option<Hash>> {
    let row = sqlx::query("SELECT full_hash FROM scenarios WHERE slug = $1 AND in_play = 1")
        .bind(slug)
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.parsed("full_hash")).transpose()
}

async fn retire(connection: &mut AnyConnection, slug: &str, moment: i64) -> Result<bool> {
    let retired = sqlx::query("UPDATE scenarios SET retired = $2, in_play = NULL WHERE slug = $1 AND in_play = 1")
        .bind(slug)
        .bind(moment)
        .execute(connection)
        .await?;
    Ok(retired.rows_affected() > 0)
}

fn read_published(row: &AnyRow) -> Result<Published> {
    Ok(Published {
        full_hash: row.parsed("full_hash")?,
        structure_hash: row.parsed("structure_hash")?,
        slug: row.text("slug")?,
        title: row.text("title")?,
        difficulty: row.small("difficulty")?,
        published: row.time("published")?,
        retired: row.maybe_time("retired")?,
    })
}
