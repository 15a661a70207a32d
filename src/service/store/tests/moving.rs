//! Copies, and moving from one kind of database to the other.

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::AssertSqlSafe;

use super::{
    Conflict, DAY, Database, NewSeason, Store, StoreError, after, ask, expect_conflict, hash, id, join, judged, play,
    player, publish, seed, service, submission, testing,
};
use crate::service::store::backend::Engine;
use crate::service::store::catalogue::Catalogue;
use crate::service::store::moving::{self, Value};
use crate::service::store::{Asked, Assignment, Judged, Limit, NewToken, Settings, Submission, Who, restore};
use crate::team::Kind;
use crate::team::protocol::{BoardName, Flag, Standing};

/// Every row of every table.
type All = BTreeMap<String, Vec<Vec<Value>>>;

fn run(check: impl AsyncFnOnce(&Path)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(check(folder.path()));
}

async fn layout(store: &Store) -> Catalogue {
    let mut read = store.pools.read().await.unwrap();
    Catalogue::read(&mut read, store.pools.engine()).await.unwrap()
}

async fn all(store: &Store) -> All {
    let mut read = store.pools.read().await.unwrap();
    let layout = Catalogue::read(&mut read, store.pools.engine()).await.unwrap();
    let mut all = All::new();
    for (name, table) in &layout.tables {
        all.insert(name.clone(), moving::rows(&mut read, name, table).await.unwrap());
    }
    all
}

/// Of any rights, without a disk being waited for.
async fn execute(store: &Store, statement: impl Into<String>) {
    let mut connection = store.pools.light().await.unwrap();
    sqlx::query(AssertSqlSafe(statement.into())).execute(&mut *connection).await.unwrap();
}

/// A service in which something of everything has happened.
async fn story(database: &Database) -> Store {
    let store = service(database).await;
    let settings = Settings { name: "Quayside \u{2019}n\u{2019} more".to_owned(), retention_days: 30, least_team: 3 };
    store.set_settings(&settings, "cli", after(1)).await.unwrap();
    publish(&store, "lost-keys").await;
    store.put_team(id(50), "Quayside", "quayside", "cli", after(1)).await.unwrap();
    let due = Assignment { team: id(50), scenario: "wet-parcel".to_owned(), due: Some(after(DAY)) };
    store.assign(&due, "cli", after(1)).await.unwrap();
    for number in 0..8 {
        let by = join(&store, number, (number < 4).then(|| id(50))).await.id;
        let points = 900 - u32::try_from(number / 2).unwrap() * 10;
        let judged = Judged { is_final: number != 7, trust: i32::try_from(number).unwrap() - 4, ..judged(points) };
        play(&store, number, by, "wet-parcel", judged).await;
    }
    // Later ones, one that was never finished, one fetched ahead, one on a seed of their own.
    play(&store, 20, player(1), "wet-parcel", judged(990)).await;
    play(&store, 21, player(2), "lost-keys", judged(700)).await;
    store.issue_start(player(3), &ask(22, "lost-keys", false), seed(22), after(10)).await.unwrap();
    store.issue_start(player(4), &ask(23, "lost-keys", true), seed(23), after(10)).await.unwrap();
    let own =
        Submission { start: None, flags: vec![Flag::ClockAhead], ..submission(24, player(5), "lost-keys", judged(1)) };
    store.record(&own, after(20)).await.unwrap();
    store.invalidate(id(0x3002), "played by “somebody else”", "cli", after(30)).await.unwrap();
    store.set_real_name(player(1), Some("Bo Brook, 蒼鷺"), "cli", after(31)).await.unwrap();
    store.set_listed(player(6), false).await.unwrap();
    store.invite([9; 32], Some(id(50)), "cli", after(32)).await.unwrap();
    let wall = NewToken { id: "wall0000".to_owned(), hash: [4; 32], name: Some("Wall".to_owned()) };
    store.add_token(Kind::Display, &wall, "cli", after(33)).await.unwrap();
    store.begin_session([1; 32], &Who::Player(player(1)), Some("dev00001"), after(DAY), after(33)).await.unwrap();
    store.take("join 198.51.100.1", Limit { most: 1, window: 60 }, after(33)).await.unwrap();
    store.retire("lost-keys", "cli", after(34)).await.unwrap();
    store
}

