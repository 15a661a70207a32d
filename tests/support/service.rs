//! The real program as a team service, and players who send to it. `benches/load.rs` includes this file as well.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use simmer::attempt::{Attempt, Beginning, Recorder, write};
use simmer::campaign::{Input, RunStage, choices};
use simmer::dialogue::{self, Action, Mode, reply_order};
use simmer::library::load_shipped;
use simmer::scenario::Scenario;
use simmer::scenario::vocabulary::{Pace, Volume};
use simmer::service::store::{Database, Joining, NewSeason, Store};
use simmer::service::{new_invite, new_token};
use simmer::team::protocol::{Join, Joined};
use simmer::team::{Invite, Kind};
use ureq::Agent;
use uuid::Uuid;

/// `simmer serve` as a child process. It is killed when this is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) base: String,
    /// What it still says.
    told: BufReader<ChildStdout>,
}

impl Program {
    /// Starts it through `wrapper`, which is run with the program and its arguments after its own. Returns when it
    /// listens.
    pub(crate) fn start(wrapper: &[&str], data: &Path, database: &Database) -> Self {
        let program = env!("CARGO_BIN_EXE_simmer");
        let mut command = match wrapper {
            [] => Command::new(program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command.args(["serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--data"]).arg(data);
        match database {
            Database::Sqlite(file) => command.arg("--database").arg(file),
            Database::Postgres(address) => command.args(["--database", address]),
        };
        command.env("HOME", data).env("NO_COLOR", "1").env("COLUMNS", "200").env_remove("SIMMER_LOG");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        let Some(at) = line.find("http://") else {
            let mut error = String::new();
            std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut error).unwrap();
            panic!("the service does not start: {line}{error}");
        };
        // What it warns of is nothing to wait for.
        let mut stderr = child.stderr.take().unwrap();
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        Self { child, base: line[at..].trim().to_owned(), told }
    }

    /// The one who joins by the invite that a new service shows.
    pub(crate) fn first_member(&mut self) -> Member {
        let mut line = String::new();
        while !line.contains("/join/") {
            line.clear();
            assert!(self.told.read_line(&mut line).unwrap() > 0, "it is not new");
        }
        let invite: Invite = line.trim().parse().unwrap();
        let join = Join { invite: invite.code, alias: "Ade".to_owned(), device: None, token: None };
        let mut joined = agent().post(format!("{}/v1/join", self.base)).send_json(&join).unwrap();
        let joined: Joined = joined.body_mut().read_json().unwrap();
        Member { id: joined.player, token: joined.token }
    }

    /// As the kernel does it: at once, whatever the program was about to do.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody with a device.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) id: Uuid,
    pub(crate) token: String,
}

/// Opens a season in which a player may begin so many ranked attempts of each scenario.
pub(crate) async fn open_season(store: &Store, attempts: u32) {
    let season = NewSeason { id: Uuid::now_v7(), name: "Season".to_owned(), attempts };
    store.open_season(&season, "bench", now()).await.unwrap();
}

/// Lets so many join, without the bounds on how often that may be done from one address.
pub(crate) async fn members(store: &Store, names: &str, many: usize) -> Vec<Member> {
    let mut members = Vec::new();
    for number in 0..many {
        let (_, invite) = new_invite().unwrap();
        store.invite(invite, None, "bench", now()).await.unwrap();
        let (token, device) = new_token(Kind::Device, None).unwrap();
        let alias = format!("{names} {number}");
        let joining = Joining { invite, player: Uuid::now_v7(), alias_key: alias.to_lowercase(), alias, device };
        let player = store.join(&joining, now()).await.unwrap();
        members.push(Member { id: player.id, token: token.reveal() });
    }
    members
}

pub(crate) fn scenarios() -> Vec<Arc<Scenario>> {
    load_shipped().into_iter().filter_map(|(_, loaded)| loaded.scenario).map(Arc::new).collect()
}

/// A whole attempt in steps mode: of the replies on the screen the one of number `reply`, or the last.
pub(crate) fn play(scenario: &Arc<Scenario>, seed: u64, start: Option<Uuid>, reply: usize) -> Attempt {
    let beginning = Beginning {
        seed,
        mode: Mode::Steps,
        language: "en".to_owned(),
        player: "whoever".to_owned(),
        team: None,
        practice: false,
        start,
        intention: None,
    };
    let mut recorder = Recorder::begin(Arc::clone(scenario), beginning);
    loop {
        let run = recorder.run();
        let talk = &run.talk;
        let input = match run.stage {
            RunStage::Talking if talk.replies_open() => {
                let replies = reply_order(scenario, talk);
                let reply = replies[reply.min(replies.len() - 1)];
                let speak = Action::Speak { reply, pace: Pace::Even, volume: Volume::Level };
                Input::Talk(dialogue::Input::step(speak))
            }
            RunStage::Talking => Input::Talk(dialogue::Input::step(Action::Listen)),
            RunStage::Note => Input::File { tiles: Vec::new(), line: String::new() },
            RunStage::Diary(event) => {
                let event = &scenario.encounter(talk.encounter).diary[event.index()];
                Input::Choose(choices(event, talk).next().unwrap().0)
            }
            RunStage::Between => Input::GoOn,
            RunStage::Closed => return recorder.attempt().clone(),
        };
        let _ = recorder.apply(&input).unwrap();
    }
}

/// An attempt on its way.
#[derive(Debug, Clone)]
pub(crate) struct Parcel {
    pub(crate) id: Uuid,
    pub(crate) by: Member,
    pub(crate) file: String,
}

impl Parcel {
    pub(crate) fn of(attempt: &Attempt, by: &Member) -> Self {
        Self { id: attempt.id, by: by.clone(), file: write(attempt) }
    }

    /// The status and the body of the answer; none where there was none.
    pub(crate) fn send(&self, agent: &Agent, base: &str) -> Option<Answer> {
        let sent = agent
            .put(format!("{base}/v1/attempts/{}", self.id))
            .header("authorization", format!("Bearer {}", self.by.token))
            .header("content-type", "text/plain; charset=utf-8")
            .send(self.file.as_bytes());
        let mut response = sent.ok()?;
        let after = response.headers().get("retry-after").and_then(|after| after.to_str().ok()?.parse().ok());
        let body = response.body_mut().read_to_string().ok()?;
        Some(Answer { status: response.status().as_u16(), retry_after: after, body })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Seconds.
    pub(crate) retry_after: Option<u32>,
    pub(crate) body: String,
}

/// Connections of one client.
pub(crate) fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_mins(1)))
        .proxy(None)
        .build()
        .new_agent()
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
