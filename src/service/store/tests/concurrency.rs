//! Several at once, over several openings of one database.

use super::{after, ask, id, join, joining, judged, on_both, player, seed, service, submission};
use crate::service::store::{Conflict, Joining, Limit, Store, StoreError};

#[test]
fn fifty_at_once_are_one_attempt_with_one_answer() {
    on_both(async |database| {
        let first = service(&database).await;
        let replicas = [first.clone(), Store::open(&database).await.unwrap(), Store::open(&database).await.unwrap()];
        let ada = join(&first, 1, None).await.id;
        first.issue_start(ada, &ask(1, "wet-parcel", false), seed(1), after(10)).await.unwrap();
        let sending = (0..50).map(|number: usize| {
            let store = replicas[number % 3].clone();
            let sent = submission(1, ada, "wet-parcel", judged(900));
            tokio::spawn(async move { store.record(&sent, after(20 + i64::try_from(number).unwrap())).await.unwrap() })
        });
        let mut answers = Vec::new();
        for sent in sending.collect::<Vec<_>>() {
            answers.push(sent.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|answer| answer.new).count(), 1);
        assert!(answers.iter().all(|answer| answer.answer == answers[0].answer));
        let rows: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM attempts").fetch_one(first.pools.reader()).await.unwrap();
        assert_eq!(rows, 1);
        let entries: i64 =
            sqlx::query_scalar("SELECT entries FROM buckets WHERE scenario = '' AND scale = 0 AND points = 900")
                .fetch_one(first.pools.reader())
                .await
                .unwrap();
        assert_eq!(entries, 1);
    });
}

#[test]
fn fifty_who_join_at_once_with_one_device_are_one_player() {
    on_both(async |database| {
        let first = service(&database).await;
        let replicas = [first.clone(), Store::open(&database).await.unwrap(), Store::open(&database).await.unwrap()];
        first.invite([8; 32], None, "cli", after(0)).await.unwrap();
        let asking = (0..50_u128).map(|number| {
            let store = replicas[usize::try_from(number % 3).unwrap()].clone();
            let asked = Joining { player: player(number), ..joining(1, [8; 32]) };
            tokio::spawn(async move { store.join(&asked, after(10 + i64::try_from(number).unwrap())).await.unwrap() })
        });
        let mut answers = Vec::new();
        for asked in asking.collect::<Vec<_>>() {
            answers.push(asked.await.unwrap());
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert_eq!(first.players().await.unwrap().len(), 1);
        assert_eq!(first.devices(answers[0].id).await.unwrap().len(), 1);
    });
}

#[test]
fn starts_invites_and_limits_are_given_no_more_often_than_there_are() {
    on_both(async |database| {
        let store = service(&database).await;
        let other = Store::open(&database).await.unwrap();
        let ada = join(&store, 1, None).await.id;
        store.invite([8; 32], None, "cli", after(0)).await.unwrap();
        let limit = Limit { most: 5, window: 3600 };
        let trying = (0..12_u32).map(|number| {
            let store = if number % 2 == 0 { store.clone() } else { other.clone() };
            tokio::spawn(async move {
                let ask = ask(u128::from(number), "wet-parcel", false);
                let start = store.issue_start(ada, &ask, u64::from(number), after(10)).await;
                let joined = store.join(&joining(100 + u128::from(number), [8; 32]), after(10)).await;
                let taken = store.take("what", limit, after(10)).await.unwrap();
                (start, joined, taken)
            })
        });
        let (mut starts, mut joined, mut taken) = (0, 0, 0);
        for tried in trying.collect::<Vec<_>>() {
            let tried = tried.await.unwrap();
            match tried.0 {
                Ok(_) => starts += 1,
                Err(error) => assert!(matches!(error, StoreError::Conflict(Conflict::NoneLeft)), "{error}"),
            }
            match tried.1 {
                Ok(_) => joined += 1,
                Err(error) => assert!(matches!(error, StoreError::Conflict(Conflict::Used)), "{error}"),
            }
            taken += i32::from(tried.2.is_none());
        }
        assert_eq!((starts, joined, taken), (3, 1, 5));
        assert!(store.start(id(0x2FFF)).await.unwrap().is_none());
    });
}
