//! The messages of the service's interface, version 1. A field may be added under the same version; none is taken away
//! or changes its meaning.
//!
//! Times are RFC 3339 in UTC, seeds are text (not every reader of JSON keeps 64 bits of a number), scores are bounded
//! integers.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dialogue::Mode;
use crate::scenario::vocabulary::{Outcome, Skill};

/// Where the interface begins on a service's address.
pub const BASE: &str = "/v1";

/// The header in which a client says which rules it plays by.
pub const RULES_HEADER: &str = "simmer-rules";

/// Largest number of rows on a page of a board.
pub const LARGEST_PAGE: u32 = 100;

macro_rules! messages {
    ($($(#[$attribute:meta])* $visibility:vis struct $name:ident { $($body:tt)* })*) => {$(
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
        $visibility struct $name { $($body)* }
    )*};
}

/// Messages that carry a secret: `Debug` tells their name and nothing more.
macro_rules! secret_messages {
    ($($(#[$attribute:meta])* $visibility:vis struct $name:ident { $($body:tt)* })*) => {$(
        $(#[$attribute])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
        $visibility struct $name { $($body)* }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}

secret_messages! {
/// `POST /v1/join`: an invite and a name of one's own choice for a device of one's own.
///
/// With a `token` it may be repeated: while the invite would be good, the very same message gives the same answer.
pub struct Join {
    /// The code of the invite link.
    pub invite: String,
    /// A pseudonym, 1 to 40 letters.
    pub alias: String,
    /// What to call this device, as in “desk by the window”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The key of this device, made by the device itself: `sim_<id>_<secret>`, with an id of 40 bits of chance and a
    /// secret of 256, each in Base32 without padding, in small letters. The service keeps the hash of the secret alone.
    /// Whoever sends none is given one, and cannot ask again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// What joining gives.
pub struct Joined {
    pub player: Uuid,
    pub alias: String,
    pub team: Option<TeamName>,
    /// The name of the service, as in “Quayside support”.
    pub service: String,
    /// `sim_<id>_<secret>`: the one that was sent, or where none was, a new one that is shown this once.
    pub token: String,
}

/// `POST /v1/me/browser`: a link that shows a browser who asks, once.
pub struct BrowserLink {
    /// On this service's own address.
    pub link: String,
    pub expires: Timestamp,
}
}

messages! {
/// A team by its id and name.
pub struct TeamName {
    pub id: Uuid,
    pub name: String,
}

/// `GET /v1/me`: what the service knows of the one who asks.
pub struct Me {
    pub player: Uuid,
    pub alias: String,
    pub team: Option<TeamName>,
    /// Whether the player is shown on boards.
    pub listed: bool,
    pub service: String,
    pub devices: Vec<Device>,
    pub season: Option<Season>,
}

/// `PATCH /v1/me`: what is missing stays as it is.
pub struct ChangeMe {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// `false` takes the player off every board at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<bool>,
}

/// One of a player's devices.
pub struct Device {
    /// The eight characters after `sim_`; not secret.
    pub id: String,
    pub name: Option<String>,
    pub added: Timestamp,
    pub last_seen: Option<Timestamp>,
    /// The device that asks.
    pub this: bool,
}

/// A stretch of time with boards of its own.
pub struct Season {
    pub id: Uuid,
    pub name: String,
    pub starts: Timestamp,
    /// None while it is open.
    pub ends: Option<Timestamp>,
    /// Ranked attempts a player has at each scenario.
    pub attempts: u32,
}

/// `GET /v1/seasons`, the newest first.
pub struct Seasons {
    pub seasons: Vec<Season>,
}

/// A published scenario, as the one who asks stands with it.
pub struct PublishedScenario {
    /// The scenario's slug.
    pub scenario: String,
    pub title: String,
    /// 1 to 5.
    pub difficulty: u8,
    /// In hexadecimal. Only attempts at exactly this are ranked.
    pub full_hash: String,
    /// Ranked attempts begun this season, and how many there may be.
    pub begun: u32,
    pub allowed: u32,
    /// When a trainer wants it done, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// The best ladder points of one's own first attempt this season.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
}

/// `GET /v1/scenarios`.
pub struct PublishedScenarios {
    pub scenarios: Vec<PublishedScenario>,
}

/// `POST /v1/starts`: leave to play a ranked run. The same `id` gives the same answer.
pub struct AskStart {
    /// Chosen by the client, of version 7.
    pub id: Uuid,
    /// In hexadecimal.
    pub full_hash: String,
    pub rules: u32,
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub mode: Mode,
    /// Fetched ahead, to be played without the service: at most one for each scenario, and valid for 72 hours.
    #[serde(default)]
    pub ahead: bool,
}

/// Leave to play one ranked run. It counts from when it is given.
pub struct Start {
    pub id: Uuid,
    /// The slug.
    pub scenario: String,
    pub full_hash: String,
    pub rules: u32,
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub mode: Mode,
    /// 64 bits, as decimal text.
    pub seed: String,
    pub season: Uuid,
    pub issued: Timestamp,
    /// An attempt must be received before.
    pub expires: Timestamp,
    pub ahead: bool,
}

/// The answer to `PUT /v1/attempts/{id}`, whose body is the attempt's file. What is sent again is answered again, word
/// for word.
pub struct Accepted {
    pub attempt: Uuid,
    pub standing: Standing,
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub outcome: Outcome,
    /// 0 to 1000, as the service played it back.
    pub overall: u16,
    /// 0 to 1320.
    pub points: u32,
    /// Hundredths of a point: listening, calm tone, empathy, needs assessment, follow-through.
    pub skills: [i32; 5],
    /// What a person should look at. Nobody is kept off a board by a program.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
}

/// `GET /v1/boards`: a page of a board.
pub struct BoardPage {
    pub board: BoardName,
    pub season: Season,
    pub rows: Vec<BoardRow>,
    /// Players on it.
    pub players: u64,
    /// The row of the one who asks, and those around it, where it is not on this page.
    pub near: Vec<BoardRow>,
    /// For the next page; none on the last.
    pub next: Option<String>,
    /// Goes up with every change of this service's boards.
    pub revision: u64,
}

/// Which board. All fields may be missing.
#[derive(Default)]
pub struct BoardName {
    /// The slug; none for all scenarios together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// None for the overall score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub skill: Option<Skill>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Uuid>,
    /// None for the one that is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Uuid>,
}

/// A line of a board.
pub struct BoardRow {
    /// From 1 on; shared where nothing tells two apart. 0 where there is none yet.
    pub rank: u64,
    pub player: Uuid,
    pub alias: String,
    pub team: Option<String>,
    /// 0 to 1320.
    pub points: u32,
    /// The slug and title of the scenario that the points are of.
    pub scenario: String,
    pub title: String,
    /// [`Standing::Ranked`]; or [`Standing::Provisional`] or [`Standing::NotFinished`], and then `rank` is 0 and the row
    /// stands after the ranked ones.
    pub standing: Standing,
    /// It was fetched ahead and played without the service, which protects it less.
    pub ahead: bool,
    /// The player who asks.
    pub own: bool,
}

/// `GET /v1/boards/rank`: where the one who asks stands.
pub struct OwnRank {
    /// The best rank that they have; none without one.
    pub rank: Option<u64>,
    /// Players on the board.
    pub players: u64,
}

/// `GET /v1/boards/teams`.
pub struct TeamBoard {
    pub season: Season,
    pub teams: Vec<TeamRow>,
    /// Teams too small to be listed.
    pub small: Vec<String>,
    /// Members with a listed score that a team needs.
    pub least: u32,
}

/// A team on a board.
pub struct TeamRow {
    pub rank: u64,
    pub team: Uuid,
    pub name: String,
    /// The median of its members' listed scores.
    pub points: u32,
    pub members: u32,
    pub own: bool,
}

/// `GET /v1/boards/improved`: who gained most from the first to the latest attempt.
pub struct ImprovedBoard {
    pub season: Season,
    pub rows: Vec<ImprovedRow>,
}

/// What a player gained at a scenario.
pub struct ImprovedRow {
    pub player: Uuid,
    pub alias: String,
    pub scenario: String,
    pub title: String,
    pub first: u32,
    pub latest: u32,
    pub own: bool,
}

/// `GET /v1/attempts`: one's own past.
pub struct OwnAttempts {
    pub attempts: Vec<OwnAttempt>,
    pub next: Option<String>,
}

/// One of one's own.
pub struct OwnAttempt {
    /// None where a start was never followed by an attempt.
    pub attempt: Option<Uuid>,
    pub scenario: String,
    pub title: String,
    pub season: Uuid,
    pub begun: Timestamp,
    pub standing: Standing,
    pub points: Option<u32>,
}

/// What went wrong, in `application/problem+json` (RFC 9457).
pub struct Problem {
    /// What it is, for a program.
    #[serde(rename = "type")]
    pub kind: ProblemKind,
    /// A sentence for a person, with what to do.
    pub title: String,
    pub status: u16,
    /// The input that was not possible, the first being 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// Seconds after which it may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

/// An event of `GET /v1/events` (server-sent).
pub struct Changed {
    /// See [`BoardPage::revision`].
    pub revision: u64,
    /// The scenario whose boards have moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
}
}

macro_rules! words {
    ($($(#[$attribute:meta])* $visibility:vis enum $name:ident { $($body:tt)* })*) => {$(
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
        $visibility enum $name { $($body)* }
    )*};
}

words! {
/// Where an attempt stands.
pub enum Standing {
    /// On the board.
    Ranked,
    /// Promises are still open.
    Provisional,
    /// A later one at the same scenario: it counts for “most improved”.
    Later,
    /// Its seed was the client's own, or it was a practice of another kind: kept, not ranked.
    Unranked,
    /// Leave was given, and no attempt came.
    NotFinished,
    /// Taken off the board by a person, with a reason.
    Invalid,
}

/// Something about an attempt that a person should look at.
pub enum Flag {
    /// Replies were given faster than they can be read.
    FasterThanReading,
    /// More time was played than passed between leave and receipt.
    ClockAhead,
}

/// Why something was refused.
pub enum ProblemKind {
    /// 400: the body or a parameter is not what was expected.
    Malformed,
    /// 401: no token, or one that is not known or was revoked.
    Unauthorised,
    /// 403: somebody else's.
    NotYours,
    /// 404
    NotFound,
    /// 409: the same id with another body.
    AnotherBody,
    /// 409: the very same call, played word for word, was sent by somebody already.
    SameCall,
    /// 409: another scenario, or another version of it, than the published one.
    NotPublished,
    /// 409: another version of the rules.
    OtherRules,
    /// 409: the name is taken, or looks like one that is.
    NameTaken,
    /// 409: no ranked attempt is left, or one was fetched ahead already.
    NoneLeft,
    /// 410: an invite or a start that has been used or is too old.
    Expired,
    /// 413
    TooLarge,
    /// 422: played back, it does not hold.
    DoesNotHold,
    /// 429: later; see `retry_after`.
    Busy,
    /// 500: it was not the client's fault.
    Failed,
    /// 503: the database cannot be written; nothing was acknowledged.
    Unavailable,
}
}
