//! What the attempts say of a scenario, as a table.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::service::http::app::App;
use crate::service::http::caller::Administrator;
use crate::service::http::me::download;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Always, Known, Missing};
use crate::service::http::reading::{Named, Query, not_found};
use crate::service::reporting;
use crate::service::store::Thing;
use crate::statistics::csv;

/// Whose attempts.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Whose {
    /// Those alone whose first attempt was in it; all where it is missing.
    season: Option<Uuid>,
}

/// What the attempts say of a scenario, a row for each reply
///
/// Of few people nothing is told, and of a season nothing that would tell of few when it is taken from all.
#[utoipa::path(get, path = "/v1/admin/statistics/{scenario}", tag = "administrator", security(("token" = [])),
    params(("scenario" = String, Path, description = "The scenario’s own name"), Whose),
    responses((status = 200, content_type = "text/csv; charset=utf-8", body = String), Always, Known, Missing))]
pub(super) async fn statistics(
    State(app): State<App>,
    _by: Administrator,
    Named(slug): Named<String>,
    Query(whose): Query<Whose>,
) -> Result<Response, Refused> {
    let versions = app.store.published().await?;
    // The latest of a slug comes first.
    let version = versions.into_iter().find(|version| version.slug == slug);
    let version = version.ok_or_else(|| not_found(Thing::Scenario))?;
    let reported = reporting::report(&app, &version).await?;
    let report = reported.of(whose.season)?;
    let table = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], csv([report]));
    Ok(download(table.into_response(), &format!("{}.csv", report.scenario)))
}
