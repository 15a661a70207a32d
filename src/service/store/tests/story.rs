//! A season from its opening to its end.

use super::{
    Conflict, DAY, HOUR, after, ask, expect_conflict, hash, id, join, joining, judged, on_both, play, player, publish,
    seed, service, submission,
};
use crate::service::store::{
    Asked, Assignment, Database, Joining, Judged, Limit, NewSeason, NewToken, Store, StoreError, Submission, Thing,
    Who, testing,
};
use crate::team::Kind;
use crate::team::protocol::{BoardName, BoardPage, Flag, Standing};

async fn board(store: &Store, board: BoardName, limit: u32, now: i64) -> BoardPage {
    let asked = Asked { board, limit, ..Asked::default() };
    store.board_page(&asked, after(now)).await.unwrap().unwrap()
}

fn lines(page: &BoardPage) -> Vec<(u64, &str, u32, Standing)> {
    page.rows.iter().map(|row| (row.rank, row.alias.as_str(), row.points, row.standing)).collect()
}

#[test]
fn joining_takes_an_invite_once_and_a_name_of_ones_own() {
    on_both(async |database| {
        let store = service(&database).await;
        store.put_team(id(50), "Quayside", "quayside", "cli", after(0)).await.unwrap();
        expect_conflict(store.put_team(id(51), "Quayside ", "quayside", "cli", after(0)).await, Conflict::NameTaken);
        let ada = join(&store, 1, Some(id(50))).await;
        assert_eq!((ada.alias.as_str(), ada.team_name.as_deref(), ada.listed), ("Alias1", Some("Quayside"), true));
        let used = hash("invite 1").0;
        expect_conflict(store.join(&joining(2, used), after(2)).await, Conflict::Used);
        let unknown = store.join(&joining(2, [0; 32]), after(2)).await;
        assert!(matches!(unknown, Err(StoreError::NotFound(Thing::Invite))));
        // Whoever came in with it and asks once more is the same, while the invite would be good.
        let again = |number| NewToken { id: format!("dev{number:05}"), hash: [7; 32], name: None };
        let same = Joining { player: player(9), device: again(1), ..joining(1, used) };
        assert_eq!(store.join(&same, after(2)).await.unwrap(), ada);
        assert_eq!(store.join(&same, after(7 * DAY - 1)).await.unwrap(), ada);
        expect_conflict(store.join(&same, after(7 * DAY)).await, Conflict::Used);
        let guessed = NewToken { hash: [8; 32], ..again(1) };
        expect_conflict(store.join(&Joining { device: guessed, ..same.clone() }, after(2)).await, Conflict::Used);
        let renamed = NewToken { name: Some("desk".to_owned()), ..again(1) };
        for other in [
            Joining { alias: "Other".to_owned(), alias_key: "other".to_owned(), ..same.clone() },
            Joining { device: renamed, ..same.clone() },
        ] {
            expect_conflict(store.join(&other, after(2)).await, Conflict::AnotherBody);
        }
        assert_eq!(store.devices(ada.id).await.unwrap().len(), 1);
        store.invite([3; 32], None, "cli", after(0)).await.unwrap();
        let clash = Joining { device: again(1), ..joining(2, [3; 32]) };
        expect_conflict(store.join(&clash, after(2)).await, Conflict::AnotherBody);
        let mut twin = joining(2, [3; 32]);
        twin.alias_key = "alias1".to_owned();
        expect_conflict(store.join(&twin, after(2)).await, Conflict::NameTaken);
        expect_conflict(store.join(&joining(2, [3; 32]), after(7 * DAY)).await, Conflict::Expired);
        store.join(&joining(2, [3; 32]), after(7 * DAY - 1)).await.unwrap();

        expect_conflict(store.rename(player(2), "Alias1", "alias1").await, Conflict::NameTaken);
        store.rename(player(2), "Brook", "brook").await.unwrap();
        store.set_real_name(player(2), Some("Bo Brook"), "cli", after(3)).await.unwrap();
        store.drop_device(player(2), "dev00002", after(3)).await.unwrap();
        expect_conflict(store.join(&joining(2, [3; 32]), after(4)).await, Conflict::Used);
        let players = store.players().await.unwrap();
        let told: Vec<_> = players.iter().map(|row| (row.player.alias.as_str(), row.real_name.as_deref())).collect();
        assert_eq!(told, [("Alias1", None), ("Brook", Some("Bo Brook"))]);
        assert_eq!(store.teams().await.unwrap()[0].players, 1);
        expect_conflict(store.drop_team(id(50), "cli", after(4)).await, Conflict::TeamNotEmpty);
        store.set_team(player(1), None, "cli", after(4)).await.unwrap();
        store.drop_team(id(50), "cli", after(4)).await.unwrap();
        assert_eq!(store.teams().await.unwrap(), []);
    });
}

