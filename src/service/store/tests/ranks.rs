//! The order of the boards, held against the local board's and against counting everything.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use uuid::Uuid;

use super::{after, id, join, judged, on_both, play, player, publish, service};
use crate::board::{Board, By, Choice, Entry};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::{Outcome, Skill};
use crate::service::store::places::ties;
use crate::service::store::{Asked, Judged, Store};
use crate::team::protocol::{BoardName, BoardRow, Standing};

fn any_judged() -> impl Strategy<Value = Judged> {
    let few = || prop_oneof![0..4_u32, any::<u32>()];
    let skills = prop::array::uniform5(prop_oneof![Just(0), Just(9999), 0..=10_000_i32]);
    let rest = (0..4_u16, prop_oneof![7000..7003_i32, 0..=10_000_i32], few(), 0..=100_i32);
    (0..3_u16, skills, rest).prop_map(|(overall, skills, (moderate_or_worse, trust, given_away, needs_met))| Judged {
        overall,
        points: u32::from(overall),
        skills,
        moderate_or_worse,
        trust,
        given_away,
        needs_met,
        ..judged(0)
    })
}

/// The same as the local board knows it.
fn entry(number: u128, judged: &Judged) -> Entry {
    Entry {
        attempt: id(number),
        player: format!("{number:05}"),
        team: None,
        scenario: "wet-parcel".to_owned(),
        title: String::new(),
        difficulty: 1,
        scenario_hash: Hash([0; 32]),
        rules_version: 1,
        mode: Mode::Steps,
        ended_at: 0,
        practice: false,
        is_final: true,
        outcome: Outcome::Satisfied,
        overall: judged.overall,
        skills: judged.skills,
        evidence: [(0, 0); 5],
        moderate_or_worse: judged.moderate_or_worse,
        severe_or_worse: 0,
        trust: judged.trust,
        given_away: judged.given_away,
        needs_met: judged.needs_met,
    }
}

proptest! {
    #[test]
    fn two_numbers_tell_ties_apart_as_the_local_board_does(all in prop::collection::vec(any_judged(), 2..40)) {
        let entries = (0..).zip(&all).map(|(number, judged)| entry(number, judged));
        let choice = Choice { scenario: None, by: By::Overall, team: None };
        let local: BTreeMap<_, _> =
            Board::of(entries, &choice).rows.into_iter().map(|row| (row.entry.attempt, row.rank)).collect();
        let worth = |judged: &Judged| (judged.points, ties(judged));
        for (number, judged) in (0..).zip(&all) {
            let better = all.iter().filter(|other| worth(other) > worth(judged)).count();
            prop_assert_eq!(local[&id(number)], better + 1);
        }
    }
}

#[test]
fn value_for_a_need_is_told_apart_to_the_smallest_difference() {
    let ratio = |given_away, needs_met| ties(&Judged { given_away, needs_met, ..judged(1) }).1;
    assert!(ratio(99, 98) < ratio(100, 99), "1.0102 for each against 1.0101");
    assert_eq!(ratio(50, 25), ratio(200, 100));
    assert_eq!(ratio(0, 0), ratio(0, 100));
    assert!(ratio(1, 0) < ratio(u32::MAX, 1));
}

/// What stands on a board, page by page.
async fn all_rows(store: &Store, board: &BoardName, limit: u32) -> Vec<BoardRow> {
    let (mut rows, mut cursor) = (Vec::new(), None);
    loop {
        let asked = Asked { board: board.clone(), cursor, limit, player: None };
        let page = store.board_page(&asked, after(100)).await.unwrap().unwrap();
        rows.extend(page.rows);
        cursor = page.next;
        if cursor.is_none() {
            return rows;
        }
    }
}

type Played = Vec<(Uuid, String, Judged)>;

/// Ranks by counting everything.
fn brute(played: &Played, points: impl Fn(&Judged) -> u32, keep: impl Fn(&str, Uuid) -> bool) -> Vec<(u64, u32)> {
    let worth = |judged: &Judged| (points(judged), ties(judged));
    let kept: Vec<_> = played.iter().filter(|(player, slug, _)| keep(slug, *player)).collect();
    let rank = |one: &Judged| 1 + kept.iter().filter(|other| worth(&other.2) > worth(one)).count() as u64;
    let mut ranks: Vec<_> = kept.iter().map(|(_, _, judged)| (rank(judged), points(judged))).collect();
    ranks.sort_unstable();
    ranks
}

