//! A client for the interface of [`protocol`](crate::team::protocol).

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use ureq::http::{Method, Request, Response, StatusCode, header};
use ureq::{Agent, Body};
use uuid::Uuid;

use super::address::Address;
use super::call::{CallError, shown};
use super::events::Events;
use super::membership::Membership;
use super::pin;
use crate::attempt::RULES_VERSION;
use crate::scenario::model::Hash;
use crate::scenario::parse::MAXIMUM_SIZE as LARGEST_SCENARIO;
use crate::scenario::vocabulary::Skill;
use crate::team::Token;
use crate::team::protocol::{
    Accepted, AskStart, BASE, BoardPage, BoardRow, BrowserLink, ChangeMe, ImprovedBoard, Join, Joined, LARGEST_PAGE,
    Me, OwnAttempts, OwnRank, Problem, ProblemKind, PublishedScenarios, RULES_HEADER, Season, Seasons, Start,
    TeamBoard,
};

const CONNECTING: Duration = Duration::from_secs(10);
/// For one call, from the first name looked up to the last byte.
const ONE_CALL: Duration = Duration::from_secs(30);
/// The service says something at least this often while events are listened to.
const SILENCE: Duration = Duration::from_secs(90);

/// Bytes of an answer.
const LARGEST_ANSWER: u64 = 4 * 1024 * 1024;
/// Bytes of all that a service knows of one player.
const LARGEST_EXPORT: u64 = 256 * 1024 * 1024;

/// A service that can be spoken to.
pub struct Service {
    address: Address,
    agent: Agent,
    token: Option<Token>,
}

/// Which page of which board. With nothing set it is the first of all scenarios, by overall score, this season.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardQuery {
    /// The slug.
    pub scenario: Option<String>,
    pub skill: Option<Skill>,
    pub team: Option<Uuid>,
    pub season: Option<Uuid>,
    /// What came with the page before.
    pub cursor: Option<String>,
    /// Rows, up to [`LARGEST_PAGE`].
    pub limit: Option<u32>,
}

