//! The trainer's pages: what many calls say of a scenario.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use uuid::Uuid;

use super::items::{assignment_row, assignments, in_short, items_view, whose};
use super::said::Said;
use super::{Page, frame, id, page};
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, not_found};
use crate::service::pages::trainer::{FigureTable, TrainerView};
use crate::service::reporting::report;
use crate::service::store::{Assignment, Published, Thing, Who};
use crate::statistics::csv;
use crate::team::protocol::Season;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/trainer", get(all))
        .route("/trainer/{scenario}", get(one))
        .route("/trainer/{scenario}/items.csv", get(table))
}

/// Whose calls, as a form asks for it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    season: String,
}

async fn all(State(app): State<App>, by: Administrator, Query(wanted): Query<Wanted>) -> Page {
    let frame = frame(&app, Some(&Who::Administrator(by.by)), "/trainer", &Said::default()).await?;
    let seasons = app.store.seasons().await?;
    let chosen = chosen(&seasons, &wanted)?;
    let mut scenarios = Vec::new();
    for version in latest(app.store.published().await?) {
        let reported = report(&app, &version).await?;
        scenarios.push(in_short(&version, &reported, chosen)?);
    }
    page(&TrainerView { frame, whose: whose(&seasons, chosen), scenarios })
}

async fn one(
    State(app): State<App>,
    by: Administrator,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Page {
    let version = version(&app, &slug).await?;
    let seasons = app.store.seasons().await?;
    let chosen = chosen(&seasons, &wanted)?;
    let reported = report(&app, &version).await?;
    let frame = frame(&app, Some(&Who::Administrator(by.by)), "/trainer", &Said::default()).await?;
    let mut view = items_view(frame, &version, &reported, chosen, &seasons)?;
    let mut assigned = app.store.assignments().await?;
    assigned.retain(|assignment| assignment.scenario == slug);
    view.tables.extend(who_is_to_do_it(&app, &assigned, &reported.played).await?);
    page(&view)
}

async fn table(
    State(app): State<App>,
    _by: Administrator,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refused> {
    let version = version(&app, &slug).await?;
    let season = id(&wanted.season)?;
    let reported = report(&app, &version).await?;
    let mut response = csv([reported.of(season)?]).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(name) = HeaderValue::try_from(format!("attachment; filename=\"{}-items.csv\"", version.slug)) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn chosen<'s>(seasons: &'s [Season], wanted: &Wanted) -> Result<Option<&'s Season>, Refused> {
    let Some(chosen) = id(&wanted.season)? else { return Ok(None) };
    let found = seasons.iter().find(|season| season.id == chosen);
    found.map(Some).ok_or_else(|| not_found(Thing::Season))
}

async fn who_is_to_do_it(app: &App, assigned: &[Assignment], played: &[Uuid]) -> Result<Option<FigureTable>, Refused> {
    let teams = if assigned.is_empty() { Vec::new() } else { app.store.teams().await? };
    let mut told = Vec::new();
    for assignment in assigned {
        let team = teams.iter().find(|team| team.id == assignment.team).map_or("–", |team| team.name.as_str());
        told.push(assignment_row(assignment, team, &app.store.players_in(assignment.team).await?, played));
    }
    Ok(assignments(told))
}

/// The latest version of each slug, by title.
fn latest(versions: Vec<Published>) -> Vec<Published> {
    let mut by_slug = BTreeMap::new();
    for version in versions {
        by_slug.entry(version.slug.clone()).or_insert(version);
    }
    let mut latest: Vec<Published> = by_slug.into_values().collect();
    latest.sort_by(|one, other| one.title.cmp(&other.title));
    latest
}

async fn version(app: &App, slug: &str) -> Result<Published, Refused> {
    let found = latest(app.store.published().await?).into_iter().find(|version| version.slug == slug);
    found.ok_or_else(|| not_found(Thing::Scenario))
}
