//! What holds on both back ends. Each check takes a database and is run on one of either.

mod concurrency;
mod kept;
mod lists;
mod moving;
mod opening;
mod privacy;
mod ranks;
mod story;
mod together;

use std::path::PathBuf;

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use uuid::Uuid;

use super::rows::Columns as _;
use super::{
    Conflict, Database, Joining, Judged, NewSeason, NewToken, Player, Recorded, Store, StoreError, Submission,
    ToPublish, testing,
};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::Outcome;
use crate::team::protocol::AskStart;

/// Noon of some day.
const NOON: i64 = 1_790_000_000;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn after(seconds: i64) -> Timestamp {
    Timestamp::from_second(NOON + seconds).unwrap()
}

/// Runs a check on a new database of each kind.
fn on_both(check: impl AsyncFn(Database)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(check(Database::Sqlite(folder.path().join("service.sqlite"))));
    runtime.block_on(check(Database::Postgres(testing::postgres())));
}

/// A service with an open season of 3 attempts, and “wet-parcel” published.
async fn service(database: &Database) -> Store {
    let store = Store::open(database).await.unwrap();
    let season = NewSeason { id: id(1), name: "Autumn".to_owned(), attempts: NewSeason::ATTEMPTS };
    store.open_season(&season, "cli", after(0)).await.unwrap();
    publish(&store, "wet-parcel").await;
    store
}

async fn publish(store: &Store, slug: &str) {
    let scenario = ToPublish {
        full_hash: hash(slug),
        structure_hash: hash("structure"),
        slug: slug.to_owned(),
        title: format!("The {slug}"),
        difficulty: 2,
        text: format!("(title: \"{slug}\")"),
    };
    store.publish(&scenario, "cli", after(0)).await.unwrap();
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn hash(text: &str) -> Hash {
    Hash(*blake3::hash(text.as_bytes()).as_bytes())
}

/// The player of a number joins, with an invite of their own.
async fn join(store: &Store, number: u128, team: Option<Uuid>) -> Player {
    let invite = hash(&format!("invite {number}")).0;
    store.invite(invite, team, "cli", after(0)).await.unwrap();
    store.join(&joining(number, invite), after(1)).await.unwrap()
}

fn joining(number: u128, invite: [u8; 32]) -> Joining {
    Joining {
        invite,
        player: player(number),
        alias: format!("Alias{number}"),
        alias_key: format!("alias{number}"),
        device: NewToken { id: format!("dev{number:05}"), hash: [7; 32], name: None },
    }
}

fn player(number: u128) -> Uuid {
    id(0x1000 + number)
}

fn ask(number: u128, slug: &str, ahead: bool) -> AskStart {
    AskStart { id: id(0x2000 + number), full_hash: hash(slug).to_string(), rules: 1, mode: Mode::Steps, ahead }
}

fn judged(points: u32) -> Judged {
    Judged {
        outcome: Outcome::Satisfied,
        overall: 800,
        points,
        skills: [8000; 5],
        skill_points: [points, 500, 600, 700, 800],
        moderate_or_worse: 0,
        severe_or_worse: 0,
        trust: 7000,
        given_away: 0,
        needs_met: 100,
        is_final: true,
    }
}

/// An attempt of a number by a player on a start of the same number.
fn submission(number: u128, by: Uuid, slug: &str, judged: Judged) -> Submission {
    Submission {
        attempt: id(0x3000 + number),
        player: by,
        start: Some(id(0x2000 + number)),
        body: format!("the file of attempt {number}"),
        body_hash: hash(&format!("body {number}")),
        digest: hash(&format!("digest {number}")),
        continues: None,
        scenario_hash: hash(slug),
        rules: 1,
        mode: Mode::Steps,
        seed: seed(number),
        judged,
        flags: Vec::new(),
        observed: format!("observed {number}"),
    }
}

fn seed(number: u128) -> u64 {
    u64::MAX - u64::try_from(number).unwrap()
}

/// A start and an attempt on it.
async fn play(store: &Store, number: u128, by: Uuid, slug: &str, judged: Judged) -> Recorded {
    store.issue_start(by, &ask(number, slug, false), seed(number), after(10)).await.unwrap();
    store.record(&submission(number, by, slug, judged), after(20)).await.unwrap()
}

#[track_caller]
fn expect_conflict<T: std::fmt::Debug>(result: Result<T, StoreError>, expected: Conflict) {
    match result {
        Err(StoreError::Conflict(conflict)) => assert_eq!(conflict, expected),
        other => panic!("expected {expected:?}, got {other:?}"),
    }
}

/// All that lies on the disk of a database.
async fn on_disk(database: &Database) -> Vec<u8> {
    match database {
        // Row by row, as text: what a dump would hold.
        Database::Postgres(address) => {
            let mut connection = AnyConnection::connect(address).await.unwrap();
            let tables = "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables \
                          WHERE table_schema = 'public'";
            let mut all = Vec::new();
            for table in sqlx::query(tables).fetch_all(&mut connection).await.unwrap() {
                let rows = format!("SELECT CAST(x AS TEXT) AS line FROM {} AS x", table.text("name").unwrap());
                for row in sqlx::query(AssertSqlSafe(rows)).fetch_all(&mut connection).await.unwrap() {
                    all.extend(row.text("line").unwrap().into_bytes());
                }
            }
            all
        }
        Database::Sqlite(path) => {
            let mut all = Vec::new();
            for suffix in ["", "-wal"] {
                let file = PathBuf::from(format!("{}{suffix}", path.display()));
                if let Ok(mut file) = std::fs::File::open(file) {
                    std::io::Read::read_to_end(&mut file, &mut all).unwrap();
                }
            }
            all
        }
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
