//! What moves on the boards, as it moves: read from the database once for all who listen.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tokio_stream::wrappers::{BroadcastStream, WatchStream};
use tokio_stream::{Stream, StreamExt};

use super::app::App;
use super::caller::Caller;
use super::problem::Refused;
use super::problems::{Always, Known};
use crate::service::store::Store;
use crate::team::protocol::Changed;

/// How often the database is asked.
const ASKED_EVERY: Duration = Duration::from_millis(500);
/// How often something is said where nothing moves: middlemen close what is silent.
const KEPT_ALIVE: Duration = Duration::from_secs(15);
/// Connections that listen to one process.
const MOST: usize = 1024;
/// Events that one who is slow may be behind. Then they are told that everything may have moved.
const BEHIND: usize = 256;

/// What moves, for everybody who listens.
#[derive(Debug, Clone)]
pub(in crate::service) struct Events {
    said: broadcast::Sender<Changed>,
    /// True from when the service stops.
    stopping: watch::Receiver<bool>,
    places: Arc<Semaphore>,
}

impl Events {
    pub(in crate::service) fn new(stopping: watch::Receiver<bool>) -> Self {
        Self { said: broadcast::Sender::new(BEHIND), stopping, places: Arc::new(Semaphore::new(MOST)) }
    }

    /// Asks the database until the service stops. What has moved since the revision `known` is told.
    pub(in crate::service) async fn watch(self, store: Store, mut known: u64) {
        let mut stopping = self.stopping.clone();
        loop {
            tokio::select! {
                () = tokio::time::sleep(ASKED_EVERY) => {}
                _ = stopping.wait_for(|stopping| *stopping) => return,
            }
            match self.look(&store, known).await {
                Ok(revision) => known = revision,
                Err(error) => tracing::warn!(%error, "what moves on the boards could not be read"),
            }
        }
    }

    /// Tells what has moved since `known`, and gives the newest revision.
    async fn look(&self, store: &Store, known: u64) -> Result<u64, crate::service::store::StoreError> {
        let revision = store.revision().await?;
        if revision <= known {
            return Ok(known);
        }
        let changes = store.changed_since(known).await?;
        let newest = changes.iter().map(|change| change.revision).fold(revision, u64::max);
        for change in changes {
            // Nobody may be listening.
            let _ = self.said.send(change);
        }
        Ok(newest)
    }

    /// Connections that listen.
    #[cfg(test)]
    pub(in crate::service) fn listening(&self) -> usize {
        MOST - self.places.available_permits()
    }

    fn place(&self) -> Result<OwnedSemaphorePermit, Refused> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        place.map_err(|_| Refused::busy(30, "Too many are looking on at the moment. Try again later."))
    }
}

/// What moves on the boards, as it moves
///
/// Server-sent events: `data` is a `Changed` in JSON. One without a scenario says that any board may have moved.
#[utoipa::path(get, path = "/v1/events", tag = "boards", security(("token" = [])),
    responses((status = 200, content_type = "text/event-stream", body = Changed), Always, Known))]
pub(super) async fn events(State(app): State<App>, _caller: Caller) -> Result<Response, Refused> {
    let place = app.events.place()?;
    let said = BroadcastStream::new(app.events.said.subscribe());
    let revision = app.store.revision().await?;
    let first = tokio_stream::once(Changed { revision, scenario: None });
    let mut last = revision;
    let later = said.map(move |change| {
        let change = match change {
            Ok(change) => change,
            Err(BroadcastStreamRecvError::Lagged(_)) => Changed { revision: last, scenario: None },
        };
        last = last.max(change.revision);
        change
    });
    let events = first.chain(later).filter_map(move |change| {
        let _held = &place;
        Event::default().json_data(change).ok().map(Ok::<_, Infallible>)
    });
    let until = until(events, app.events.stopping.clone());
    let mut response = Sse::new(until).keep_alive(KeepAlive::new().interval(KEPT_ALIVE)).into_response();
    // A proxy that collects answers would hold them back.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The stream, ended when the service stops: nobody would finish listening by themselves.
fn until<T: Send + 'static>(
    stream: impl Stream<Item = T> + Send + 'static,
    stopping: watch::Receiver<bool>,
) -> impl Stream<Item = T> + Send {
    let stops = WatchStream::new(stopping).filter_map(|stopping| stopping.then_some(None));
    stream.map(Some).merge(stops).take_while(Option::is_some).filter_map(|item| item)
}
