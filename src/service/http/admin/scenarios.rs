//! Publishing scenarios, and which team is to do which.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use uuid::Uuid;

use super::messages::{AllAssigned, Assigned, Version, Versions};
use crate::scenario::parse::MAXIMUM_SIZE;
use crate::service::http::app::App;
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Against, Always, Known, Missing};
use crate::service::http::reading::{Message, Named, body, not_found};
use crate::service::run::to_publish;
use crate::service::store::{Assignment, Published, Thing};

/// All versions of scenarios that are published or were
#[utoipa::path(get, path = "/v1/admin/scenarios", tag = "administrator", security(("token" = [])),
    responses((status = 200, body = Versions), Always, Known))]
pub(super) async fn published(State(app): State<App>, _by: Administrator) -> Result<Json<Versions>, Refused> {
    Ok(Json(app.store.published().await?.into()))
}

/// Publish a version of a scenario, in place of the one there was
///
/// The body is the scenario’s file.
#[utoipa::path(post, path = "/v1/admin/scenarios", tag = "administrator", security(("token" = [])),
    request_body(content = String, content_type = "text/plain; charset=utf-8", description = "The file"),
    responses((status = 200, body = Version), Always, Known, Against))]
pub(super) async fn publish(
    State(app): State<App>,
    by: Administrator,
    request: Request,
) -> Result<Json<Version>, Refused> {
    let bytes = body(request, MAXIMUM_SIZE).await?;
    let reading = tokio::task::spawn_blocking(move || to_publish("the file", &bytes));
    let scenario = reading.await.map_err(|error| Refused::failed(&error))?;
    let scenario = scenario.map_err(|problems| {
        Refused::malformed(format!("This file cannot be played, so it was not published. {problems}"))
    })?;
    app.store.publish(&scenario, &by.by, app.now()).await?;
    let (version, _) = app.store.scenario(scenario.full_hash).await?.ok_or_else(|| not_found(Thing::Scenario))?;
    Ok(Json(version.into()))
}

/// Take a scenario out of play. Its boards stay
#[utoipa::path(delete, path = "/v1/admin/scenarios/{slug}", tag = "administrator", security(("token" = [])),
    params(("slug" = String, Path, description = "The scenario’s own name")),
    responses((status = 204, description = "It can be played for a rank no more"), Always, Known, Missing))]
pub(super) async fn retire(
    State(app): State<App>,
    by: Administrator,
    Named(slug): Named<String>,
) -> Result<StatusCode, Refused> {
    app.store.retire(&slug, &by.by, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which team is to do which scenario by when
#[utoipa::path(get, path = "/v1/admin/assignments", tag = "administrator", security(("token" = [])),
    responses((status = 200, body = AllAssigned), Always, Known))]
pub(super) async fn assignments(State(app): State<App>, _by: Administrator) -> Result<Json<AllAssigned>, Refused> {
    Ok(Json(app.store.assignments().await?.into()))
}

/// Assign a scenario to a team, or move its date
#[utoipa::path(put, path = "/v1/admin/assignments", tag = "administrator", request_body = Assigned,
    security(("token" = [])), responses((status = 200, body = Assigned), Always, Known, Missing, Against))]
pub(super) async fn assign(
    State(app): State<App>,
    by: Administrator,
    Message(assigned): Message<Assigned>,
) -> Result<Json<Assigned>, Refused> {
    let assignment = Assignment { team: assigned.team, scenario: assigned.scenario.clone(), due: assigned.due };
    app.store.assign(&assignment, &by.by, app.now()).await?;
    Ok(Json(assigned))
}

/// Take an assignment back
#[utoipa::path(delete, path = "/v1/admin/assignments/{team}/{scenario}", tag = "administrator",
    security(("token" = [])),
    params(("team" = Uuid, Path, description = "The team"), ("scenario" = String, Path, description = "The slug")),
    responses((status = 204, description = "It is no longer to be done"), Always, Known, Missing))]
pub(super) async fn unassign(
    State(app): State<App>,
    by: Administrator,
    Named((team, scenario)): Named<(Uuid, String)>,
) -> Result<StatusCode, Refused> {
    app.store.unassign(team, &scenario, &by.by, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<Published> for Version {
    fn from(version: Published) -> Self {
        Self {
            scenario: version.slug,
            title: version.title,
            difficulty: version.difficulty,
            full_hash: version.full_hash.to_string(),
            published: version.published,
            retired: version.retired,
        }
    }
}

impl From<Vec<Published>> for Versions {
    fn from(versions: Vec<Published>) -> Self {
        Self { scenarios: versions.into_iter().map(Into::into).collect() }
    }
}

impl From<Vec<Assignment>> for AllAssigned {
    fn from(assignments: Vec<Assignment>) -> Self {
        let line = |it: Assignment| Assigned { team: it.team, scenario: it.scenario, due: it.due };
        Self { assignments: assignments.into_iter().map(line).collect() }
    }
}
