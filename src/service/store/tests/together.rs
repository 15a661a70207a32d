//! Attempts that come at the same time and are written together: each has its own answer.

use super::{after, ask, expect_conflict, join, judged, on_both, player, seed, service, submission};
use crate::service::store::{Conflict, StoreError, Thing};

#[test]
fn of_those_written_together_each_is_answered_for_itself() {
    on_both(async |database| {
        let store = service(&database).await;
        for number in 0..12 {
            join(&store, number, None).await;
            store
                .issue_start(player(number), &ask(number, "wet-parcel", false), seed(number), after(10))
                .await
                .unwrap();
        }
        let sending = (0..60_u128).map(|number| {
            let store = store.clone();
            let by = number % 12;
            let mut sent = submission(by, player(by), "wet-parcel", judged(900));
            match number / 12 {
                // The same twice.
                0 | 1 => {}
                // Another body under the same id.
                2 => sent.body_hash = super::hash("another"),
                // What another was given leave for.
                3 => {
                    sent.attempt = super::id(0x5000 + number);
                    sent.start = Some(super::id(0x2000 + (by + 1) % 12));
                }
                // Leave that nobody gave.
                _ => {
                    sent.attempt = super::id(0x6000 + number);
                    sent.start = Some(super::id(0x7000));
                }
            }
            tokio::spawn(async move { (number / 12, store.record(&sent, after(20)).await) })
        });
        let mut new = 0;
        for sent in sending.collect::<Vec<_>>() {
            let (kind, answer) = sent.await.unwrap();
            match (kind, answer) {
                // Whichever body came first is the one that is kept.
                (0..=2, Ok(recorded)) => new += u32::from(recorded.new),
                (0..=2, answer) => expect_conflict(answer, Conflict::AnotherBody),
                (3, answer) => expect_conflict(answer, Conflict::NotYours),
                (_, answer) => assert!(matches!(answer, Err(StoreError::NotFound(Thing::Start))), "{answer:?}"),
            }
        }
        assert_eq!(new, 12);
        let rows: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM attempts").fetch_one(store.pools.reader()).await.unwrap();
        let entries: i64 =
            sqlx::query_scalar("SELECT entries FROM buckets WHERE scenario = '' AND scale = 0 AND points = 900")
                .fetch_one(store.pools.reader())
                .await
                .unwrap();
        assert_eq!((rows, entries), (12, 12));
    });
}

#[test]
fn who_goes_away_takes_nobody_along() {
    on_both(async |database| {
        let store = service(&database).await;
        for number in 0..20 {
            join(&store, number, None).await;
            store
                .issue_start(player(number), &ask(number, "wet-parcel", false), seed(number), after(10))
                .await
                .unwrap();
        }
        let sending: Vec<_> = (0..20)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move {
                    store.record(&submission(number, player(number), "wet-parcel", judged(900)), after(20)).await
                })
            })
            .collect();
        tokio::task::yield_now().await;
        for (number, sent) in sending.into_iter().enumerate() {
            if number % 3 == 0 {
                sent.abort();
            } else {
                sent.await.unwrap().unwrap();
            }
        }
        for number in 0..20 {
            store.record(&submission(number, player(number), "wet-parcel", judged(900)), after(30)).await.unwrap();
        }
        let rows: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM attempts").fetch_one(store.pools.reader()).await.unwrap();
        assert_eq!(rows, 20);
    });
}