#[test]
fn starts_are_counted_when_given_and_the_same_when_asked_again() {
    on_both(async |database| {
        let store = service(&database).await;
        let ada = join(&store, 1, None).await.id;
        let bo = join(&store, 2, None).await.id;
        let first = store.issue_start(ada, &ask(1, "wet-parcel", false), 7, after(10)).await.unwrap();
        assert_eq!((first.seed.as_str(), first.issued, first.expires), ("7", after(10), after(10 + DAY)));
        let again = store.issue_start(ada, &ask(1, "wet-parcel", false), 8, after(90)).await.unwrap();
        assert_eq!(again, first);
        let other = ask(1, "wet-parcel", true);
        expect_conflict(store.issue_start(ada, &other, 7, after(10)).await, Conflict::AnotherBody);
        expect_conflict(store.issue_start(bo, &ask(1, "wet-parcel", false), 7, after(10)).await, Conflict::AnotherBody);
        let unknown = ask(2, "never-published", false);
        expect_conflict(store.issue_start(ada, &unknown, 7, after(10)).await, Conflict::NotPublished);

        let ahead = store.issue_start(ada, &ask(3, "wet-parcel", true), 9, after(10)).await.unwrap();
        assert_eq!(ahead.expires, after(10 + 3 * DAY));
        let second = ask(4, "wet-parcel", true);
        expect_conflict(store.issue_start(ada, &second, 9, after(20)).await, Conflict::AheadOutstanding);
        store.issue_start(ada, &second, 9, after(10 + 3 * DAY)).await.unwrap();
        let fourth = store.issue_start(ada, &ask(5, "wet-parcel", false), 9, after(4 * DAY)).await;
        expect_conflict(fourth, Conflict::NoneLeft);
        let given = store.start(id(0x2004)).await.unwrap().unwrap();
        assert_eq!((given.slot, given.seed(), given.attempt), (3, 9, None));

        let mine = store.scenarios_for(ada).await.unwrap();
        assert_eq!((mine[0].begun, mine[0].allowed, mine[0].points), (3, 3, None));
        store.close_season(None, "cli", after(5 * DAY)).await.unwrap();
        expect_conflict(
            store.issue_start(bo, &ask(6, "wet-parcel", false), 1, after(5 * DAY)).await,
            Conflict::NoSeason,
        );
    });
}

#[test]
fn an_attempt_is_taken_in_once_and_answered_word_for_word() {
    on_both(async |database| {
        let store = service(&database).await;
        let ada = join(&store, 1, None).await.id;
        let bo = join(&store, 2, None).await.id;
        let flags = vec![Flag::FasterThanReading];
        let sent = Submission { flags: flags.clone(), ..submission(1, ada, "wet-parcel", judged(900)) };
        let missing = store.record(&sent, after(10)).await;
        assert!(matches!(missing, Err(StoreError::NotFound(Thing::Start))), "{missing:?}");
        store.issue_start(ada, &ask(1, "wet-parcel", false), seed(1), after(10)).await.unwrap();
        let refused = |change: fn(&mut Submission)| {
            let mut changed = sent.clone();
            change(&mut changed);
            changed
        };
        let late = store.record(&sent, after(10 + DAY)).await;
        expect_conflict(late, Conflict::Expired);
        for other in [refused(|s| s.seed += 1), refused(|s| s.rules = 2), refused(|s| s.scenario_hash = hash("x"))] {
            expect_conflict(store.record(&other, after(20)).await, Conflict::NotAsGiven);
        }
        let stolen = Submission { player: bo, ..sent.clone() };
        expect_conflict(store.record(&stolen, after(20)).await, Conflict::NotYours);

        let first = store.record(&sent, after(20)).await.unwrap();
        assert!(first.new);
        assert_eq!((first.accepted.standing, first.accepted.points), (Standing::Ranked, 900));
        let again = store.record(&sent, after(9 * DAY)).await.unwrap();
        assert_eq!((again.answer, again.new), (first.answer, false));
        let other = refused(|s| s.body_hash = hash("another body"));
        expect_conflict(store.record(&other, after(30)).await, Conflict::AnotherBody);
        expect_conflict(store.record(&stolen, after(30)).await, Conflict::NotYours);
        let second = refused(|s| s.attempt = id(0x3999));
        expect_conflict(store.record(&second, after(30)).await, Conflict::Used);

        let copied = Submission { player: bo, start: None, attempt: id(0x3998), ..sent.clone() };
        expect_conflict(store.record(&copied, after(30)).await, Conflict::SameCall);
        let own = Submission { digest: hash("his own"), ..copied };
        assert_eq!(store.record(&own, after(30)).await.unwrap().accepted.standing, Standing::Unranked);

        let kept = store.attempt(sent.attempt).await.unwrap().unwrap();
        assert_eq!((kept.judged, kept.body.as_deref()), (judged(900), Some("the file of attempt 1")));
        assert_eq!((kept.flags.clone(), kept.received), (flags, after(20)));
        let flagged = store.flagged(10).await.unwrap();
        assert_eq!(flagged.len(), 2, "both came with the flag");
        assert_eq!(lines(&board(&store, BoardName::default(), 10, 40).await), [(1, "Alias1", 900, Standing::Ranked)]);
    });
}

