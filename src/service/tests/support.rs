//! A service on a port of its own, and those who speak with it.

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::{Method, Request};
use uuid::Uuid;

use crate::attempt::{self, Attempt, Beginning, RULES_VERSION, Recorder};
use crate::campaign::{self, Input, RunStage};
use crate::dialogue::{self, Action, Mode, reply_order, schedule};
use crate::library::load_shipped;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Pace, Volume};
use crate::service::http::{Clock, described};
use crate::service::run::start_by;
use crate::service::store::Database;
use crate::service::{Configuration, Running};
use crate::team::protocol::{Join, Joined, Problem, ProblemKind, PublishedScenarios, Start};

/// The scenario that most is played on.
pub(super) const SLUG: &str = "can-i-have-it-on";

pub(super) struct Service {
    runtime: tokio::runtime::Runtime,
    running: Option<Running>,
    pub(super) folder: Arc<tempfile::TempDir>,
    /// Seconds by which its clock is ahead.
    ahead: Arc<AtomicI64>,
    agent: Agent,
    pub(super) base: String,
    pub(super) administrator: String,
    pub(super) database: Database,
}

/// What came of a request.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

/// Somebody who has joined.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) id: Uuid,
    pub(super) token: String,
}

/// How somebody plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) mode: Mode,
    /// Which of the replies on the screen, from 0 on; the last where there are fewer.
    pub(super) reply: usize,
    /// Milliseconds that a word of a reply is read for. Timed mode alone.
    pub(super) reads: u32,
}

impl Style {
    pub(super) const STEPS: Self = Self { mode: Mode::Steps, reply: 0, reads: 0 };
    pub(super) const TIMED: Self = Self { mode: Mode::Timed, reply: 0, reads: 250 };
}

impl Service {
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(super) fn on(database: Database) -> Self {
        Self::with(|configuration| configuration.database = Some(database))
    }

    pub(super) fn with(change: impl FnOnce(&mut Configuration)) -> Self {
        Self::in_folder(Arc::new(tempfile::tempdir().unwrap()), String::new(), change)
    }

    /// Another process on the same database, or the same one started anew.
    pub(super) fn replica(&self) -> Self {
        let database = self.database.clone();
        let folder = Arc::clone(&self.folder);
        Self::in_folder(folder, self.administrator.clone(), |configuration| configuration.database = Some(database))
    }

