//! What a player does, from the invite to the board.

use serde_json::{Value, json};
use ureq::http::Method;

use super::support::{SLUG, Service, Style, begin, document, play, turn};
use crate::attempt;
use crate::campaign::RunStage;
use crate::dialogue::Mode;
use crate::service::store::Database;
use crate::service::store::testing;
use crate::team::protocol::{
    Accepted, BoardPage, ImprovedBoard, Join, Joined, Me, OwnAttempts, OwnRank, ProblemKind, PublishedScenarios,
    Seasons, Standing, TeamBoard,
};
use crate::team::{Kind, Token};

/// Runs a story on a service over each kind of database.
fn on_both(story: impl Fn(Service)) {
    story(Service::new());
    story(Service::on(Database::Postgres(testing::postgres())));
}

#[test]
fn somebody_joins_plays_and_stands_on_the_board() {
    on_both(|service| {
        let ade = service.join("Ade");
        let me: Me = service.get("/v1/me", &ade.token).read(200);
        assert_eq!((me.alias.as_str(), me.listed, me.devices.len()), ("Ade", true, 1));
        assert!(me.devices[0].this);

        let attempt = service.play(&ade, Style::STEPS);
        let accepted: Accepted = service.submit(&ade, &attempt).read(200);
        let claimed = attempt.score.unwrap();
        assert_eq!((accepted.standing, accepted.overall), (Standing::Ranked, claimed.overall));
        assert_eq!(accepted.flags, []);

        let board: BoardPage = service.get(&format!("/v1/boards?scenario={SLUG}"), &ade.token).read(200);
        assert_eq!((board.players, board.rows.len(), board.next), (1, 1, None));
        let row = &board.rows[0];
        assert_eq!((row.rank, row.alias.as_str(), row.points, row.own), (1, "Ade", accepted.points, true));

        let sam = service.join("Sam");
        let attempt = service.play(&sam, Style { reply: 1, ..Style::STEPS });
        let of_sam: Accepted = service.submit(&sam, &attempt).read(200);
        let board: BoardPage = service.get("/v1/boards", &sam.token).read(200);
        let order: Vec<_> = board.rows.iter().map(|row| (row.points, row.own)).collect();
        let mut expected = vec![(accepted.points, false), (of_sam.points, true)];
        expected.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        assert_eq!(order, expected);

        for skill in ["Listening", "CalmTone", "Empathy", "NeedsAssessment", "FollowThrough"] {
            let board: BoardPage = service.get(&format!("/v1/boards?skill={skill}"), &ade.token).read(200);
            assert_eq!(board.players, 2, "{skill}");
        }
        let listed: PublishedScenarios = service.get("/v1/scenarios", &ade.token).read(200);
        let mine = listed.scenarios.iter().find(|scenario| scenario.scenario == SLUG).unwrap();
        assert_eq!((mine.begun, mine.points), (1, Some(accepted.points)));
        let seasons: Seasons = service.get("/v1/seasons", &ade.token).read(200);
        assert_eq!(seasons.seasons.len(), 1);
        let teams: TeamBoard = service.get("/v1/boards/teams", &ade.token).read(200);
        assert!(teams.teams.is_empty(), "two are too few for a team");
        assert!(service.get("/v1/boards?cursor=nonsense", &ade.token).status == 400);
        service.get("/v1/boards?scenario=nothing", &ade.token).refused(404, ProblemKind::NotFound);
    });
}

