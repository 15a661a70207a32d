//! A service of a few lines: it hears one request on each connection and answers as it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What was heard.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heard {
    /// `GET /v1/me`
    pub(crate) line: String,
    /// As they were sent, in small letters.
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

/// The whole of an answer, from its status line on.
pub(crate) type Answer = Box<dyn Fn(&Heard) -> String + Send + Sync>;

pub(crate) struct Fake {
    pub(crate) url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

/// A certificate of one's own, with the hash of its key.
pub(crate) struct Identity {
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
    pub(crate) pin: [u8; 32],
}

impl Identity {
    pub(crate) fn new() -> Self {
        let rcgen::CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["some-other-name".to_owned()]).unwrap();
        let certificate = cert.der().clone();
        let pin = super::super::pin::key_hash(&certificate).unwrap().try_into().unwrap();
        Self { certificate, key: PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap(), pin }
    }

    /// This certificate, and another’s key.
    pub(crate) fn stolen_by(self, thief: Self) -> Self {
        Self { key: thief.key, ..self }
    }

    fn config(self) -> Arc<ServerConfig> {
        let provider = Arc::new(ring::default_provider());
        let key = provider.key_provider.load_private_key(self.key).unwrap();
        let one = OneKey(Arc::new(CertifiedKey::new(vec![self.certificate], key)));
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        Arc::new(config.with_no_client_auth().with_cert_resolver(Arc::new(one)))
    }
}

/// Shows its certificate to whoever asks, whether or not the key is the right one.
#[derive(Debug)]
struct OneKey(Arc<CertifiedKey>);

impl ResolvesServerCert for OneKey {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

impl Fake {
    pub(crate) fn plain(answer: impl Fn(&Heard) -> String + Send + Sync + 'static) -> Self {
        Self::plain_at("127.0.0.1:0", answer)
    }

    pub(crate) fn plain_at(address: &str, answer: impl Fn(&Heard) -> String + Send + Sync + 'static) -> Self {
        Self::new(address, None, Box::new(answer))
    }

    pub(crate) fn with(identity: Identity, answer: impl Fn(&Heard) -> String + Send + Sync + 'static) -> Self {
        Self::new("127.0.0.1:0", Some(identity.config()), Box::new(answer))
    }

    fn new(address: &str, tls: Option<Arc<ServerConfig>>, answer: Answer) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let fake = Self { url, heard: Arc::clone(&heard) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                match &tls {
                    None => serve(stream, &heard, &answer),
                    Some(tls) => {
                        let connection = ServerConnection::new(Arc::clone(tls)).unwrap();
                        serve(StreamOwned::new(connection, stream), &heard, &answer);
                    }
                }
            }
        });
        fake
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

fn serve(stream: impl Read + Write, heard: &Mutex<Vec<Heard>>, answer: &Answer) {
    let mut stream = BufReader::new(stream);
    // Whoever does not like the certificate goes away.
    let Some(request) = hear(&mut stream) else { return };
    let text = answer(&request);
    heard.lock().unwrap().push(request);
    let stream = stream.get_mut();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

fn hear(stream: &mut impl BufRead) -> Option<Heard> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let line = lines.remove(0).trim_end_matches(" HTTP/1.1").to_owned();
    let headers: Vec<_> = lines
        .iter()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| format!("{}:{value}", name.to_lowercase()))
        .collect();
    let length = headers.iter().find_map(|header| header.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(Heard { line, headers, body: String::from_utf8(body).ok()? })
}

/// An answer of one piece.
pub(crate) fn answer(status: &str, kind: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

pub(crate) fn json(body: &impl serde::Serialize) -> String {
    answer("200 OK", "application/json", &serde_json::to_string(body).unwrap())
}
