//! Who asks: by a token as bearer, or by a browser's session.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use uuid::Uuid;

use super::app::App;
use super::problem::Refused;
use super::reads::is_read;
use crate::scenario::model::Hash;
use crate::service::access::is_valid;
use crate::service::access::session::{Purpose, Secret, is_of_this_site};
use crate::service::store::Who;
use crate::team::protocol::ProblemKind;
use crate::team::{Kind, Token};

/// Anybody with a token or a session: a player, an administrator or a display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::service) struct Caller {
    pub(in crate::service) who: Who,
    /// The id of the device's token; none in a browser.
    pub(in crate::service) device: Option<String>,
}

/// A player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::service) struct Player {
    pub(in crate::service) id: Uuid,
    pub(in crate::service) device: Option<String>,
}

/// An administrator, by the id of the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::service) struct Administrator {
    pub(in crate::service) by: String,
}

impl Caller {
    /// The player's id, if it is one.
    pub(in crate::service) fn player(&self) -> Option<Uuid> {
        match self.who {
            Who::Player(player) => Some(player),
            Who::Administrator(_) | Who::Display(_) => None,
        }
    }

    /// Reads both at each request, so that what was revoked is refused from then on, on every replica.
    pub(in crate::service) async fn of(app: &App, parts: &Parts) -> Result<Self, Refused> {
        let caller = match bearer(&parts.headers)? {
            Some(token) => Self::by_token(app, &token).await?,
            None => Self::by_session(app, parts).await?,
        };
        if is_read(&parts.method)
            && let Some(who) = reader(app, &parts.headers)
        {
            app.reads.know(who);
        }
        Ok(caller)
    }

    async fn by_session(app: &App, parts: &Parts) -> Result<Self, Refused> {
        let secret = Secret::of(&parts.headers, app.place.encrypted).ok_or_else(Refused::unauthorised)?;
        let who =
            app.store.session(secret.hash(Purpose::Cookie), app.now()).await?.ok_or_else(Refused::unauthorised)?;
        if !is_of_this_site(&parts.method, &parts.headers) {
            return Err(Refused::new(ProblemKind::NotYours, "This was not sent by a page of this service."));
        }
        Ok(Self { who, device: None })
    }

    /// Whose token it is.
    pub(in crate::service) async fn by_token(app: &App, token: &Token) -> Result<Self, Refused> {
        let kept = app.store.token(token.kind, &token.id).await?;
        if !is_valid(token, kept.as_ref()) {
            return Err(Refused::unauthorised());
        }
        let kept = kept.ok_or_else(Refused::unauthorised)?;
        let who = kept.who().ok_or_else(Refused::unauthorised)?;
        app.store.seen(&kept, app.now()).await.unwrap_or_else(|error| {
            // Reading goes on where the database cannot be written.
            tracing::warn!(%error, "it could not be noted when a token was seen");
        });
        Ok(Self { who, device: (token.kind == Kind::Device).then(|| token.id.clone()) })
    }
}

/// Under what the reads of one are counted who sends these headers. It holds all of their secret, so that nobody else can
/// come up with it, and hashed.
pub(super) fn reader(app: &App, headers: &HeaderMap) -> Option<String> {
    if let Some(token) = bearer(headers).ok()? {
        return Some(format!("token {}", Hash(token.hash())));
    }
    let secret = Secret::of(headers, app.place.encrypted)?;
    Some(format!("session {}", Hash(secret.hash(Purpose::Cookie))))
}

fn bearer(headers: &HeaderMap) -> Result<Option<Token>, Refused> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Refused::unauthorised())?;
    let (scheme, token) = text.split_once(' ').ok_or_else(Refused::unauthorised)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refused::unauthorised());
    }
    token.parse().map(Some).map_err(|_| Refused::unauthorised())
}

impl FromRequestParts<App> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        Self::of(app, parts).await
    }
}

impl FromRequestParts<App> for Player {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let caller = Caller::of(app, parts).await?;
        match caller.who {
            Who::Player(id) => Ok(Self { id, device: caller.device }),
            Who::Administrator(_) | Who::Display(_) => Err(Refused::new(
                ProblemKind::NotYours,
                "This is for players, and the token is none of a player\u{2019}s.",
            )),
        }
    }
}

impl FromRequestParts<App> for Administrator {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        match Caller::of(app, parts).await?.who {
            Who::Administrator(by) => Ok(Self { by }),
            Who::Player(_) | Who::Display(_) => {
                Err(Refused::new(ProblemKind::NotYours, "This is for administrators of the service."))
            }
        }
    }
}