#[test]
fn later_attempts_count_for_the_gain_alone_and_those_not_sent_are_told() {
    on_both(|service| {
        let ade = service.join("Ade");
        let first: Accepted = service.submit(&ade, &service.play(&ade, Style { reply: 9, ..Style::STEPS })).read(200);
        let later: Accepted = service.submit(&ade, &service.play(&ade, Style::STEPS)).read(200);
        assert_eq!((first.standing, later.standing), (Standing::Ranked, Standing::Later));
        service.start(&ade, Mode::Steps);
        service.ask_start(&ade, Mode::Steps, false).refused(409, ProblemKind::NoneLeft);
        service.pass(60 * 60 * 25);

        let own: OwnAttempts = service.get("/v1/attempts", &ade.token).read(200);
        let mut standings: Vec<_> = own.attempts.iter().map(|own| own.standing).collect();
        standings.sort();
        assert_eq!(standings, [Standing::Ranked, Standing::Later, Standing::NotFinished]);
        let rank = |board: &str| service.get(&format!("/v1/boards/rank{board}"), &ade.token);
        assert_eq!(rank("").read::<OwnRank>(200), OwnRank { rank: Some(1), players: 1 });
        rank("?scenario=nobody-wrote-this").refused(404, ProblemKind::NotFound);
        let improved: ImprovedBoard = service.get("/v1/boards/improved", &ade.token).read(200);
        let gained = later.points > first.points;
        assert_eq!(improved.rows.len(), usize::from(gained));
    });
}

#[test]
fn what_is_sent_again_is_answered_again_word_for_word() {
    on_both(|service| {
        let ade = service.join("Ade");
        let attempt = service.play(&ade, Style::STEPS);
        let first = service.submit(&ade, &attempt);
        let again = service.submit(&ade, &attempt);
        assert_eq!((first.status, &first.body), (200, &again.body));
        let kept = service.get(&format!("/v1/attempts/{}", attempt.id), &ade.token);
        assert_eq!(kept.body, attempt::write(&attempt));
        // However long ago it was.
        service.pass(60 * 60 * 24 * 30);
        assert_eq!(service.submit(&ade, &attempt).body, first.body);
        let another = crate::attempt::Attempt { elapsed_seconds: 1, ..attempt };
        service.submit(&ade, &another).refused(409, ProblemKind::AnotherBody);
    });
}