#[test]
fn a_provisional_attempt_gives_way_to_its_end_and_to_nothing_else() {
    on_both(async |database| {
        let store = service(&database).await;
        let ada = join(&store, 1, None).await.id;
        let early = Judged { is_final: false, ..judged(700) };
        let first = play(&store, 1, ada, "wet-parcel", early.clone()).await;
        assert_eq!(first.accepted.standing, Standing::Provisional);
        let page = board(&store, BoardName::default(), 10, 30).await;
        assert_eq!((lines(&page), page.players), (vec![(0, "Alias1", 700, Standing::Provisional)], 0));

        let provisional = submission(1, ada, "wet-parcel", early);
        let end = Submission {
            body: "the whole file".to_owned(),
            body_hash: hash("whole body"),
            digest: hash("whole digest"),
            continues: Some(hash("something else")),
            ..submission(1, ada, "wet-parcel", judged(900))
        };
        expect_conflict(store.record(&end, after(2 * DAY)).await, Conflict::AnotherBody);
        let end = Submission { continues: Some(provisional.body_hash), ..end };
        let recorded = store.record(&end, after(2 * DAY)).await.unwrap();
        assert_eq!((recorded.accepted.standing, recorded.new), (Standing::Ranked, true));
        let page = board(&store, BoardName::default(), 10, 2 * DAY).await;
        assert_eq!((lines(&page), page.players), (vec![(1, "Alias1", 900, Standing::Ranked)], 1));

        // What was underway twice comes late.
        let late = store.record(&provisional, after(3 * DAY)).await.unwrap();
        assert_eq!((late.answer, late.new), (first.answer, false));
        let kept = store.attempt(end.attempt).await.unwrap().unwrap();
        assert_eq!((kept.body.as_deref(), kept.judged.points), (Some("the whole file"), 900));
        let more = Submission { body_hash: hash("more"), continues: Some(end.body_hash), ..end };
        expect_conflict(store.record(&more, after(3 * DAY)).await, Conflict::AnotherBody);
        let copied = Submission { attempt: id(0x3777), start: None, ..provisional };
        expect_conflict(store.record(&copied, after(3 * DAY)).await, Conflict::SameCall);
    });
}

