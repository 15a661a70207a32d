//! Secrets stand nowhere but with those they were given to.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::support::{Service, Style};
use crate::team::protocol::{Accepted, BrowserLink, Join};
use crate::team::{Kind, Token};

/// A log that can be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn no_secret_stands_in_the_log_an_error_or_the_database() {
    let log = Log::default();
    let kept = log.clone();
    let told = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let told = told.with_writer(move || kept.clone()).finish();
    // For all threads: the service answers on its own.
    tracing::subscriber::set_global_default(told).unwrap();

    let service = Service::new();
    let own = Token::new(Kind::Device).unwrap().reveal();
    let bringing =
        Join { invite: service.invite(None), alias: "Kit".to_owned(), device: None, token: Some(own.clone()) };
    assert_eq!(service.post("/v1/join", "", &bringing).status, 200);
    let first = service.running().first.clone().unwrap();
    let invite = service.invite(None);
    let join = Join { invite: invite.clone(), alias: "Ade".to_owned(), device: Some("desk".to_owned()), token: None };
    let joined: crate::team::protocol::Joined = service.post("/v1/join", "", &join).read(200);
    let ade = super::support::Member { id: joined.player, token: joined.token };
    service.submit(&ade, &service.play(&ade, Style::STEPS)).read::<Accepted>(200);
    let link: BrowserLink = service.post("/v1/me/browser", &ade.token, &json!({})).read(200);
    let entered = service.get(link.link.strip_prefix(&service.base).unwrap(), "");
    let display: Value =
        service.post("/v1/admin/tokens", &service.administrator, &json!({ "kind": "display" })).read(200);

    let part = |secret: &str| secret.rsplit(['_', '/', '=']).next().unwrap().to_owned();
    let secrets = [
        part(&service.administrator),
        part(&ade.token),
        part(&own),
        part(display["token"].as_str().unwrap()),
        part(&link.link),
        part(entered.headers["set-cookie"].split(';').next().unwrap()),
        first.invite.code.clone(),
        invite.clone(),
    ];
    let errors = [
        service.post("/v1/join", "", &join).body,
        service.post("/v1/join", "", &json!({ "invite": invite, "alias": 7 })).body,
        service.post("/v1/join", "", &Join { alias: "Sam".to_owned(), ..bringing }).body,
        service.get("/v1/me", &format!("{}x", ade.token)).body,
        service.get(link.link.strip_prefix(&service.base).unwrap(), "").body,
        service.get(&format!("/v1/me/devices/{}", ade.token), &ade.token).body,
        service.get(&format!("/{}", ade.token), "").body,
    ];
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(log.contains("answered"), "the log is written");
    let mut database = Vec::new();
    for entry in std::fs::read_dir(service.folder.path()).unwrap() {
        database.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let database = String::from_utf8_lossy(&database).into_owned();
    assert!(database.contains("Ade"), "the database is read");
    for secret in secrets {
        assert!(secret.len() >= 24, "{secret}");
        for (place, text) in [("the log", &log), ("the database", &database), ("an error", &errors.join("\n"))] {
            assert!(!text.contains(&secret), "a secret stands in {place}");
        }
    }
    assert!(!format!("{first:?}").contains(&first.invite.code));
}
