//! Teams.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

use super::messages::{AdminTeam, AdminTeams, Naming};
use crate::service::access::Name;
use crate::service::http::app::App;
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Against, Always, Known, Missing};
use crate::service::http::reading::{Message, Named, not_found};
use crate::service::store::{Team, Thing};

/// All teams, by name
#[utoipa::path(get, path = "/v1/admin/teams", tag = "administrator", security(("token" = [])),
    responses((status = 200, body = AdminTeams), Always, Known))]
pub(super) async fn teams(State(app): State<App>, _by: Administrator) -> Result<Json<AdminTeams>, Refused> {
    Ok(Json(app.store.teams().await?.into()))
}

/// Make a team
#[utoipa::path(post, path = "/v1/admin/teams", tag = "administrator", request_body = Naming, security(("token" = [])),
    responses((status = 200, body = AdminTeam), Always, Known, Against))]
pub(super) async fn add_team(
    State(app): State<App>,
    by: Administrator,
    Message(naming): Message<Naming>,
) -> Result<Json<AdminTeam>, Refused> {
    put(&app, &by, Uuid::now_v7(), &naming.name).await
}

/// Give a team another name
#[utoipa::path(patch, path = "/v1/admin/teams/{id}", tag = "administrator", request_body = Naming,
    security(("token" = [])), params(("id" = Uuid, Path, description = "The team")),
    responses((status = 200, body = AdminTeam), Always, Known, Missing, Against))]
pub(super) async fn rename_team(
    State(app): State<App>,
    by: Administrator,
    Named(id): Named<Uuid>,
    Message(naming): Message<Naming>,
) -> Result<Json<AdminTeam>, Refused> {
    find(&app, id).await?;
    put(&app, &by, id, &naming.name).await
}

/// Drop a team that nobody is in
#[utoipa::path(delete, path = "/v1/admin/teams/{id}", tag = "administrator", security(("token" = [])),
    params(("id" = Uuid, Path, description = "The team")),
    responses((status = 204, description = "It is gone"), Always, Known, Missing, Against))]
pub(super) async fn drop_team(
    State(app): State<App>,
    by: Administrator,
    Named(id): Named<Uuid>,
) -> Result<StatusCode, Refused> {
    app.store.drop_team(id, &by.by, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn put(app: &App, by: &Administrator, id: Uuid, name: &str) -> Result<Json<AdminTeam>, Refused> {
    let name = Name::of(name).map_err(|why| Refused::malformed(why.to_string()))?;
    app.store.put_team(id, name.shown(), name.key(), &by.by, app.now()).await?;
    find(app, id).await.map(AdminTeam::from).map(Json)
}

async fn find(app: &App, id: Uuid) -> Result<Team, Refused> {
    let teams = app.store.teams().await?;
    teams.into_iter().find(|team| team.id == id).ok_or_else(|| not_found(Thing::Team))
}

impl From<Team> for AdminTeam {
    fn from(team: Team) -> Self {
        Self { id: team.id, name: team.name, players: team.players }
    }
}

impl From<Vec<Team>> for AdminTeams {
    fn from(teams: Vec<Team>) -> Self {
        Self { teams: teams.into_iter().map(Into::into).collect() }
    }
}
