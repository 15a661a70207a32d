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
        let mut command = Command::new(env!("CARGO_BIN_EXE_simmer"));
        command.args(["serve", "--data", data, "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0"]);
        command.args(["--name", "Quayside support"]).env("NO_COLOR", "1").env("COLUMNS", "100");
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
    assert!(first.said.contains("a season is open, and 3 scenarios are published"), "{}", first.said);

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