/// What the boards of a service say.
async fn boards(store: &Store) -> Vec<String> {
    let mut told = Vec::new();
    let boards = [
        BoardName::default(),
        BoardName { scenario: Some("wet-parcel".to_owned()), ..BoardName::default() },
        BoardName { team: Some(id(50)), ..BoardName::default() },
    ];
    for board in boards {
        for player in (0..8).map(player) {
            told.push(format!("{:?}", store.rank(&board, Some(player)).await.unwrap()));
        }
        told.push(format!("{:?}", store.improved(&board, 10, None).await.unwrap()));
        let asked = Asked { board, limit: 100, player: Some(player(2)), cursor: None };
        told.push(format!("{:?}", store.board_page(&asked, after(2 * DAY)).await.unwrap()));
    }
    told.push(format!("{:?}", store.team_board(&BoardName::default(), None).await.unwrap()));
    told.push(format!("{:?}", store.players().await.unwrap()));
    told.push(format!("{:?}", store.audit(None, 1000).await.unwrap()));
    told
}

#[test]
fn no_table_of_one_is_missing_in_the_other() {
    run(async |folder| {
        let sqlite = Store::open(&Database::Sqlite(folder.join("service.sqlite"))).await.unwrap();
        let postgres = Store::open(&Database::Postgres(testing::postgres())).await.unwrap();
        let (one, other) = (layout(&sqlite).await, layout(&postgres).await);
        assert_eq!(one, other);
        assert!(one.tables.contains_key("audit") && !one.tables.contains_key("_sqlx_migrations"));
        assert!(one.tables.values().all(|table| !table.key.is_empty()), "rows can be told apart");
        let references: usize = one.tables.values().map(|table| table.references.len()).sum();
        assert!(references > 10, "{references}");
        // Nothing counts by itself, which a copy would have to set on.
        let counting = "SELECT COUNT(*) FROM pg_class WHERE relkind = 'S'";
        let counting: i64 = sqlx::query_scalar(counting).fetch_one(postgres.pools.reader()).await.unwrap();
        let own = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'";
        let own: i64 = sqlx::query_scalar(own).fetch_one(sqlite.pools.reader()).await.unwrap();
        assert_eq!((counting, own), (0, 0));
    });
}

#[test]
fn a_service_moves_to_the_other_database_and_back_with_all_it_has() {
    run(async |folder| {
        let began = Database::Sqlite(folder.join("service.sqlite"));
        let moved = Database::Postgres(testing::postgres());
        let back = Database::Sqlite(folder.join("back.sqlite"));
        let [first, second] = ["first", "second"].map(|name| folder.join(name));

        let store = story(&began).await;
        let (rows, told) = (all(&store).await, boards(&store).await);
        let empty: Vec<_> = rows.iter().filter(|(_, rows)| rows.is_empty()).map(|(name, _)| name).collect();
        assert!(empty.is_empty(), "the story leaves out {empty:?}");
        store.backup(&first).await.unwrap();
        store.close().await;

        restore(&first, &moved).await.unwrap();
        let store = Store::open(&moved).await.unwrap();
        assert_eq!(all(&store).await, rows);
        assert_eq!(boards(&store).await, told);
        store.backup(&second).await.unwrap();
        restore(&second, &back).await.unwrap();
        let returned = Store::open(&back).await.unwrap();
        assert_eq!(all(&returned).await, rows);
        assert_eq!(boards(&returned).await, told);
        let left: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");

        // And on it goes, on either.
        for store in [store, returned] {
            let again = store.record(&submission(1, player(1), "wet-parcel", judged(900)), after(40)).await.unwrap();
            assert!(!again.new, "what was sent is known");
            let ninth = join(&store, 9, None).await.id;
            let recorded = play(&store, 9, ninth, "wet-parcel", judged(1000)).await;
            assert_eq!(recorded.accepted.standing, Standing::Ranked);
            assert_eq!(store.rank(&BoardName::default(), Some(ninth)).await.unwrap().rank, Some(1));
            expect_conflict(
                store.put_team(id(51), "Quayside", "quayside", "cli", after(41)).await,
                Conflict::NameTaken,
            );
            store.delete_player(player(1), "cli", after(42)).await.unwrap();
            for forbidden in ["UPDATE audit SET done_by = 'nobody'", "DELETE FROM audit"] {
                let mut connection = store.pools.light().await.unwrap();
                let error = sqlx::query(forbidden).execute(&mut *connection).await.unwrap_err();
                assert!(error.to_string().contains("only added to"), "{error}");
            }
            store.close().await;
        }
    });
}

