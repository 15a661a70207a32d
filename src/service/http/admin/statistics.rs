//! What the attempts say of a scenario, as a table.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::service::http::app::App;
use crate::service::http::caller::Administrator;
use crate::service::http::me::download;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Always, Known, Missing};
use crate::service::http::reading::{Named, not_found};
use crate::service::reporting;
use crate::service::store::Thing;
use crate::statistics::csv;

/// What the attempts say of a scenario, a row for each reply
///
/// Of few people nothing is told.
#[utoipa::path(get, path = "/v1/admin/statistics/{scenario}", tag = "administrator", security(("token" = [])),
    params(("scenario" = String, Path, description = "The scenario’s own name")),
    responses((status = 200, content_type = "text/csv; charset=utf-8", body = String), Always, Known, Missing))]
pub(super) async fn statistics(
    State(app): State<App>,
    _by: Administrator,
    Named(slug): Named<String>,
) -> Result<Response, Refused> {
    let versions = app.store.published().await?;
    // The latest of a slug comes first.
    let version = versions.into_iter().find(|version| version.slug == slug);
    let version = version.ok_or_else(|| not_found(Thing::Scenario))?;
    let report = reporting::report(&app, &version, &app.store.players().await?).await?.report;
    let table = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], csv([&report]));
    Ok(download(table.into_response(), &format!("{}.csv", report.scenario)))
}