impl BoardQuery {
    /// Which board, without which page.
    fn board(&self) -> [(&'static str, Option<String>); 4] {
        [
            ("scenario", self.scenario.clone()),
            ("skill", self.skill.map(|skill| skill.name().to_owned())),
            ("team", self.team.map(|team| team.to_string())),
            ("season", self.season.map(|season| season.to_string())),
        ]
    }
}

impl Service {
    /// A service that one has not joined.
    pub fn at(address: Address) -> Result<Self, CallError> {
        let proxy = if address.is_loopback() { None } else { ureq::Proxy::try_from_env() };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // What is meant for one service is said to no other.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy)
            .user_agent(concat!("simmer/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECTING))
            .timeout_global(Some(ONE_CALL))
            .build();
        let agent = match address.pin() {
            Some(pin) => pin::agent(config, pin).map_err(|error| CallError::from(ureq::Error::Rustls(error)))?,
            None => config.new_agent(),
        };
        Ok(Self { address, agent, token: None })
    }

    /// The service that somebody has joined, in their name.
    pub fn of(membership: &Membership) -> Result<Self, CallError> {
        Ok(Self { token: Some(membership.token.clone()), ..Self::at(membership.address.clone())? })
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Breaks off whatever is under way, [`Events`] too, on whichever thread. Nothing can be said after that.
    pub fn hang_up(&self) {
        self.agent.clone().shutdown();
    }

    pub fn join(&self, join: &Join) -> Result<Joined, CallError> {
        self.send(Method::POST, "/join", join)
    }

    pub fn me(&self) -> Result<Me, CallError> {
        self.get("/me")
    }

    pub fn change_me(&self, change: &ChangeMe) -> Result<Me, CallError> {
        self.send(Method::PATCH, "/me", change)
    }

    /// Deletes all that the service knows of the one who asks.
    pub fn delete_me(&self) -> Result<(), CallError> {
        self.answered(self.request(Method::DELETE, "/me"), Vec::new(), LARGEST_ANSWER).map(|_| ())
    }

    /// Revokes a device of the one who asks, by the id of its token.
    pub fn drop_device(&self, id: &str) -> Result<(), CallError> {
        self.answered(self.request(Method::DELETE, &format!("/me/devices/{id}")), Vec::new(), LARGEST_ANSWER)
            .map(|_| ())
    }

    /// All that the service knows of the one who asks, as it sends it.
    pub fn export_me(&self) -> Result<Vec<u8>, CallError> {
        self.answered(self.request(Method::GET, "/me/export"), Vec::new(), LARGEST_EXPORT)
    }

    /// A link that shows a browser who one is, once. A link to anywhere else is refused.
    pub fn browser_link(&self) -> Result<BrowserLink, CallError> {
        let request = self.request(Method::POST, "/me/browser");
        let link: BrowserLink = read(&self.answered(request, Vec::new(), LARGEST_ANSWER)?)?;
        if self.address.leads_here(&link.link) { Ok(link) } else { Err(CallError::NotUnderstood) }
    }

    pub fn scenarios(&self) -> Result<PublishedScenarios, CallError> {
        self.get("/scenarios")
    }

    /// The text of a published scenario. Whether it is what it should be is for [`Published`](super::Published) to say.
    pub fn scenario_text(&self, full: Hash) -> Result<String, CallError> {
        let request = self.request(Method::GET, &format!("/scenarios/{full}"));
        let bytes = self.answered(request, Vec::new(), LARGEST_SCENARIO as u64)?;
        String::from_utf8(bytes).map_err(|_| CallError::NotUnderstood)
    }

    pub fn start(&self, ask: &AskStart) -> Result<Start, CallError> {
        self.send(Method::POST, "/starts", ask)
    }

    /// Sends an attempt's file. The same again is answered the same again.
    pub fn put_attempt(&self, attempt: Uuid, file: &[u8]) -> Result<Accepted, CallError> {
        let request = self
            .request(Method::PUT, &format!("/attempts/{attempt}"))
            .header(header::CONTENT_TYPE, "text/plain; charset=utf-8");
        read(&self.answered(request, file.to_vec(), LARGEST_ANSWER)?)
    }

    pub fn attempts(&self, cursor: Option<&str>) -> Result<OwnAttempts, CallError> {
        self.get(&with_query("/attempts", &[("cursor", cursor.map(str::to_owned))]))
    }

    pub fn board(&self, query: &BoardQuery) -> Result<BoardPage, CallError> {
        let limit = query.limit.map(|limit| limit.clamp(1, LARGEST_PAGE).to_string());
        let page = [("cursor", query.cursor.clone()), ("limit", limit)];
        self.get(&with_query("/boards", &[query.board().as_slice(), &page].concat()))
    }

    /// Where one stands on a board; of a query its cursor and limit do not matter.
    pub fn rank(&self, query: &BoardQuery) -> Result<OwnRank, CallError> {
        self.get(&with_query("/boards/rank", &query.board()))
    }

    /// The first `most` rows of a board, or as many as there are: page after page, put together as one. Where the board
    /// moves meanwhile nobody stands on it twice; somebody may be missed, who is there the next time.
    pub fn board_to(&self, query: &BoardQuery, most: usize) -> Result<BoardPage, CallError> {
        let limit = |there: usize| u32::try_from(most.saturating_sub(there)).unwrap_or(LARGEST_PAGE).min(LARGEST_PAGE);
        let mut whole = self.board(&BoardQuery { limit: Some(limit(0)), ..query.clone() })?;
        let key = |row: &BoardRow| (row.player, row.scenario.clone());
        let mut there: BTreeSet<_> = whole.rows.iter().map(key).collect();
        while whole.rows.len() < most
            && let Some(cursor) = whole.next.take()
        {
            let asked = BoardQuery { cursor: Some(cursor), limit: Some(limit(whole.rows.len())), ..query.clone() };
            let page = self.board(&asked)?;
            let before = whole.rows.len();
            whole.rows.extend(page.rows.into_iter().filter(|row| there.insert(key(row))));
            // What brings nobody new would go on for ever.
            whole.next = page.next.filter(|_| whole.rows.len() > before);
        }
        Ok(whole)
    }

    pub fn teams(&self, season: Option<Uuid>) -> Result<TeamBoard, CallError> {
        self.get(&with_query("/boards/teams", &[("season", season.map(|season| season.to_string()))]))
    }

    pub fn improved(&self, season: Option<Uuid>) -> Result<ImprovedBoard, CallError> {
        self.get(&with_query("/boards/improved", &[("season", season.map(|season| season.to_string()))]))
    }

    pub fn seasons(&self) -> Result<Vec<Season>, CallError> {
        self.get::<Seasons>("/seasons").map(|seasons| seasons.seasons)
    }

    /// Listens to what moves, until the service or [`Self::hang_up`] ends it.
    pub fn events(&self) -> Result<Events, CallError> {
        let request = self
            .request(Method::GET, "/events")
            .header(header::ACCEPT, "text/event-stream")
            .body(())
            .map_err(|_| CallError::NotUnderstood)?;
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(None)
            .timeout_recv_response(Some(ONE_CALL))
            .timeout_per_read(Some(SILENCE))
            .build();
        let mut response = self.agent.run(request)?;
        if response.status().is_success() {
            return Ok(Events::new(response.into_body()));
        }
        Err(refusal(&mut response))
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, CallError> {
        read(&self.answered(self.request(Method::GET, path), Vec::new(), LARGEST_ANSWER)?)
    }

    fn send<T: DeserializeOwned>(&self, method: Method, path: &str, body: &impl Serialize) -> Result<T, CallError> {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        let body = serde_json::to_vec(body).map_err(|_| CallError::NotUnderstood)?;
        read(&self.answered(request, body, LARGEST_ANSWER)?)
    }

    fn request(&self, method: Method, path: &str) -> ureq::http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{BASE}{path}", self.address.url()))
            .header(RULES_HEADER, RULES_VERSION.to_string());
        match &self.token {
            Some(token) => {
                let mut value = header::HeaderValue::try_from(format!("Bearer {}", token.reveal()));
                if let Ok(value) = &mut value {
                    value.set_sensitive(true);
                }
                match value {
                    Ok(value) => request.header(header::AUTHORIZATION, value),
                    // A token is made of letters and digits.
                    Err(_) => request,
                }
            }
            None => request,
        }
    }

    /// Says it, and reads an answer of at most `largest` bytes.
    fn answered(
        &self,
        request: ureq::http::request::Builder,
        body: Vec<u8>,
        largest: u64,
    ) -> Result<Vec<u8>, CallError> {
        let without_body =
            request.method_ref().is_some_and(|method| *method == Method::GET || *method == Method::DELETE);
        let mut response = if without_body {
            self.agent.run(request.body(()).map_err(|_| CallError::NotUnderstood)?)?
        } else {
            self.agent.run(request.body(body).map_err(|_| CallError::NotUnderstood)?)?
        };
        if response.status().is_success() {
            return Ok(response.body_mut().with_config().limit(largest).read_to_vec()?);
        }
        Err(refusal(&mut response))
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Service").field("address", &self.address).finish_non_exhaustive()
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CallError> {
    serde_json::from_slice(bytes).map_err(|error| {
        tracing::warn!(%error, "an answer of the team service could not be read");
        CallError::NotUnderstood
    })
}

/// What a service says no with. A kind of problem that is not known here is told by its status.
#[derive(Deserialize)]
struct AnyProblem {
    #[serde(rename = "type", default)]
    kind: serde_json::Value,
    title: String,
    #[serde(default)]
    index: Option<u32>,
    #[serde(default)]
    retry_after: Option<u32>,
}

fn refusal(response: &mut Response<Body>) -> CallError {
    let status = response.status();
    if status.is_redirection() {
        return CallError::PointedElsewhere;
    }
    let later = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let says = |response: &Response<Body>, kind: &str| {
        let is = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        is.is_some_and(|is| is.starts_with(kind))
    };
    if !says(response, "application/problem+json") {
        // Whatever stands in front of a service may say this in its place.
        return match status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => CallError::Refused(Problem {
                kind: ProblemKind::Busy,
                title: "The team service is busy. It is tried again by and by.".to_owned(),
                status: status.as_u16(),
                index: None,
                retry_after: later,
            }),
            _ => CallError::NotUnderstood,
        };
    }
    let body = response.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec();
    let problem = match body.map_err(CallError::from).and_then(|body| read::<AnyProblem>(&body)) {
        Ok(problem) => problem,
        Err(error) => return error,
    };
    CallError::Refused(Problem {
        kind: serde_json::from_value(problem.kind).unwrap_or_else(|_| by_status(status)),
        title: shown(&problem.title),
        status: status.as_u16(),
        index: problem.index,
        retry_after: problem.retry_after.or(later),
    })
}

fn by_status(status: StatusCode) -> ProblemKind {
    match status {
        StatusCode::UNAUTHORIZED => ProblemKind::Unauthorised,
        StatusCode::FORBIDDEN => ProblemKind::NotYours,
        StatusCode::NOT_FOUND => ProblemKind::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => ProblemKind::TooLarge,
        StatusCode::UNPROCESSABLE_ENTITY => ProblemKind::DoesNotHold,
        StatusCode::TOO_MANY_REQUESTS => ProblemKind::Busy,
        StatusCode::SERVICE_UNAVAILABLE => ProblemKind::Unavailable,
        _ if status.is_server_error() => ProblemKind::Failed,
        _ => ProblemKind::Malformed,
    }
}

/// A path and what is asked of it; what is missing is left out.
fn with_query(path: &str, asked: &[(&str, Option<String>)]) -> String {
    let mut text = path.to_owned();
    for (name, value) in asked {
        let Some(value) = value else { continue };
        text.push(if text.contains('?') { '&' } else { '?' });
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                text.push(char::from(byte));
            } else {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    text
}

#[cfg(test)]
mod query_tests {
    use super::with_query;

    #[test]
    fn what_is_asked_is_escaped() {
        assert_eq!(with_query("/boards", &[("a", None)]), "/boards");
        let asked = [("scenario", Some("a b&c".to_owned())), ("x", None), ("cursor", Some("é".to_owned()))];
        assert_eq!(with_query("/boards", &asked), "/boards?scenario=a%20b%26c&cursor=%C3%A9");
    }
}
