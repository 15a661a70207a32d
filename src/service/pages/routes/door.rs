//! Coming in: the form for tokens, and what an invite link shows in a browser.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::routing::get;

use super::said::Said;
use super::{Page, frame, page};
use crate::service::access::invite_hash;
use crate::service::http::problem::Refused;
use crate::service::http::{App, Client, not_found};
use crate::service::pages::door::{JoinView, SignInView};
use crate::service::store::{Limit, Thing};
use crate::team::Invite;
use crate::team::protocol::ProblemKind;

/// Looks at an invite from one address. A code has 120 bits of chance; this keeps the database quiet.
const LOOKS: Limit = Limit { most: 60, window: 60 };

pub(super) fn routes() -> Router<App> {
    Router::new().route("/sign-in", get(sign_in)).route("/join/{code}", get(join))
}

async fn sign_in(State(app): State<App>, Query(said): Query<Said>) -> Page {
    page(&SignInView { frame: frame(&app, None, "/sign-in", &said).await?, refused: false })
}

async fn join(State(app): State<App>, from: Client, Path(code): Path<String>, _: HeaderMap) -> Page {
    app.limit(&from.doing("invitation"), LOOKS).await?;
    let invite = Invite { address: app.place.address.clone(), code, pin: None };
    let known = app.store.invite_of(invite_hash(&invite.code)).await?.ok_or_else(|| not_found(Thing::Invite))?;
    if known.used.is_some() || known.expires <= app.now() {
        return Err(Refused::new(
            ProblemKind::Expired,
            "This invite was used already, or is more than seven days old. Ask whoever sent it for a new one.",
        ));
    }
    let team = match known.team {
        Some(team) => app.store.teams().await?.into_iter().find(|found| found.id == team).map(|found| found.name),
        None => None,
    };
    page(&JoinView {
        frame: frame(&app, None, "/join", &Said::default()).await?,
        team,
        until: Some(known.expires),
        link: invite.to_string(),
    })
}
