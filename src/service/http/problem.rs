//! What went wrong, as `application/problem+json` (RFC 9457).

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::team::protocol::{Problem, ProblemKind};

/// The content type of a problem.
pub(in crate::service) const PROBLEM_JSON: &str = "application/problem+json";

/// A request that was refused, with a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::service) struct Refused {
    pub(in crate::service) kind: ProblemKind,
    words: Cow<'static, str>,
    index: Option<u32>,
    retry_after: Option<u32>,
    /// Where it is not the one of its kind.
    status: Option<StatusCode>,
}

impl Refused {
    pub(in crate::service) fn new(kind: ProblemKind, words: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, words: words.into(), index: None, retry_after: None, status: None }
    }

    pub(in crate::service) fn malformed(words: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::Malformed, words)
    }

    pub(in crate::service) fn not_found(words: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::NotFound, words)
    }

    /// Too much at once.
    pub(in crate::service) fn busy(seconds: u32, words: impl Into<Cow<'static, str>>) -> Self {
        Self { retry_after: Some(seconds.max(1)), ..Self::new(ProblemKind::Busy, words) }
    }

    /// The input that was not possible, the first being 0.
    pub(in crate::service) fn at_input(self, index: usize) -> Self {
        Self { index: u32::try_from(index).ok(), ..self }
    }

    pub(in crate::service) fn with_status(self, status: StatusCode) -> Self {
        Self { status: Some(status), ..self }
    }

    /// Something of ours. What exactly goes into the log alone.
    pub(in crate::service) fn failed(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(ProblemKind::Failed, "Something went wrong here, and it was not your doing. Try again later.")
    }

    pub(in crate::service) fn unauthorised() -> Self {
        Self::new(
            ProblemKind::Unauthorised,
            "This service does not know you: the token is missing, wrong or was revoked. Ask whoever runs the service \
             for a new invite link.",
        )
    }

    pub(in crate::service) fn status(&self) -> StatusCode {
        self.status.unwrap_or_else(|| status(self.kind))
    }

    fn problem(&self) -> Problem {
        Problem {
            kind: self.kind,
            title: self.words.clone().into_owned(),
            status: self.status().as_u16(),
            index: self.index,
            retry_after: self.retry_after,
        }
    }
}

/// The status that stands in the documentation of each kind.
pub(in crate::service) const fn status(kind: ProblemKind) -> StatusCode {
    match kind {
        ProblemKind::Malformed => StatusCode::BAD_REQUEST,
        ProblemKind::Unauthorised => StatusCode::UNAUTHORIZED,
        ProblemKind::NotYours => StatusCode::FORBIDDEN,
        ProblemKind::NotFound => StatusCode::NOT_FOUND,
        ProblemKind::AnotherBody
        | ProblemKind::SameCall
        | ProblemKind::NotPublished
        | ProblemKind::OtherRules
        | ProblemKind::NameTaken
        | ProblemKind::NoneLeft => StatusCode::CONFLICT,
        ProblemKind::Expired => StatusCode::GONE,
        ProblemKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemKind::DoesNotHold => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemKind::Busy => StatusCode::TOO_MANY_REQUESTS,
        ProblemKind::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        ProblemKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let problem = self.problem();
        let mut response = (self.status(), axum::Json(&problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.kind == ProblemKind::Unauthorised {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // For what counts refusals.
        response.extensions_mut().insert(self.kind);
        response
    }
}
