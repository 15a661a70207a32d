//! Sending records to a learning record store (xAPI 1.0.3, Part Three; `leaderboards`, "Records for an LMS").
//!
//! A statement has the same id each time, so that whatever is not known to have arrived is sent again: a store keeps it
//! once. [`Lrs`] sends; [`outbox`] knows what is due.

mod address;
pub mod outbox;

use std::io::Read as _;
use std::ops::Range;
use std::time::Duration;

use data_encoding::BASE64;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};
use uuid::Uuid;

use crate::records::Statement;
use crate::settings::{RecordStore, XapiVersion};

pub use address::{Address, NotAnAddress};

/// Statements that are sent together at most.
const MOST_STATEMENTS: usize = 50;
/// Bytes that are sent together at most, unless one statement alone has more.
const MOST_BYTES: usize = 256 * 1024;
/// Bytes that are read of an answer.
const MOST_ANSWER: u64 = 64 * 1024;
/// Letters of a store's own words that a person is told.
const MOST_WORDS: usize = 300;
const VERSION_HEADER: &str = "X-Experience-API-Version";

/// How long to go on with a store that does not answer, or asks to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Times that one request is sent at most.
    pub tries: u32,
    /// The first pause; each next one is twice as long, give or take by chance.
    pub first: Duration,
    /// The longest pause. A store that asks for more is left for another time.
    pub longest: Duration,
    /// For one request and its answer.
    pub timeout: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 6,
            first: Duration::from_secs(1),
            longest: Duration::from_mins(1),
            timeout: Duration::from_secs(30),
        }
    }
}

/// A learning record store, ready to be sent to.
pub struct Lrs {
    agent: Agent,
    address: Address,
    authorisation: String,
    version: XapiVersion,
    patience: Patience,
    wait: Box<dyn Fn(Duration) + Send + Sync>,
}

impl std::fmt::Debug for Lrs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Lrs")
            .field("address", &self.address)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A statement that the store will not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutAside {
    pub statement: Uuid,
    /// The store's own, on one line.
    pub words: String,
}

/// Why sending came to an end. Nothing is lost: what was not taken is due again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    #[error(
        "The store did not let Simmer in ({status}): check the key and the secret, and that they may write statements. \
         {words}"
    )]
    NotLetIn { status: u16, words: String },
    #[error(
        "The store sends Simmer on to {to}, and records do not follow: whoever can send them on could read them. If that \
         is where they should go, set it as the address."
    )]
    SentOn { to: String },
    #[error(
        "The store speaks version {spoken} of xAPI and was asked in {asked}: set the version that it speaks, 1.0.3 or 2.0.0."
    )]
    OtherVersion { asked: &'static str, spoken: String },
    #[error(
        "This is not where a learning record store takes statements: it answered {status}. Check the address; it is what \
         stands before \u{201c}/statements\u{201d}. {words}"
    )]
    NotAStore { status: u16, words: String },
    #[error("The store is busy and asks to wait {seconds} seconds. Send again after that: what is there stays there.")]
    Later { seconds: u64 },
    #[error(
        "The store could not be reached ({why}), {tries} times. Check the connection and send again: what is there stays \
         there."
    )]
    Unreachable { why: String, tries: u32 },
    #[error(
        "No safe connection to the store could be made: {why}. Its certificate must be one that this computer trusts."
    )]
    NotSafe { why: String },
}

impl Stopped {
    /// Whether the very same may do later.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Later { .. } | Self::Unreachable { .. })
    }
}

/// What an answer means.
enum Judged {
    Answer(Answer),
    /// It may be another next time.
    Again {
        why: String,
        /// As long as the store asks for.
        after: Option<Duration>,
    },
}

/// What a store made of one request.
enum Answer {
    /// It has them, now or since before.
    Taken,
    /// It has another statement under the id of one of these.
    Conflict,
    /// Not these: in smaller parts those that are fine still go.
    Refused(String),
}

impl Lrs {
    pub fn new(store: &RecordStore, patience: Patience) -> Result<Self, NotAnAddress> {
        Ok(Self::waiting(store.address.parse()?, store, patience, std::thread::sleep))
    }

