//! The team service as whoever runs it meets it: `simmer serve` and `simmer admin`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::command_line::Home;

/// A service that runs, and what it said when it began.
struct Serving {
    child: Child,
    said: String,
}

impl Serving {
    fn begin(data: &str) -> Self {
        Self::begin_with(data, &[])
    }

    fn begin_with(data: &str, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simmer"));
        command.args(["serve", "--data", data, "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0"]);
        command.args(["--name", "Quayside support"]).args(more).env("NO_COLOR", "1").env("COLUMNS", "100");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = String::new();
        // It says this last, and then listens.
        while !said.contains("Ctrl-C stops it.") {
            said.push_str(&lines.next().expect("it says how it is stopped").unwrap());
            said.push('\n');
        }
        Self { child, said }
    }

    /// What stands after `before` on a line of its own.
    fn secret(&self, before: &str) -> Option<&str> {
        self.said.lines().map(str::trim).find(|line| line.starts_with(before))
    }

    fn address(&self) -> &str {
        self.said.lines().next().unwrap().rsplit(' ').next().unwrap()
    }

    #[cfg(unix)]
    fn stop(mut self) -> Option<i32> {
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[cfg(unix)]
fn a_service_begins_is_looked_after_and_stops() {
    let home = Home::new();
    let data = home.path("data").to_str().unwrap().to_owned();
    let first = Serving::begin(&data);
    assert!(first.secret("adm_").is_some(), "{}", first.said);
    let invite = first.secret("http://").unwrap().to_owned();
    assert!(invite.starts_with(&format!("{}/join/", first.address())), "{}", first.said);
    assert!(first.said.contains("a season is open, and 5 scenarios are published"), "{}", first.said);

    let admin = |arguments: &[&str], code: i32| -> String {
        let arguments: Vec<&str> = ["admin", "--data", &data].iter().chain(arguments).copied().collect();
        home.run(&arguments).expect(code).out.clone()
    };
    let joined = home.run(&["team", "join", &invite, "--alias", "Kit", "--data", &data]);
    joined.expect(0);
    assert!(admin(&["players"], 0).starts_with("Kit  Everyone, 0 attempts"));
    admin(&["name", "kit", "Christopher Osei"], 0);
    assert!(admin(&["players"], 0).contains("Christopher Osei"));
    admin(&["team", "add", "Quayside"], 0);
    admin(&["team", "add", "QUAYSlDE"], 2);
    admin(&["move", "Kit", "quayside"], 0);
    assert!(admin(&["team", "list"], 0).contains("Quayside  1 player"));
    admin(&["team", "drop", "Quayside"], 2);
    assert!(admin(&["invite", "--team", "Quayside", "--count", "3"], 0).matches("/join/").count() == 3);
    assert!(admin(&["token", "--display", "--name", "corridor"], 0).contains("see_"));
    admin(&["assign", "Quayside", "one-twelve", "--by", "2027-01-31"], 0);
    admin(&["retire", "one-twelve"], 0);
    assert!(admin(&["scenarios"], 0).contains("retired"));
    admin(&["publish", "one-twelve"], 0);
    admin(&["season", "close", "--next", "Winter"], 0);
    assert!(admin(&["season", "list"], 0).starts_with("Winter  from "));
    assert!(admin(&["settings", "--retention", "30"], 0).contains("30 days"));
    assert!(admin(&["flagged"], 0).contains("nothing to look at"));
    let backup = home.path("copy.sqlite");
    admin(&["backup", backup.to_str().unwrap()], 0);
    // A person who is asked and says something else changes nothing.
    let delete = ["admin", "--data", &data, "delete-player", "Kit"];
    assert!(home.typing(&delete, "yes\n").expect(2).out.contains("Nothing was deleted."));
    home.typing(&delete, "Kit\n").expect(0);
    assert!(admin(&["players"], 0).contains("Nobody has joined yet"));
    let audit = admin(&["audit"], 0);
    assert!(audit.contains("delete-player") && !audit.contains("Osei"), "{audit}");
    assert_eq!(first.stop(), Some(0));

    admin(&["restore", backup.to_str().unwrap()], 0);
    assert!(admin(&["players"], 0).contains("Christopher Osei"));
    let again = Serving::begin(&data);
    assert!(again.secret("adm_").is_none() && !again.said.contains("/join/"), "nothing is shown twice: {}", again.said);
    assert_eq!(again.stop(), Some(0));
}

/// A database with something in it, without a service that runs.
#[cfg(target_os = "linux")]
fn begun(home: &Home) -> (String, impl Fn(&[&str], i32) -> String) {
    let data = home.path("data").to_str().unwrap().to_owned();
    let first = Serving::begin(&data);
    let invite = first.secret("http://").unwrap().to_owned();
    home.run(&["team", "join", &invite, "--alias", "Kit", "--data", &data]).expect(0);
    assert_eq!(first.stop(), Some(0));
    let place = data.clone();
    (data, move |arguments: &[&str], code: i32| {
        let arguments: Vec<&str> = ["admin", "--data", &place].iter().chain(arguments).copied().collect();
        home.run(&arguments).expect(code).out.clone()
    })
}

#[test]
#[cfg(target_os = "linux")]
fn what_there_is_can_be_listed_for_a_program() {
    let home = Home::new();
    let (_, admin) = begun(&home);
    admin(&["team", "add", "Quayside"], 0);
    admin(&["team", "add", "Anchor"], 0);
    admin(&["invite", "--team", "Quayside"], 0);
    admin(&["assign", "Quayside", "one-twelve", "--by", "2027-01-31"], 0);
    assert!(admin(&["assignments"], 0).starts_with("Quayside  one-twelve, by 2027-01-31"));
    let invites = admin(&["invites"], 0);
    assert!(invites.lines().next().unwrap().contains("Quayside, good until"), "{invites}");
    assert!(invites.contains("Everyone, used") && invites.contains("by Kit, made by first-start"), "{invites}");
    let json = |arguments: &[&str]| -> serde_json::Value {
        let arguments: Vec<&str> = arguments.iter().chain(&["--format", "json"]).copied().collect();
        let document: serde_json::Value = serde_json::from_str(&admin(&arguments, 0)).unwrap();
        assert_eq!(document["schema"], 1, "{arguments:?}");
        document
    };
    let players = json(&["players"]);
    assert_eq!(
        (&players["players"][0]["alias"], &players["players"][0]["team_name"]),
        (&"Kit".into(), &"Everyone".into())
    );
    assert!(players["players"][0]["player"].as_str().unwrap().parse::<uuid::Uuid>().is_ok());
    let teams = json(&["team", "list"])["teams"].clone();
    let names: Vec<_> = teams.as_array().unwrap().iter().map(|team| team["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Anchor", "Everyone", "Quayside"]);
    let numbers = json(&["audit", "--limit", "3"])["acts"].clone();
    let numbers: Vec<_> = numbers.as_array().unwrap().iter().map(|act| act["number"].as_u64().unwrap()).collect();
    assert!(numbers.len() == 3 && numbers.is_sorted_by(|one, other| one > other), "{numbers:?}");
    for (arguments, list, rows) in [
        (&["season", "list"][..], "seasons", 1),
        (&["scenarios"], "scenarios", 5),
        (&["assignments"], "assignments", 1),
        (&["invites"], "invites", 2),
        (&["tokens"], "tokens", 2),
        (&["flagged"], "attempts", 0),
    ] {
        assert_eq!(json(arguments)[list].as_array().unwrap().len(), rows, "{list}");
    }
    assert_eq!(json(&["settings", "--retention", "30"])["retention_days"], 30);
    let text = json(&["tokens"]).to_string() + &json(&["invites"]).to_string();
    assert!(!text.contains("hash"), "{text}");
    // One line each, and none where there is nothing.
    assert_eq!(admin(&["team", "list", "--format", "short"], 0).lines().count(), 3);
    assert_eq!(admin(&["flagged", "--format", "short"], 0), "");
    assert!(admin(&["flagged"], 0).contains("nothing to look at"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_service_that_outgrows_its_file_moves_and_may_come_back() {
    let home = Home::new();
    let (data, admin) = begun(&home);
    let [copy, again] = ["copy.sqlite", "again.sqlite"].map(|name| home.path(name).to_str().unwrap().to_owned());
    admin(&["name", "Kit", "Christopher Osei"], 0);
    admin(&["backup", &copy], 0);
    let postgres = crate::postgres::postgres();
    let there = |arguments: &[&str], code: i32| {
        let place = ["admin", "--data", &data, "--database", &postgres];
        let ran = home.run(&place.iter().chain(arguments).copied().collect::<Vec<_>>());
        ran.expect(code);
        ran.out.clone() + &ran.err
    };
    assert!(there(&["restore", &copy], 0).contains("all of its rows have arrived"));
    assert!(there(&["players"], 0).contains("Christopher Osei"));
    let refused = there(&["restore", &copy], 2);
    assert!(refused.contains("the database is in use") && refused.contains("createdb"), "{refused}");
    there(&["team", "add", "Quayside"], 0);
    there(&["backup", &again], 0);
    admin(&["restore", &again], 0);
    assert!(admin(&["team", "list"], 0).contains("Quayside"));
}

#[test]
fn a_proxy_that_is_to_be_trusted_needs_an_address() {
    let home = Home::new();
    for (typed, words) in [("localhost", "127.0.0.1"), ("10.1.2.3/8", "10.0.0.0/8"), ("0.0.0.0/0", "everybody")] {
        let ran = home.run(&["serve", "--data", "data", "--behind-proxy", "--trusted-proxy", typed]);
        assert!(ran.expect(2).err.contains(words), "{}", ran.err);
    }
}

#[test]
#[cfg(unix)]
fn a_hang_up_lets_a_renewed_certificate_be_read() {
    let home = Home::new();
    let [data, certificate, key] =
        ["data", "cert.pem", "key.pem"].map(|name| home.path(name).to_str().unwrap().to_owned());
    // Writes new ones, and gives somebody who trusts this certificate and no other.
    let renew = || {
        let pair = rcgen::KeyPair::generate().unwrap();
        let made = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().self_signed(&pair).unwrap();
        std::fs::write(&certificate, made.pem()).unwrap();
        std::fs::write(&key, pair.serialize_pem()).unwrap();
        let root = ureq::tls::Certificate::from_der(made.der()).to_owned();
        let tls = ureq::tls::TlsConfig::builder().root_certs(ureq::tls::RootCerts::new_with_certs(&[root])).build();
        ureq::Agent::config_builder().proxy(None).tls_config(tls).build().new_agent()
    };
    let first = renew();
    let service = Serving::begin_with(&data, &["--tls-cert", &certificate, "--tls-key", &key]);
    let reaches = |agent: &ureq::Agent| agent.get(format!("{}/openapi.json", service.address())).call().is_ok();
    assert!(reaches(&first), "{}", service.said);
    let second = renew();
    assert!(!reaches(&second));
    assert!(Command::new("kill").args(["-HUP", &service.child.id().to_string()]).status().unwrap().success());
    while !reaches(&second) {
        std::thread::yield_now();
    }
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn a_service_that_others_could_listen_in_on_is_not_begun() {
    let home = Home::new();
    let ran = home.run(&["serve", "--data", "data", "--listen", "0.0.0.0:0", "--metrics", "127.0.0.1:0"]);
    ran.expect(2);
    for way in ["--tls-self-signed", "--tls-cert", "--behind-proxy", "--plain-http"] {
        assert!(ran.err.contains(way), "{}", ran.err);
    }
}

#[test]
fn what_cannot_be_done_says_what_to_do() {
    let home = Home::new();
    let nowhere = home.run(&["admin", "players", "--data", "data"]);
    assert!(nowhere.expect(2).err.contains("`simmer serve` makes one"), "{}", nowhere.err);
    assert!(!home.path("data/service").exists(), "looking makes nothing");
    let key = home.run(&["serve", "--tls-cert", "cert.pem", "--data", "data"]);
    assert!(key.expect(2).err.contains("--tls-key"), "{}", key.err);
    let both = home.run(&["serve", "--plain-http", "--behind-proxy", "--data", "data"]);
    both.expect(2);
}
