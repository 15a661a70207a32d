//! The client against a service of a few lines.

pub(crate) mod fake;

use std::time::Duration;

use fake::{Fake, Heard, Identity, answer, json};
use uuid::Uuid;

use super::*;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::Skill;
use crate::team::protocol::{
    Accepted, BoardPage, BrowserLink, Joined, Me, ProblemKind, PublishedScenarios, Season, Standing, TeamName,
};
use crate::team::{Invite, Kind, Token};

fn invite(fake: &Fake, pin: Option<[u8; 32]>) -> Invite {
    Invite { address: fake.url.clone(), code: Invite::code_of([7; 15]), pin }
}

fn service(fake: &Fake, pin: Option<[u8; 32]>) -> Service {
    Service::at(Address::of(&invite(fake, pin), false).unwrap()).unwrap()
}

fn token() -> Token {
    Token::of(Kind::Device, [1, 2, 3, 4, 5], [0xee; 32])
}

fn joined() -> Joined {
    Joined {
        player: Uuid::from_u128(7),
        alias: "Heron".to_owned(),
        team: Some(TeamName { id: Uuid::from_u128(8), name: "Quayside".to_owned() }),
        service: "Quayside \u{202e}support".to_owned(),
        token: token().reveal(),
    }
}

fn none_published(_: &Heard) -> String {
    json(&PublishedScenarios { scenarios: Vec::new() })
}

#[test]
fn a_pinned_key_is_trusted_whatever_name_its_certificate_bears() {
    let identity = Identity::new();
    let pin = identity.pin;
    let fake = Fake::with(identity, none_published);
    let service = service(&fake, Some(pin));
    for _ in 0..2 {
        assert_eq!(service.scenarios(), Ok(PublishedScenarios { scenarios: Vec::new() }));
    }
}

#[test]
fn no_other_key_is_trusted_and_nothing_is_sent_to_it() {
    let fake = Fake::with(Identity::new(), none_published);
    let pin = Identity::new().pin;
    assert_eq!(service(&fake, Some(pin)).scenarios(), Err(CallError::AnotherKey));
    // Without a pin it is for the computer to say whom it trusts, and nobody has vouched for this one.
    assert!(service(&fake, None).scenarios().is_err());
    assert!(fake.heard().is_empty());
}

#[test]
fn whoever_shows_the_certificate_must_hold_its_key() {
    let identity = Identity::new();
    let pin = identity.pin;
    let fake = Fake::with(identity.stolen_by(Identity::new()), none_published);
    assert!(service(&fake, Some(pin)).scenarios().is_err());
    assert!(fake.heard().is_empty());
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Fake::plain(none_published);
    let to = elsewhere.url.clone();
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let to = to.clone();
        let fake = Fake::plain(move |_| {
            format!(
                "HTTP/1.1 {status}\r\nlocation: {to}/v1/scenarios\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
        });
        assert_eq!(service(&fake, None).scenarios(), Err(CallError::PointedElsewhere), "{status}");
        let put = service(&fake, None).put_attempt(Uuid::nil(), b"x");
        assert_eq!(put, Err(CallError::PointedElsewhere), "{status}");
    }
    assert!(elsewhere.heard().is_empty());
}

#[test]
fn a_huge_answer_is_not_read_to_its_end() {
    let fake = Fake::plain(|heard| {
        let body = "x".repeat(5 * 1024 * 1024);
        if heard.line.ends_with("scenarios") {
            answer("200 OK", "application/json", &body)
        } else {
            answer("409 Conflict", "application/problem+json", &body)
        }
    });
    assert_eq!(service(&fake, None).scenarios(), Err(CallError::TooLarge));
    assert_eq!(service(&fake, None).me(), Err(CallError::TooLarge));
}

#[test]
fn what_is_no_service_is_told_as_such_and_tried_again() {
    let page = Fake::plain(|_| answer("200 OK", "text/html", "<h1>Sign in to the hotel</h1>"));
    let gone = Fake::plain(|_| answer("404 Not Found", "text/html", "<h1>404</h1>"));
    let mute = Fake::plain(|_| String::new());
    for (fake, expected) in [
        (&page, CallError::NotUnderstood),
        (&gone, CallError::NotUnderstood),
        (&mute, CallError::Unreachable { why: "the connection broke" }),
    ] {
        let error = service(fake, None).scenarios().unwrap_err();
        assert_eq!(error, expected);
        assert!(error.may_pass());
    }
    let nobody = Invite { address: "http://127.0.0.1:1".to_owned(), code: String::new(), pin: None };
    let error = Service::at(Address::of(&nobody, false).unwrap()).unwrap().scenarios().unwrap_err();
    assert_eq!(error, CallError::Unreachable { why: "nothing answers at its address" });
}