#[test]
fn fifty_times_the_same_join_to_three_replicas_is_one_player_with_one_device() {
    on_both(|service| {
        let replicas = [service.replica(), service.replica()];
        let all = [&service, &replicas[0], &replicas[1]];
        let token = Token::new(Kind::Device).unwrap().reveal();
        let join = Join {
            invite: service.invite(None),
            alias: "Ade".to_owned(),
            device: Some("desk".to_owned()),
            token: Some(token.clone()),
        };
        let answers: Vec<Joined> = std::thread::scope(|scope| {
            let asking: Vec<_> = (0..50)
                .map(|number| {
                    let (service, join) = (all[number % 3], &join);
                    scope.spawn(move || service.post("/v1/join", "", join).read(200))
                })
                .collect();
            asking.into_iter().map(|asked| asked.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert_eq!((answers[0].alias.as_str(), &answers[0].token), ("Ade", &token));
        let me: Me = replicas[1].get("/v1/me", &token).read(200);
        assert_eq!((me.player, me.devices.len()), (answers[0].player, 1));
        let players: Value = service.get("/v1/admin/players", &service.administrator).read(200);
        assert_eq!(players["players"].as_array().unwrap().len(), 1, "{players}");

        let refused = |change: &dyn Fn(&mut Join), status, kind| {
            let mut other = join.clone();
            change(&mut other);
            service.post("/v1/join", "", &other).refused(status, kind);
        };
        refused(&|join| join.alias = "Sam".to_owned(), 409, ProblemKind::AnotherBody);
        refused(&|join| join.token = None, 410, ProblemKind::Expired);
        let guessed = format!("{}{}", &token[..13], "a".repeat(52));
        refused(&|join| join.token = Some(guessed.clone()), 410, ProblemKind::Expired);
        refused(&|join| join.token = Some(token.replace("sim_", "adm_")), 400, ProblemKind::Malformed);
        service.delete(&format!("/v1/me/devices/{}", me.devices[0].id), &token).done();
        refused(&|_| {}, 410, ProblemKind::Expired);
    });
}

#[test]
fn fifty_at_once_to_three_replicas_are_one_row_and_one_answer() {
    on_both(|service| {
        let ade = service.join("Ade");
        let attempt = service.play(&ade, Style::STEPS);
        let replicas = [service.replica(), service.replica()];
        for replica in &replicas {
            replica.pass(660);
        }
        let all = [&service, &replicas[0], &replicas[1]];
        let answers: Vec<(u16, String)> = std::thread::scope(|scope| {
            let sending: Vec<_> = (0..50)
                .map(|number| {
                    let (service, ade, attempt) = (all[number % 3], &ade, &attempt);
                    scope.spawn(move || {
                        // Whoever is told to come later does.
                        loop {
                            let answer = service.submit(ade, attempt);
                            if answer.status != 429 {
                                break (answer.status, answer.body);
                            }
                            std::thread::sleep(std::time::Duration::from_millis(50));
                        }
                    })
                })
                .collect();
            sending.into_iter().map(|sent| sent.join().unwrap()).collect()
        });
        let different: std::collections::BTreeSet<_> = answers.iter().collect();
        assert_eq!(different.len(), 1, "{different:#?}");
        assert_eq!(answers[0].0, 200);
        let board: BoardPage = service.get("/v1/boards", &ade.token).read(200);
        assert_eq!(board.rows.len(), 1);
    });
}

#[test]
fn a_call_with_open_promises_is_provisional_until_they_mature() {
    on_both(|service| {
        let ade = service.join("Ade");
        let start = service.start(&ade, Mode::Steps);
        let mut recorder = begin(&start, Mode::Steps);
        while recorder.run().stage == RunStage::Talking {
            turn(&mut recorder, Style::STEPS);
        }
        let mut early = recorder.attempt().clone();
        early.elapsed_seconds = 600;
        assert!(!early.score.unwrap().is_final);
        service.pass(660);
        let provisional = service.submit(&ade, &early);
        assert_eq!(provisional.read::<Accepted>(200).standing, Standing::Provisional);
        let board: BoardPage = service.get("/v1/boards", &ade.token).read(200);
        assert!(board.rows.iter().all(|row| row.rank == 0 && row.standing == Standing::Provisional), "{board:#?}");

        while recorder.run().stage != RunStage::Closed {
            turn(&mut recorder, Style::STEPS);
        }
        let mut whole = recorder.attempt().clone();
        whole.elapsed_seconds = 700;
        // The leave was for a day; what it led to may mature later.
        service.pass(60 * 60 * 30);
        let accepted: Accepted = service.submit(&ade, &whole).read(200);
        assert_eq!((accepted.attempt, accepted.standing), (early.id, Standing::Ranked));
        // The earlier one, delayed on its way, is answered as it was.
        assert_eq!(service.submit(&ade, &early).body, provisional.body);
        let board: BoardPage = service.get("/v1/boards", &ade.token).read(200);
        assert_eq!(board.rows.iter().map(|row| row.rank).collect::<Vec<_>>(), [1]);
    });
}

#[test]
fn a_run_on_a_seed_of_ones_own_is_kept_and_not_ranked() {
    on_both(|service| {
        let ade = service.join("Ade");
        let mut own = play(&service.start(&ade, Mode::Steps), Style::STEPS);
        own.start = None;
        let accepted: Accepted = service.submit(&ade, &own).read(200);
        assert_eq!(accepted.standing, Standing::Unranked);
        let board: BoardPage = service.get("/v1/boards", &ade.token).read(200);
        assert!(board.rows.iter().all(|row| row.standing == Standing::NotFinished), "{board:#?}");
    });
}

#[test]
fn one_who_does_not_want_to_be_seen_is_seen_no_more_at_once() {
    on_both(|service| {
        let ade = service.join("Ade");
        service.submit(&ade, &service.play(&ade, Style::STEPS)).read::<Accepted>(200);
        let sam = service.join("Sam");
        let change = |change: Value| service.call(Method::PATCH, "/v1/me", &ade.token, &change).read::<Me>(200);
        assert!(!change(json!({ "listed": false })).listed);
        assert!(service.get("/v1/boards", &sam.token).read::<BoardPage>(200).rows.is_empty());
        assert_eq!(change(json!({ "listed": true, "alias": "Ade the second" })).alias, "Ade the second");
        let board: BoardPage = service.get("/v1/boards", &sam.token).read(200);
        assert_eq!(board.rows[0].alias, "Ade the second");
    });
}

#[test]
fn everything_about_oneself_can_be_had_and_deleted() {
    on_both(|service| {
        let ade = service.join("Ade");
        let attempt = service.play(&ade, Style::STEPS);
        service.submit(&ade, &attempt).read::<Accepted>(200);
        let export = service.get("/v1/me/export", &ade.token);
        let all: Value = export.read(200);
        assert_eq!(all["alias"], "Ade");
        assert!(export.body.contains(&attempt.id.to_string()));
        assert!(export.headers["content-disposition"].contains("attachment"));
        service.delete("/v1/me", &ade.token).done();
        service.get("/v1/me", &ade.token).refused(401, ProblemKind::Unauthorised);
        let sam = service.join("Sam");
        assert!(service.get("/v1/boards", &sam.token).read::<BoardPage>(200).rows.is_empty());
        // The name is free again.
        service.join("Ade");
    });
}

#[test]
fn what_was_accepted_outlives_the_program() {
    let mut service = Service::new();
    let ade = service.join("Ade");
    let attempt = service.play(&ade, Style::STEPS);
    let accepted = service.submit(&ade, &attempt);
    service.stop();
    let again = service.replica();
    assert!(again.running().first.is_none(), "nothing is shown twice");
    assert_eq!(again.submit(&ade, &attempt).body, accepted.body);
    assert_eq!(again.get("/v1/boards", &ade.token).read::<BoardPage>(200).players, 1);
}

#[test]
fn the_text_of_a_scenario_is_what_its_hash_says_and_may_be_kept() {
    let service = Service::new();
    let ade = service.join("Ade");
    let hash = service.published(&ade, SLUG);
    let text = service.get(&format!("/v1/scenarios/{hash}"), &ade.token);
    let loaded = crate::scenario::load::load("it", text.body.as_bytes());
    assert_eq!(loaded.scenario.unwrap().hashes.full.to_string(), hash);
    let tag = &text.headers["etag"];
    let request = service.request(Method::GET, &format!("/v1/scenarios/{hash}"), &ade.token);
    let again = service.send(request.header("if-none-match", tag).body(Vec::new()).unwrap());
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    service.get(&format!("/v1/scenarios/{}", "0".repeat(64)), &ade.token).refused(404, ProblemKind::NotFound);
    service.get("/v1/scenarios/nonsense", &ade.token).refused(404, ProblemKind::NotFound);
}

#[test]
fn what_moves_is_told_to_those_who_listen() {
    use std::io::{BufRead as _, BufReader, Write as _};
    let service = Service::new();
    let ade = service.join("Ade");
    let host = service.host();
    let mut stream = service.connect(std::time::Duration::from_secs(30));
    let head = format!("GET /v1/events HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\n\r\n", ade.token);
    stream.write_all(head.as_bytes()).unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    let mut next = || lines.find_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok()).unwrap();
    let first = next();
    assert_eq!(service.inside(async |running| running.app.events.listening()), 1);
    service.submit(&ade, &service.play(&ade, Style::STEPS)).read::<Accepted>(200);
    let changed = next();
    assert!(changed["revision"].as_u64() > first["revision"].as_u64(), "{first} {changed}");
    let mut scenario = changed;
    while scenario["scenario"] != SLUG {
        scenario = next();
    }
    assert!(document()["paths"]["/v1/events"]["get"]["responses"]["200"]["content"]["text/event-stream"].is_object());
}
