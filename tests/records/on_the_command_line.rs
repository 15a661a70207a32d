//! `simmer export attempts`, `xapi` and `store` as a person runs them.

use std::fs;
use std::sync::Arc;

use serde_json::Value;
use simmer::attempt::{Recorder, Store};
use simmer::dialogue::Mode;

use super::rules::broken_rules;
use super::{Style, play, record, rows};
use crate::command_line::Home;
use crate::support::shipped;

/// A home in which these attempts were played.
fn home_with(recorders: &[&Recorder]) -> Home {
    let home = Home::new();
    let store = Store::open(&home.path("data"));
    for recorder in recorders {
        store.save(recorder.attempt()).unwrap();
    }
    home
}

#[test]
fn records_go_to_a_file_and_practice_stays_at_home() {
    let scenario = Arc::new(shipped("can-i-have-it-on"));
    let finished = play(&scenario, Style::Even(0), Mode::Timed, |_| {});
    let practice = play(&scenario, Style::Even(1), Mode::Steps, |beginning| beginning.practice = true);
    let home = home_with(&[&finished, &practice]);
    let ran = home.run(&["export", "xapi", "--all", "--data", "data", "--to", "records.json"]);
    assert_eq!(ran.expect(0).out.lines().count(), 1, "{}", ran.out);
    let text = fs::read_to_string(home.path("records.json")).unwrap();
    let written: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(written.iter().all(|one| broken_rules(one).is_empty()));
    assert_eq!(written.len(), record(&scenario, finished.attempt()).len());
    assert!(!text.contains("Heron"), "the pseudonym stays at home");
    // The same again, under the same names.
    home.run(&["export", "xapi", "--all", "--data", "data", "--to", "records.json"]).expect(0);
    assert_eq!(fs::read_to_string(home.path("records.json")).unwrap(), text);

    let id = practice.attempt().id.to_string();
    let refused = home.run(&["export", "xapi", &id, "--data", "data"]);
    assert!(refused.expect(2).err.contains("--practice"), "{}", refused.err);
    let asked = home.run(&["export", "xapi", &id, "--practice", "--data", "data"]);
    let written: Vec<Value> = serde_json::from_str(&asked.expect(0).out).unwrap();
    assert_eq!(written[0]["context"]["extensions"]["https://simmer.invalid/xapi/extensions/practice"], true);

    let csv = home.run(&["export", "attempts", "--data", "data"]);
    assert_eq!(rows(csv.expect(0).out.trim_start_matches('\u{FEFF}')).len(), 2);
    let csv = home.run(&["export", "attempts", "--practice", "--data", "data", "-o", "all.csv"]);
    assert_eq!(csv.expect(0).out, "all.csv: 2 attempts\n");
}

#[test]
fn an_attempt_that_was_changed_is_recorded_by_nobody() {
    let scenario = Arc::new(shipped("can-i-have-it-on"));
    let recorder = play(&scenario, Style::Even(0), Mode::Steps, |_| {});
    let home = home_with(&[]);
    let mut forged = recorder.attempt().clone();
    forged.score.as_mut().unwrap().overall = 1000;
    Store::open(&home.path("data")).save(&forged).unwrap();
    let ran = home.run(&["export", "xapi", "--all", "--data", "data", "--to", "records.json"]);
    assert!(ran.expect(1).err.contains("It does not hold"), "{}", ran.err);
    assert_eq!(fs::read_to_string(home.path("records.json")).unwrap(), "[]\n");
    let ran = home.run(&["export", "attempts", "--data", "data"]);
    assert!(ran.expect(1).err.contains("It does not hold"), "{}", ran.err);
    assert_eq!(rows(ran.out.trim_start_matches('\u{FEFF}')).len(), 1);
    home.write("data/attempts/torn.attempt", "// Simmer attempt, format 1\n(");
    let ran = home.run(&["export", "xapi", "--all", "--data", "data"]);
    assert!(ran.expect(1).err.contains("torn.attempt"), "{}", ran.err);
    assert_eq!(ran.out, "[]\n");
}

#[cfg(feature = "online")]
#[test]
fn nothing_is_sent_where_no_store_is_set() {
    let home = home_with(&[]);
    let ran = home.run(&["export", "xapi", "--all", "--send", "--data", "data"]);
    assert!(ran.expect(2).err.contains("simmer export store"), "{}", ran.err);
}