#[test]
fn the_first_is_listed_later_ones_tell_of_improvement_and_none_at_all_is_told() {
    on_both(async |database| {
        let store = service(&database).await;
        publish(&store, "lost-keys").await;
        let ada = join(&store, 1, None).await.id;
        let bo = join(&store, 2, None).await.id;
        play(&store, 1, ada, "wet-parcel", judged(600)).await;
        assert_eq!(play(&store, 2, ada, "wet-parcel", judged(950)).await.accepted.standing, Standing::Later);
        play(&store, 3, ada, "wet-parcel", judged(800)).await;
        store.issue_start(bo, &ask(4, "wet-parcel", true), seed(4), after(10)).await.unwrap();
        play(&store, 5, bo, "wet-parcel", judged(990)).await;
        play(&store, 6, bo, "lost-keys", judged(500)).await;

        let all = BoardName::default();
        let ranked = [(1, "Alias1", 600, Standing::Ranked), (2, "Alias2", 500, Standing::Ranked)];
        assert_eq!(lines(&board(&store, all.clone(), 10, 20).await), ranked, "not over yet");
        let page = board(&store, all.clone(), 10, 10 + 3 * DAY).await;
        assert_eq!(lines(&page)[2..], [(0, "Alias2", 0, Standing::NotFinished)]);
        assert!(page.rows[2].ahead);
        assert_eq!(page.players, 2);

        let improved = store.improved(&all, 10, Some(ada)).await.unwrap();
        let told: Vec<_> =
            improved.rows.iter().map(|row| (row.alias.as_str(), row.first, row.latest, row.own)).collect();
        assert_eq!(told, [("Alias1", 600, 800, true)]);

        let mine = store.own_attempts(bo, None, 2, after(10 + 3 * DAY)).await.unwrap();
        let rest = store.own_attempts(bo, mine.next.as_deref(), 2, after(10 + 3 * DAY)).await.unwrap();
        let told: Vec<_> = mine.attempts.iter().chain(&rest.attempts).map(|own| (own.standing, own.points)).collect();
        let expected = [(Standing::Ranked, Some(500)), (Standing::Later, Some(990)), (Standing::NotFinished, None)];
        assert_eq!((told, rest.next), (expected.to_vec(), None));
        let standing = store.scenarios_for(ada).await.unwrap();
        let told: Vec<_> = standing.iter().map(|row| (row.scenario.as_str(), row.begun, row.points)).collect();
        assert_eq!(told, [("lost-keys", 0, None), ("wet-parcel", 3, Some(600))]);
    });
}

#[test]
fn a_new_version_and_a_new_season_begin_anew_and_the_old_boards_stay() {
    on_both(async |database| {
        let store = service(&database).await;
        let ada = join(&store, 1, None).await.id;
        play(&store, 1, ada, "wet-parcel", judged(600)).await;
        let open = store.issue_start(ada, &ask(2, "wet-parcel", false), seed(2), after(30)).await.unwrap();
        let next = NewSeason { id: id(2), name: "Winter".to_owned(), attempts: 1 };
        expect_conflict(store.open_season(&next, "cli", after(40)).await, Conflict::SeasonOpen);
        let before = store.revision().await.unwrap();
        assert_eq!(store.close_season(Some(&next), "cli", after(40)).await.unwrap().unwrap().id, id(2));
        assert!(store.revision().await.unwrap() > before);
        assert_eq!(store.season().await.unwrap().unwrap().name, "Winter");
        assert_eq!(lines(&board(&store, BoardName::default(), 10, 50).await), []);
        let autumn = BoardName { season: Some(id(1)), ..BoardName::default() };
        assert_eq!(lines(&board(&store, autumn, 10, 50).await).len(), 1);
        let late = submission(2, ada, "wet-parcel", judged(700));
        let kept = store.record(&late, after(50)).await.unwrap();
        assert_eq!((kept.accepted.standing, open.season), (Standing::Later, id(1)));
        play(&store, 3, ada, "wet-parcel", judged(400)).await;
        let none = store.issue_start(ada, &ask(4, "wet-parcel", false), 1, after(60)).await;
        expect_conflict(none, Conflict::NoneLeft);

        let second = crate::service::store::ToPublish {
            full_hash: hash("second version"),
            structure_hash: hash("structure"),
            slug: "wet-parcel".to_owned(),
            title: "The wetter parcel".to_owned(),
            difficulty: 3,
            text: "(second)".to_owned(),
        };
        store.publish(&second, "cli", after(70)).await.unwrap();
        let versions = store.published().await.unwrap();
        let told: Vec<_> = versions.iter().map(|known| (known.title.as_str(), known.retired)).collect();
        assert_eq!(told, [("The wetter parcel", None), ("The wet-parcel", Some(after(70)))]);
        assert_eq!(store.scenario(hash("wet-parcel")).await.unwrap().unwrap().1, "(title: \"wet-parcel\")");
        let old = store.issue_start(join(&store, 2, None).await.id, &ask(5, "wet-parcel", false), 1, after(80)).await;
        expect_conflict(old, Conflict::NotPublished);
        store.retire("wet-parcel", "cli", after(90)).await.unwrap();
        assert_eq!(store.scenarios_for(ada).await.unwrap(), []);
    });
}