    fn in_folder(
        folder: Arc<tempfile::TempDir>,
        administrator: String,
        change: impl FnOnce(&mut Configuration),
    ) -> Self {
        let mut configuration = Configuration::on_loopback(folder.path().to_owned());
        change(&mut configuration);
        let ahead = Arc::new(AtomicI64::new(0));
        let seconds = Arc::clone(&ahead);
        let clock = Clock::of(move || {
            Timestamp::now().checked_add(SignedDuration::from_secs(seconds.load(Ordering::Relaxed))).unwrap()
        });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let running = runtime.block_on(start_by(&configuration, clock)).unwrap();
        let tls = ureq::tls::TlsConfig::builder().disable_verification(true).build();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_mins(1)))
            .proxy(None)
            .tls_config(tls)
            .build()
            .new_agent();
        let administrator = running.first.as_ref().map_or(administrator, |first| first.administrator.reveal());
        Self {
            runtime,
            base: running.address.clone(),
            running: Some(running),
            folder,
            ahead,
            agent,
            administrator,
            database: configuration.database(),
        }
    }

    pub(super) fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    /// Lets time pass for the service alone.
    pub(super) fn pass(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(super) fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }

    /// The host and port, as they stand in a request.
    pub(super) fn host(&self) -> &str {
        self.base.strip_prefix("http://").unwrap()
    }

    /// A connection on which a request is written by hand. An answer is waited for so long.
    pub(super) fn connect(&self, patience: Duration) -> TcpStream {
        let stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(patience)).unwrap();
        stream
    }

    /// Does something with what is inside.
    pub(super) fn inside<T>(&self, work: impl AsyncFnOnce(&Running) -> T) -> T {
        self.runtime.block_on(work(self.running()))
    }

    pub(super) fn send(&self, request: Request<Vec<u8>>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let without_body = request.body().is_empty() && (method == Method::GET || method == Method::DELETE);
        let response = if without_body { self.agent.run(request.map(|_| ())) } else { self.agent.run(request) };
        let mut response = response.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        let body = response.body_mut().with_config().limit(64 << 20).read_to_string().unwrap();
        let answer = Answer { status: response.status().as_u16(), headers, body };
        answer.is_as_documented(&method, &path);
        answer
    }

    pub(super) fn request(&self, method: Method, path: &str, token: &str) -> ureq::http::request::Builder {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        if token.is_empty() { request } else { request.header("authorization", format!("Bearer {token}")) }
    }

    pub(super) fn call(&self, method: Method, path: &str, token: &str, body: &impl Serialize) -> Answer {
        let request = self.request(method, path, token).header("content-type", "application/json");
        self.send(request.body(serde_json::to_vec(body).unwrap()).unwrap())
    }

    pub(super) fn get(&self, path: &str, token: &str) -> Answer {
        self.send(self.request(Method::GET, path, token).body(Vec::new()).unwrap())
    }

    pub(super) fn post(&self, path: &str, token: &str, body: &impl Serialize) -> Answer {
        self.call(Method::POST, path, token, body)
    }

    pub(super) fn delete(&self, path: &str, token: &str) -> Answer {
        self.send(self.request(Method::DELETE, path, token).body(Vec::new()).unwrap())
    }

    pub(super) fn put_file(&self, id: Uuid, token: &str, file: impl Into<Vec<u8>>) -> Answer {
        let request = self.request(Method::PUT, &format!("/v1/attempts/{id}"), token);
        self.send(request.header("content-type", "text/plain; charset=utf-8").body(file.into()).unwrap())
    }

    pub(super) fn submit(&self, member: &Member, attempt: &Attempt) -> Answer {
        self.put_file(attempt.id, &member.token, attempt::write(attempt))
    }

    /// An invite's code.
    pub(super) fn invite(&self, team: Option<Uuid>) -> String {
        let given: Value = self.post("/v1/admin/invites", &self.administrator, &json!({ "team": team })).read(200);
        let link: crate::team::Invite = given["link"].as_str().unwrap().parse().unwrap();
        link.code
    }

    pub(super) fn try_join(&self, alias: &str) -> Answer {
        self.post(
            "/v1/join",
            "",
            &Join { invite: self.invite(None), alias: alias.to_owned(), device: None, token: None },
        )
    }

    pub(super) fn join(&self, alias: &str) -> Member {
        let joined: Joined = self.try_join(alias).read(200);
        Member { id: joined.player, token: joined.token }
    }

    pub(super) fn published(&self, member: &Member, slug: &str) -> String {
        let listed: PublishedScenarios = self.get("/v1/scenarios", &member.token).read(200);
        listed.scenarios.into_iter().find(|it| it.scenario == slug).unwrap().full_hash
    }

    pub(super) fn ask_start(&self, member: &Member, mode: Mode, ahead: bool) -> Answer {
        let hash = self.published(member, SLUG);
        let mode = serde_json::to_value(mode).unwrap();
        let ask =
            json!({ "id": Uuid::now_v7(), "full_hash": hash, "rules": RULES_VERSION, "mode": mode, "ahead": ahead });
        self.post("/v1/starts", &member.token, &ask)
    }

    pub(super) fn start(&self, member: &Member, mode: Mode) -> Start {
        self.ask_start(member, mode, false).read(200)
    }

    /// Asks for leave and plays to the end, as a person would: time has passed for both.
    pub(super) fn play(&self, member: &Member, style: Style) -> Attempt {
        let start = self.start(member, style.mode);
        let mut attempt = play(&start, style);
        attempt.elapsed_seconds = 600;
        self.pass(660);
        attempt
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Answer {
    #[track_caller]
    pub(super) fn read<T: DeserializeOwned>(&self, status: u16) -> T {
        assert_eq!(self.status, status, "{self:#?}");
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    #[track_caller]
    pub(super) fn refused(&self, status: u16, kind: ProblemKind) -> Problem {
        let problem: Problem = self.read(status);
        assert_eq!((problem.kind, problem.status), (kind, status), "{self:#?}");
        assert!(problem.title.ends_with(['.', '!']) || problem.title.contains('.'), "a sentence: {}", problem.title);
        problem
    }

    #[track_caller]
    pub(super) fn done(&self) {
        assert_eq!(self.status, 204, "{self:#?}");
    }

    /// What is not in the document may not be answered under it.
    #[track_caller]
    fn is_as_documented(&self, method: &Method, path: &str) {
        let Some(operation) = operation(method, path) else { return };
        let declared = &operation["responses"][self.status.to_string()];
        assert!(!declared.is_null(), "{method} {path} answers {} undeclared: {self:#?}", self.status);
        let content = declared["content"].as_object();
        let kind = self.headers.get("content-type").map(String::as_str);
        let fits = match (kind, content) {
            (None, None) => true,
            (Some(kind), Some(content)) => content.contains_key(kind),
            (None, Some(_)) | (Some(_), None) => false,
        };
        assert!(fits, "{method} {path} answers {} as {kind:?}; declared: {content:?}", self.status);
    }
}

/// The document, as it is served.
pub(super) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(&described().1.to_json().unwrap()).unwrap())
}

