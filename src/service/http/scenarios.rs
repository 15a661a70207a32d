//! Published scenarios.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::caller::{Caller, Player};
use super::problem::Refused;
use super::problems::{Always, Known, Missing};
use super::reading::{Named, not_found};
use crate::scenario::model::Hash;
use crate::service::store::Thing;
use crate::team::protocol::PublishedScenarios;

/// The scenarios that can be played for a rank, as the one who asks stands with them
#[utoipa::path(get, path = "/v1/scenarios", tag = "player", security(("token" = [])),
    responses((status = 200, body = PublishedScenarios), Always, Known))]
pub(super) async fn scenarios(State(app): State<App>, player: Player) -> Result<Json<PublishedScenarios>, Refused> {
    let scenarios = app.store.scenarios_for(player.id).await?;
    Ok(Json(PublishedScenarios { scenarios }))
}

/// The text of a version of a scenario that is published or was
///
/// What a hash stands for never changes, so that it may be kept.
#[utoipa::path(get, path = "/v1/scenarios/{full_hash}", tag = "player", security(("token" = [])),
    params(("full_hash" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, content_type = "text/plain; charset=utf-8", body = String),
        (status = 304, description = "It is what the `If-None-Match` says"),
        Always, Known, Missing))]
pub(super) async fn scenario(
    State(app): State<App>,
    _caller: Caller,
    Named(full_hash): Named<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let hash: Hash = full_hash.parse().map_err(|_| not_found(Thing::Scenario))?;
    let tag = format!("\"{hash}\"");
    let (_, text) = app.store.scenario(hash).await?.ok_or_else(|| not_found(Thing::Scenario))?;
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    Ok(response)
}
