//! The interface of the service, version 1 ([`protocol`](crate::team::protocol)), as a router and the `OpenAPI` document
//! that describes it.

mod admin;
mod app;
mod around;
mod attempts;
mod boards;
mod browser;
pub(super) mod caller;
mod client;
mod events;
mod join;
mod me;
mod metrics;
mod operations;
pub(super) mod problem;
mod problems;
mod reading;
mod reads;
mod scenarios;
mod starts;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::pages;
use crate::team::protocol::{Problem, ProblemKind};

pub use admin::listed;
pub(super) use admin::{MOST_DAYS, MOST_TEAM, settings_of};
pub(super) use app::{App, Clock, Place};
pub(super) use client::Client;
pub(super) use events::Events;
pub(super) use operations::operations;
pub(super) use reading::{no_such_page, not_found};

/// Where the document is.
pub(super) const DOCUMENT: &str = "/openapi.json";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Simmer team service",
        description = "Ranked attempts, played back before they count. What is refused is refused in \
                       `application/problem+json`, with a sentence for a person.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem, ProblemKind)),
    tags(
        (name = "player", description = "For a player’s device: a token `sim_…` as bearer."),
        (name = "boards", description = "For devices, administrators and displays."),
        (name = "administrator", description = "For a token `adm_…` as bearer. Every act stands in the audit log.")
    )
)]
struct Document;

/// All routes, and their description.
pub(super) fn described() -> (Router<App>, utoipa::openapi::OpenApi) {
    let (router, mut document) = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(join::join))
        .routes(routes!(me::me, me::change_me, me::delete_me))
        .routes(routes!(me::export_me))
        .routes(routes!(me::drop_device))
        .routes(routes!(me::browser_link))
        .routes(routes!(scenarios::scenarios))
        .routes(routes!(scenarios::scenario))
        .routes(routes!(starts::start))
        .routes(routes!(attempts::own_attempts))
        .routes(routes!(attempts::submit::submit, attempts::attempt))
        .routes(routes!(boards::board))
        .routes(routes!(boards::rank))
        .routes(routes!(boards::teams))
        .routes(routes!(boards::improved))
        .routes(routes!(boards::seasons))
        .routes(routes!(events::events))
        .merge(admin::routes())
        .split_for_parts();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("sim_…, adm_… or see_…").build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    (router, document)
}

/// Everything that the service answers on its public address.
pub(super) fn router(app: App) -> Router {
    let (api, document) = described();
    let document = document.to_json().unwrap_or_default();
    let described = move || {
        let document = document.clone();
        async move { ([(axum::http::header::CONTENT_TYPE, "application/json")], document) }
    };
    Router::new()
        .route(DOCUMENT, axum::routing::get(described))
        .merge(api)
        .merge(browser::routes())
        .merge(pages::routes())
        .fallback(around::nothing_here)
        .method_not_allowed_fallback(around::not_like_that)
        .layer(CatchPanicLayer::custom(around::panicked))
        .layer(from_fn_with_state(app.clone(), pages::dress))
        .layer(from_fn_with_state(app.clone(), around::around))
        .with_state(app)
}
