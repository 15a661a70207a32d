//! Joining with an invite.

use axum::Json;
use axum::extract::State;
use uuid::Uuid;

use super::app::App;
use super::client::Client;
use super::problem::Refused;
use super::problems::{Against, Always, Missing, TooOld};
use super::reading::{Message, not_found};
use crate::service::access::{Name, invite_hash, kept_of, new_token};
use crate::service::store::{Joining, Limit, Thing};
use crate::team::protocol::{Join, Joined, TeamName};
use crate::team::{Invite, Kind, Token};

/// A code has 120 bits of chance; this keeps the log and the database quiet.
const JOINS: Limit = Limit { most: 60, window: 60 };

/// Join with an invite
///
/// An invite is good once. Whoever sends a token of their own making may ask again where the answer was lost: while the
/// invite would be good, the very same message gives the same answer. Only the hash of a token is kept.
#[utoipa::path(post, path = "/v1/join", tag = "player", request_body = Join,
    responses((status = 200, body = Joined), Always, Missing, Against, TooOld))]
pub(super) async fn join(
    State(app): State<App>,
    from: Client,
    Message(join): Message<Join>,
) -> Result<Json<Joined>, Refused> {
    app.limit(&from.doing("join"), JOINS).await?;
    let alias = Name::of(&join.alias).map_err(|why| Refused::malformed(why.to_string()))?;
    let device = device_name(join.device.as_deref())?;
    if !looks_like_a_code(&join.invite) {
        return Err(not_found(Thing::Invite));
    }
    let (token, device) = match &join.token {
        Some(token) => {
            let token: Token = token.parse().map_err(|_| no_token())?;
            let device = kept_of(&token, device);
            (Some(token).filter(|token| token.kind == Kind::Device).ok_or_else(no_token)?, device)
        }
        None => new_token(Kind::Device, device)?,
    };
    let joining = Joining {
        invite: invite_hash(&join.invite),
        player: Uuid::now_v7(),
        alias: alias.shown().to_owned(),
        alias_key: alias.key().to_owned(),
        device,
    };
    let player = app.store.join(&joining, app.now()).await?;
    let settings = app.store.settings().await?;
    Ok(Json(Joined {
        player: player.id,
        alias: player.alias,
        team: team_name(player.team, player.team_name),
        service: settings.name,
        token: token.reveal(),
    }))
}

fn no_token() -> Refused {
    Refused::malformed("What was sent as a token is not one of a device: sim_, 8 letters and digits, _ and 52 more.")
}

/// What to call a device, if anything.
pub(super) fn device_name(typed: Option<&str>) -> Result<Option<String>, Refused> {
    let name = typed.filter(|typed| !typed.trim().is_empty()).map(Name::of).transpose();
    let name = name.map_err(|why| Refused::malformed(format!("The name of the device: {why}")))?;
    Ok(name.map(|name| name.shown().to_owned()))
}

pub(super) fn team_name(id: Option<Uuid>, name: Option<String>) -> Option<TeamName> {
    id.zip(name).map(|(id, name)| TeamName { id, name })
}

/// Whether it can be an invite's code at all.
fn looks_like_a_code(code: &str) -> bool {
    format!("http://here/join/{}", code.trim()).parse::<Invite>().is_ok()
}
