//! Every refusal of the table of threats (`leaderboards`, "Threats and what answers them"), by name.

use std::io::{Read as _, Write as _};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::json;
use ureq::http::Method;
use uuid::Uuid;

use super::support::{SLUG, Service, Style, begin, beginning, play, turn};
use crate::attempt::{self, Attempt, Recorder, Rewound, Verb, WrittenInput};
use crate::campaign::RunStage;
use crate::dialogue::Mode;
use crate::scenario::load::load;
use crate::service::http::problem::Refused;
use crate::service::verify::Queue;
use crate::team::protocol::{Accepted, BoardPage, Join, ProblemKind};

#[test]
fn a_forged_score_does_not_hold() {
    let service = Service::new();
    let ade = service.join("Ade");
    let mut attempt = service.play(&ade, Style::STEPS);
    attempt.score.as_mut().unwrap().overall = 999;
    let problem = service.submit(&ade, &attempt).refused(422, ProblemKind::DoesNotHold);
    assert!(problem.title.contains("999"), "{}", problem.title);
    assert!(service.get("/v1/boards", &ade.token).read::<BoardPage>(200).players == 0);
}

#[test]
fn an_edited_log_does_not_hold() {
    let service = Service::new();
    let ade = service.join("Ade");
    let attempt = service.play(&ade, Style::STEPS);
    let spoken = |input: &WrittenInput| matches!(input.verb, Verb::Speak { .. });
    let at = attempt.inputs.iter().position(spoken).unwrap();

    let mut unknown = attempt.clone();
    if let Verb::Speak { reply, .. } = &mut unknown.inputs[at].verb {
        reply.push_str("-better");
    }
    let problem = service.submit(&ade, &unknown).refused(422, ProblemKind::DoesNotHold);
    assert_eq!(problem.index, Some(u32::try_from(at).unwrap()));

    let mut shorter = attempt.clone();
    shorter.inputs.remove(at);
    service.submit(&ade, &shorter).refused(422, ProblemKind::DoesNotHold);

    let mut longer = attempt.clone();
    longer.inputs.push(Verb::GoOn.into());
    let problem = service.submit(&ade, &longer).refused(422, ProblemKind::DoesNotHold);
    assert_eq!(problem.index, Some(u32::try_from(attempt.inputs.len()).unwrap()));
    // Nothing of it was kept: the true one is taken.
    service.submit(&ade, &attempt).read::<Accepted>(200);
}

#[test]
fn time_does_not_go_backwards() {
    let service = Service::new();
    let ade = service.join("Ade");
    let mut attempt = service.play(&ade, Style::TIMED);
    let spoken = |input: &WrittenInput| matches!(input.verb, Verb::Speak { .. });
    let at = attempt.inputs.iter().position(spoken).unwrap();
    attempt.inputs[at].at = Some(0);
    let problem = service.submit(&ade, &attempt).refused(422, ProblemKind::DoesNotHold);
    assert_eq!(problem.index, Some(u32::try_from(at).unwrap()));
}

#[test]
fn what_another_played_is_not_ones_own() {
    let service = Service::new();
    let (ade, sam) = (service.join("Ade"), service.join("Sam"));
    let attempt = service.play(&ade, Style::STEPS);
    service.submit(&sam, &attempt).refused(403, ProblemKind::NotYours);
    service.submit(&ade, &attempt).read::<Accepted>(200);
    service.submit(&sam, &attempt).refused(403, ProblemKind::NotYours);
    // Under another id, under the other’s leave, under none.
    let renamed = Attempt { id: Uuid::now_v7(), ..attempt.clone() };
    service.submit(&sam, &renamed).refused(403, ProblemKind::NotYours);
    let without = Attempt { start: None, ..renamed };
    service.submit(&sam, &without).refused(409, ProblemKind::SameCall);
    let leave = service.start(&sam, Mode::Steps);
    let under_own = Attempt { start: Some(leave.id), ..without };
    service.submit(&sam, &under_own).refused(422, ProblemKind::DoesNotHold);
    let reseeded = Attempt { seed: leave.seed.parse().unwrap(), ..under_own };
    let answer = service.submit(&sam, &reseeded);
    assert!(answer.status == 422 || answer.status == 200, "it is another call now, and holds or not: {answer:?}");
    // And it is not shown to others.
    service.get(&format!("/v1/attempts/{}", attempt.id), &sam.token).refused(404, ProblemKind::NotFound);
}

