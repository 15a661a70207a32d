//! A refusal as a page, where a browser asked for one.

use askama::Template;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::service::http::App;
use crate::service::pages::door::{SignInView, TroubleView};
use crate::service::pages::frame::{Frame, Visitor};
use crate::team::protocol::{BASE, Problem, ProblemKind};

/// A problem in JSON is smaller.
const LARGEST_PROBLEM: usize = 16 * 1024;

/// Makes pages of what a person's browser was refused. Programs get what they always get.
pub(in crate::service) async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let wants_page = wants_page(request.headers(), &uri);
    let mut response = next.run(request).await;
    if !wants_page || response.extensions().get::<ProblemKind>().is_none() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Some(problem) =
        to_bytes(body, LARGEST_PROBLEM).await.ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
    else {
        return parts.status.into_response();
    };
    let service = app.store.settings().await.map_or_else(|_| "Simmer".to_owned(), |settings| settings.name);
    response = page(&service, &problem, &method, &uri);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = parts.headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response.extensions_mut().insert(problem.kind);
    response
}

fn wants_page(headers: &HeaderMap, uri: &Uri) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepts.contains("text/html") && !uri.path().starts_with(BASE)
}

fn page(service: &str, problem: &Problem, method: &Method, uri: &Uri) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let asked = uri.path();
    if problem.kind == ProblemKind::Unauthorised {
        if asked == "/sign-in" {
            let view = SignInView { frame: Frame::new(service, Visitor::Nobody, "/sign-in"), refused: true };
            return rendered(status, &view);
        }
        return Redirect::to("/sign-in").into_response();
    }
    let frame = Frame::new(service, Visitor::Nobody, "");
    rendered(status, &TroubleView::of(frame, problem, asked, method == Method::POST))
}

fn rendered(status: StatusCode, view: &impl Template) -> Response {
    match view.render() {
        Ok(page) => {
            let mut response = (status, Html(page)).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(_) => status.into_response(),
    }
}
