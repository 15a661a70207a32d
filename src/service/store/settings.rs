//! What holds for the whole service.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::AnyConnection;

use super::rows::Columns;
use super::{Result, Store, audit, in_turn};
use crate::board::LEAST_TEAM;

/// What holds for the whole service. An administrator sets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// As in “Quayside support”.
    pub name: String,
    /// Days after a season's end for which the attempts themselves are kept; scores stay.
    pub retention_days: u32,
    /// Members with a listed score that a team needs to be listed; at least [`LEAST_TEAM`].
    pub least_team: u32,
}

impl Store {
    /// The settings; those of a new service are its defaults.
    pub async fn settings(&self) -> Result<Settings> {
        let mut read = self.pools.read().await?;
        settings(&mut read).await
    }

    pub async fn set_settings(&self, settings: &Settings, by: &str, now: Timestamp) -> Result<()> {
        let least = i64::from(settings.least_team).max(i64::try_from(LEAST_TEAM).unwrap_or(i64::MAX));
        in_turn!(self, |transaction| {
            sqlx::query("UPDATE service SET name = $1, retention_days = $2, least_team = $3")
                .bind(&settings.name)
                .bind(i64::from(settings.retention_days))
                .bind(least)
                .execute(&mut *transaction)
                .await?;
            let detail = json!({ "retention_days": settings.retention_days, "least_team": least });
            audit::add(&mut transaction, by, "set-settings", "service", &detail, now).await?;
        })
    }
}

pub(super) async fn settings(connection: &mut AnyConnection) -> Result<Settings> {
    let row = sqlx::query("SELECT name, retention_days, least_team FROM service").fetch_one(connection).await?;
    Ok(Settings {
        name: row.text("name")?,
        retention_days: row.small("retention_days")?,
        least_team: row.small("least_team")?,
    })
}
