//! Invites and tokens.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::messages::{
    GivenInvite, GivenToken, InviteLine, InvitePage, NewAdminToken, NewInvite, TokenKind, TokenLine, Tokens,
};
use crate::service::access::{new_invite, new_token};
use crate::service::http::app::App;
use crate::service::http::attempts::{Page, rows};
use crate::service::http::caller::Administrator;
use crate::service::http::join::device_name;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Against, Always, Known, Missing};
use crate::service::http::reading::{Message, Named, Query, no_such_page};
use crate::service::store::{Invited, KeptToken};
use crate::team::{Invite, Kind};

/// A page of the invites that were given out, the latest first
#[utoipa::path(get, path = "/v1/admin/invites", tag = "administrator", security(("token" = [])), params(Page),
    responses((status = 200, body = InvitePage), Always, Known))]
pub(super) async fn invites(
    State(app): State<App>,
    _by: Administrator,
    Query(page): Query<Page>,
) -> Result<Json<InvitePage>, Refused> {
    let page = app.store.invites_page(page.cursor.as_deref(), rows(page.limit)).await?.ok_or_else(no_such_page)?;
    let invites = page.rows.into_iter().map(InviteLine::from).collect();
    Ok(Json(InvitePage { invites, total: page.total, next: page.next }))
}

/// Make an invite link, good once and for seven days
#[utoipa::path(post, path = "/v1/admin/invites", tag = "administrator", request_body = NewInvite,
    security(("token" = [])), responses((status = 200, body = GivenInvite), Always, Known, Missing))]
pub(super) async fn invite(
    State(app): State<App>,
    by: Administrator,
    Message(invite): Message<NewInvite>,
) -> Result<Json<GivenInvite>, Refused> {
    let (code, hash) = new_invite()?;
    let invited = app.store.invite(hash, invite.team, &by.by, app.now()).await?;
    let link = Invite { address: app.place.address.clone(), code, pin: app.place.pin };
    Ok(Json(GivenInvite { link: link.to_string(), expires: invited.expires }))
}

/// Which tokens.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    kind: TokenKind,
}

/// Tokens of a kind, those revoked among them
#[utoipa::path(get, path = "/v1/admin/tokens", tag = "administrator", security(("token" = [])), params(Which),
    responses((status = 200, body = Tokens), Always, Known))]
pub(super) async fn tokens(
    State(app): State<App>,
    _by: Administrator,
    Query(which): Query<Which>,
) -> Result<Json<Tokens>, Refused> {
    Ok(Json(app.store.tokens(which.kind.kind()).await?.into()))
}

/// Make a token for an administrator or a wall display
#[utoipa::path(post, path = "/v1/admin/tokens", tag = "administrator", request_body = NewAdminToken,
    security(("token" = [])), responses((status = 200, body = GivenToken), Always, Known, Against))]
pub(super) async fn add_token(
    State(app): State<App>,
    by: Administrator,
    Message(new): Message<NewAdminToken>,
) -> Result<Json<GivenToken>, Refused> {
    if new.kind == TokenKind::Device {
        return Err(Refused::malformed("A device gets its token when a player joins with an invite."));
    }
    let (token, kept) = new_token(new.kind.kind(), device_name(new.name.as_deref())?)?;
    app.store.add_token(new.kind.kind(), &kept, &by.by, app.now()).await?;
    Ok(Json(GivenToken { id: token.id.clone(), token: token.reveal() }))
}

/// Revoke a token of any kind, and end the sessions begun with it
#[utoipa::path(delete, path = "/v1/admin/tokens/{kind}/{id}", tag = "administrator", security(("token" = [])),
    params(("kind" = TokenKind, Path, description = "What it is for"),
        ("id" = String, Path, description = "Its eight characters")),
    responses((status = 204, description = "It is good for nothing from now on"), Always, Known, Missing))]
pub(super) async fn revoke(
    State(app): State<App>,
    by: Administrator,
    Named((kind, id)): Named<(TokenKind, String)>,
) -> Result<StatusCode, Refused> {
    app.store.revoke(kind.kind(), &id, &by.by, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl TokenKind {
    fn kind(self) -> Kind {
        match self {
            Self::Device => Kind::Device,
            Self::Administrator => Kind::Administrator,
            Self::Display => Kind::Display,
        }
    }
}

impl From<Invited> for InviteLine {
    fn from(invite: Invited) -> Self {
        Self {
            team: invite.team,
            by: invite.by,
            made: invite.made,
            expires: invite.expires,
            used: invite.used.map(|(at, _)| at),
            player: invite.used.map(|(_, player)| player),
        }
    }
}

/// All of them, on one page.
impl From<Vec<Invited>> for InvitePage {
    fn from(invites: Vec<Invited>) -> Self {
        let invites: Vec<_> = invites.into_iter().map(InviteLine::from).collect();
        Self { total: invites.len() as u64, invites, next: None }
    }
}

impl From<Vec<KeptToken>> for Tokens {
    fn from(tokens: Vec<KeptToken>) -> Self {
        let line = |token: KeptToken| TokenLine {
            kind: match token.kind {
                Kind::Device => TokenKind::Device,
                Kind::Administrator => TokenKind::Administrator,
                Kind::Display => TokenKind::Display,
            },
            id: token.id,
            name: token.name,
            player: token.player,
            added: token.added,
            last_seen: token.last_seen,
            revoked: token.revoked,
        };
        Self { tokens: tokens.into_iter().map(line).collect() }
    }
}
