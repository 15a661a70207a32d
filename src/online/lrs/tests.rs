//! Against a store of our own that keeps the rules of xAPI 1.0.3, Part Three, and against one that does what networks do.

mod server;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use rand::{Rng as _, SeedableRng as _};
use rand_pcg::Pcg64Mcg;
use serde_json::{Value, json};

use self::server::{Reply, Server, client};
use super::outbox::{Delivery, Receipts, deliver, due};
use super::*;
use crate::attempt::{Attempt, Beginning, Recorder, Store, Verb, replay, to_input};
use crate::campaign::{self, Input, RunStage};
use crate::dialogue::{self, Action, Mode, reply_order};
use crate::records::{Account, statements};
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scenario::vocabulary::{Pace, Volume};
use crate::settings::{RecordSettings, Secret};

// ---- Attempts.

fn scenario() -> Arc<Scenario> {
    let bytes = include_bytes!("../../../scenarios/can-i-have-it-on.ron");
    Arc::new(load("a.ron", bytes).scenario.unwrap())
}

/// A finished attempt; every number plays in its own way.
fn attempt(scenario: &Arc<Scenario>, number: usize, change: impl FnOnce(&mut Beginning)) -> Attempt {
    let mut beginning = Beginning {
        seed: number as u64,
        mode: Mode::Steps,
        language: "en".to_owned(),
        player: "Heron".to_owned(),
        team: None,
        practice: false,
        intention: None,
        start: None,
    };
    change(&mut beginning);
    let mut recorder = Recorder::begin(Arc::clone(scenario), beginning);
    while recorder.run().stage != RunStage::Closed {
        let run = recorder.run();
        let inputs = match run.stage {
            RunStage::Talking if run.talk.replies_open() => {
                let offered = reply_order(scenario, &run.talk);
                let reply = offered[number % offered.len()];
                let action = Action::Speak { reply, pace: Pace::Even, volume: Volume::Level };
                vec![Input::Talk(dialogue::Input::step(action))]
            }
            RunStage::Talking => to_input(scenario, run, &Verb::Finish.into()).unwrap(),
            RunStage::Note => vec![Input::File { tiles: Vec::new(), line: String::new() }],
            RunStage::Diary(event) => {
                let event = &scenario.encounter(run.talk.encounter).diary[event.index()];
                vec![Input::Choose(campaign::choices(event, &run.talk).next().unwrap().0)]
            }
            RunStage::Between | RunStage::Closed => vec![Input::GoOn],
        };
        for input in inputs {
            let _ = recorder.apply(&input).unwrap();
        }
    }
    recorder.attempt().clone()
}

fn record(scenario: &Arc<Scenario>, number: usize) -> Vec<Statement> {
    let attempt = attempt(scenario, number, |_| {});
    let played = replay(scenario, &attempt).played.unwrap();
    statements(scenario, &attempt, &played, &Account::new(None, "someone".to_owned()))
}

fn sorted_ids(statements: &[Statement]) -> Vec<String> {
    let mut ids: Vec<String> = statements.iter().map(|one| one.id.to_string()).collect();
    ids.sort();
    ids
}

// ---- What arrives.

#[test]
fn every_statement_arrives_once_and_as_it_was() {
    let (server, record) = (Server::sound(), record(&scenario(), 1));
    let (lrs, waited) = server.lrs();
    lrs.greet().unwrap();
    assert_eq!(lrs.send(&record), Ok(Vec::new()));
    assert_eq!(server.ids(), sorted_ids(&record));
    for statement in &record {
        let kept = server.kept.lock().unwrap().statements[&statement.id.to_string()].clone();
        assert_eq!(kept, serde_json::to_value(statement).unwrap());
    }
    assert_eq!(server.posts(), 1);
    assert!(waited.lock().unwrap().is_empty());
}

#[test]
fn whatever_the_network_does_every_statement_is_there_exactly_once_in_the_end() {
    let scenario = scenario();
    let mut chance = Pcg64Mcg::seed_from_u64(11);
    let server = Server::answering(move |request, kept| match chance.next_u32() % 100 {
        // Lost on the way there.
        0..15 => None,
        // Lost on the way back: the store has it, and it will be sent again.
        15..30 => {
            kept.take(request);
            None
        }
        // Delivered twice.
        30..60 => {
            kept.take(request);
            Some(kept.take(request))
        }
        60..70 => Some(Reply::status(503)),
        70..75 => Some(Reply::status(429).with("Retry-After", "2")),
        75..80 => Some(Reply::status(500).saying("<html>")),
        _ => Some(kept.take(request)),
    });
    let (lrs, waited) = server.lrs();
    let mut all = Vec::new();
    for number in 0..1000 {
        let record = record(&scenario, number);
        assert_eq!(lrs.send(&record), Ok(Vec::new()));
        all.extend(record);
    }
    assert_eq!(server.ids(), sorted_ids(&all));
    assert!(!waited.lock().unwrap().is_empty(), "there was something to get past");
}