#[test]
fn a_leave_is_good_for_one_attempt() {
    let service = Service::new();
    let ade = service.join("Ade");
    let start = service.start(&ade, Mode::Steps);
    let first = play(&start, Style::STEPS);
    service.submit(&ade, &first).read::<Accepted>(200);
    let second = play(&start, Style { reply: 9, ..Style::STEPS });
    service.submit(&ade, &second).refused(410, ProblemKind::Expired);
    let unknown = Attempt { start: Some(Uuid::now_v7()), ..second };
    service.submit(&ade, &unknown).refused(404, ProblemKind::NotFound);
}

#[test]
fn a_leave_that_is_too_old_is_good_for_nothing() {
    let service = Service::new();
    let ade = service.join("Ade");
    let attempt = play(&service.start(&ade, Mode::Steps), Style::STEPS);
    service.pass(60 * 60 * 24 + 1);
    service.submit(&ade, &attempt).refused(410, ProblemKind::Expired);
    // Fetched ahead it lasts for three days, and is one at a time.
    let start = service.ask_start(&ade, Mode::Steps, true).read(200);
    service.ask_start(&ade, Mode::Steps, true).refused(409, ProblemKind::NoneLeft);
    service.pass(60 * 60 * 71);
    let attempt = play(&start, Style::STEPS);
    service.submit(&ade, &attempt).read::<Accepted>(200);
}

#[test]
fn another_scenario_than_the_published_one_is_refused_and_a_comment_is_none() {
    let service = Service::new();
    let ade = service.join("Ade");
    let hash = service.published(&ade, SLUG);
    let text = service.get(&format!("/v1/scenarios/{hash}"), &ade.token).body;
    let played_on = |text: &str| {
        let scenario = load("it", text.as_bytes()).scenario.map(std::sync::Arc::new).unwrap();
        let start = service.start(&ade, Mode::Steps);
        let beginning =
            crate::attempt::Beginning { start: Some(start.id), ..beginning(start.seed.parse().unwrap(), Mode::Steps) };
        let mut recorder = Recorder::begin(scenario, beginning);
        while recorder.run().stage != RunStage::Closed {
            turn(&mut recorder, Style::STEPS);
        }
        recorder.attempt().clone()
    };
    let commented = format!("// Ours.\n{text}").replace('\n', "\r\n");
    let reworded = text.replacen("title: \"", "title: \"Not ", 1);
    let harder = text.replacen("difficulty: 1", "difficulty: 5", 1);
    assert!(reworded != text && harder != text);
    service.submit(&ade, &played_on(&commented)).read::<Accepted>(200);
    for changed in [reworded, harder] {
        service.submit(&ade, &played_on(&changed)).refused(409, ProblemKind::NotPublished);
    }
}

#[test]
fn other_rules_another_seed_and_another_mode_are_refused() {
    let service = Service::new();
    let ade = service.join("Ade");
    let start = service.start(&ade, Mode::Steps);
    let attempt = play(&start, Style::STEPS);
    let older = Attempt { rules: 1, ..attempt.clone() };
    service.submit(&ade, &older).refused(409, ProblemKind::OtherRules);
    let newer = Attempt { rules: 99, ..attempt.clone() };
    service.submit(&ade, &newer).refused(409, ProblemKind::OtherRules);
    let seeded = Attempt { seed: attempt.seed ^ 1, ..attempt.clone() };
    service.submit(&ade, &seeded).refused(422, ProblemKind::DoesNotHold);
    let timed = Attempt { mode: Mode::Timed, ..attempt };
    service.submit(&ade, &timed).refused(422, ProblemKind::DoesNotHold);
    let ask = json!({ "id": Uuid::now_v7(), "full_hash": start.full_hash, "rules": 1, "mode": "Steps" });
    service.post("/v1/starts", &ade.token, &ask).refused(409, ProblemKind::OtherRules);
    let ask =
        json!({ "id": Uuid::now_v7(), "full_hash": "0".repeat(64), "rules": attempt::RULES_VERSION, "mode": "Steps" });
    service.post("/v1/starts", &ade.token, &ask).refused(409, ProblemKind::NotPublished);
}

