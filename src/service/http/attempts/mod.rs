//! Attempts: sending one's own, and looking back.

pub(super) mod submit;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::app::App;
use super::caller::Player;
use super::me::download;
use super::problem::Refused;
use super::problems::{Always, Known, Missing};
use super::reading::{Named, Query, not_found};
use crate::service::store::Thing;
use crate::team::protocol::{LARGEST_PAGE, OwnAttempts};

/// Which page.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// What came as `next` with the page before.
    pub(super) cursor: Option<String>,
    /// Rows, 1 to 100.
    pub(super) limit: Option<u32>,
}

/// Rows on a page where nobody says otherwise.
pub(super) const ROWS: u32 = 50;

/// As many rows as may be asked for.
pub(super) fn rows(limit: Option<u32>) -> u32 {
    limit.unwrap_or(ROWS).clamp(1, LARGEST_PAGE)
}

/// One's own attempts and starts, the latest first
#[utoipa::path(get, path = "/v1/attempts", tag = "player", security(("token" = [])), params(Page),
    responses((status = 200, body = OwnAttempts), Always, Known))]
pub(super) async fn own_attempts(
    State(app): State<App>,
    player: Player,
    Query(page): Query<Page>,
) -> Result<Json<OwnAttempts>, Refused> {
    let attempts = app.store.own_attempts(player.id, page.cursor.as_deref(), rows(page.limit), app.now()).await?;
    Ok(Json(attempts))
}

/// The file of one of one's own attempts, as it was sent
#[utoipa::path(get, path = "/v1/attempts/{id}", tag = "player", security(("token" = [])),
    params(("id" = Uuid, Path, description = "The attempt")),
    responses((status = 200, content_type = "text/plain; charset=utf-8", body = String), Always, Known, Missing))]
pub(super) async fn attempt(
    State(app): State<App>,
    player: Player,
    Named(id): Named<Uuid>,
) -> Result<Response, Refused> {
    let kept = app.store.attempt(id).await?.filter(|kept| kept.player == player.id);
    let body = kept.and_then(|kept| kept.body).ok_or_else(|| not_found(Thing::Attempt))?;
    Ok(download(body.into_response(), &format!("{id}.attempt")))
}
