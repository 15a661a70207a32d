//! Refusals as the `OpenAPI` document describes them.

use std::collections::BTreeMap;

use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use super::problem::PROBLEM_JSON;
use crate::team::protocol::Problem;

/// What may be said to anybody who asks anything.
pub(super) struct Always;
/// To anybody who must be known.
pub(super) struct Known;
/// Where something is named that need not be there.
pub(super) struct Missing;
/// Where what is asked may stand against what is kept.
pub(super) struct Against;
/// Where something may be too old.
pub(super) struct TooOld;
/// Where a whole file is sent.
pub(super) struct TooMuch;
/// Where something is played back.
pub(super) struct Unsound;

macro_rules! responses {
    ($($name:ident { $($status:literal => $words:literal),+ })+) => {$(
        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(($status.to_owned(), RefOr::T(described($words)))),+])
            }
        }
    )+};
}

responses! {
    Always {
        "400" => "What was sent is not what was expected",
        "413" => "What was sent is too large",
        "429" => "Later: see Retry-After",
        "500" => "It was not the client’s fault",
        "503" => "Nothing can be kept at the moment, and nothing was"
    }
    Known {
        "401" => "No token, or one that is not known or was revoked",
        "403" => "Somebody else’s"
    }
    Missing { "404" => "There is no such thing" }
    Against { "409" => "It does not go with what is kept: see `type`" }
    TooOld { "410" => "Used, or too old" }
    TooMuch { "413" => "Larger than may be" }
    Unsound { "422" => "Played back, it does not hold" }
}

fn described(words: &str) -> Response {
    let schema = Ref::from_schema_name(Problem::name());
    ResponseBuilder::new().description(words).content(PROBLEM_JSON, Content::new(Some(RefOr::Ref(schema)))).build()
}