#[test]
fn ones_own_line_is_shown_wherever_it_stands() {
    on_both(async |database| {
        let store = service(&database).await;
        for number in 0..9 {
            let by = join(&store, number, None).await.id;
            let points = 900 - u32::try_from(number).unwrap();
            play(&store, number, by, "wet-parcel", Judged { is_final: number != 7, ..judged(points) }).await;
        }
        let ten = join(&store, 10, None).await.id;
        store.issue_start(ten, &ask(10, "wet-parcel", false), 1, after(10)).await.unwrap();
        let near = async |number: u128, limit: u32| {
            let asked = Asked { limit, player: Some(player(number)), ..Asked::default() };
            let page = store.board_page(&asked, after(2 * DAY)).await.unwrap().unwrap();
            let told: Vec<_> = page.near.iter().map(|row| (row.rank, row.alias.clone(), row.own)).collect();
            told
        };
        let row = |rank: u64, number: u32, own: bool| (rank, format!("Alias{number}"), own);
        assert_eq!(near(1, 3).await, [], "it is on the page");
        let around = [row(3, 2, false), row(4, 3, false), row(5, 4, true), row(6, 5, false), row(7, 6, false)];
        assert_eq!(near(4, 2).await, around);
        assert_eq!(near(8, 2).await, [row(6, 5, false), row(7, 6, false), row(8, 8, true)], "the last");
        assert_eq!(near(7, 2).await, [row(0, 7, true)], "provisional");
        assert_eq!(near(10, 2).await, [row(0, 10, true)], "not finished");
        assert_eq!(near(10, 20).await, []);
    });
}

#[test]
fn what_is_not_there_is_said_not_to_be() {
    on_both(async |database| {
        let store = service(&database).await;
        let page = async |board: BoardName, cursor: Option<&str>| {
            let asked = Asked { board, cursor: cursor.map(str::to_owned), limit: 5, player: None };
            store.board_page(&asked, after(5)).await
        };
        let any = BoardName::default();
        for cursor in ["", "x", "AAAA", "ciAxIDIgMw", "ciAxIDIgMyB4IHk"] {
            assert_eq!(page(any.clone(), Some(cursor)).await.unwrap(), None, "{cursor}");
        }
        let check = async |board: BoardName, expected: Thing| match page(board, None).await {
            Err(StoreError::NotFound(thing)) => assert_eq!(thing, expected),
            other => panic!("{other:?}"),
        };
        check(BoardName { season: Some(id(9)), ..any.clone() }, Thing::Season).await;
        check(BoardName { team: Some(id(9)), ..any.clone() }, Thing::Team).await;
        for slug in ["never", "", "a\0b", "' OR 1=1 --"] {
            check(BoardName { scenario: Some(slug.to_owned()), ..any.clone() }, Thing::Scenario).await;
        }
        let empty = match database {
            Database::Sqlite(path) => Database::Sqlite(path.with_extension("empty")),
            Database::Postgres(_) => Database::Postgres(testing::postgres()),
        };
        let empty = Store::open(&empty).await.unwrap();
        let none = empty.board_page(&Asked::default(), after(5)).await;
        expect_conflict(none, Conflict::NoSeason);
    });
}

#[test]
fn what_changed_is_told_to_replicas() {
    on_both(async |database| {
        let store = service(&database).await;
        let other = Store::open(&database).await.unwrap();
        let before = other.revision().await.unwrap();
        play(&store, 1, join(&store, 1, None).await.id, "wet-parcel", judged(600)).await;
        assert_eq!(other.revision().await.unwrap(), before + 1);
        let changes = other.changed_since(before).await.unwrap();
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].revision, changes[0].scenario.as_deref()), (before + 1, Some("wet-parcel")));
        store.set_listed(player(1), false).await.unwrap();
        assert_eq!(other.changed_since(before + 1).await.unwrap()[0].scenario, None);
        assert_eq!(lines(&board(&other, BoardName::default(), 10, 30).await), []);
    });
}