/// What the document says of a request, if anything.
pub(super) fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let fits = |template: &str| {
        let (template, path) = (template.split('/'), path.split('/'));
        template.clone().count() == path.clone().count()
            && template.zip(path).all(|(part, given)| part.starts_with('{') || part == given)
    };
    let paths = document()["paths"].as_object().unwrap();
    // What is named outright goes before what is left open.
    let found = paths.iter().filter(|(template, _)| fits(template)).min_by_key(|(it, _)| it.matches('{').count());
    found.and_then(|(_, item)| item.get(method.as_str().to_lowercase()))
}

pub(super) fn scenario(slug: &str) -> Arc<Scenario> {
    let shipped = load_shipped().into_iter().filter_map(|(_, loaded)| loaded.scenario);
    Arc::new(shipped.into_iter().find(|scenario| scenario.slug == slug).unwrap())
}

/// The attempt that comes of a start.
pub(super) fn play(start: &Start, style: Style) -> Attempt {
    let mut recorder = begin(start, style.mode);
    while recorder.run().stage != RunStage::Closed {
        turn(&mut recorder, style);
    }
    recorder.attempt().clone()
}

pub(super) fn begin(start: &Start, mode: Mode) -> Recorder {
    let beginning = Beginning { start: Some(start.id), ..beginning(start.seed.parse().unwrap(), mode) };
    Recorder::begin(scenario(&start.scenario), beginning)
}

pub(super) fn beginning(seed: u64, mode: Mode) -> Beginning {
    Beginning {
        seed,
        mode,
        language: "en".to_owned(),
        player: "whoever".to_owned(),
        team: None,
        practice: false,
        intention: None,
        start: None,
    }
}

/// One thing that somebody does.
pub(super) fn turn(recorder: &mut Recorder, style: Style) {
    let scenario = Arc::clone(recorder.scenario());
    let run = recorder.run();
    let input = match run.stage {
        RunStage::Talking => talk(&scenario, run, style),
        RunStage::Note => Input::File { tiles: Vec::new(), line: String::new() },
        RunStage::Diary(event) => {
            let event = &scenario.encounter(run.talk.encounter).diary[event.index()];
            Input::Choose(campaign::choices(event, &run.talk).next().unwrap().0)
        }
        RunStage::Between => Input::GoOn,
        RunStage::Closed => return,
    };
    let _ = recorder.apply(&input).unwrap();
}

fn talk(scenario: &Scenario, run: &campaign::Run, style: Style) -> Input {
    let talk = &run.talk;
    let true_end = schedule(scenario, talk).true_end.max(talk.turn.clock).max(talk.turn.busy_until);
    let timed = |at: u32| if style.mode == Mode::Timed { at } else { 0 };
    if !talk.replies_open() {
        return Input::Talk(dialogue::Input { at: timed(true_end), action: Action::Listen });
    }
    let replies = reply_order(scenario, talk);
    let reply = replies[style.reply.min(replies.len() - 1)];
    let words = u32::from(scenario.encounter(talk.encounter).reply(reply).words);
    let at = timed(true_end + words * style.reads);
    Input::Talk(dialogue::Input { at, action: Action::Speak { reply, pace: Pace::Even, volume: Volume::Level } })
}