#[test]
fn ranks_and_pages_are_those_of_counting_everything() {
    on_both(async |database| {
        let store = service(&database).await;
        publish(&store, "lost-keys").await;
        store.put_team(id(50), "Quayside", "quayside", "cli", after(0)).await.unwrap();
        let mut runner = TestRunner::new_with_rng(
            Config::default(),
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        let mut played = Played::new();
        for number in 0..24 {
            let team = (number % 3 == 0).then(|| id(50));
            let by = join(&store, number, team).await.id;
            for slug in ["wet-parcel", "lost-keys"] {
                let mut judged = any_judged().new_tree(&mut runner).unwrap().current();
                judged.skill_points[1] = judged.points * 2 % 3;
                play(&store, u128::try_from(played.len()).unwrap(), by, slug, judged.clone()).await;
                played.push((by, slug.to_owned(), judged));
            }
        }
        let check = async |board: BoardName, expected: Vec<(u64, u32)>| {
            for limit in [100, 7] {
                let rows = all_rows(&store, &board, limit).await;
                let ranks: Vec<_> = rows.iter().map(|row| (row.rank, row.points)).collect();
                assert_eq!(ranks, expected, "{board:?}");
                for (place, row) in rows.iter().enumerate() {
                    let asked = Asked { board: board.clone(), cursor: None, limit: 1, player: Some(row.player) };
                    let page = store.board_page(&asked, after(100)).await.unwrap().unwrap();
                    let own = rows.iter().position(|other| other.player == row.player).unwrap();
                    let around: Vec<_> = rows[own.saturating_sub(2)..rows.len().min(own + 3)]
                        .iter()
                        .map(|row| (row.rank, row.player, row.scenario.as_str()))
                        .collect();
                    let near: Vec<_> =
                        page.near.iter().map(|row| (row.rank, row.player, row.scenario.as_str())).collect();
                    let own_rank = store.rank(&board, Some(row.player)).await.unwrap();
                    assert_eq!((own_rank.rank, own_rank.players), (Some(rows[own].rank), page.players));
                    assert_eq!(near, if own == 0 { Vec::new() } else { around }, "{place}");
                }
            }
        };
        let in_team = |player: Uuid| (0..24).any(|number| number % 3 == 0 && player == super::player(number));
        let all = BoardName::default();
        check(all.clone(), brute(&played, |judged| judged.points, |_, _| true)).await;
        let keys = BoardName { scenario: Some("lost-keys".to_owned()), ..all.clone() };
        check(keys.clone(), brute(&played, |judged| judged.points, |slug, _| slug == "lost-keys")).await;
        let skill = BoardName { skill: Some(Skill::CalmTone), ..all.clone() };
        check(skill, brute(&played, |judged| judged.skill_points[1], |_, _| true)).await;
        let team = BoardName { team: Some(id(50)), ..all.clone() };
        check(team, brute(&played, |judged| judged.points, |_, player| in_team(player))).await;
        let both = BoardName { team: Some(id(50)), ..keys };
        let expected = brute(&played, |judged| judged.points, |slug, player| slug == "lost-keys" && in_team(player));
        check(both, expected).await;
        let page = store.board_page(&Asked { limit: 1, ..Asked::default() }, after(100)).await.unwrap().unwrap();
        assert_eq!(page.players, 24);
    });
}

/// The histogram as it is kept, and as the lines of the boards say it.
async fn histogram(store: &Store) -> [Vec<(String, i64, i64, i64)>; 2] {
    use crate::service::store::rows::Columns as _;
    let kept = "SELECT scenario, scale, points, entries FROM buckets WHERE entries <> 0 \
                ORDER BY scenario, scale, points";
    let counted = "SELECT scenario, scale, points, COUNT(*) AS entries FROM (SELECT scenario, scale, points FROM places \
                   WHERE ranked = 1 UNION ALL SELECT '', scale, points FROM places WHERE ranked = 1) AS x \
                   GROUP BY scenario, scale, points ORDER BY scenario, scale, points";
    let mut both = [Vec::new(), Vec::new()];
    for (rows, sql) in both.iter_mut().zip([kept, counted]) {
        for row in sqlx::query(sql).fetch_all(store.pools.reader()).await.unwrap() {
            let number = |column: &str| row.number(column).unwrap();
            rows.push((row.text("scenario").unwrap(), number("scale"), number("points"), number("entries")));
        }
        rows.sort();
    }
    both
}

#[test]
fn the_histogram_keeps_up_with_whatever_happens() {
    on_both(async |database| {
        let store = service(&database).await;
        publish(&store, "lost-keys").await;
        for number in 0..6 {
            let by = join(&store, number, None).await.id;
            play(&store, 2 * number, by, "wet-parcel", judged(900)).await;
            play(&store, 2 * number + 1, by, "lost-keys", Judged { is_final: number > 1, ..judged(700) }).await;
        }
        let check = async |ranked: usize, players: u64| {
            let [kept, counted] = histogram(&store).await;
            assert_eq!(kept, counted);
            let page = store.board_page(&Asked { limit: 100, ..Asked::default() }, after(100)).await.unwrap().unwrap();
            let shown = page.rows.iter().filter(|row| row.standing == Standing::Ranked).count();
            assert_eq!((shown, page.players), (ranked, players));
        };
        check(10, 6).await;
        store.invalidate(id(0x3000), "played by two", "cli", after(30)).await.unwrap();
        store.invalidate(id(0x3000), "played by two", "cli", after(30)).await.unwrap();
        check(9, 5).await;
        assert_eq!(store.attempt(id(0x3000)).await.unwrap().unwrap().standing, Standing::Invalid);
        store.restore_attempt(id(0x3000), "cli", after(31)).await.unwrap();
        check(10, 6).await;
        store.set_listed(player(3), false).await.unwrap();
        store.set_listed(player(3), false).await.unwrap();
        check(8, 5).await;
        store.invalidate(id(0x3006), "while not listed", "cli", after(32)).await.unwrap();
        store.set_listed(player(3), true).await.unwrap();
        check(9, 6).await;
        store.delete_player(player(5), "cli", after(33)).await.unwrap();
        check(7, 5).await;
    });
}

#[test]
fn teams_stand_by_the_median_of_their_members_medians() {
    on_both(async |database| {
        let store = service(&database).await;
        publish(&store, "lost-keys").await;
        for (team, name) in [(50, "Quayside"), (51, "Harbour"), (52, "Pier")] {
            store.put_team(id(team), name, &name.to_lowercase(), "cli", after(0)).await.unwrap();
        }
        let scores = [(50, 900), (50, 700), (50, 600), (51, 650), (51, 700), (51, 710), (51, 100), (52, 1000)];
        for (number, (team, points)) in (0..).zip(scores) {
            let by = join(&store, number, Some(id(team))).await.id;
            play(&store, number, by, "wet-parcel", judged(points)).await;
        }
        // One member of Quayside with two scores counts once, with 600.
        play(&store, 90, player(2), "lost-keys", judged(601)).await;
        let told = async |board: &BoardName| {
            let board = store.team_board(board, Some(player(0))).await.unwrap();
            let teams: Vec<_> = board
                .teams
                .into_iter()
                .map(|team| (team.rank, team.name, team.points, team.members, team.own))
                .collect();
            (teams, board.small)
        };
        let (teams, small) = told(&BoardName::default()).await;
        let expected = [(1, "Quayside".to_owned(), 700, 3, true), (2, "Harbour".to_owned(), 675, 4, false)];
        assert_eq!((teams, small), (expected.to_vec(), vec!["Pier".to_owned()]));
        store.set_team(player(0), Some(id(51)), "cli", after(50)).await.unwrap();
        let (teams, small) = told(&BoardName::default()).await;
        assert_eq!(teams, [(1, "Harbour".to_owned(), 700, 5, true)]);
        assert_eq!(small, ["Pier", "Quayside"]);
    });
}