#[test]
fn tokens_and_sessions_end_when_revoked_or_too_old() {
    on_both(async |database| {
        let store = service(&database).await;
        let ada = join(&store, 1, None).await.id;
        store
            .add_device(ada, &NewToken { id: "second00".to_owned(), hash: [9; 32], name: None }, after(5))
            .await
            .unwrap();
        store.begin_session([1; 32], &Who::Player(ada), Some("second00"), after(HOUR), after(5)).await.unwrap();
        store.begin_session([2; 32], &Who::Player(ada), None, after(HOUR), after(5)).await.unwrap();
        assert_eq!(store.session([1; 32], after(6)).await.unwrap(), Some(Who::Player(ada)));
        assert_eq!(store.session([1; 32], after(HOUR)).await.unwrap(), None, "too old");
        for seconds in [10, 40] {
            let token = store.token(Kind::Device, "second00").await.unwrap().unwrap();
            store.seen(&token, after(seconds)).await.unwrap();
        }
        let token = store.token(Kind::Device, "second00").await.unwrap().unwrap();
        assert_eq!((token.last_seen, token.who(), token.hash), (Some(after(10)), Some(Who::Player(ada)), [9; 32]));
        let other = store.drop_device(player(2), "second00", after(50)).await;
        assert!(matches!(other, Err(StoreError::NotFound(Thing::Token))));
        store.drop_device(ada, "second00", after(50)).await.unwrap();
        assert_eq!(store.session([1; 32], after(51)).await.unwrap(), None, "begun with the device");
        assert_eq!(store.session([2; 32], after(51)).await.unwrap(), Some(Who::Player(ada)));
        assert_eq!(store.devices(ada).await.unwrap().len(), 1);

        let wall = NewToken { id: "wall0000".to_owned(), hash: [4; 32], name: Some("Wall".to_owned()) };
        store.add_token(Kind::Display, &wall, "cli", after(60)).await.unwrap();
        let see = Who::Display("wall0000".to_owned());
        store.begin_session([5; 32], &see, None, after(HOUR), after(60)).await.unwrap();
        assert_eq!(store.session([5; 32], after(61)).await.unwrap(), Some(see));
        store.revoke(Kind::Display, "wall0000", "cli", after(70)).await.unwrap();
        assert_eq!(store.session([5; 32], after(71)).await.unwrap(), None);
        assert_eq!(store.tokens(Kind::Display).await.unwrap()[0].revoked, Some(after(70)));
        assert!(!store.has_administrator().await.unwrap());
        store.end_session([2; 32]).await.unwrap();
        assert_eq!(store.session([2; 32], after(71)).await.unwrap(), None);
    });
}

#[test]
fn limits_are_counted_together_and_begin_anew() {
    on_both(async |database| {
        let (store, other) = (service(&database).await, Store::open(&database).await.unwrap());
        let limit = Limit { most: 2, window: 60 };
        let at = after(0).as_second().rem_euclid(60);
        assert_eq!(store.take("join:a", limit, after(-at)).await.unwrap(), None);
        assert_eq!(other.take("join:a", limit, after(20 - at)).await.unwrap(), None);
        assert_eq!(store.take("join:a", limit, after(20 - at)).await.unwrap(), Some(40));
        assert_eq!(store.take("join:b", limit, after(20 - at)).await.unwrap(), None);
        assert_eq!(other.take("join:a", limit, after(60 - at)).await.unwrap(), None);
        store.sweep(after(120 - at)).await.unwrap();
        let left: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM limits").fetch_one(store.pools.reader()).await.unwrap();
        assert_eq!(left, 0);
    });
}

#[test]
fn a_team_is_told_what_to_do_by_when() {
    on_both(async |database| {
        let store = service(&database).await;
        store.put_team(id(50), "Quayside", "quayside", "cli", after(0)).await.unwrap();
        let ada = join(&store, 1, Some(id(50))).await.id;
        let due = Assignment { team: id(50), scenario: "wet-parcel".to_owned(), due: Some(after(DAY)) };
        store.assign(&due, "cli", after(1)).await.unwrap();
        assert_eq!(store.scenarios_for(ada).await.unwrap()[0].due, Some(after(DAY)));
        assert_eq!(store.assignments().await.unwrap(), std::slice::from_ref(&due));
        let unknown = Assignment { scenario: "unknown".to_owned(), ..due };
        assert!(matches!(store.assign(&unknown, "cli", after(1)).await, Err(StoreError::NotFound(Thing::Scenario))));
        store.unassign(id(50), "wet-parcel", "cli", after(2)).await.unwrap();
        assert_eq!(store.scenarios_for(ada).await.unwrap()[0].due, None);
    });
}