#[test]
fn a_conflict_counts_as_done_and_the_others_still_go() {
    let (server, record) = (Server::sound(), record(&scenario(), 1));
    let taken = record[2].id.to_string();
    server.kept.lock().unwrap().statements.insert(taken.clone(), json!({ "id": taken, "from": "before" }));
    assert_eq!(server.lrs().0.send(&record), Ok(Vec::new()));
    assert_eq!(server.ids(), sorted_ids(&record));
    assert_eq!(server.kept.lock().unwrap().statements[&taken]["from"], "before");
}

#[test]
fn what_a_store_will_not_have_is_put_aside_with_its_words_and_the_others_still_go() {
    let record = record(&scenario(), 1);
    let refused = record[3].id;
    let server = Server::answering(move |request, kept| {
        let has_it = String::from_utf8_lossy(&request.body).contains(&refused.to_string());
        Some(if has_it { Reply::status(400).saying("this\u{1b}[2J\nlooks odd") } else { kept.take(request) })
    });
    let aside = server.lrs().0.send(&record).unwrap();
    assert_eq!(aside, [PutAside { statement: refused, words: "this [2J looks odd".to_owned() }]);
    let mut others = sorted_ids(&record);
    others.retain(|id| *id != refused.to_string());
    assert_eq!(server.ids(), others);
}

#[test]
fn what_is_too_large_goes_in_smaller_parts() {
    let record = record(&scenario(), 1);
    for most in [4, 1] {
        let server = Server::answering(move |request, kept| {
            let count = serde_json::from_slice::<Vec<Value>>(&request.body).map_or(0, |all| all.len());
            Some(if count > most { Reply::status(413) } else { kept.take(request) })
        });
        assert_eq!(server.lrs().0.send(&record), Ok(Vec::new()));
        assert_eq!(server.ids(), sorted_ids(&record));
    }
    let server = Server::answering(|_, _| Some(Reply::status(413)));
    let aside = server.lrs().0.send(&record[..3]).unwrap();
    assert_eq!(
        aside.iter().map(|one| one.statement).collect::<Vec<_>>(),
        record[..3].iter().map(|one| one.id).collect::<Vec<_>>()
    );
    assert!(aside.iter().all(|one| one.words.contains("413")), "{aside:?}");
}

#[test]
fn parts_are_bounded_in_count_and_size() {
    let lengths = |bodies: &[usize]| -> Vec<usize> {
        let bodies: Vec<String> = bodies.iter().map(|length| "x".repeat(*length)).collect();
        let parts = parts(&bodies);
        assert_eq!(parts.iter().flat_map(Clone::clone).collect::<Vec<_>>(), (0..bodies.len()).collect::<Vec<_>>());
        parts.iter().map(ExactSizeIterator::len).collect()
    };
    assert_eq!(lengths(&[]), [0; 0]);
    assert_eq!(lengths(&[10; 120]), [50, 50, 20]);
    assert_eq!(lengths(&[100 * 1024; 5]), [2, 2, 1]);
    assert_eq!(lengths(&[10, MOST_BYTES * 2, 10, 10]), [1, 1, 2]);
}

// ---- What ends it.

#[test]
fn a_store_that_does_not_let_in_is_asked_once() {
    for status in [401, 403] {
        let server = Server::answering(move |_, _| Some(Reply::status(status).saying("no rights")));
        let (lrs, waited) = server.lrs();
        let stopped = lrs.send(&record(&scenario(), 1)).unwrap_err();
        assert_eq!(stopped, Stopped::NotLetIn { status, words: "no rights".to_owned() });
        assert_eq!((server.posts(), waited.lock().unwrap().len()), (1, 0));
    }
    let server = Server::sound();
    let wrong = RecordStore { secret: Secret::new("hush"), ..server.store() };
    let (lrs, _) = client(&wrong);
    let words = lrs.send(&record(&scenario(), 1)).unwrap_err().to_string();
    assert!(words.contains("who are you?"), "{words}");
    for text in [words, format!("{lrs:?}"), format!("{wrong:?}")] {
        assert!(!text.contains("hush") && !text.contains("aHVzaA"), "{text}");
    }
}

#[test]
fn a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::sound();
        let to = format!("{}/statements", elsewhere.base);
        let place = to.clone();
        let server = Server::answering(move |_, _| Some(Reply::status(status).with("Location", &*place)));
        assert_eq!(server.lrs().0.send(&record(&scenario(), 1)), Err(Stopped::SentOn { to }));
        assert_eq!(server.lrs().0.greet(), Ok(()), "it is told when something is sent");
        assert_eq!(elsewhere.kept.lock().unwrap().requests, 0);
    }
}

