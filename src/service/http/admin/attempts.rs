//! Looking at attempts, and taking them off the boards.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::messages::{AdminAttempt, AdminAttempts, Reason};
use crate::service::http::app::App;
use crate::service::http::attempts::rows;
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Against, Always, Known, Missing};
use crate::service::http::reading::{Message, Named, Query, not_found};
use crate::service::store::{KeptAttempt, Thing};

/// Letters of a reason.
const LONGEST_REASON: usize = 500;

/// How many.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Most {
    /// Rows, 1 to 100.
    limit: Option<u32>,
}

/// Attempts that a person should look at, the latest first
#[utoipa::path(get, path = "/v1/admin/attempts/flagged", tag = "administrator", security(("token" = [])), params(Most),
    responses((status = 200, body = AdminAttempts), Always, Known))]
pub(super) async fn flagged(
    State(app): State<App>,
    _by: Administrator,
    Query(most): Query<Most>,
) -> Result<Json<AdminAttempts>, Refused> {
    Ok(Json(app.store.flagged(rows(most.limit)).await?.into()))
}

/// An attempt
#[utoipa::path(get, path = "/v1/admin/attempts/{id}", tag = "administrator", security(("token" = [])),
    params(("id" = Uuid, Path, description = "The attempt")),
    responses((status = 200, body = AdminAttempt), Always, Known, Missing))]
pub(super) async fn attempt(
    State(app): State<App>,
    _by: Administrator,
    Named(id): Named<Uuid>,
) -> Result<Json<AdminAttempt>, Refused> {
    let kept = app.store.attempt(id).await?;
    kept.map(AdminAttempt::from).map(Json).ok_or_else(|| not_found(Thing::Attempt))
}

/// Take an attempt off the boards, with a reason. It is kept
#[utoipa::path(post, path = "/v1/admin/attempts/{id}/invalidate", tag = "administrator", request_body = Reason,
    security(("token" = [])), params(("id" = Uuid, Path, description = "The attempt")),
    responses((status = 204, description = "It is on no board"), Always, Known, Missing, Against))]
pub(super) async fn invalidate(
    State(app): State<App>,
    by: Administrator,
    Named(id): Named<Uuid>,
    Message(reason): Message<Reason>,
) -> Result<StatusCode, Refused> {
    let reason = reason.reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(Refused::malformed(format!("A reason is needed, of at most {LONGEST_REASON} letters.")));
    }
    app.store.invalidate(id, reason, &by.by, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put an attempt back that was taken off
#[utoipa::path(post, path = "/v1/admin/attempts/{id}/restore", tag = "administrator", security(("token" = [])),
    params(("id" = Uuid, Path, description = "The attempt")),
    responses((status = 204, description = "It stands where it stood"), Always, Known, Missing, Against))]
pub(super) async fn restore(
    State(app): State<App>,
    by: Administrator,
    Named(id): Named<Uuid>,
) -> Result<StatusCode, Refused> {
    app.store.restore_attempt(id, &by.by, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<KeptAttempt> for AdminAttempt {
    fn from(kept: KeptAttempt) -> Self {
        Self {
            attempt: kept.attempt,
            player: kept.player,
            season: kept.season,
            scenario: kept.scenario,
            full_hash: kept.scenario_hash.to_string(),
            mode: kept.mode,
            received: kept.received,
            standing: kept.standing,
            outcome: kept.judged.outcome,
            overall: kept.judged.overall,
            points: kept.judged.points,
            flags: kept.flags,
            invalid: kept.invalid,
        }
    }
}

impl From<Vec<KeptAttempt>> for AdminAttempts {
    fn from(attempts: Vec<KeptAttempt>) -> Self {
        Self { attempts: attempts.into_iter().map(Into::into).collect() }
    }
}
