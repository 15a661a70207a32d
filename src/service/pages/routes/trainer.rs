//! The trainer's pages: what many calls say of a scenario.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::items::{assignments, in_short, items_view};
use super::said::Said;
use super::{Page, frame, page};
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, not_found};
use crate::service::pages::trainer::TrainerView;
use crate::service::reporting::{Reported, report};
use crate::service::store::{Published, Thing, Who};
use crate::statistics::csv;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/trainer", get(all))
        .route("/trainer/{scenario}", get(one))
        .route("/trainer/{scenario}/items.csv", get(table))
}

async fn all(State(app): State<App>, by: Administrator) -> Page {
    let frame = frame(&app, Some(&Who::Administrator(by.by)), "/trainer", &Said::default()).await?;
    let players = app.store.players().await?;
    let mut scenarios = Vec::new();
    for version in latest(app.store.published().await?) {
        let Reported { report, .. } = report(&app, &version, &players).await?;
        scenarios.push(in_short(&version, &report));
    }
    page(&TrainerView { frame, scenarios })
}

async fn one(State(app): State<App>, by: Administrator, Path(slug): Path<String>) -> Page {
    let version = version(&app, &slug).await?;
    let players = app.store.players().await?;
    let Reported { report, played } = report(&app, &version, &players).await?;
    let frame = frame(&app, Some(&Who::Administrator(by.by)), "/trainer", &Said::default()).await?;
    let mut view = items_view(frame, &version, &report);
    let assigned = app.store.assignments().await?;
    view.tables.extend(assignments(&slug, &assigned, &app.store.teams().await?, &players, &played));
    page(&view)
}

async fn table(State(app): State<App>, _by: Administrator, Path(slug): Path<String>) -> Result<Response, Refused> {
    let version = version(&app, &slug).await?;
    let Reported { report, .. } = report(&app, &version, &app.store.players().await?).await?;
    let mut response = csv([&report]).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(name) = HeaderValue::try_from(format!("attachment; filename=\"{}-items.csv\"", version.slug)) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
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