#[test]
fn a_store_of_another_version_is_told_and_nothing_is_put_aside() {
    let server = Server::sound();
    let (lrs, _) = client(&RecordStore { version: XapiVersion::Two, ..server.store() });
    let expected = Stopped::OtherVersion { asked: "2.0.0", spoken: "1.0.0, 1.0.3".to_owned() };
    assert_eq!(lrs.greet(), Err(expected));
    // Where a store does not tell about itself, its refusal does.
    let expected = Stopped::OtherVersion { asked: "2.0.0", spoken: "1.0.3".to_owned() };
    assert_eq!(lrs.send(&record(&scenario(), 1)), Err(expected));
    assert!(server.ids().is_empty());
    let two = Server::answering(|request, _| {
        let right = request.headers.get("x-experience-api-version").is_some_and(|version| version == "2.0.0");
        Some(Reply::status(if right { 200 } else { 400 }).with(VERSION_HEADER, "2.0.0"))
    });
    let (lrs, _) = client(&RecordStore { version: XapiVersion::Two, ..two.store() });
    assert_eq!((lrs.greet(), lrs.send(&record(&scenario(), 1))), (Ok(()), Ok(Vec::new())));
}

#[test]
fn an_address_that_is_no_store_is_told() {
    let server = Server::sound();
    let mut store = server.store();
    store.address.push_str("/somewhere");
    let stopped = client(&store).0.send(&record(&scenario(), 1)).unwrap_err();
    assert_eq!(stopped, Stopped::NotAStore { status: 404, words: String::new() });
}

// ---- Waiting.

#[test]
fn pauses_grow_with_chance_in_them_and_end() {
    let server = Server::answering(|_, _| Some(Reply::status(503)));
    let (mut lrs, waited) = server.lrs();
    lrs.patience.tries = 9;
    let stopped = lrs.send(&record(&scenario(), 1)).unwrap_err();
    assert_eq!(stopped, Stopped::Unreachable { why: "it answered 503".to_owned(), tries: 9 });
    let waited = waited.lock().unwrap();
    for (pause, whole) in waited.iter().zip([1_u64, 2, 4, 8, 16, 32, 60, 60]) {
        let (least, most) = (Duration::from_millis(whole * 500), Duration::from_secs(whole));
        assert!((least..=most).contains(pause), "{waited:?}");
    }
    assert_eq!((waited.len(), server.posts()), (8, 9));
}

#[test]
fn a_store_that_is_not_there_is_told_after_some_tries() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let server = Server::sound();
    let (mut lrs, _) = client(&RecordStore { address, ..server.store() });
    lrs.patience.tries = 3;
    assert_eq!(lrs.greet(), Ok(()));
    let stopped = lrs.send(&record(&scenario(), 1)).unwrap_err();
    assert!(matches!(stopped, Stopped::Unreachable { tries: 3, .. }), "{stopped}");
}

#[test]
fn what_is_not_encrypted_as_it_should_be_is_told_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 400 This is a plain server\r\n\r\n");
            // It is closed when the client is done with it.
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    let (lrs, waited) = client(&RecordStore { address, ..Server::sound().store() });
    let stopped = lrs.send(&record(&scenario(), 1)).unwrap_err();
    assert!(matches!(stopped, Stopped::NotSafe { .. }), "{stopped:?}");
    assert!(waited.lock().unwrap().is_empty());
}

#[test]
fn a_store_says_how_long_to_wait() {
    let in_half_a_minute = rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&(Timestamp::now() + jiff::SignedDuration::from_secs(30)))
        .unwrap();
    for (header, least) in [("45".to_owned(), 45), (in_half_a_minute, 20)] {
        let mut first = true;
        let server = Server::answering(move |request, kept| {
            let busy = std::mem::replace(&mut first, false);
            Some(if busy { Reply::status(429).with("Retry-After", &*header) } else { kept.take(request) })
        });
        let (lrs, waited) = server.lrs();
        assert_eq!(lrs.send(&record(&scenario(), 1)), Ok(Vec::new()));
        let waited = waited.lock().unwrap();
        assert!(waited.len() == 1 && waited[0] >= Duration::from_secs(least), "{waited:?}");
    }
    let server = Server::answering(|_, _| Some(Reply::status(503).with("Retry-After", "3600")));
    let (lrs, waited) = server.lrs();
    assert_eq!(lrs.send(&record(&scenario(), 1)), Err(Stopped::Later { seconds: 3600 }));
    assert_eq!((server.posts(), waited.lock().unwrap().len()), (1, 0));
    for nonsense in ["", "soon", "-1", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        assert_eq!(asked_to_wait(nonsense), None, "{nonsense}");
    }
}

// ---- The outbox.

struct Desk {
    data: tempfile::TempDir,
    store: Store,
    scenario: Arc<Scenario>,
    settings: RecordSettings,
}