#[test]
fn a_refusal_is_in_the_services_words_without_what_steers_a_terminal() {
    let fake = Fake::plain(|_| {
        let body = "{\"type\":\"busy\",\"title\":\"Ask\\u001b[2J a trainer.\",\"status\":429}";
        let whole = answer("429 Too Many Requests", "application/problem+json; charset=utf-8", body);
        whole.replacen("\r\n", "\r\nretry-after: 12\r\n", 1)
    });
    let error = service(&fake, None).scenarios().unwrap_err();
    assert_eq!(error.to_string(), "Ask[2J a trainer.");
    assert!(error.may_pass());
    let CallError::Refused(problem) = error else { panic!("{error}") };
    assert_eq!((problem.kind, problem.retry_after), (ProblemKind::Busy, Some(12)));
}

#[test]
fn a_kind_of_problem_from_a_later_version_is_told_by_its_status() {
    let check = |status: &'static str, expected: ProblemKind| {
        let fake = Fake::plain(move |_| {
            answer(status, "application/problem+json", "{\"type\":\"moon-too-full\",\"title\":\"Later.\"}")
        });
        let error = service(&fake, None).scenarios().unwrap_err();
        assert!(matches!(&error, CallError::Refused(problem) if problem.kind == expected), "{error:?}");
    };
    check("401 Unauthorized", ProblemKind::Unauthorised);
    check("422 Unprocessable Content", ProblemKind::DoesNotHold);
    check("429 Too Many Requests", ProblemKind::Busy);
    check("500 Internal Server Error", ProblemKind::Failed);
    check("418 I’m a teapot", ProblemKind::Malformed);
}

#[test]
fn joining_keeps_the_key_and_every_call_then_bears_it() {
    let data = tempfile::tempdir().unwrap();
    let folder = Folder::of(data.path(), "Heron");
    let accepted = Accepted {
        attempt: Uuid::from_u128(3),
        standing: Standing::Ranked,
        outcome: crate::scenario::vocabulary::Outcome::Satisfied,
        overall: 700,
        points: 756,
        skills: [1, 2, 3, 4, 5],
        flags: Vec::new(),
    };
    let answers = accepted.clone();
    let fake = Fake::plain(move |heard| match heard.line.split_once(' ') {
        Some(("POST", "/v1/join")) => json(&joined()),
        Some(("PUT", _)) => json(&answers),
        Some(("DELETE", "/v1/me")) => "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(),
        _ => answer("401 Unauthorized", "application/problem+json", "{\"type\":\"unauthorised\",\"title\":\"No.\"}"),
    });
    let invite = invite(&fake, None);
    let membership = join(&folder, &invite, "Heron", Some("desk".to_owned()), false).unwrap();
    assert_eq!(membership.service, "Quayside support");
    assert_eq!(folder.joined().unwrap().as_ref(), Some(&membership));
    assert!(matches!(join(&folder, &invite, "Heron", None, false), Err(JoinError::Already { .. })));
    let service = Service::of(&membership).unwrap();
    assert_eq!(service.put_attempt(Uuid::from_u128(3), "été".as_bytes()), Ok(accepted));
    assert_eq!(service.delete_me(), Ok(()));
    assert!(service.me().unwrap_err().is_revoked());
    let heard = fake.heard();
    assert!(heard[0].body.contains(&invite.code));
    assert!(heard[0].headers.iter().all(|header| !header.starts_with("authorization")));
    assert_eq!(
        (heard[1].line.as_str(), heard[1].body.as_str()),
        (&*format!("PUT /v1/attempts/{}", Uuid::from_u128(3)), "été")
    );
    for heard in &heard[1..] {
        assert!(heard.headers.contains(&format!("authorization: Bearer {}", token().reveal())), "{heard:?}");
        assert!(heard.headers.contains(&format!("simmer-rules: {}", crate::attempt::RULES_VERSION)), "{heard:?}");
    }
    assert_eq!(heard.len(), 4, "who is in a team already uses up no invite");
    assert!(!format!("{service:?}").contains(&token().reveal()[13..]));
}

