//! What the attempts say of a scenario, as a table.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt;
use uuid::Uuid;

use crate::scenario::Scenario;
use crate::service::http::app::App;
use crate::service::http::caller::Administrator;
use crate::service::http::me::download;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Always, Known, Missing};
use crate::service::http::reading::{Named, not_found};
use crate::service::store::{ObservedOf, ObservedRow, Thing};
use crate::statistics::{Observed, Report, Sample, csv, month};

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
    let scenario = app.scenario(version.full_hash).await?;
    let of = ObservedOf { scenario: Some(version.slug), ..ObservedOf::default() };
    let mut rows = app.store.observed(&of);
    let mut kept = Vec::new();
    while let Some(row) = rows.next().await {
        kept.push(row?);
    }
    drop(rows);
    let players = app.store.players().await?.into_iter();
    let teams = players.filter_map(|row| Some((row.player.id, row.player.team_name?))).collect();
    let reporting = tokio::task::spawn_blocking(move || report(&scenario, &kept, &teams));
    let report = reporting.await.map_err(|error| Refused::failed(&error))?;
    let table = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], csv([&report]));
    Ok(download(table.into_response(), &format!("{}.csv", report.scenario)))
}

fn report(scenario: &Scenario, kept: &[ObservedRow], teams: &BTreeMap<Uuid, String>) -> Report {
    // What a Simmer of another version wrote otherwise is left out.
    let read = |row: &ObservedRow| {
        let observed = serde_json::from_str::<Observed>(&row.observed).ok()?;
        Some((row.player.to_string(), teams.get(&row.player), month(row.received), observed))
    };
    let read: Vec<_> = kept.iter().filter_map(read).collect();
    let samples: Vec<_> = read
        .iter()
        .map(|(player, team, cohort, observed)| Sample {
            player,
            team: team.map(String::as_str),
            cohort: Some(cohort),
            observed,
        })
        .collect();
    Report::of(scenario, &samples)
}
