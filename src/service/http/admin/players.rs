//! Players.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::messages::{AdminPlayer, AdminPlayers, Change, ChangePlayer};
use crate::service::access::Name;
use crate::service::http::app::App;
use crate::service::http::attempts::rows;
use crate::service::http::caller::Administrator;
use crate::service::http::me::download;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Against, Always, Known, Missing};
use crate::service::http::reading::{Message, Named, Query, no_such_page, not_found};
use crate::service::store::{PlayerRow, PlayersAsked, Thing};

/// Which players, and which page of them.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PlayersQuery {
    /// A part of the alias; small or capital, and whatever looks the same.
    search: Option<String>,
    team: Option<Uuid>,
    /// What came as `next` with the page before.
    cursor: Option<String>,
    /// Rows, 1 to 100; 50 where it is missing.
    limit: Option<u32>,
}

/// A page of the players with their real names, by alias
#[utoipa::path(get, path = "/v1/admin/players", tag = "administrator", security(("token" = [])), params(PlayersQuery),
    responses((status = 200, body = AdminPlayers), Always, Known))]
pub(super) async fn players(
    State(app): State<App>,
    _by: Administrator,
    Query(query): Query<PlayersQuery>,
) -> Result<Json<AdminPlayers>, Refused> {
    let asked = PlayersAsked {
        alike: query.search.as_deref().map(Name::key_of_part),
        team: query.team,
        cursor: query.cursor,
        limit: rows(query.limit),
    };
    let page = app.store.players_page(&asked).await?.ok_or_else(no_such_page)?;
    let players = page.rows.into_iter().map(AdminPlayer::from).collect();
    Ok(Json(AdminPlayers { players, total: page.total, next: page.next }))
}

/// Change a player’s real name, team or alias
#[utoipa::path(patch, path = "/v1/admin/players/{id}", tag = "administrator", request_body = ChangePlayer,
    security(("token" = [])), params(("id" = Uuid, Path, description = "The player")),
    responses((status = 200, body = AdminPlayer), Always, Known, Missing, Against))]
pub(super) async fn change_player(
    State(app): State<App>,
    by: Administrator,
    Named(id): Named<Uuid>,
    Message(change): Message<ChangePlayer>,
) -> Result<Json<AdminPlayer>, Refused> {
    let name = |typed: &str| Name::of(typed).map_err(|why| Refused::malformed(why.to_string()));
    let alias = change.alias.as_deref().map(name).transpose()?;
    if let Change::To(real) = &change.real_name {
        let real = real.as_deref().map(name).transpose()?;
        app.store.set_real_name(id, real.as_ref().map(Name::shown), &by.by, app.now()).await?;
    }
    if let Change::To(team) = change.team {
        app.store.set_team(id, team, &by.by, app.now()).await?;
    }
    if let Some(alias) = &alias {
        app.store.rename(id, alias.shown(), alias.key()).await?;
        app.store.note(&by.by, "rename-player", &id.to_string(), app.now()).await?;
    }
    app.store.player_row(id).await?.map(AdminPlayer::from).map(Json).ok_or_else(|| not_found(Thing::Player))
}

/// Delete all that is kept about a player
#[utoipa::path(delete, path = "/v1/admin/players/{id}", tag = "administrator", security(("token" = [])),
    params(("id" = Uuid, Path, description = "The player")),
    responses((status = 204, description = "Nothing of it is left"), Always, Known, Missing))]
pub(super) async fn delete_player(
    State(app): State<App>,
    by: Administrator,
    Named(id): Named<Uuid>,
) -> Result<StatusCode, Refused> {
    app.store.delete_player(id, &by.by, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All that is kept about a player
#[utoipa::path(get, path = "/v1/admin/players/{id}/export", tag = "administrator", security(("token" = [])),
    params(("id" = Uuid, Path, description = "The player")),
    responses((status = 200, content_type = "application/json", body = serde_json::Value), Always, Known, Missing))]
pub(super) async fn export_player(
    State(app): State<App>,
    by: Administrator,
    Named(id): Named<Uuid>,
) -> Result<Response, Refused> {
    let export = app.store.export_player(id).await?;
    app.store.note(&by.by, "export-player", &id.to_string(), app.now()).await?;
    Ok(download(Json(export), &format!("simmer-{id}.json")))
}

impl From<PlayerRow> for AdminPlayer {
    fn from(row: PlayerRow) -> Self {
        Self {
            player: row.player.id,
            alias: row.player.alias,
            real_name: row.real_name,
            team: row.player.team,
            team_name: row.player.team_name,
            listed: row.player.listed,
            joined: row.player.joined,
            attempts: row.attempts,
            last_seen: row.last_seen,
        }
    }
}

/// All of them, on one page.
impl From<Vec<PlayerRow>> for AdminPlayers {
    fn from(rows: Vec<PlayerRow>) -> Self {
        Self { total: rows.len() as u64, players: rows.into_iter().map(AdminPlayer::from).collect(), next: None }
    }
}