#[cfg(feature = "online")]
#[test]
fn a_store_is_set_and_its_secret_is_shown_nowhere() {
    let home = Home::new();
    let open = ["export", "store", "--data", "data", "--address", "http://lrs.example/xapi", "--key", "simmer"];
    let refused = home.typing(&open, "hush-hush\n");
    assert!(refused.expect(2).err.contains("use https://"), "{}", refused.err);
    let safe = ["export", "store", "--data", "data", "--address", "https://lrs.example/xapi/", "--key", "simmer"];
    let none = home.typing(&safe, "");
    assert!(none.expect(2).err.contains("no secret"), "{}", none.err);
    let set = home.typing(&safe, "hush-hush\n");
    assert!(set.expect(0).out.contains("https://lrs.example/xapi\n"), "{}", set.out);
    let more = ["export", "store", "--data", "data", "--version", "2.0.0", "--person", "Heron=staff-0042"];
    let more = home.run(&[&more[..], &["--home-page", "https://lms.example"]].concat());
    let shown = home.run(&["export", "store", "--data", "data"]);
    assert_eq!(shown.expect(0).out, more.expect(0).out);
    for words in ["xAPI 2.0.0", "Heron is recorded as staff-0042", "https://lms.example"] {
        assert!(shown.out.contains(words), "{}", shown.out);
    }
    let kept = fs::read_to_string(home.path("data/records.ron")).unwrap();
    assert!(kept.contains("hush-hush"));
    let log = home.path("data/log");
    let logged: String =
        fs::read_dir(log).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    assert!(logged.contains("started"), "there is a log to look at");
    assert!(!logged.contains("staff-0042"), "nor does it tell who is who");
    for text in [&set.out, &set.err, &more.out, &shown.out, &shown.err, &logged] {
        assert!(!text.contains("hush"), "{text}");
    }
    home.run(&["export", "store", "--data", "data", "--forget"]).expect(0);
    assert!(!fs::read_to_string(home.path("data/records.ron")).unwrap().contains("hush"));
}

#[cfg(feature = "online")]
#[test]
fn what_is_due_is_sent_once_and_in_the_version_that_is_asked_for() {
    let scenario = Arc::new(shipped("can-i-have-it-on"));
    let played: Vec<Recorder> =
        (0..2).map(|number| play(&scenario, Style::Even(number), Mode::Timed, |_| {})).collect();
    let home = home_with(&played.iter().collect::<Vec<_>>());
    let (address, taken) = a_store();
    let key = ["export", "store", "--data", "data", "--address", &address, "--key", "simmer"];
    home.typing(&key, "hush-hush\n").expect(0);

    let send = ["export", "xapi", "--all", "--send", "--data", "data"];
    let first = home.run(&[&send[..], &["--version", "2.0.0"]].concat());
    assert!(first.expect(0).out.contains("of 2 attempts"), "{}", first.out);
    let second = home.run(&send);
    assert!(second.expect(0).out.starts_with("Nothing to send"), "{}", second.out);
    let expected: Vec<Value> = played.iter().flat_map(|one| record(&scenario, one.attempt())).collect();
    let ids = |all: &[Value]| all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    {
        let taken = taken.lock().unwrap();
        let versions: Vec<&str> = taken.iter().map(|(version, _)| version.as_str()).collect();
        assert!(versions.iter().all(|version| *version == "2.0.0"), "{versions:?}");
        let statements: Vec<Value> = taken.iter().flat_map(|(_, statements)| statements.clone()).collect();
        assert_eq!(ids(&statements), ids(&expected));
    }
    // What is named is sent whatever is known of it.
    home.run(&["export", "xapi", &played[0].attempt().id.to_string(), "--send", "--data", "data"]).expect(0);
    let (version, statements) = taken.lock().unwrap().pop().unwrap();
    assert_eq!((version.as_str(), ids(&statements)), ("1.0.3", ids(&record(&scenario, played[0].attempt()))));

    let unfinished = play(&scenario, Style::Stops(1), Mode::Steps, |_| {});
    let file = home.write("left.attempt", &simmer::attempt::write(unfinished.attempt()));
    let refused = home.run(&["export", "xapi", &file, "--send", "--data", "data"]);
    assert!(refused.expect(2).err.contains("is not finished"), "{}", refused.err);
    let written = home.run(&["export", "xapi", &file, "--data", "data"]);
    let statements: Vec<Value> = serde_json::from_str(&written.expect(0).out).unwrap();
    assert_eq!(ids(&statements), ids(&record(&scenario, unfinished.attempt())));
}

/// What a store took: the version it was asked in, and the statements.
#[cfg(feature = "online")]
type Taken = Arc<std::sync::Mutex<Vec<(String, Vec<Value>)>>>;

/// A store on this computer that takes everything, and its address.
#[cfg(feature = "online")]
fn a_store() -> (String, Taken) {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/xapi", listener.local_addr().unwrap());
    let taken = Taken::default();
    let of_thread = Arc::clone(&taken);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(&mut stream);
            let lines: Vec<String> =
                reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let header = |name: &str| {
                let found = lines
                    .iter()
                    .filter_map(|line| line.split_once(": "))
                    .find(|(key, _)| key.eq_ignore_ascii_case(name));
                found.map(|(_, value)| value.to_owned()).unwrap_or_default()
            };
            let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
            reader.read_exact(&mut body).unwrap();
            if lines[0].starts_with("POST /xapi/statements ") {
                let statements = serde_json::from_slice(&body).unwrap();
                of_thread.lock().unwrap().push((header("x-experience-api-version"), statements));
            }
            let status = if lines[0].starts_with("POST") { "200 OK" } else { "404 Not Found" };
            let _ = stream
                .write_all(format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n[]").as_bytes());
        }
    });
    (address, taken)
}
