//! A learning record store that keeps what it is sent, over a plain connection on this computer.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::online::lrs::{Lrs, Patience, VERSION_HEADER};
use crate::settings::{RecordStore, Secret, XapiVersion};

pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Vec<u8>,
}

pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: String,
}

impl Reply {
    pub(super) fn status(status: u16) -> Self {
        Self { status, headers: vec![(VERSION_HEADER, "1.0.3".to_owned())], body: String::new() }
    }

    pub(super) fn saying(self, body: impl Into<String>) -> Self {
        Self { body: body.into(), ..self }
    }

    pub(super) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(name, _)| *name != header);
        self.headers.push((header, value.into()));
        self
    }
}

/// What a store knows.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) statements: BTreeMap<String, Value>,
    /// Requests with statements in them.
    pub(super) posts: usize,
    /// All requests.
    pub(super) requests: usize,
}

impl Kept {
    /// As the rules have it: all statements of a request or none, and each id once.
    pub(super) fn take(&mut self, request: &Request) -> Reply {
        if request.path == "/xapi/about" {
            return Reply::status(200).saying(json!({ "version": ["1.0.0", "1.0.3"] }).to_string());
        }
        if request.path != "/xapi/statements" || request.method != "POST" {
            return Reply::status(404);
        }
        let header = |name: &str| request.headers.get(name).map(String::as_str).unwrap_or_default();
        if !header("x-experience-api-version").starts_with("1.0.") {
            return Reply::status(400).saying("unsupported version");
        }
        // key:hush-hush
        if header("authorization") != "Basic a2V5Omh1c2gtaHVzaA==" {
            return Reply::status(401).saying("who are you?");
        }
        if header("content-type") != "application/json" {
            return Reply::status(400).saying("not JSON");
        }
        let Ok(statements) = serde_json::from_slice::<Vec<Value>>(&request.body) else {
            return Reply::status(400).saying("not a list");
        };
        let ids: Vec<String> = statements.iter().filter_map(|one| Some(one["id"].as_str()?.to_owned())).collect();
        if ids.iter().zip(&statements).any(|(id, one)| self.statements.get(id).is_some_and(|kept| kept != one)) {
            return Reply::status(409).saying("another statement has this id");
        }
        self.statements.extend(ids.iter().cloned().zip(statements));
        Reply::status(200).saying(json!(ids).to_string())
    }
}

pub(super) struct Server {
    pub(super) base: String,
    pub(super) kept: Arc<Mutex<Kept>>,
}

impl Server {
    /// A server that answers as `answer` says; nothing is a connection that breaks.
    pub(super) fn answering(mut answer: impl FnMut(&Request, &mut Kept) -> Option<Reply> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}/xapi", listener.local_addr().unwrap());
        let kept = Arc::new(Mutex::new(Kept::default()));
        let of_thread = Arc::clone(&kept);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(request) = read_request(&mut stream) else { continue };
                let reply = {
                    let mut kept = of_thread.lock().unwrap();
                    kept.requests += 1;
                    kept.posts += usize::from(request.method == "POST");
                    answer(&request, &mut kept)
                };
                if let Some(reply) = reply {
                    write_reply(&mut stream, &reply);
                }
            }
        });
        Self { base, kept }
    }

    pub(super) fn sound() -> Self {
        Self::answering(|request, kept| Some(kept.take(request)))
    }

    pub(super) fn store(&self) -> RecordStore {
        RecordStore {
            by_itself: false,
            address: self.base.clone(),
            key: "key".to_owned(),
            secret: Secret::new("hush-hush"),
            version: XapiVersion::One,
        }
    }

    pub(super) fn lrs(&self) -> (Lrs, Arc<Mutex<Vec<Duration>>>) {
        client(&self.store())
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.kept.lock().unwrap().statements.keys().cloned().collect()
    }

    pub(super) fn posts(&self) -> usize {
        self.kept.lock().unwrap().posts
    }
}

/// A client that does not really wait, and says how long it would have.
pub(super) fn client(store: &RecordStore) -> (Lrs, Arc<Mutex<Vec<Duration>>>) {
    let waited = Arc::new(Mutex::new(Vec::new()));
    let waits = Arc::clone(&waited);
    let wait = move |pause| waits.lock().unwrap().push(pause);
    let address = store.address.parse().unwrap();
    (Lrs::waiting(address, store, Patience { tries: 40, ..Patience::default() }, wait), waited)
}

fn read_request(stream: &mut TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut parts = line.split(' ').map(str::to_owned);
    let (method, path) = (parts.next()?, parts.next()?);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, path, headers, body })
}

fn write_reply(stream: &mut TcpStream, reply: &Reply) {
    let mut text =
        format!("HTTP/1.1 {} Said\r\nConnection: close\r\nContent-Length: {}\r\n", reply.status, reply.body.len());
    for (name, value) in &reply.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    // The client may have gone.
    let _ = stream.write_all(format!("{text}\r\n{}", reply.body).as_bytes());
}
