//! Opening, layouts, copies.

use super::{
    HOUR, after, ask, contains, hash, id, join, judged, on_both, on_disk, play, player, seed, service, submission,
};
use crate::service::store::{Database, Settings, Store, StoreError, restore};
use crate::team::Kind;

#[test]
fn several_may_open_an_empty_database_at_once() {
    on_both(async |database| {
        let opening = (0..3).map(|_| {
            let database = database.clone();
            tokio::spawn(async move { Store::open(&database).await.unwrap() })
        });
        for store in opening.collect::<Vec<_>>() {
            let store = store.await.unwrap();
            store.ready().await.unwrap();
            assert_eq!(store.settings().await.unwrap().least_team, 3);
        }
    });
}

#[test]
fn a_newer_layout_is_refused_and_said_to_be_newer() {
    on_both(async |database| {
        let store = Store::open(&database).await.unwrap();
        let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                     SELECT 9000, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
        sqlx::query(later).execute(&mut *store.pools.light().await.unwrap()).await.unwrap();
        store.close().await;
        let refused = Store::open(&database).await;
        assert!(matches!(refused, Err(StoreError::Newer { found: 9000, known: 4 })), "{refused:?}");
        assert!(refused.unwrap_err().to_string().contains("newer Simmer"));
    });
}

#[test]
fn what_is_no_database_is_told_as_such() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    std::fs::write(&path, "this is not a database, it is a shopping list ".repeat(200)).unwrap();
    let check = |database: Database, words: &str| {
        let error = runtime.block_on(Store::open(&database)).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    };
    check(Database::Sqlite(path), "list.txt cannot be opened");
    check(Database::Postgres("mysql://me:hunter2@host/name".to_owned()), "postgres://");
    check(Database::Postgres("hunter2".to_owned()), "address of the database");
    check(Database::Postgres("postgres://me:hunter2@localhost/a?host=/nowhere".to_owned()), "cannot be used");
}

#[test]
fn a_copy_is_made_while_in_use_and_put_back() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("service.sqlite");
        let copy = folder.path().join("copy.sqlite");
        let database = Database::Sqlite(path.clone());
        let store = service(&database).await;
        join(&store, 1, None).await;
        store.backup(&copy).await.unwrap();
        assert!(matches!(store.backup(&copy).await, Err(StoreError::Backup(_))), "it is not written over");
        join(&store, 2, None).await;
        let in_use = restore(&copy, &database).await.unwrap_err();
        assert!(in_use.to_string().contains("Stop the service first"), "{in_use}");
        store.close().await;

        restore(&copy, &database).await.unwrap();
        let store = Store::open(&database).await.unwrap();
        assert!(store.player(player(1)).await.unwrap().is_some());
        assert!(store.player(player(2)).await.unwrap().is_none());
        store.close().await;
        assert!(folder.path().join("service.sqlite.before-restore").exists());

        std::fs::write(&copy, "no database").unwrap();
        let refused = restore(&copy, &database).await.unwrap_err();
        assert!(refused.to_string().contains("no sound copy"), "{refused}");
        assert!(Store::open(&database).await.is_ok(), "nothing was touched");
    });
}

#[test]
fn a_full_disk_is_told_and_nothing_of_the_write_stays() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("service.sqlite"));
        let store = service(&database).await;
        let by = join(&store, 1, None).await.id;
        store.issue_start(by, &ask(1, "wet-parcel", false), seed(1), after(10)).await.unwrap();
        let fill = async |pages: &'static str| {
            sqlx::query(pages).execute(&mut *store.pools.light().await.unwrap()).await.unwrap();
        };
        // SQLite never goes below the pages that there are.
        fill("PRAGMA max_page_count = 1").await;
        let mut large = submission(1, by, "wet-parcel", judged(900));
        large.body = "x".repeat(1_000_000);
        let refused = store.record(&large, after(20)).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
        assert_eq!(store.attempt(large.attempt).await.unwrap(), None);
        assert_eq!(store.start(id(0x2001)).await.unwrap().unwrap().attempt, None);
        fill("PRAGMA max_page_count = 1000000").await;
        assert!(store.record(&large, after(30)).await.unwrap().new, "and now it goes");
    });
}

#[test]
fn a_connection_that_was_lost_is_made_anew() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = service(&Database::Postgres(super::testing::postgres())).await;
        let end = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::query(end).execute(store.pools.reader()).await.unwrap();
        let mut transaction = store.pools.write().await.unwrap();
        sqlx::query("UPDATE service SET name = 'lost'").execute(&mut *transaction).await.unwrap();
        sqlx::query(end).execute(store.pools.reader()).await.unwrap();
        let lost = transaction.commit().await.map_err(StoreError::from);
        assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");
        assert_eq!(store.settings().await.unwrap().name, "Simmer");
        join(&store, 1, None).await;
    });
}

#[test]
fn the_audit_log_is_only_added_to() {
    on_both(async |database| {
        let store = service(&database).await;
        let settings = Settings { name: "Quayside".to_owned(), retention_days: 30, least_team: 1 };
        store.set_settings(&settings, "adm00001", after(5)).await.unwrap();
        assert_eq!(store.settings().await.unwrap(), Settings { least_team: 3, ..settings }, "never fewer than three");
        for forbidden in ["UPDATE audit SET done_by = 'nobody'", "DELETE FROM audit"] {
            let mut connection = store.pools.light().await.unwrap();
            let error = sqlx::query(forbidden).execute(&mut *connection).await.unwrap_err();
            assert!(error.to_string().contains("only added to"), "{error}");
        }
        let log = store.audit(None, 10).await.unwrap();
        let acts: Vec<_> = log.iter().map(|row| (row.number, row.act.as_str(), row.by.as_str())).collect();
        let expected = [(3, "set-settings", "adm00001"), (2, "publish-scenario", "cli"), (1, "open-season", "cli")];
        assert_eq!(acts, expected);
        assert_eq!(log[0].at, after(5));
        assert_eq!(store.audit(Some(3), 1).await.unwrap()[0].number, 2);
    });
}

#[test]
fn no_secret_lies_in_the_database() {
    on_both(async |database| {
        let store = service(&database).await;
        let token = crate::team::Token::of(Kind::Administrator, [1; 5], [0xc4; 32]);
        let kept = super::NewToken { id: token.id.clone(), hash: token.hash(), name: None };
        assert!(store.add_first_administrator(&kept, "cli", after(0)).await.unwrap());
        assert!(!store.add_first_administrator(&kept, "cli", after(0)).await.unwrap());
        let (code, session) = ("abcdefghijklmnopqrstuvwx", "the session of a browser");
        store.invite(hash(code).0, None, "cli", after(0)).await.unwrap();
        let who = crate::service::store::Who::Administrator(token.id.clone());
        store.begin_session(hash(session).0, &who, None, after(HOUR), after(0)).await.unwrap();
        play(&store, 1, join(&store, 1, None).await.id, "wet-parcel", judged(900)).await;
        store.close().await;
        let all = on_disk(&database).await;
        assert!(contains(&all, hash(code).to_string().as_bytes()), "what is kept can be found");
        let secret = token.reveal();
        for secret in [code.as_bytes(), session.as_bytes(), &secret.as_bytes()[13..], &[0xc4; 32], secret.as_bytes()] {
            assert!(!contains(&all, secret));
        }
    });
}
