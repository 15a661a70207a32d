//! What a player asks and decides about themselves.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::caller::Player;
use super::join::team_name;
use super::problem::Refused;
use super::problems::{Against, Always, Known, Missing};
use super::reading::{Message, Named, not_found};
use crate::service::access::Name;
use crate::service::access::session::{LINK, Purpose, Secret};
use crate::service::store::{Limit, Thing, Who};
use crate::team::protocol::{BrowserLink, ChangeMe, Device, Me};

/// Who changes something about themselves.
const SELF: &str = "player";

const CHANGES: Limit = Limit { most: 30, window: 60 };
const EXPORTS: Limit = Limit { most: 10, window: 60 };

/// What the service knows of the one who asks
#[utoipa::path(get, path = "/v1/me", tag = "player", security(("token" = [])),
    responses((status = 200, body = Me), Always, Known, Missing))]
pub(super) async fn me(State(app): State<App>, player: Player) -> Result<Json<Me>, Refused> {
    told(&app, &player).await.map(Json)
}

/// Change one's alias, or whether one is shown on boards
#[utoipa::path(patch, path = "/v1/me", tag = "player", request_body = ChangeMe, security(("token" = [])),
    responses((status = 200, body = Me), Always, Known, Missing, Against))]
pub(super) async fn change_me(
    State(app): State<App>,
    player: Player,
    Message(change): Message<ChangeMe>,
) -> Result<Json<Me>, Refused> {
    app.limit(&format!("me {}", player.id), CHANGES).await?;
    if let Some(alias) = &change.alias {
        let alias = Name::of(alias).map_err(|why| Refused::malformed(why.to_string()))?;
        app.store.rename(player.id, alias.shown(), alias.key()).await?;
    }
    if let Some(listed) = change.listed {
        app.store.set_listed(player.id, listed).await?;
    }
    told(&app, &player).await.map(Json)
}

/// Delete all that is kept about the one who asks
#[utoipa::path(delete, path = "/v1/me", tag = "player", security(("token" = [])),
    responses((status = 204, description = "Nothing of it is left"), Always, Known, Missing))]
pub(super) async fn delete_me(State(app): State<App>, player: Player) -> Result<StatusCode, Refused> {
    app.store.delete_player(player.id, SELF, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All that is kept about the one who asks
#[utoipa::path(get, path = "/v1/me/export", tag = "player", security(("token" = [])),
    responses((status = 200, content_type = "application/json", body = serde_json::Value), Always, Known, Missing))]
pub(super) async fn export_me(State(app): State<App>, player: Player) -> Result<Response, Refused> {
    app.limit(&format!("export {}", player.id), EXPORTS).await?;
    let export = app.store.export_player(player.id).await?;
    Ok(download(Json(export), "simmer-export.json"))
}

/// Revoke one of one's own devices
#[utoipa::path(delete, path = "/v1/me/devices/{id}", tag = "player", security(("token" = [])),
    params(("id" = String, Path, description = "The eight characters after `sim_`")),
    responses((status = 204, description = "Its token is good for nothing from now on"), Always, Known, Missing))]
pub(super) async fn drop_device(
    State(app): State<App>,
    player: Player,
    Named(id): Named<String>,
) -> Result<StatusCode, Refused> {
    app.store.drop_device(player.id, &id, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A link that shows a browser who one is, once, within a minute
#[utoipa::path(post, path = "/v1/me/browser", tag = "player", security(("token" = [])),
    responses((status = 200, body = BrowserLink), Always, Known))]
pub(super) async fn browser_link(State(app): State<App>, player: Player) -> Result<Json<BrowserLink>, Refused> {
    app.limit(&format!("link {}", player.id), CHANGES).await?;
    let (secret, now) = (Secret::new()?, app.now());
    let expires = now.checked_add(LINK).unwrap_or(now);
    let who = Who::Player(player.id);
    app.store.begin_session(secret.hash(Purpose::Link), &who, player.device.as_deref(), expires, now).await?;
    Ok(Json(BrowserLink { link: format!("{}/enter/{}", app.place.address, secret.reveal()), expires }))
}

/// An answer that a browser saves as a file.
pub(super) fn download(answer: impl IntoResponse, name: &str) -> Response {
    let mut response = answer.into_response();
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

async fn told(app: &App, asking: &Player) -> Result<Me, Refused> {
    let player = app.store.player(asking.id).await?.ok_or_else(|| not_found(Thing::Player))?;
    let devices = app.store.devices(asking.id).await?;
    let device = |kept: crate::service::store::KeptToken| Device {
        this: asking.device.as_deref() == Some(kept.id.as_str()),
        id: kept.id,
        name: kept.name,
        added: kept.added,
        last_seen: kept.last_seen,
    };
    Ok(Me {
        player: player.id,
        alias: player.alias,
        team: team_name(player.team, player.team_name),
        listed: player.listed,
        service: app.store.settings().await?.name,
        devices: devices.into_iter().map(device).collect(),
        season: app.store.season().await?,
    })
}
