//! Export, deletion, retention, and what statistics may read.

use tokio_stream::StreamExt as _;

use super::{DAY, after, contains, id, join, judged, on_both, on_disk, play, player, publish, service, submission};
use crate::service::store::{Asked, Limit, ObservedOf, Settings, Store, StoreError, Submission, Thing, Who};
use crate::team::protocol::BoardName;

async fn observed(store: &Store, of: ObservedOf) -> Vec<String> {
    let mut rows = store.observed(&of);
    let mut all = Vec::new();
    while let Some(row) = rows.next().await {
        all.push(row.unwrap().observed);
    }
    all
}

#[test]
fn a_player_gets_all_that_is_kept_and_then_nothing_of_it_is_left() {
    on_both(async |database| {
        let store = service(&database).await;
        let ada = join(&store, 1, None).await.id;
        let bo = join(&store, 2, None).await.id;
        store.rename(ada, "Cormorant", "cormorant").await.unwrap();
        store.set_real_name(ada, Some("Ada Adeyemi"), "cli", after(3)).await.unwrap();
        play(&store, 1, ada, "wet-parcel", judged(900)).await;
        play(&store, 2, bo, "wet-parcel", judged(800)).await;
        store.invalidate(id(0x3001), "it was Cormorant\u{2019}s sister", "cli", after(30)).await.unwrap();
        store.restore_attempt(id(0x3001), "cli", after(31)).await.unwrap();
        store.begin_session([1; 32], &Who::Player(ada), None, after(DAY), after(5)).await.unwrap();
        store.take(&format!("start:{ada}"), Limit { most: 1, window: 60 }, after(5)).await.unwrap();

        let export = store.export_player(ada).await.unwrap();
        assert_eq!(export.real_name.as_deref(), Some("Ada Adeyemi"));
        assert_eq!((export.devices.len(), export.starts.len(), export.attempts.len()), (1, 1, 1));
        assert_eq!(export.attempts[0]["file"], "the file of attempt 1");
        assert_eq!(export.attempts[0]["observed"], "observed 1");
        assert_eq!(export.sessions.len(), 1);
        let text = serde_json::to_string(&export).unwrap();
        assert!(!text.contains(&"07".repeat(32)), "no hash of a secret: {text}");

        store.delete_player(ada, "cli", after(40)).await.unwrap();
        assert!(matches!(store.export_player(ada).await, Err(StoreError::NotFound(Thing::Player))));
        let page = store.board_page(&Asked { limit: 10, ..Asked::default() }, after(50)).await.unwrap().unwrap();
        let told: Vec<_> = page.rows.iter().map(|row| (row.rank, row.alias.as_str())).collect();
        assert_eq!((told, page.players), (vec![(1, "Alias2")], 1));
        let last = &store.audit(None, 1).await.unwrap()[0];
        assert_eq!((last.act.as_str(), last.about.clone()), ("delete-player", ada.to_string()));
        store.close().await;
        let all = on_disk(&database).await;
        for gone in ["Cormorant", "cormorant", "Ada Adeyemi", "the file of attempt 1", "observed 1", "start:"] {
            assert!(!contains(&all, gone.as_bytes()), "{gone}");
        }
        assert!(contains(&all, b"the file of attempt 2"));
    });
}

#[test]
fn files_go_when_their_time_is_over_and_scores_stay() {
    on_both(async |database| {
        let store = service(&database).await;
        let ada = join(&store, 1, None).await.id;
        play(&store, 1, ada, "wet-parcel", judged(900)).await;
        let settings = Settings { retention_days: 30, ..store.settings().await.unwrap() };
        store.set_settings(&settings, "cli", after(0)).await.unwrap();
        assert_eq!(store.drop_old(after(400 * DAY)).await.unwrap(), 0, "the season is open");
        store.close_season(None, "cli", after(DAY)).await.unwrap();
        assert_eq!(store.drop_old(after(31 * DAY)).await.unwrap(), 0);
        assert_eq!(store.drop_old(after(31 * DAY + 1)).await.unwrap(), 1);
        let kept = store.attempt(id(0x3001)).await.unwrap().unwrap();
        assert_eq!((kept.body, kept.judged.points), (None, 900));
        assert_eq!(observed(&store, ObservedOf::default()).await, [""; 0]);
        let again = store.record(&submission(1, ada, "wet-parcel", judged(900)), after(40 * DAY)).await.unwrap();
        assert!(!again.new, "it is known all the same");
    });
}

#[test]
fn statistics_read_what_they_ask_for() {
    on_both(async |database| {
        let store = service(&database).await;
        publish(&store, "lost-keys").await;
        store.put_team(id(50), "Quayside", "quayside", "cli", after(0)).await.unwrap();
        let ada = join(&store, 1, Some(id(50))).await.id;
        let bo = join(&store, 2, None).await.id;
        play(&store, 1, ada, "wet-parcel", judged(900)).await;
        play(&store, 2, bo, "wet-parcel", judged(800)).await;
        play(&store, 3, bo, "lost-keys", judged(800)).await;
        let own = Submission { start: None, ..submission(4, bo, "lost-keys", judged(1)) };
        store.record(&own, after(90)).await.unwrap();
        let check = async |of: ObservedOf, expected: &[u32]| {
            let expected: Vec<_> = expected.iter().map(|number| format!("observed {number}")).collect();
            assert_eq!(observed(&store, of.clone()).await, expected, "{of:?}");
        };
        let any = ObservedOf::default();
        check(any.clone(), &[1, 2, 3, 4]).await;
        check(ObservedOf { scenario: Some("wet-parcel".to_owned()), ..any.clone() }, &[1, 2]).await;
        check(ObservedOf { full_hash: Some(super::hash("lost-keys")), ..any.clone() }, &[3, 4]).await;
        check(ObservedOf { team: Some(id(50)), ..any.clone() }, &[1]).await;
        check(ObservedOf { season: Some(id(9)), ..any.clone() }, &[]).await;
        check(ObservedOf { from: Some(after(90)), ..any.clone() }, &[4]).await;
        check(ObservedOf { until: Some(after(90)), ..any.clone() }, &[1, 2, 3]).await;
        store.invalidate(id(0x3002), "a test", "cli", after(100)).await.unwrap();
        check(any, &[1, 3, 4]).await;
    });
}

#[test]
fn whoever_does_not_want_to_be_listed_is_on_no_board_at_once() {
    on_both(async |database| {
        let store = service(&database).await;
        let ada = join(&store, 1, None).await.id;
        join(&store, 2, None).await;
        play(&store, 1, ada, "wet-parcel", judged(900)).await;
        play(&store, 2, ada, "wet-parcel", judged(950)).await;
        store.issue_start(player(2), &super::ask(3, "wet-parcel", false), 3, after(10)).await.unwrap();
        let shown = async || {
            let asked = Asked { limit: 10, player: Some(ada), ..Asked::default() };
            let page = store.board_page(&asked, after(2 * DAY)).await.unwrap().unwrap();
            let improved = store.improved(&BoardName::default(), 10, None).await.unwrap();
            (page.rows.len(), page.near.len(), page.players, improved.rows.len())
        };
        assert_eq!(shown().await, (2, 0, 1, 1));
        store.set_listed(ada, false).await.unwrap();
        assert_eq!(shown().await, (1, 0, 0, 0));
        store.set_listed(player(2), false).await.unwrap();
        assert_eq!(shown().await, (0, 0, 0, 0), "not finished, and not shown either");
        store.set_listed(ada, true).await.unwrap();
        assert_eq!(shown().await, (1, 0, 1, 1));
    });
}