    fn waiting(
        address: Address,
        store: &RecordStore,
        patience: Patience,
        wait: impl Fn(Duration) + Send + Sync + 'static,
    ) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(patience.timeout))
            .user_agent(concat!("Simmer/", env!("CARGO_PKG_VERSION")))
            .tls_config(ureq::tls::TlsConfig::builder().root_certs(ureq::tls::RootCerts::PlatformVerifier).build());
        if address.is_loopback() {
            // It would look for the store on another computer.
            config = config.proxy(None);
        }
        let credentials = BASE64.encode(format!("{}:{}", store.key, store.secret.reveal()).as_bytes());
        Self {
            agent: Agent::new_with_config(config.build()),
            address,
            authorisation: format!("Basic {credentials}"),
            version: store.version,
            patience,
            wait: Box::new(wait),
        }
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Asks a store which versions it speaks, so that one that speaks another is told before anything is sent. A store
    /// that does not say is taken at its word later.
    pub fn greet(&self) -> Result<(), Stopped> {
        let asked = self.agent.get(self.address.about()).header(VERSION_HEADER, self.version.header()).call();
        let Ok(mut response) = asked else { return Ok(()) };
        if response.status() != StatusCode::OK {
            return Ok(());
        }
        let about = serde_json::from_slice::<serde_json::Value>(&body(&mut response)).unwrap_or_default();
        let Some(versions) = about["version"].as_array() else { return Ok(()) };
        let spoken: Vec<&str> = versions.iter().filter_map(serde_json::Value::as_str).collect();
        if spoken.is_empty() || spoken.iter().any(|version| self.version.is_taken_by(version)) {
            return Ok(());
        }
        Err(Stopped::OtherVersion { asked: self.version.header(), spoken: plain(&spoken.join(", ")) })
    }

    /// Sends statements, in order and in parts that a store can take. When this returns the store has all of them, but for
    /// those that it will not have.
    ///
    /// A conflict counts as done: the id says which event of which attempt it is, and the store has a statement of that.
    ///
    /// # Panics
    /// Never: a statement is made of what JSON can write.
    pub fn send(&self, statements: &[Statement]) -> Result<Vec<PutAside>, Stopped> {
        let bodies: Vec<String> = statements
            .iter()
            .map(|statement| serde_json::to_string(statement).expect("a statement has nothing that JSON cannot write"))
            .collect();
        let mut aside = Vec::new();
        // The next part is the last.
        let mut parts = parts(&bodies);
        parts.reverse();
        while let Some(part) = parts.pop() {
            let answer = self.post(&format!("[{}]", bodies[part.clone()].join(",")))?;
            match (answer, part.len()) {
                (Answer::Taken, _) | (Answer::Conflict, 1) => {}
                (Answer::Refused(words), 1) => aside.push(PutAside { statement: statements[part.start].id, words }),
                // A store takes all of a request or nothing (Part Three, 2.1.2).
                (Answer::Conflict | Answer::Refused(_), length) => {
                    let middle = part.start + length / 2;
                    parts.push(middle..part.end);
                    parts.push(part.start..middle);
                }
            }
        }
        Ok(aside)
    }

    /// Sends one request until it is answered, or patience ends.
    fn post(&self, statements: &str) -> Result<Answer, Stopped> {
        let mut tried = 0;
        loop {
            tried += 1;
            let sent = self
                .agent
                .post(self.address.statements())
                .header(AUTHORIZATION, &self.authorisation)
                .header(CONTENT_TYPE, "application/json")
                .header(VERSION_HEADER, self.version.header())
                .send(statements);
            let judged = match sent {
                Ok(mut response) => self.judge(&mut response)?,
                Err(error) if is_lasting(&error) => return Err(Stopped::NotSafe { why: plain(&error.to_string()) }),
                Err(error) => Judged::Again { why: plain(&error.to_string()), after: None },
            };
            let (why, asked) = match judged {
                Judged::Answer(answer) => return Ok(answer),
                Judged::Again { why, after } => (why, after),
            };
            if let Some(asked) = asked.filter(|asked| *asked > self.patience.longest) {
                return Err(Stopped::Later { seconds: asked.as_secs() });
            }
            if tried >= self.patience.tries.max(1) {
                return Err(Stopped::Unreachable { why, tries: tried });
            }
            let pause = self.pause(tried);
            (self.wait)(asked.map_or(pause, |asked| asked.max(pause)));
        }
    }

    fn judge(&self, response: &mut Response<Body>) -> Result<Judged, Stopped> {
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (to, spoken) = (header(LOCATION.as_str()), header(VERSION_HEADER));
        let after = header(RETRY_AFTER.as_str());
        let words = words(response);
        let answer = match status {
            200 | 204 => Answer::Taken,
            409 => Answer::Conflict,
            300..400 => {
                return Err(Stopped::SentOn { to: to.map_or_else(|| "another address".to_owned(), |to| plain(&to)) });
            }
            401 | 403 => return Err(Stopped::NotLetIn { status, words }),
            400 if spoken.as_deref().is_some_and(|spoken| !self.version.is_taken_by(spoken)) => {
                let spoken = plain(&spoken.unwrap_or_default());
                return Err(Stopped::OtherVersion { asked: self.version.header(), spoken });
            }
            400 | 413 => Answer::Refused(if words.is_empty() { format!("no more than {status}") } else { words }),
            408 | 425 | 429 | 500..600 => {
                let after = after.as_deref().and_then(asked_to_wait);
                return Ok(Judged::Again { why: format!("it answered {status}"), after });
            }
            _ => return Err(Stopped::NotAStore { status, words }),
        };
        Ok(Judged::Answer(answer))
    }

    /// Twice as long each time, and half of it by chance, so that many that were turned away do not come back together.
    fn pause(&self, tried: u32) -> Duration {
        let whole = self.patience.first.saturating_mul(1 << (tried - 1).min(16)).min(self.patience.longest);
        let half = u64::try_from(whole.as_millis() / 2).unwrap_or(u64::MAX);
        let chance = u64::from(getrandom::u32().unwrap_or(0));
        Duration::from_millis(half + chance % (half + 1))
    }
}

