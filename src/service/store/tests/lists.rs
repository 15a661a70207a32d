//! Lists that are read a page at a time.

use super::{DAY, after, hash, id, join, on_both, player, service};
use crate::service::store::{InviteCounts, Joining, ListPage, PlayerRow, PlayersAsked, Store};

/// Somebody under a name.
async fn called(store: &Store, number: u128, alias: &str) {
    join(store, number, None).await;
    store.rename(player(number), alias, &alias.to_lowercase()).await.unwrap();
}

async fn page(store: &Store, asked: &PlayersAsked) -> ListPage<PlayerRow> {
    store.players_page(asked).await.unwrap().unwrap()
}

fn aliases(page: &ListPage<PlayerRow>) -> Vec<&str> {
    page.rows.iter().map(|row| row.player.alias.as_str()).collect()
}

#[test]
fn players_are_read_a_page_at_a_time_and_nobody_twice() {
    on_both(async |database| {
        let store = service(&database).await;
        let names = ["otter", "Heron", "heronry", "Avocet", "Ünal", "zebra", "Émile", "100%", "10_0", "蒼鷺"];
        for (number, name) in (0..).zip(names) {
            called(&store, number, name).await;
        }
        let all = page(&store, &PlayersAsked { limit: 100, ..PlayersAsked::default() }).await;
        let expected = ["100%", "10_0", "Avocet", "Heron", "heronry", "otter", "zebra", "Émile", "Ünal", "蒼鷺"];
        assert_eq!((aliases(&all), all.total, &all.next), (expected.to_vec(), 10, &None));
        for limit in [1, 3, 5, 10] {
            let (mut read, mut cursor) = (Vec::new(), None);
            loop {
                let asked = PlayersAsked { cursor, limit, ..PlayersAsked::default() };
                let page = page(&store, &asked).await;
                assert!(page.rows.len() <= limit as usize);
                assert_eq!(page.total, 10);
                read.extend(aliases(&page).into_iter().map(str::to_owned));
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(read, expected, "by {limit}");
        }
        // Who is renamed, joins or leaves between two pages moves nobody else.
        let first = page(&store, &PlayersAsked { limit: 4, ..PlayersAsked::default() }).await;
        called(&store, 20, "Aardvark").await;
        store.delete_player(player(1), "cli", after(9)).await.unwrap();
        let rest = page(&store, &PlayersAsked { cursor: first.next, limit: 100, ..PlayersAsked::default() }).await;
        assert_eq!(aliases(&rest), expected[4..]);
        assert_eq!(store.player_count().await.unwrap(), 10);
        assert_eq!(page(&store, &PlayersAsked::default()).await.rows.len(), 1, "at least one row");
    });
}

#[test]
fn players_are_found_by_a_part_of_their_name_and_by_team() {
    on_both(async |database| {
        let store = service(&database).await;
        store.put_team(id(50), "Quayside", "quayside", "cli", after(0)).await.unwrap();
        for (number, name) in (0..).zip(["quietfox", "foxglove", "otter", "100%", "10_0", "hey!"]) {
            called(&store, number, name).await;
        }
        store.set_team(player(1), Some(id(50)), "cli", after(3)).await.unwrap();
        store.set_real_name(player(1), Some("Ada Example"), "cli", after(3)).await.unwrap();
        let check = async |alike: &str, team: Option<u128>, expected: &[&str]| {
            let asked = PlayersAsked {
                alike: Some(alike.to_owned()),
                team: team.map(id),
                limit: 100,
                ..PlayersAsked::default()
            };
            let found = page(&store, &asked).await;
            assert_eq!((aliases(&found), found.total), (expected.to_vec(), expected.len() as u64), "{alike}");
        };
        check("fox", None, &["foxglove", "quietfox"]).await;
        check("fox", Some(50), &["foxglove"]).await;
        check("", Some(50), &["foxglove"]).await;
        check("otter", Some(50), &[]).await;
        check("fox", Some(51), &[]).await;
        check("%", None, &["100%"]).await;
        check("_", None, &["10_0"]).await;
        check("!", None, &["hey!"]).await;
        check("\0", None, &["100%", "10_0", "foxglove", "hey!", "otter", "quietfox"]).await;
        check("'; DROP TABLE players; --", None, &[]).await;
        let row = store.player_row(player(1)).await.unwrap().unwrap();
        assert_eq!(
            (row.player.team_name.as_deref(), row.real_name.as_deref()),
            (Some("Quayside"), Some("Ada Example"))
        );
        assert_eq!(store.players_in(id(50)).await.unwrap(), [row]);
        assert_eq!(store.player_row(player(99)).await.unwrap(), None);
        let names = store.team_names().await.unwrap();
        assert_eq!(names.into_iter().collect::<Vec<_>>(), [(player(1), "Quayside".to_owned())]);
    });
}

#[test]
fn invites_are_read_a_page_at_a_time_the_latest_first() {
    on_both(async |database| {
        let store = service(&database).await;
        // Some in the same moment, as a batch is made.
        for number in 0..7_u8 {
            store.invite([number; 32], None, "cli", after(i64::from(number / 3))).await.unwrap();
        }
        let all = store.invites_page(None, 100).await.unwrap().unwrap();
        assert_eq!((all.rows.len(), all.total, &all.next), (7, 7, &None));
        assert!(all.rows.is_sorted_by(|one, other| (one.made, one.hash) > (other.made, other.hash)));
        for limit in [1, 2, 7] {
            let (mut read, mut cursor) = (Vec::new(), None);
            loop {
                let page = store.invites_page(cursor.as_deref(), limit).await.unwrap().unwrap();
                read.extend(page.rows);
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(read, all.rows, "by {limit}");
        }
        let joining = Joining { alias_key: "a".to_owned(), ..super::joining(1, [3; 32]) };
        store.join(&joining, after(9)).await.unwrap();
        let counts = store.invite_counts(after(7 * DAY + 1)).await.unwrap();
        assert_eq!(counts, InviteCounts { open: 1, used: 1, expired: 5 });
    });
}

#[test]
fn a_cursor_that_is_none_of_ours_is_told_from_the_end() {
    on_both(async |database| {
        let store = service(&database).await;
        join(&store, 1, None).await;
        let encoded = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
        for cursor in ["", "x", "ü", &encoded("nobody alias"), &encoded(&format!("{}", player(1))), &encoded("1 \0")] {
            let asked = PlayersAsked { cursor: Some(cursor.to_owned()), limit: 5, ..PlayersAsked::default() };
            assert_eq!(store.players_page(&asked).await.unwrap(), None, "{cursor}");
            assert_eq!(store.invites_page(Some(cursor), 5).await.unwrap(), None, "{cursor}");
        }
        let past = encoded(&format!("{} zzz", player(1)));
        let asked = PlayersAsked { cursor: Some(past), limit: 5, ..PlayersAsked::default() };
        assert_eq!(page(&store, &asked).await.rows, []);
        let past = encoded(&format!("0 {}", hash("x")));
        assert_eq!(store.invites_page(Some(&past), 5).await.unwrap().unwrap().rows, []);
    });
}
