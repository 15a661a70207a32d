//! What is done around every request: measuring, a bound on its time, and the headers of its answer.

use std::any::Any;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::caller::reader;
use super::client::Client;
use super::problem::Refused;
use super::reading::{at_hand, zero};
use super::reads::{BY_ADDRESS, BY_CALLER, is_read};
use crate::team::protocol::ProblemKind;

/// From the first byte of a request to the beginning of its answer; with what a large attempt takes over a slow line.
const ONE_REQUEST: Duration = Duration::from_secs(30);

/// For so long whoever asks too often waits for being told so. Else a program that goes on all the same would be refused as
/// fast as the processor can, and the others would feel that.
const HELD_BACK: Duration = Duration::from_millis(250);

/// What a page may load: nothing but what lies here, and nothing that stands in the page itself.
const CONTENT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                       connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What a request is counted under that leads nowhere: else anybody could make up as many routes as they like.
const NO_ROUTE: &str = "none";

pub(super) async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = tokio::time::Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let answered = async {
        let (request, has_come) = match at_hand(request).await {
            Ok(at_hand) => at_hand,
            Err(refused) => return refused.into_response(),
        };
        if request.uri().to_string().contains("%00") {
            return zero().into_response();
        }
        let mut response = match may_read(&app, &request) {
            Ok(()) => next.run(request).await,
            Err(refused) => refused.into_response(),
        };
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            tokio::time::sleep(HELD_BACK).await;
        }
        if !has_come && !response.status().is_success() {
            // What is refused may not have been read, and then nothing can follow on the same connection.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    };
    let mut response = match tokio::time::timeout(ONE_REQUEST, answered).await {
        Ok(response) => response,
        Err(_) => Refused::new(ProblemKind::Unavailable, "This took too long and was given up. Try again in a moment.")
            .into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(transport) = app.place.transport() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, transport);
    }
    // What nobody says otherwise of is for the one who asked alone.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let (status, elapsed) = (response.status(), began.elapsed());
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let refused = response.extensions().get::<ProblemKind>().copied();
    app.metrics.answered(&method, route, status, refused, elapsed);
    // The route and never the path: that may hold an invite or a link.
    tracing::debug!(%method, route, status = status.as_u16(), ?elapsed, "answered");
    response
}

/// Before anything is looked up for it. Whoever is known has reads of their own, so that one who reads without end takes
/// nothing from others at the same address; whoever is not, or only says so, shares those of the address.
fn may_read(app: &App, request: &Request) -> Result<(), Refused> {
    if !is_read(request.method()) {
        return Ok(());
    }
    if let Some(who) = reader(app, request.headers()).filter(|who| app.reads.knows(who)) {
        return app.reads.take(&who, BY_CALLER);
    }
    let client = Client::of(app, request.extensions(), request.headers())?;
    app.reads.take(&client.doing("address"), BY_ADDRESS)
}

pub(super) async fn nothing_here() -> Refused {
    Refused::not_found("There is nothing at this address.")
}

pub(super) async fn not_like_that() -> Refused {
    Refused::malformed("This address does not take that method.").with_status(StatusCode::METHOD_NOT_ALLOWED)
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(super) fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let said = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    Refused::failed(&format!("a bug: {}", said.unwrap_or("no words"))).into_response()
}