/// Parts of bounded count and size.
fn parts(bodies: &[String]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut bytes = 0;
    for (place, body) in bodies.iter().enumerate() {
        bytes += body.len() + 1;
        match parts.last_mut() {
            Some(part) if part.len() < MOST_STATEMENTS && bytes <= MOST_BYTES => part.end = place + 1,
            _ => {
                parts.push(place..place + 1);
                bytes = body.len() + 1;
            }
        }
    }
    parts
}

/// What no second try mends.
fn is_lasting(error: &ureq::Error) -> bool {
    use ureq::Error;
    // A handshake that fails comes as an error of the connection.
    let of_tls =
        |source: &std::io::Error| source.get_ref().is_some_and(|inner| inner.downcast_ref::<rustls::Error>().is_some());
    match error {
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => true,
        Error::Io(source) => of_tls(source),
        _ => false,
    }
}

/// `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
fn asked_to_wait(header: &str) -> Option<Duration> {
    if let Ok(seconds) = header.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = rfc2822::DateTimeParser::new().parse_timestamp(header.trim()).ok()?;
    Duration::try_from(Timestamp::now().until(at).ok()?).ok()
}

fn body(response: &mut Response<Body>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Half an answer is better than none; what counts is the status.
    let _ = response.body_mut().as_reader().take(MOST_ANSWER).read_to_end(&mut bytes);
    bytes
}

/// What a store says of it, if a person can read it.
fn words(response: &mut Response<Body>) -> String {
    let is_page = response.body().mime_type().is_some_and(|kind| kind.contains("html"));
    let bytes = body(response);
    if is_page { String::new() } else { plain(&String::from_utf8_lossy(&bytes)) }
}

/// A stranger's words on one line, without what steers a terminal.
fn plain(words: &str) -> String {
    let shown = |letter: char| if letter.is_control() { ' ' } else { letter };
    let words: String = words.chars().take(4 * MOST_WORDS).map(shown).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests;