#[test]
fn a_database_that_holds_something_is_left_as_it_is() {
    run(async |folder| {
        let copy = folder.join("copy");
        let store = story(&Database::Sqlite(folder.join("service.sqlite"))).await;
        store.backup(&copy).await.unwrap();
        let refused = async |address: String, words: &str| {
            let error = restore(&copy, &Database::Postgres(address)).await.unwrap_err().to_string();
            assert!(error.contains(words) && error.contains("empty database"), "{error}");
        };

        let begun = testing::postgres();
        let other = service(&Database::Postgres(begun.clone())).await;
        let before = all(&other).await;
        refused(begun, "its table audit has 2 rows").await;
        assert_eq!(all(&other).await, before);

        let renamed = testing::postgres();
        let other = Store::open(&Database::Postgres(renamed.clone())).await.unwrap();
        execute(&other, "UPDATE service SET name = 'Mine'").await;
        refused(renamed, "its table service was changed").await;

        let of_others = testing::postgres();
        let other = Store::open(&Database::Postgres(of_others.clone())).await.unwrap();
        for table in layout(&other).await.tables.keys().map(String::as_str).chain(["_sqlx_migrations"]) {
            execute(&other, format!("DROP TABLE {table} CASCADE")).await;
        }
        execute(&other, "CREATE TABLE shopping (item TEXT)").await;
        refused(of_others, "tables of something else").await;
        assert_eq!(layout(&other).await.tables.keys().collect::<Vec<_>>(), ["shopping"]);

        // Made by a service and not yet used it is empty.
        let new = testing::postgres();
        Store::open(&Database::Postgres(new.clone())).await.unwrap().close().await;
        restore(&copy, &Database::Postgres(new)).await.unwrap();
    });
}

#[test]
fn a_table_that_only_one_has_is_not_forgotten() {
    run(async |folder| {
        let database = Database::Postgres(testing::postgres());
        let store = service(&database).await;
        let copy = folder.join("copy");
        let refused = async |difference: &str| {
            let error = store.backup(&copy).await.unwrap_err().to_string();
            assert!(error.contains(difference), "{error}");
            assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "nothing is left of it");
        };
        execute(&store, "CREATE TABLE later (id TEXT NOT NULL PRIMARY KEY)").await;
        refused("only one of them has a table later").await;
        execute(&store, "DROP TABLE later").await;
        execute(&store, "ALTER TABLE players ADD COLUMN later BIGINT").await;
        refused("the column later of the table players is not the same in both").await;
        execute(&store, "ALTER TABLE players DROP COLUMN later").await;
        store.backup(&copy).await.unwrap();
        assert!(matches!(store.backup(&copy).await, Err(StoreError::Backup(_))), "it is not written over");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&copy).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "nobody else may read it");
        }
    });
}

#[test]
fn a_copy_of_an_older_layout_is_brought_up_to_date() {
    run(async |folder| {
        let path = folder.join("service.sqlite");
        let store = story(&Database::Sqlite(path.clone())).await;
        let rows = all(&store).await;
        // As it was before the last change.
        for index in ["all", "scenario", "team", "player"] {
            execute(&store, format!("DROP INDEX places_of_{index}")).await;
        }
        execute(&store, "DELETE FROM _sqlx_migrations WHERE version = 3").await;
        let copy = folder.join("copy");
        store.backup(&copy).await.unwrap();
        let before = std::fs::metadata(&copy).unwrap().len();
        let moved = Database::Postgres(testing::postgres());
        restore(&copy, &moved).await.unwrap();
        assert_eq!(all(&Store::open(&moved).await.unwrap()).await, rows);
        assert_eq!(std::fs::metadata(&copy).unwrap().len(), before, "the copy stays as it is");

        // One that a newer program made is left to that.
        execute(&store, "UPDATE _sqlx_migrations SET version = 9000 WHERE version = 2").await;
        let newer = folder.join("newer");
        store.backup(&newer).await.unwrap();
        let refused = restore(&newer, &Database::Postgres(testing::postgres())).await;
        assert!(matches!(refused, Err(StoreError::Newer { found: 9000, .. })), "{refused:?}");
        // And the file of a service that runs is no copy: part of it stands elsewhere.
        let refused = restore(&path, &Database::Postgres(testing::postgres())).await.unwrap_err().to_string();
        assert!(refused.contains("simmer admin backup"), "{refused}");
    });
}