/// The name and the key with which somebody asks to be let in.
fn asked_by(heard: &Heard) -> (String, String) {
    let asked: crate::team::protocol::Join = serde_json::from_str(&heard.body).unwrap();
    (asked.alias, asked.token.unwrap())
}

/// A service that lets in whoever asks, under the key they bring, and whose first `lost` answers nobody hears.
fn forgetful(lost: usize) -> Fake {
    let answered = std::sync::atomic::AtomicUsize::new(0);
    Fake::plain(move |heard| {
        if heard.line.starts_with("PATCH") {
            let me: crate::team::protocol::ChangeMe = serde_json::from_str(&heard.body).unwrap();
            return json(&Me {
                player: Uuid::from_u128(7),
                alias: me.alias.unwrap(),
                team: None,
                listed: true,
                service: "Quayside".to_owned(),
                devices: Vec::new(),
                season: None,
            });
        }
        let (alias, token) = asked_by(heard);
        if answered.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < lost {
            return String::new();
        }
        json(&Joined { alias, token, ..joined() })
    })
}

#[test]
fn where_the_answer_to_joining_is_lost_the_very_same_is_said_again() {
    let data = tempfile::tempdir().unwrap();
    let fake = forgetful(2);
    let invite = invite(&fake, None);
    let folder = Folder::of(data.path(), "Heron");
    assert!(matches!(join(&folder, &invite, "Heron", None, false), Err(JoinError::Unheard(_))));
    let error = join(&folder, &invite, "Heron", None, false).unwrap_err();
    insta::assert_snapshot!(error, @"The team service cannot be reached at the moment: the connection broke. Try again with the same link: if you were let in meanwhile, the service says so.");
    // After a new start of the program too.
    let folder = Folder::of(data.path(), "Heron");
    let unheard = Unheard { invite: invite.clone(), alias: "Heron".to_owned() };
    assert_eq!(folder.unheard().unwrap(), Some(unheard));
    let membership = join(&folder, &invite, "Heron", None, false).unwrap();
    assert_eq!(folder.unheard().unwrap(), None);
    let heard = fake.heard();
    assert_eq!(heard.len(), 3);
    assert!(heard.iter().all(|again| again.body == heard[0].body), "{heard:#?}");
    assert_eq!(membership.token.reveal(), asked_by(&heard[0]).1);
    assert_eq!(folder.joined().unwrap(), Some(membership));
}

#[test]
fn who_chose_another_name_meanwhile_comes_in_under_that_one() {
    let data = tempfile::tempdir().unwrap();
    let folder = Folder::of(data.path(), "Heron");
    let fake = forgetful(1);
    let invite = invite(&fake, None);
    assert!(matches!(join(&folder, &invite, "Heron", None, false), Err(JoinError::Unheard(_))));
    let membership = join(&folder, &invite, "Crane", None, false).unwrap();
    assert_eq!(membership.alias, "Crane");
    assert_eq!(folder.joined().unwrap(), Some(membership));
    let lines: Vec<_> = fake.heard().into_iter().map(|heard| heard.line).collect();
    assert_eq!(lines, ["POST /v1/join", "POST /v1/join", "PATCH /v1/me"]);
    assert_eq!(fake.heard()[0].body, fake.heard()[1].body);
}

#[test]
fn after_a_no_one_asks_anew_and_each_invite_has_a_key_of_its_own() {
    let data = tempfile::tempdir().unwrap();
    let folder = Folder::of(data.path(), "Heron");
    let fake = Fake::plain(|heard| {
        let kind = if heard.body.contains("Heron") { "name-taken" } else { "unavailable" };
        let status = if heard.body.contains("Heron") { "409 Conflict" } else { "503 Service Unavailable" };
        answer(status, "application/problem+json", &format!("{{\"type\":\"{kind}\",\"title\":\"No.\"}}"))
    });
    let first = invite(&fake, None);
    let second = Invite { code: Invite::code_of([8; 15]), ..first.clone() };
    assert_eq!(join(&folder, &first, "Heron", None, false).unwrap_err().to_string(), "No.");
    assert_eq!(folder.unheard().unwrap(), None, "there is nothing to wait for");
    for invite in [&first, &second] {
        assert!(matches!(join(&folder, invite, "Crane", None, false), Err(JoinError::Unheard(_))));
    }
    let keys: std::collections::BTreeSet<_> = fake.heard().iter().map(|heard| asked_by(heard).1).collect();
    assert_eq!(keys.len(), 3);
    #[cfg(unix)]
    for place in std::fs::read_dir(folder.membership_file().with_file_name("joining")).unwrap() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = place.unwrap();
        assert_eq!(place.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!place.path().to_string_lossy().contains(&first.code));
    }
    folder.leave(true).unwrap();
    assert_eq!(folder.unheard().unwrap(), None);
}