#[test]
fn practice_and_what_is_unfinished_stay_at_home() {
    let service = Service::new();
    let ade = service.join("Ade");
    let start = service.start(&ade, Mode::Steps);
    let attempt = play(&start, Style::STEPS);
    let practice = Attempt { practice: true, ..attempt.clone() };
    service.submit(&ade, &practice).refused(400, ProblemKind::Malformed);
    let from = Rewound { attempt: attempt.id, encounter: 0, turn: 1 };
    let rewound = Attempt { rewound: Some(from), ..attempt };
    service.submit(&ade, &rewound).refused(400, ProblemKind::Malformed);
    let mut recorder = begin(&start, Mode::Steps);
    turn(&mut recorder, Style::STEPS);
    service.submit(&ade, recorder.attempt()).refused(400, ProblemKind::Malformed);
}

#[test]
fn what_is_no_attempt_is_refused() {
    let service = Service::new();
    let ade = service.join("Ade");
    let attempt = play(&service.start(&ade, Mode::Steps), Style::STEPS);
    let file = attempt::write(&attempt);
    let check = |file: Vec<u8>| {
        service.put_file(attempt.id, &ade.token, file).refused(400, ProblemKind::Malformed);
    };
    check(Vec::new());
    check(b"a shopping list".to_vec());
    check(vec![0xff; 1000]);
    check(file.replacen("seed: ", "seed: 1", 1).into_bytes());
    check(file.as_bytes()[..file.len() / 2].to_vec());
    check(file.replacen("format 1", "format 99", 1).into_bytes());
    service.put_file(Uuid::now_v7(), &ade.token, file).refused(400, ProblemKind::Malformed);
    service
        .send(service.request(Method::PUT, "/v1/attempts/nonsense", &ade.token).body(b"x".to_vec()).unwrap())
        .refused(404, ProblemKind::NotFound);
}

