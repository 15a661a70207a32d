//! Reading requests: bounded, and refused in words for a person.

use axum::body::{Bytes, HttpBody as _};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;

use super::problem::Refused;
use crate::service::store::{Conflict, StoreError, Thing};
use crate::service::verify;
use crate::team::protocol::ProblemKind;

/// Bytes of a message in JSON. The largest there is has some hundreds.
const LARGEST_MESSAGE: usize = 64 * 1024;

/// A zero byte as JSON writes it.
const ESCAPED_ZERO: &[u8] = br"\u0000";

/// A message in JSON.
#[derive(Debug)]
pub(super) struct Message<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Message<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refused> {
        let bytes = body(request, LARGEST_MESSAGE).await?;
        if bytes.windows(ESCAPED_ZERO.len()).any(|window| window == ESCAPED_ZERO) {
            return Err(zero());
        }
        // Said without what stood there: it may be a secret.
        let read = serde_json::from_slice(&bytes).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Refused::malformed(format!("The message could not be read at {place}: it is not what was expected."))
        });
        read.map(Self)
    }
}

/// Parts of the address.
#[derive(Debug)]
pub(super) struct Named<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(named)| Self(named)).map_err(|_| Refused::not_found("There is nothing at this address."))
    }
}

/// What is asked after the `?`.
#[derive(Debug)]
pub(super) struct Query<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(asked)| Self(asked))
            .map_err(|_| Refused::malformed("What is asked for after the ? in the address is not what was expected."))
    }
}

/// The body of a request. One that says it is larger than may be is refused before any of it is read.
pub(super) async fn body(mut request: Request, most: usize) -> Result<Bytes, Refused> {
    let too_large =
        || Refused::new(ProblemKind::TooLarge, format!("This is larger than the {most} bytes that are taken here."));
    if declared(&request).is_some_and(|declared| declared > most as u64) {
        return Err(too_large());
    }
    DefaultBodyLimit::max(most).apply(&mut request);
    let bytes = Bytes::from_request(request, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { broken_off() }
    })?;
    if bytes.contains(&0) { Err(zero()) } else { Ok(bytes) }
}

/// Waits for the whole of a body, unless it is large or nobody says how large it is; and says whether all has come.
///
/// Where a request is answered before its body has come, the connection has to be closed behind the answer, and whoever
/// sends their next request on it finds that out too late. Not everything that is answered reads the body first.
pub(super) async fn at_hand(request: Request) -> Result<(Request, bool), Refused> {
    if request.body().is_end_stream() {
        return Ok((request, true));
    }
    if declared(&request).is_none_or(|declared| declared > LARGEST_MESSAGE as u64) {
        return Ok((request, false));
    }
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, LARGEST_MESSAGE).await.map_err(|_| broken_off())?;
    Ok((Request::from_parts(parts, bytes.into()), true))
}

/// How large a body is, as its sender says.
fn declared(request: &Request) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn broken_off() -> Refused {
    Refused::malformed("The message broke off before its end.")
}

/// A zero byte, which no text of a person has and no text in `PostgreSQL` can have, is refused at the door: on every
/// back end alike.
pub(super) fn zero() -> Refused {
    Refused::malformed("There is a zero byte in it, which stands in no text.")
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::busy(1, "Many write at the moment. Try again in a moment."),
            StoreError::Unavailable(_) => {
                tracing::error!(%error, "the database cannot be used");
                Self::new(
                    ProblemKind::Unavailable,
                    "The service cannot keep anything at the moment, so nothing was taken. Try again later.",
                )
            }
            StoreError::Conflict(conflict) => conflict.into(),
            StoreError::NotFound(thing) => not_found(thing),
            StoreError::Corrupt(_)
            | StoreError::Newer { .. }
            | StoreError::Open { .. }
            | StoreError::Address(_)
            | StoreError::Backup(_) => Self::failed(&error),
        }
    }
}

/// There is no such thing.
pub(in crate::service) fn not_found(thing: Thing) -> Refused {
    Refused::not_found(match thing {
        Thing::Invite => "This invite is not known here. Copy all of the link, or ask for a new one.".to_owned(),
        Thing::Start => "The leave under which this was played is not known here.".to_owned(),
        other => format!("There is no such {other} here."),
    })
}

/// A cursor that was not given out here.
pub(in crate::service) fn no_such_page() -> Refused {
    Refused::malformed("This cursor is none of this service\u{2019}s. Begin anew without it.")
}

impl From<Conflict> for Refused {
    fn from(conflict: Conflict) -> Self {
        let stands_against = |words: &'static str| Self::malformed(words).with_status(StatusCode::CONFLICT);
        match conflict {
            Conflict::AnotherBody => {
                Self::new(ProblemKind::AnotherBody, "This id stands for something else already; nothing was changed.")
            }
            Conflict::SameCall => Self::new(
                ProblemKind::SameCall,
                "This very call, played word for word on the same seed, was sent already under another name or id.",
            ),
            Conflict::NotYours => Self::new(ProblemKind::NotYours, "This belongs to another player."),
            Conflict::NotAsGiven => Self::new(
                ProblemKind::DoesNotHold,
                "This was not played as the leave was given: on another seed, or in another mode.",
            ),
            Conflict::NotPublished => verify::not_published(),
            Conflict::NoneLeft => Self::new(
                ProblemKind::NoneLeft,
                "You have begun all ranked calls that a season has for this scenario. Practise as often as you like.",
            ),
            Conflict::AheadOutstanding => Self::new(
                ProblemKind::NoneLeft,
                "You have fetched a call of this scenario ahead already. Play that one first.",
            ),
            Conflict::NoSeason => {
                Self::new(ProblemKind::NoneLeft, "No season is open, so nothing is ranked at the moment.")
            }
            Conflict::NameTaken => {
                Self::new(ProblemKind::NameTaken, "This name is taken, or looks like one that is. Choose another one.")
            }
            Conflict::Used => Self::new(ProblemKind::Expired, "This has been used already. Ask for a new one."),
            Conflict::Expired => Self::new(ProblemKind::Expired, "This is too old. Ask for a new one."),
            Conflict::SeasonOpen => stands_against("A season is open already. Close it first."),
            Conflict::TeamNotEmpty => stands_against("The team still has players. Move them to another one first."),
        }
    }
}

impl From<getrandom::Error> for Refused {
    fn from(error: getrandom::Error) -> Self {
        Self::failed(&error)
    }
}