#[test]
fn an_invite_is_not_used_up_where_its_key_could_not_be_kept() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("team"), "a file where a folder should be").unwrap();
    let fake = Fake::plain(|_| json(&joined()));
    let error = join(&Folder::of(data.path(), "Heron"), &invite(&fake, None), "Heron", None, false).unwrap_err();
    assert!(matches!(error, JoinError::Folder(_)), "{error}");
    assert!(fake.heard().is_empty());
}

#[test]
fn a_board_is_asked_for_by_what_it_is_of() {
    let season = Season {
        id: Uuid::from_u128(1),
        name: "Autumn".to_owned(),
        starts: jiff::Timestamp::UNIX_EPOCH,
        ends: None,
        attempts: 3,
    };
    let page = BoardPage {
        board: crate::team::protocol::BoardName::default(),
        season,
        rows: Vec::new(),
        players: 0,
        near: Vec::new(),
        next: None,
        revision: 1,
    };
    let answers = page.clone();
    let fake = Fake::plain(move |_| json(&answers));
    let query = BoardQuery {
        scenario: Some("the door".to_owned()),
        skill: Some(Skill::NeedsAssessment),
        team: Some(Uuid::from_u128(2)),
        limit: Some(5000),
        ..BoardQuery::default()
    };
    assert_eq!(service(&fake, None).board(&query), Ok(page));
    let expected =
        format!("GET /v1/boards?scenario=the%20door&skill=NeedsAssessment&team={}&limit=100", Uuid::from_u128(2));
    assert_eq!(fake.heard()[0].line, expected);
}

/// A board of so many players, page by page, the places of which may move by one at each page.
fn board_of(players: usize, moves: bool) -> Fake {
    Fake::plain(move |heard| {
        let asked = |name: &str| {
            let query = heard.line.split_once('?')?.1;
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse::<usize>().ok())
        };
        let (from, limit) = (asked("cursor").unwrap_or(0), asked("limit").unwrap());
        assert!((1..=100).contains(&limit));
        let to = players.min(from + limit);
        let row = |number: usize| crate::team::protocol::BoardRow {
            rank: number as u64 + 1,
            player: Uuid::from_u128(number as u128),
            alias: format!("P{number}"),
            team: None,
            points: 900,
            scenario: "the-door".to_owned(),
            title: "The door".to_owned(),
            standing: Standing::Ranked,
            ahead: false,
            own: false,
        };
        let first = if moves { from.saturating_sub(1) } else { from };
        json(&BoardPage {
            board: crate::team::protocol::BoardName::default(),
            season: Season {
                id: Uuid::nil(),
                name: "Autumn".to_owned(),
                starts: jiff::Timestamp::UNIX_EPOCH,
                ends: None,
                attempts: 3,
            },
            rows: (first..to).map(row).collect(),
            players: players as u64,
            near: Vec::new(),
            next: (to < players).then(|| to.to_string()),
            revision: 1,
        })
    })
}

