//! What is kept until the boards move.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{after, ask, id, join, judged, on_both, play, player, publish, seed, service, submission};
use crate::service::store::{Judged, NewSeason, Settings, Store};
use crate::team::protocol::BoardName;

/// Of a few boards: as they are told, and as another opening of the database tells them that keeps nothing yet.
async fn check(kept: &Store, database: &super::Database, what: &str) {
    let fresh = Store::open(database).await.unwrap();
    let skill = Some(crate::scenario::vocabulary::Skill::Empathy);
    for board in [
        BoardName::default(),
        BoardName { scenario: Some("wet-parcel".to_owned()), ..BoardName::default() },
        BoardName { scenario: Some("lost-keys".to_owned()), skill, ..BoardName::default() },
    ] {
        for own in [None, Some(player(0))] {
            let told = kept.team_board(&board, own).await.unwrap();
            assert_eq!(told, fresh.team_board(&board, own).await.unwrap(), "{what}");
            assert_eq!(told, kept.team_board(&board, own).await.unwrap(), "{what}");
        }
    }
    fresh.close().await;
}

#[test]
fn whatever_moves_a_board_of_teams_shows_at_once_on_every_replica() {
    on_both(async |database| {
        let (store, kept) = (service(&database).await, Store::open(&database).await.unwrap());
        publish(&store, "lost-keys").await;
        for (team, name) in [(50, "Quayside"), (51, "Harbour")] {
            store.put_team(id(team), name, &name.to_lowercase(), "cli", after(0)).await.unwrap();
        }
        check(&kept, &database, "nobody").await;
        for number in 0..8 {
            let by = join(&store, number, Some(id(50 + number % 2))).await.id;
            let points = 400 + 37 * u32::try_from(number).unwrap();
            play(&store, number, by, "wet-parcel", judged(points)).await;
            check(&kept, &database, "a first attempt").await;
        }
        let provisional = Judged { is_final: false, ..judged(990) };
        play(&store, 20, player(1), "lost-keys", provisional).await;
        check(&kept, &database, "a provisional one").await;
        let whole = submission(30, player(1), "lost-keys", judged(640));
        let whole = crate::service::store::Submission { continues: None, ..whole };
        store.issue_start(player(1), &ask(30, "lost-keys", false), seed(30), after(40)).await.unwrap();
        store.record(&whole, after(41)).await.unwrap();
        check(&kept, &database, "a later one").await;
        store.invalidate(id(0x3002), "why", "cli", after(42)).await.unwrap();
        check(&kept, &database, "invalidated").await;
        store.restore_attempt(id(0x3002), "cli", after(43)).await.unwrap();
        check(&kept, &database, "restored").await;
        store.set_listed(player(3), false).await.unwrap();
        check(&kept, &database, "not listed").await;
        store.put_team(id(51), "Pier", "pier", "cli", after(44)).await.unwrap();
        check(&kept, &database, "renamed").await;
        store.set_team(player(0), Some(id(51)), "cli", after(45)).await.unwrap();
        check(&kept, &database, "moved").await;
        let settings = Settings { least_team: 5, ..store.settings().await.unwrap() };
        store.set_settings(&settings, "cli", after(46)).await.unwrap();
        check(&kept, &database, "other settings").await;
        store.delete_player(player(5), "cli", after(47)).await.unwrap();
        check(&kept, &database, "deleted").await;
        let next = NewSeason { id: id(2), name: "Winter".to_owned(), attempts: 3 };
        store.close_season(Some(&next), "cli", after(48)).await.unwrap();
        check(&kept, &database, "another season").await;
    });
}

#[test]
fn a_revision_is_of_the_boards_that_a_scenario_is_on() {
    on_both(async |database| {
        let store = service(&database).await;
        publish(&store, "lost-keys").await;
        let by = join(&store, 1, None).await.id;
        let revisions = async || {
            let of = async |scenario| store.revision_of(scenario).await.unwrap();
            [of(None).await, of(Some("wet-parcel")).await, of(Some("lost-keys")).await, of(Some("\u{1}none")).await]
        };
        let before = revisions().await;
        play(&store, 1, by, "wet-parcel", judged(500)).await;
        let played = revisions().await;
        assert!(played[0] > before[0] && played[1] > before[1]);
        assert_eq!(played[2..], before[2..], "the other scenario's boards are as they were");
        store.rename(by, "Other", "other").await.unwrap();
        let renamed = revisions().await;
        assert!(renamed.iter().zip(played).all(|(now, before)| *now > before), "{renamed:?} {played:?}");
        assert_eq!(renamed[0], store.revision().await.unwrap());
        // Statistics are made of what retention drops.
        store.close_season(None, "cli", after(60)).await.unwrap();
        let closed = revisions().await;
        assert_eq!(store.drop_old(after(61)).await.unwrap(), 0);
        assert_eq!(revisions().await, closed);
        assert_eq!(store.drop_old(after(366 * super::DAY)).await.unwrap(), 1);
        assert!(revisions().await[1] > closed[1]);
    });
}

/// As it is said: the value in the middle, of two their half, rounded up.
fn median(mut points: Vec<u32>) -> u32 {
    points.sort_unstable();
    let two = [points[(points.len() - 1) / 2], points[points.len() / 2]];
    two.iter().sum::<u32>().div_ceil(2)
}

#[test]
fn the_database_works_out_medians_as_they_are_said() {
    on_both(async |database| {
        let store = service(&database).await;
        let slugs = ["wet-parcel", "lost-keys", "cold-soup", "late-bus"];
        for slug in &slugs[1..] {
            publish(&store, slug).await;
        }
        let mut expected: BTreeMap<u128, Vec<u32>> = BTreeMap::new();
        let mut chance = 7_u128;
        let mut number = 0;
        for team in 50..54 {
            store.put_team(id(team), &format!("Team {team}"), &format!("{team}"), "cli", after(0)).await.unwrap();
            for member in 0..(team - 48) {
                let by = join(&store, 100 * team + member, Some(id(team))).await.id;
                let mut scores = Vec::new();
                for slug in &slugs[..=usize::try_from((team + member) % 4).unwrap()] {
                    chance = chance * 7919 % 100_003;
                    let points = u32::try_from(chance % 1320).unwrap();
                    play(&store, number, by, slug, judged(points)).await;
                    number += 1;
                    scores.push(points);
                }
                expected.entry(team).or_default().push(median(scores));
            }
        }
        let board = store.team_board(&BoardName::default(), None).await.unwrap();
        let told: BTreeMap<Uuid, (u32, u32)> =
            board.teams.iter().map(|row| (row.team, (row.points, row.members))).collect();
        let expected: BTreeMap<Uuid, (u32, u32)> = expected
            .into_iter()
            .filter(|(_, members)| members.len() >= 3)
            .map(|(team, members)| (id(team), (median(members.clone()), u32::try_from(members.len()).unwrap())))
            .collect();
        assert_eq!(told, expected);
        assert_eq!(board.small, ["Team 50"]);
    });
}