#[test]
fn what_refers_to_nothing_is_not_taken_for_a_copy() {
    run(async |folder| {
        let store = story(&Database::Sqlite(folder.join("service.sqlite"))).await;
        let mut connection = store.pools.light().await.unwrap();
        for statement in ["PRAGMA foreign_keys = OFF", "DELETE FROM players WHERE alias = 'Alias3'"] {
            sqlx::query(statement).execute(&mut *connection).await.unwrap();
        }
        drop(connection);
        let copy = folder.join("copy");
        store.backup(&copy).await.unwrap();
        let moved = Database::Postgres(testing::postgres());
        let refused = restore(&copy, &moved).await.unwrap_err().to_string();
        assert!(refused.contains("refer to rows of players that are not there"), "{refused}");
        let store = Store::open(&moved).await.unwrap();
        assert_eq!(store.players().await.unwrap(), [], "all of it or nothing");
        assert_eq!(store.audit(None, 10).await.unwrap(), []);
    });
}

#[test]
fn a_copy_is_of_one_moment_while_others_write() {
    run(async |folder| {
        let store = service(&Database::Postgres(testing::postgres())).await;
        let writing = {
            let store = store.clone();
            tokio::spawn(async move {
                for number in 0..60 {
                    let by = join(&store, number, None).await.id;
                    play(&store, number, by, "wet-parcel", judged(900)).await;
                }
            })
        };
        let mut seen = Vec::new();
        while !writing.is_finished() {
            let copy = folder.join(format!("copy{}", seen.len()));
            store.backup(&copy).await.unwrap();
            let copy = Store::open(&Database::Sqlite(copy)).await.unwrap();
            let count = async |what: &str| {
                let counting = format!("SELECT CAST(COALESCE({what}, 0) AS BIGINT)");
                sqlx::query_scalar::<_, i64>(AssertSqlSafe(counting)).fetch_one(copy.pools.reader()).await.unwrap()
            };
            let places = count("(SELECT COUNT(*) FROM places WHERE scale = 0 AND ranked = 1)").await;
            assert_eq!(count("(SELECT SUM(entries) FROM buckets WHERE scale = 0 AND scenario = '')").await, places);
            assert_eq!(count("(SELECT COUNT(*) FROM files)").await, places);
            assert_eq!(count("(SELECT SUM(players) FROM heads)").await, places);
            seen.push(places);
            copy.close().await;
        }
        writing.await.unwrap();
        assert!(seen.is_sorted(), "{seen:?}");
    });
}

#[test]
fn more_than_fits_into_one_statement_is_copied_too() {
    run(async |folder| {
        let store = service(&Database::Postgres(testing::postgres())).await;
        let many = "INSERT INTO limits (what, began, ends, taken) SELECT 'row ' || i, i, i, i \
                    FROM generate_series(1, 10000) AS i";
        execute(&store, many).await;
        for slug in ["lost-keys", "one-twelve"] {
            publish(&store, slug).await;
        }
        execute(&store, format!("UPDATE scenarios SET content = repeat(slug, {})", 300_000)).await;
        let season = NewSeason { id: id(2), name: "Winter".to_owned(), attempts: 3 };
        store.close_season(Some(&season), "cli", after(3)).await.unwrap();
        let copy = folder.join("copy");
        store.backup(&copy).await.unwrap();
        let copied = Store::open(&Database::Sqlite(copy)).await.unwrap();
        assert_eq!(copied.pools.engine(), Engine::Sqlite);
        assert_eq!(hash(&format!("{:?}", all(&copied).await)), hash(&format!("{:?}", all(&store).await)));
    });
}