impl Desk {
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path());
        let settings = RecordSettings::open(data.path()).unwrap();
        Self { data, store, scenario: scenario(), settings }
    }

    fn play(&self, number: usize, change: impl FnOnce(&mut Beginning)) -> Attempt {
        let attempt = attempt(&self.scenario, number, change);
        self.store.save(&attempt).unwrap();
        attempt
    }

    fn due(&self, lrs: &Lrs) -> Vec<Attempt> {
        due(&self.store, &Receipts::open(self.data.path()), lrs.address()).unwrap()
    }

    fn deliver(&self, lrs: &Lrs) -> Delivery {
        let scenario_of = |_: &Attempt| Some(Arc::clone(&self.scenario));
        deliver(lrs, self.data.path(), &self.settings, &self.due(lrs), &scenario_of).unwrap()
    }
}

#[test]
fn an_attempt_is_due_until_a_store_has_it() {
    let desk = Desk::new();
    let (server, other) = (Server::sound(), Server::sound());
    let (lrs, _) = server.lrs();
    let first = desk.play(1, |_| {});
    desk.play(2, |beginning| beginning.practice = true);
    let mut unfinished = desk.play(3, |_| {});
    desk.store.delete(unfinished.id).unwrap();
    unfinished.ended = None;
    desk.store.save(&unfinished).unwrap();
    assert_eq!(desk.due(&lrs), [first]);
    let delivery = desk.deliver(&lrs);
    assert_eq!((delivery.delivered.len(), delivery.left, &delivery.stopped), (1, 0, &None));
    assert_eq!(delivery.delivered[0].statements, server.ids().len());
    assert!(desk.due(&lrs).is_empty());
    let second = desk.play(4, |_| {});
    assert_eq!(desk.due(&lrs), [second]);
    assert_eq!(desk.due(&other.lrs().0).len(), 2, "another store has nothing yet");
}

#[test]
fn a_crash_between_sending_and_noting_it_adds_nothing() {
    let desk = Desk::new();
    let server = Server::sound();
    let (lrs, _) = server.lrs();
    for number in 0..3 {
        desk.play(number, |_| {});
    }
    desk.deliver(&lrs);
    let ids = server.ids();
    for receipts in [None, Some("(format: 1, stores: {"), Some("(format: 9, stores: {})")] {
        let path = desk.data.path().join("records-sent.ron");
        std::fs::remove_file(&path).unwrap();
        if let Some(text) = receipts {
            std::fs::write(&path, text).unwrap();
        }
        assert_eq!(desk.due(&lrs).len(), 3);
        assert_eq!(desk.deliver(&lrs).delivered.len(), 3);
        assert_eq!(server.ids(), ids);
        assert!(desk.due(&lrs).is_empty());
    }
}

#[test]
fn what_was_not_sent_is_due_the_next_time() {
    let desk = Desk::new();
    for number in 0..4 {
        desk.play(number, |_| {});
    }
    let posts = Arc::new(Mutex::new(0));
    let seen = Arc::clone(&posts);
    let server = Server::answering(move |request, kept| {
        if request.method == "POST" {
            *seen.lock().unwrap() += 1;
        }
        // After two attempts somebody takes the key away, for once.
        let refused = request.method == "POST" && *seen.lock().unwrap() == 3;
        Some(if refused { Reply::status(403) } else { kept.take(request) })
    });
    let (lrs, _) = server.lrs();
    let delivery = desk.deliver(&lrs);
    assert_eq!((delivery.delivered.len(), delivery.left), (2, 2));
    assert!(matches!(delivery.stopped, Some(Stopped::NotLetIn { status: 403, .. })));
    let delivery = desk.deliver(&lrs);
    assert_eq!((delivery.delivered.len(), delivery.left), (2, 0));
}

#[test]
fn what_was_put_aside_is_told_once_and_a_forged_score_is_never_sent() {
    let desk = Desk::new();
    let server = Server::answering(|request, kept| {
        let has_it = String::from_utf8_lossy(&request.body).contains("/verbs/terminated");
        Some(if has_it { Reply::status(400).saying("unknown verb") } else { kept.take(request) })
    });
    let (lrs, _) = server.lrs();
    desk.play(1, |_| {});
    let mut forged = desk.play(2, |_| {});
    forged.score.as_mut().unwrap().overall = 1000;
    desk.store.save(&forged).unwrap();
    let delivery = desk.deliver(&lrs);
    assert_eq!(delivery.delivered.len(), 1);
    assert_eq!(delivery.delivered[0].put_aside[0].words, "unknown verb");
    let (id, why) = &delivery.without_record[0];
    assert!(*id == forged.id && why.contains("does not hold"), "{why}");
    assert_eq!(desk.due(&lrs), [forged], "only what could not be recorded at all");
}
