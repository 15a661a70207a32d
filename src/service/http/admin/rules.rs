//! What holds for the whole service, and who did what.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::messages::{AdminSettings, AuditLine, AuditLog};
use crate::service::access::Name;
use crate::service::http::app::App;
use crate::service::http::attempts::rows;
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Always, Known};
use crate::service::http::reading::{Message, Query};
use crate::service::store::{AuditRow, Settings};

/// A hundred years.
pub(in crate::service) const MOST_DAYS: u32 = 36_525;
/// A median of fewer tells of persons, not of a team.
const LEAST_TEAM: u32 = 3;
pub(in crate::service) const MOST_TEAM: u32 = 1000;

/// What holds for the whole service
#[utoipa::path(get, path = "/v1/admin/settings", tag = "administrator", security(("token" = [])),
    responses((status = 200, body = AdminSettings), Always, Known))]
pub(super) async fn settings(State(app): State<App>, _by: Administrator) -> Result<Json<AdminSettings>, Refused> {
    Ok(Json(app.store.settings().await?.into()))
}

/// Change what holds for the whole service
#[utoipa::path(put, path = "/v1/admin/settings", tag = "administrator", request_body = AdminSettings,
    security(("token" = [])), responses((status = 200, body = AdminSettings), Always, Known))]
pub(super) async fn set_settings(
    State(app): State<App>,
    by: Administrator,
    Message(asked): Message<AdminSettings>,
) -> Result<Json<AdminSettings>, Refused> {
    let settings = settings_of(&asked.name, asked.retention_days, asked.least_team)?;
    app.store.set_settings(&settings, &by.by, app.now()).await?;
    Ok(Json(AdminSettings { name: settings.name, ..asked }))
}

/// Settings as they may be kept; or what is wrong with them, in words.
pub(in crate::service) fn settings_of(name: &str, retention_days: u32, least_team: u32) -> Result<Settings, Refused> {
    let name = Name::of(name).map_err(|why| Refused::malformed(why.to_string()))?;
    if retention_days > MOST_DAYS {
        return Err(Refused::malformed(format!("Calls can be kept for at most {MOST_DAYS} days.")));
    }
    if !(LEAST_TEAM..=MOST_TEAM).contains(&least_team) {
        return Err(Refused::malformed(format!("A team needs {LEAST_TEAM} to {MOST_TEAM} members to be listed.")));
    }
    Ok(Settings { name: name.shown().to_owned(), retention_days, least_team })
}

/// From where on.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Before {
    /// Only acts before this number.
    before: Option<u64>,
    /// Rows, 1 to 100.
    limit: Option<u32>,
}

/// Every act of an administrator, the latest first
#[utoipa::path(get, path = "/v1/admin/audit", tag = "administrator", security(("token" = [])), params(Before),
    responses((status = 200, body = AuditLog), Always, Known))]
pub(super) async fn audit(
    State(app): State<App>,
    _by: Administrator,
    Query(asked): Query<Before>,
) -> Result<Json<AuditLog>, Refused> {
    let acts = app.store.audit(asked.before, rows(asked.limit)).await?;
    Ok(Json(acts.into()))
}

impl From<Settings> for AdminSettings {
    fn from(settings: Settings) -> Self {
        Self { name: settings.name, retention_days: settings.retention_days, least_team: settings.least_team }
    }
}

impl From<Vec<AuditRow>> for AuditLog {
    fn from(rows: Vec<AuditRow>) -> Self {
        let line = |row: AuditRow| AuditLine {
            number: row.number,
            at: row.at,
            by: row.by,
            act: row.act,
            about: row.about,
            detail: row.detail,
        };
        // Numbers go down to 1 without a gap.
        let next = rows.last().map(|act| act.number).filter(|&last| last > 1);
        Self { acts: rows.into_iter().map(line).collect(), next }
    }
}