#[test]
fn ten_megabytes_are_refused_before_they_are_sent() {
    let service = Service::new();
    let ade = service.join("Ade");
    let host = service.host();
    let said = |head: &str, body: &[u8]| {
        let mut stream = service.connect(Duration::from_secs(20));
        let path = format!("/v1/attempts/{}", Uuid::now_v7());
        let token = &ade.token;
        let head = format!("PUT {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n{head}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        // Once enough was sent, nobody listens any more.
        let _ = stream.write_all(body);
        let mut answer = [0; 4096];
        let read = stream.read(&mut answer).unwrap();
        String::from_utf8_lossy(&answer[..read]).into_owned()
    };
    // Not a byte of it was sent.
    let answer = said("content-length: 10485760", b"");
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
    // Without saying how much it will be.
    let mut body = b"500000\r\n".to_vec();
    body.resize(0x0050_0000 + 8, b'x');
    let answer = said("transfer-encoding: chunked", &body);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[test]
fn after_an_answer_the_next_request_may_come_on_the_same_connection() {
    let service = Service::new();
    let ade = service.join("Ade");
    let host = service.host();
    let mut stream = service.connect(Duration::from_secs(20));
    let mut check = |path: &str, token: &str, status: &str| {
        let head = format!("POST {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n");
        stream.write_all(format!("{head}content-length: 2\r\n\r\n").as_bytes()).unwrap();
        // A slow line: what the request says comes a while after its head.
        std::thread::sleep(Duration::from_millis(200));
        stream.write_all(b"{}").unwrap();
        let mut answer = [0; 4096];
        let read = stream.read(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer[..read]);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
        assert!(!answer.contains("connection: close"), "{path}: {answer}");
    };
    // One whose body nobody reads, one whose sender is not known, one that leads nowhere, and one that is read.
    check("/v1/me/browser", &ade.token, "200");
    check("/v1/starts", "sim_nobody", "401");
    check("/v1/nothing", &ade.token, "404");
    check("/v1/starts", &ade.token, "400");
    check("/v1/me/browser", &ade.token, "200");
}

#[test]
fn a_zero_byte_is_refused_wherever_it_stands() {
    let service = Service::new();
    let ade = service.join("Ade");
    service.get("/v1/boards?scenario=a%00b", &ade.token).refused(400, ProblemKind::Malformed);
    service
        .post("/v1/admin/teams", &service.administrator, &json!({ "name": "a\0b" }))
        .refused(400, ProblemKind::Malformed);
    let mut file = attempt::write(&service.play(&ade, Style::STEPS)).into_bytes();
    file.push(0);
    service.put_file(Uuid::now_v7(), &ade.token, file).refused(400, ProblemKind::Malformed);
}

#[test]
fn a_message_that_is_none_is_refused() {
    let service = Service::new();
    let ade = service.join("Ade");
    let check = |body: &str, status: u16, kind: ProblemKind| {
        let request = service.request(Method::POST, "/v1/starts", &ade.token);
        service.send(request.body(body.as_bytes().to_vec()).unwrap()).refused(status, kind);
    };
    check("", 400, ProblemKind::Malformed);
    check("{", 400, ProblemKind::Malformed);
    check("[]", 400, ProblemKind::Malformed);
    check("{\"id\": \"x\"}", 400, ProblemKind::Malformed);
    check(&"[".repeat(60_000), 400, ProblemKind::Malformed);
    check(&" ".repeat(70_000), 413, ProblemKind::TooLarge);
    service.get("/v1/nothing", &ade.token).refused(404, ProblemKind::NotFound);
    service.post("/v1/me", &ade.token, &json!({})).refused(405, ProblemKind::Malformed);
    service.get("/v1/boards?limit=many", &ade.token).refused(400, ProblemKind::Malformed);
}

#[test]
fn names_are_told_apart_and_harm_nobody() {
    let service = Service::new();
    let taken = |alias: &str| service.try_join(alias).refused(409, ProblemKind::NameTaken);
    let wrong = |alias: &str| service.try_join(alias).refused(400, ProblemKind::Malformed);
    service.join("Paul");
    for alike in ["paul", "PAUL", "Paul ", "PauI", "Pau1", "Рaul", "Ｐａｕｌ", "P\u{61}\u{75}l"] {
        taken(alike);
    }
    for unfit in ["", " ", "\u{202e}luaP", "Pa\u{200b}ul", "Paul\0", "Pa\nul", &"x".repeat(41), "\u{3164}"] {
        wrong(unfit);
    }
    for payload in [
        "Robert'); DROP TABLE players;--",
        "' OR '1'='1",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "{{7*7}} ${7*7}",
        "../../etc/passwd",
        "=HYPERLINK(\"http://evil\")",
    ] {
        let member = service.join(payload);
        let me = service.get("/v1/me", &member.token);
        assert_eq!(me.read::<crate::team::protocol::Me>(200).alias, payload);
        assert_eq!(me.headers["content-type"], "application/json");
    }
    assert_eq!(service.join("Zoë").token.len(), 65);
}

#[test]
fn an_invite_is_good_once_and_for_seven_days() {
    let service = Service::new();
    let join = |invite: &str, alias: &str| {
        service.post(
            "/v1/join",
            "",
            &Join { invite: invite.to_owned(), alias: alias.to_owned(), device: None, token: None },
        )
    };
    let invite = service.invite(None);
    assert_eq!(join(&invite, "Ade").status, 200);
    join(&invite, "Sam").refused(410, ProblemKind::Expired);
    let invite = service.invite(None);
    // A name that is taken does not use it up.
    join(&invite, "Ade").refused(409, ProblemKind::NameTaken);
    service.pass(60 * 60 * 24 * 7 - 60);
    assert_eq!(join(&invite.to_uppercase(), "Sam").status, 200);
    let invite = service.invite(None);
    service.pass(60 * 60 * 24 * 7 + 60);
    join(&invite, "Kit").refused(410, ProblemKind::Expired);
    join("aaaaaaaaaaaaaaaaaaaaaaaa", "Kit").refused(404, ProblemKind::NotFound);
    join("' OR 1=1", "Kit").refused(404, ProblemKind::NotFound);
}

#[test]
fn a_flood_is_told_to_come_later() {
    let service = Service::new();
    let (ade, sam) = (service.join("Ade"), service.join("Sam"));
    let id = Uuid::now_v7();
    let refused = (0..300).map(|_| service.put_file(id, &ade.token, "x")).find(|answer| answer.status == 429);
    let refused = refused.expect("at some time it is enough");
    let problem = refused.refused(429, ProblemKind::Busy);
    let later: u32 = refused.headers["retry-after"].parse().unwrap();
    assert!((1..=60).contains(&later));
    assert_eq!(problem.retry_after, Some(later));
    // It is counted for all replicas, and for nobody else.
    let replica = service.replica();
    replica.put_file(id, &ade.token, "x").refused(429, ProblemKind::Busy);
    service.put_file(id, &sam.token, "x").refused(400, ProblemKind::Malformed);
    service.pass(i64::from(later));
    service.put_file(id, &ade.token, "x").refused(400, ProblemKind::Malformed);
}

#[test]
fn reading_without_end_is_told_to_come_later() {
    let service = Service::new();
    let (ade, sam) = (service.join("Ade"), service.join("Sam"));
    let often = (0..5000).map(|_| service.get("/v1/seasons", &ade.token)).find(|answer| answer.status != 200);
    let refused = often.expect("at some time it is enough");
    refused.refused(429, ProblemKind::Busy);
    assert_eq!(refused.headers["retry-after"], "1");
    // Nobody else is meant, at the same address or elsewhere, nor what changes something.
    assert_eq!(service.get("/v1/seasons", &sam.token).status, 200);
    assert_eq!(service.get("/openapi.json", "").status, 200);
    service.start(&sam, Mode::Steps);
    service.put_file(Uuid::now_v7(), &ade.token, "x").refused(400, ProblemKind::Malformed);
    // Whoever is not known, or makes up tokens, shares the address, and takes nothing from those who are.
    let forged = format!("{}{}", &sam.token[..sam.token.len() - 4], "aaaa");
    service.get("/v1/seasons", &forged).refused(401, ProblemKind::Unauthorised);
    service.inside(async |running| running.app.use_up_reads("address 127.0.0.1"));
    service.get("/v1/seasons", &forged).refused(429, ProblemKind::Busy);
    assert_eq!(service.get("/openapi.json", "").status, 429);
    assert_eq!(service.get("/v1/seasons", &sam.token).status, 200);
}

#[test]
fn a_full_queue_turns_others_away_and_goes_on_working() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let queue = Queue::new(1, 2);
        let (let_go, held) = mpsc::channel::<()>();
        let first = tokio::spawn({
            let queue = queue.clone();
            async move { queue.run(move || held.recv().map_err(|error| Refused::failed(&error))).await }
        });
        let waiting: Vec<_> = (0..2)
            .map(|number| {
                let queue = queue.clone();
                tokio::spawn(async move { queue.run(move || Ok(number)).await })
            })
            .collect();
        while queue.length() < 3 {
            tokio::task::yield_now().await;
        }
        let refused = queue.run(|| Ok(())).await.unwrap_err();
        assert_eq!(refused.status().as_u16(), 429);
        let_go.send(()).unwrap();
        first.await.unwrap().unwrap();
        for (number, waited) in waiting.into_iter().enumerate() {
            assert_eq!(waited.await.unwrap(), Ok(number));
        }
        // A bug in one is no bug in the others.
        let panicked: Result<(), Refused> = queue.run(|| panic!("a bug")).await;
        assert_eq!(panicked.unwrap_err().status().as_u16(), 500);
        assert_eq!(queue.run(|| Ok(7)).await, Ok(7));
        assert_eq!(queue.length(), 0);
    });
}
