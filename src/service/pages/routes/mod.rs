//! Where the pages are, and what each of them reads and changes.

mod admin;
mod boards;
mod door;
mod dress;
mod items;
mod own;
mod said;
#[cfg(test)]
mod tests;
mod trainer;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;

use super::assets;
use super::frame::{Frame, Told, Visitor};
use crate::service::http::App;
use crate::service::http::problem::Refused;
use crate::service::store::Who;

pub(in crate::service) use dress::dress;
use said::Said;

type Page = Result<Html<String>, Refused>;

/// All pages, and what they are made with.
pub(in crate::service) fn routes() -> Router<App> {
    Router::new()
        .route("/assets/{version}/{name}", get(asset))
        .merge(boards::routes())
        .merge(door::routes())
        .merge(own::routes())
        .merge(trainer::routes())
        .merge(admin::routes())
}

async fn asset(Path((version, name)): Path<(String, String)>) -> Result<Response, Refused> {
    let asset = assets::named(&name).ok_or_else(|| Refused::not_found("There is nothing at this address."))?;
    // Two versions of the program may run beside each other: what this one has is not kept under the other's address.
    let kept = if version == assets::version() { "public, max-age=31536000, immutable" } else { "no-store" };
    let mut response = asset.content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    Ok(response)
}

fn page(view: &impl Template) -> Page {
    view.render().map(Html).map_err(|error| Refused::failed(&error))
}

/// What surrounds a page for whoever asks.
async fn frame(app: &App, who: Option<&Who>, here: &'static str, said: &Said) -> Result<Frame, Refused> {
    let visitor = match who {
        None => Visitor::Nobody,
        Some(Who::Player(_)) => Visitor::Player,
        Some(Who::Administrator(_)) => Visitor::Administrator,
        Some(Who::Display(_)) => Visitor::Display,
    };
    let mut frame = Frame::new(&app.store.settings().await?.name, visitor, here);
    frame.told = said.done().map(|done| Told { words: done.words().to_owned(), fine: true });
    Ok(frame)
}

/// On to a page, with a word on what was done.
fn done(to: &str, done: said::Done) -> Response {
    Redirect::to(&format!("{to}?done={}", done.name())).into_response()
}

/// What stands in a field, if anything does.
fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// An id from a field that may be empty.
fn id(text: &str) -> Result<Option<uuid::Uuid>, Refused> {
    let id = filled(text).map(str::parse).transpose();
    id.map_err(|_| Refused::malformed("Part of the form is not what was expected. Go back and choose again."))
}