#[test]
fn a_board_is_had_as_far_as_it_is_asked_for_and_nobody_stands_on_it_twice() {
    let check = |players: usize, moves: bool, most: usize, rows: usize, requests: usize, more: bool| {
        let fake = board_of(players, moves);
        let board = service(&fake, None).board_to(&BoardQuery::default(), most).unwrap();
        let expected: Vec<_> = (0..rows).map(|number| Uuid::from_u128(number as u128)).collect();
        assert_eq!(board.rows.iter().map(|row| row.player).collect::<Vec<_>>(), expected, "{players} {most}");
        assert_eq!((fake.heard().len(), board.next.is_some()), (requests, more), "{players} {most}");
    };
    check(250, false, 10, 10, 1, true);
    check(250, false, 100, 100, 1, true);
    check(250, false, 200, 200, 2, true);
    check(250, false, 120, 120, 2, true);
    check(250, false, usize::MAX, 250, 3, false);
    check(250, true, usize::MAX, 250, 3, false);
    check(0, false, usize::MAX, 0, 1, false);
    // One that says there is more for ever, and has nothing.
    let endless = Fake::plain(|_| {
        let fake = board_of(3, false);
        let page = service(&fake, None).board(&BoardQuery { limit: Some(2), ..BoardQuery::default() }).unwrap();
        json(&page)
    });
    let board = service(&endless, None).board_to(&BoardQuery::default(), usize::MAX).unwrap();
    assert_eq!((board.rows.len(), board.next, endless.heard().len()), (2, None, 2));
}

#[test]
fn a_link_for_the_browser_leads_nowhere_else() {
    let check = |prefix: &'static str, expected: bool| {
        let fake = Fake::plain(move |heard| {
            let host = heard.headers.iter().find_map(|header| header.strip_prefix("host: ")).unwrap_or_default();
            let link = prefix.replace("HOST", host);
            json(&BrowserLink { link, expires: jiff::Timestamp::UNIX_EPOCH })
        });
        assert_eq!(service(&fake, None).browser_link().is_ok(), expected, "{prefix}");
    };
    check("http://HOST/enter/abc", true);
    check("http://HOST.evil.example/enter/abc", false);
    check("https://evil.example/", false);
    check("file:///etc/passwd", false);
}

#[test]
fn a_published_scenario_is_fetched_once_and_only_believed_by_its_hash() {
    let data = tempfile::tempdir().unwrap();
    let folder = Folder::of(data.path(), "Heron");
    let library = crate::library::Library::open(None, &[]);
    let entry = library.entries().next().unwrap();
    let (text, full) = (entry.source.text().to_owned(), entry.scenario.as_ref().unwrap().hashes.full);
    let fake = Fake::plain(move |_| answer("200 OK", "text/plain; charset=utf-8", &text));
    let service = service(&fake, None);
    assert!(matches!(Published::fetch(&folder, &service, Hash([3; 32])), Err(PublishedError::NotTheOne)));
    for _ in 0..2 {
        assert_eq!(Published::fetch(&folder, &service, full).unwrap().scenario.hashes.full, full);
    }
    assert_eq!(fake.heard().len(), 2);
}

#[test]
fn events_come_as_they_happen_and_end_with_the_connection() {
    let fake = Fake::plain(|_| {
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n: hello\n\n\
         data: {\"revision\":4,\"scenario\":\"the-door\"}\n\ndata: {\"revision\":5}\n\n"
            .to_owned()
    });
    let seen: Vec<_> = service(&fake, None).events().unwrap().map(|event| event.unwrap().revision).collect();
    assert_eq!(seen, [4, 5]);
    assert!(fake.heard()[0].headers.contains(&"accept: text/event-stream".to_owned()));
}

#[test]
fn hanging_up_ends_the_listening() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let open = std::thread::spawn(move || {
        use std::io::Write as _;
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n: hello\n\n").unwrap();
        // Held open until the other end has gone.
        let _ = std::io::Read::read_to_end(&mut stream, &mut Vec::new());
    });
    let invite = Invite { address, code: String::new(), pin: None };
    let service = std::sync::Arc::new(Service::at(Address::of(&invite, false).unwrap()).unwrap());
    let mut events = service.events().unwrap();
    let other = std::sync::Arc::clone(&service);
    let listening = std::thread::spawn(move || events.by_ref().count());
    std::thread::sleep(Duration::from_millis(50));
    other.hang_up();
    assert!(listening.join().unwrap() <= 1);
    open.join().unwrap();
}

#[test]
fn me_is_read() {
    let me = Me {
        player: Uuid::from_u128(7),
        alias: "Heron".to_owned(),
        team: None,
        listed: true,
        service: "Quayside".to_owned(),
        devices: Vec::new(),
        season: None,
    };
    let answers = me.clone();
    let fake = Fake::plain(move |_| json(&answers));
    assert_eq!(service(&fake, None).me(), Ok(me));
}
