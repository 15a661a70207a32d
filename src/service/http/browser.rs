//! Where browsers come in: the one-time link, signing in by a token, and signing out. The pages themselves are `pages`.

use axum::Router;
use axum::extract::FromRequest;
use axum::extract::{Form, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::SignedDuration;
use serde::Deserialize;

use super::app::App;
use super::caller::Caller;
use super::client::Client;
use super::problem::Refused;
use super::reading::Named;
use crate::service::access::session::{DISPLAY_SESSION, Purpose, SESSION, Secret, is_of_this_site, no_cookie};
use crate::service::store::{Limit, Who};
use crate::team::Token;
use crate::team::protocol::ProblemKind;

/// Where somebody who has come in is taken, and a screen that only shows; and whoever has gone out.
const HOME: &str = "/";
const WALL: &str = "/wall";
const DOOR: &str = "/sign-in";

/// Attempts to come in from one address.
const ENTRIES: Limit = Limit { most: 30, window: 60 };

/// Routes that lie beside the interface and the pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/enter/{secret}", get(enter))
        .route("/sign-in", post(sign_in))
        .route("/sign-out", post(sign_out))
}

#[derive(Deserialize)]
struct SignIn {
    token: String,
}

/// Begins a session with a one-time link.
async fn enter(State(app): State<App>, from: Client, Named(secret): Named<String>) -> Result<Response, Refused> {
    app.limit(&from.doing("enter"), ENTRIES).await?;
    let link = Secret::from_text(&secret).hash(Purpose::Link);
    let (who, token) = app.store.use_up_session(link, app.now()).await?.ok_or_else(|| {
        Refused::new(
            ProblemKind::Expired,
            "This link has been used, or is too old. Open a new one in Simmer, or ask for one.",
        )
    })?;
    // Revoking the device that asked for the link, or the token of the screen it was made for, ends the session.
    begin(&app, &who, token.as_deref()).await
}

/// Begins a session with a token that was typed into a form.
async fn sign_in(State(app): State<App>, from: Client, request: Request) -> Result<Response, Refused> {
    only_from_here(request.method(), request.headers())?;
    app.limit(&from.doing("enter"), ENTRIES).await?;
    let form = Form::<SignIn>::from_request(request, &app).await;
    let Form(form) = form.map_err(|_| Refused::malformed("The form was not filled in as expected."))?;
    let token: Token = form.token.parse().map_err(|_| Refused::unauthorised())?;
    let caller = Caller::by_token(&app, &token).await?;
    begin(&app, &caller.who, Some(&token.id)).await
}

async fn sign_out(State(app): State<App>, method: Method, headers: HeaderMap) -> Result<Response, Refused> {
    only_from_here(&method, &headers)?;
    if let Some(secret) = Secret::of(&headers, app.place.encrypted) {
        app.store.end_session(secret.hash(Purpose::Cookie)).await?;
    }
    Ok(with_cookie(DOOR, no_cookie(app.place.encrypted)))
}

async fn begin(app: &App, who: &Who, token: Option<&str>) -> Result<Response, Refused> {
    let lasts: SignedDuration = if matches!(who, Who::Display(_)) { DISPLAY_SESSION } else { SESSION };
    let (secret, now) = (Secret::new()?, app.now());
    let expires = now.checked_add(lasts).unwrap_or(now);
    app.store.begin_session(secret.hash(Purpose::Cookie), who, token, expires, now).await?;
    let to = if matches!(who, Who::Display(_)) { WALL } else { HOME };
    Ok(with_cookie(to, secret.cookie(lasts, app.place.encrypted)))
}

fn with_cookie(to: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn only_from_here(method: &Method, headers: &HeaderMap) -> Result<(), Refused> {
    if is_of_this_site(method, headers) {
        Ok(())
    } else {
        Err(Refused::new(ProblemKind::NotYours, "This form was not sent by a page of this service."))
    }
}
