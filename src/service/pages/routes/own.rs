//! A player's own page. It is made for whoever asks, and takes no other player's id.

use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::said::{Done, Said};
use super::{Page, done, filled, frame, page};
use crate::service::access::Name;
use crate::service::http::caller::Player;
use crate::service::http::problem::Refused;
use crate::service::http::{App, not_found};
use crate::service::pages::door::ConfirmView;
use crate::service::pages::player::PlayerView;
use crate::service::store::{KeptToken, Limit, Thing, Who};
use crate::team::protocol::{Device, Me, TeamName};

/// Who changes something about themselves, in the audit log.
const SELF: &str = "player";
const CHANGES: Limit = Limit { most: 30, window: 60 };
/// The word that is typed before everything is deleted.
pub(super) const DELETE: &str = "delete";
/// Calls on one page.
const CALLS: u32 = 50;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/me", get(me))
        .route("/me/listed", post(listed))
        .route("/me/alias", post(alias))
        .route("/me/devices/{id}/revoke", get(ask_revoke).post(revoke))
        .route("/me/export", get(export))
        .route("/me/delete", get(ask_delete).post(delete))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Earlier {
    after: String,
}

async fn me(State(app): State<App>, player: Player, Query(said): Query<Said>, Query(earlier): Query<Earlier>) -> Page {
    let frame = frame(&app, Some(&Who::Player(player.id)), "/me", &said).await?;
    let kept = app.store.player(player.id).await?.ok_or_else(|| not_found(Thing::Player))?;
    let devices = app.store.devices(player.id).await?;
    let me = Me {
        player: kept.id,
        alias: kept.alias,
        team: kept.team.zip(kept.team_name).map(|(id, name)| TeamName { id, name }),
        listed: kept.listed,
        service: frame.service.clone(),
        devices: devices.into_iter().map(|device| device_of(device, player.device.as_deref())).collect(),
        season: None,
    };
    let past = app.store.own_attempts(player.id, filled(&earlier.after), CALLS, app.now()).await?;
    page(&PlayerView::new(frame, me, past))
}

fn device_of(kept: KeptToken, asking: Option<&str>) -> Device {
    Device {
        this: asking == Some(kept.id.as_str()),
        id: kept.id,
        name: kept.name,
        added: kept.added,
        last_seen: kept.last_seen,
    }
}

#[derive(Debug, Deserialize)]
struct Listed {
    listed: String,
}

async fn listed(State(app): State<App>, player: Player, Form(form): Form<Listed>) -> Result<Response, Refused> {
    app.limit(&format!("me {}", player.id), CHANGES).await?;
    let listed = form.listed == "yes";
    app.store.set_listed(player.id, listed).await?;
    Ok(done("/me", if listed { Done::Listed } else { Done::Unlisted }))
}

#[derive(Debug, Deserialize)]
struct Alias {
    alias: String,
}

async fn alias(State(app): State<App>, player: Player, Form(form): Form<Alias>) -> Result<Response, Refused> {
    app.limit(&format!("me {}", player.id), CHANGES).await?;
    let name = Name::of(&form.alias).map_err(|why| Refused::malformed(why.to_string()))?;
    app.store.rename(player.id, name.shown(), name.key()).await?;
    Ok(done("/me", Done::Renamed))
}

async fn ask_revoke(State(app): State<App>, player: Player, Path(id): Path<String>) -> Page {
    let devices = app.store.devices(player.id).await?;
    let device = devices.into_iter().find(|device| device.id == id);
    let device = device.ok_or_else(|| not_found(Thing::Token))?;
    let name = device.name.unwrap_or_else(|| format!("the device {}", device.id));
    page(&ConfirmView {
        frame: frame(&app, Some(&Who::Player(player.id)), "/me", &Said::default()).await?,
        title: format!("Revoke {name}?"),
        lines: vec![
            "Simmer on it is let in no more, from this moment on. What was played on it stays.".to_owned(),
            "It cannot be taken back: to come in again, it needs a new invite.".to_owned(),
        ],
        action: format!("/me/devices/{}/revoke", device.id),
        reason: None,
        typed: None,
        does: "Revoke it".to_owned(),
        back: "/me".to_owned(),
    })
}

async fn revoke(State(app): State<App>, player: Player, Path(id): Path<String>) -> Result<Response, Refused> {
    app.store.drop_device(player.id, &id, app.now()).await?;
    Ok(done("/me", Done::DeviceRevoked))
}

async fn export(State(app): State<App>, player: Player) -> Result<Response, Refused> {
    app.limit(&format!("export {}", player.id), Limit { most: 10, window: 60 }).await?;
    let export = app.store.export_player(player.id).await?;
    let mut response = Json(export).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"simmer-export.json\""));
    Ok(response)
}

async fn ask_delete(State(app): State<App>, player: Player) -> Page {
    page(&ConfirmView {
        frame: frame(&app, Some(&Who::Player(player.id)), "/me", &Said::default()).await?,
        title: "Delete everything about you?".to_owned(),
        lines: vec![
            "Your name, your devices, your runs and every score here are deleted at once, from every board and every season."
                .to_owned(),
            "Nobody can bring them back. What is on your own PC stays as it is.".to_owned(),
        ],
        action: "/me/delete".to_owned(),
        reason: None,
        typed: Some(DELETE),
        does: "Delete everything".to_owned(),
        back: "/me".to_owned(),
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    typed: String,
}

impl Typed {
    /// Whether the word was typed that was asked for.
    pub(super) fn or_refused(&self) -> Result<(), Refused> {
        if self.typed.trim().eq_ignore_ascii_case(DELETE) {
            Ok(())
        } else {
            Err(Refused::malformed(format!("Nothing was deleted: the word “{DELETE}” was not typed.")))
        }
    }
}

async fn delete(State(app): State<App>, player: Player, Form(typed): Form<Typed>) -> Result<Response, Refused> {
    typed.or_refused()?;
    app.store.delete_player(player.id, SELF, app.now()).await?;
    Ok(done("/sign-in", Done::Deleted))
}
