//! Speed of the team service's boards with a million entries, on both back ends: a player's rank, and the top of the
//! board, beside counting all that are better over an index; the board of teams with 200,000 of them in teams, beside
//! reading those; and what it does to those who read the board over HTTP when one device reads without end.
//!
//! `cargo bench --no-default-features --features server --bench service` prints the middle of a thousand and the slowest hundredth.

#![expect(clippy::unwrap_used, reason = "a benchmark whose database is not there has nothing to measure")]
#![expect(clippy::print_stdout, reason = "its figures are what it is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

#[path = "../src/service/store/testing.rs"]
mod testing;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use simmer::service::store::{Asked, Database, Store};
use simmer::service::{Configuration, new_token};
use simmer::team::Kind;
use simmer::team::protocol::BoardName;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Row as _};
use uuid::Uuid;

const ENTRIES: u32 = 1_000_000;
const ROUNDS: u32 = 1000;
/// Entries of those who are in a team, and the teams.
const IN_TEAMS: u32 = 200_000;
const TEAMS: u32 = 400;

/// The id of a number, as `FILL` writes it.
const ID: &str = "'00000000-0000-4000-8000-' || substr(CAST(1000000000000 + i AS TEXT), 2)";

/// One scenario, one season, and for each number a player with one final attempt. Nobody reads the indexes of attempts.
const FILL: [&str; 12] = [
    "DROP INDEX attempts_by_player",
    "DROP INDEX attempts_by_season",
    "DROP INDEX attempts_by_scenario",
    "DROP INDEX attempts_by_hash",
    "DROP INDEX attempts_later",
    "INSERT INTO seasons (id, name, starts, attempts, is_open) \
     VALUES ('00000000-0000-4000-8000-000000000000', 'All', 0, 3, 1)",
    "INSERT INTO scenarios (full_hash, structure_hash, slug, title, difficulty, content, published, in_play) \
     VALUES ('{hash}', '{hash}', 'wet-parcel', 'The wet parcel', 1, '', 0, 1)",
    "INSERT INTO players (id, alias, alias_key, listed, joined) SELECT {id}, 'Player ' || i, 'player ' || i, 1, 0 \
     FROM ({numbers}) AS n",
    "INSERT INTO attempts (id, player, season, slot, scenario, scenario_hash, rules, mode, seed, received, body_hash, \
     flags, outcome, overall, listening, calm_tone, empathy, needs_assessment, follow_through, points, points_1, \
     points_2, points_3, points_4, points_5, moderate_or_worse, severe_or_worse, trust, given_away, needs_met, is_final, \
     tie_a, tie_b) SELECT {id}, {id}, '00000000-0000-4000-8000-000000000000', 1, 'wet-parcel', '{hash}', 1, 'Steps', \
     '0', 0, '{hash}', '[]', 'Satisfied', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0 \
     FROM ({numbers}) AS n",
    "INSERT INTO places (attempt, season, scenario, team, player, scale, ranked, points, tie_a, tie_b) \
     SELECT {id}, '00000000-0000-4000-8000-000000000000', 'wet-parcel', '', {id}, 0, 1, \
     (i * 7919) % 661 + (i * 104729) % 661, (i * 31) % 1009, -(i % 977) FROM ({numbers}) AS n",
    "INSERT INTO buckets (season, scenario, scale, points, entries) \
     SELECT season, scenario, scale, points, COUNT(*) FROM places GROUP BY season, scenario, scale, points",
    "INSERT INTO buckets (season, scenario, scale, points, entries) \
     SELECT season, '', scale, points, SUM(entries) FROM buckets GROUP BY season, scale, points",
];

/// The first so many entries are of players in teams. A number stands at the end of an id.
const INTO_TEAMS: [&str; 4] = [
    "INSERT INTO teams (id, name, name_key) SELECT {id}, 'Team ' || i, 'team ' || i FROM ({numbers}) AS n WHERE i <= {teams}",
    "UPDATE players SET team = '00000000-0000-4000-8000-' || \
     substr(CAST(1000000000001 + CAST(substr(id, 25) AS BIGINT) % {teams} AS TEXT), 2) \
     WHERE CAST(substr(id, 25) AS BIGINT) <= {in_teams}",
    "UPDATE places SET team = '00000000-0000-4000-8000-' || \
     substr(CAST(1000000000001 + CAST(substr(player, 25) AS BIGINT) % {teams} AS TEXT), 2) \
     WHERE CAST(substr(player, 25) AS BIGINT) <= {in_teams}",
    "UPDATE service SET revision = revision + 1",
];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("service.sqlite");
    let quick = ["PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF", "PRAGMA cache_size = -500000"];
    let sqlite = (Database::Sqlite(file.clone()), format!("sqlite://{}", file.display()), &quick[..]);
    let address = testing::postgres();
    // Without a word of what references what, as a restored dump does it.
    let quick = ["SET synchronous_commit = off", "SET session_replication_role = replica"];
    let postgres = (Database::Postgres(address.clone()), address, &quick[..]);
    for (database, address, quick) in [sqlite, postgres] {
        runtime.block_on(measure(&database, &address, quick));
    }
}

async fn measure(database: &Database, address: &str, quick: &[&'static str]) {
    let store = Store::open(database).await.unwrap();
    let mut connection = AnyConnection::connect(address).await.unwrap();
    let began = Instant::now();
    for setting in quick {
        sqlx::query(*setting).execute(&mut connection).await.unwrap();
    }
    let numbers = format!(
        "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {ENTRIES}) \
         SELECT i FROM n"
    );
    for statement in FILL {
        let hash = "ab".repeat(32);
        let sql = statement.replace("{numbers}", &numbers).replace("{id}", ID).replace("{hash}", &hash);
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    }
    settle(database, &mut connection).await;
    println!("{database:?}: {ENTRIES} entries in {:.0?}", began.elapsed());

    let board = BoardName::default();
    let player = |round: u32| Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_0000 | digits(round));
    let rank =
        timed(async |round| assert!(store.rank(&board, Some(player(round))).await.unwrap().rank.is_some())).await;
    tell("rank", &rank);
    let page = Asked { limit: 100, ..Asked::default() };
    let page = timed(async |_| drop(store.board_page(&page, jiff::Timestamp::UNIX_EPOCH).await.unwrap())).await;
    tell("top page", &page);
    let near = timed(async |round| {
        let asked = Asked { limit: 10, player: Some(player(round)), ..Asked::default() };
        let page = store.board_page(&asked, jiff::Timestamp::UNIX_EPOCH).await.unwrap().unwrap();
        assert!(page.rows.iter().chain(&page.near).any(|row| row.own));
    })
    .await;
    tell("top and own", &near);
    // What a rank would be without a histogram. It is slow, and few tell enough.
    let mut plain = Vec::new();
    for round in 0..20 {
        let began = Instant::now();
        let better: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM places p, places o WHERE o.player = $1 AND o.scale = 0 AND p.season = o.season \
             AND p.scale = 0 AND p.ranked = 1 AND (p.points, p.tie_a, p.tie_b) > (o.points, o.tie_a, o.tie_b)",
        )
        .bind(player(round).to_string())
        .fetch_one(&mut connection)
        .await
        .unwrap();
        plain.push(began.elapsed());
        let rank = store.rank(&board, Some(player(round))).await.unwrap().rank.unwrap();
        assert_eq!(u64::try_from(better).unwrap() + 1, rank);
    }
    plain.sort();
    tell("plain count", &plain);
    println!("  a rank takes 1/{} of a plain count", middle(&plain).as_nanos() / middle(&rank).as_nanos());
    over_http(database, &store).await;
    teams(database, &store, &mut connection, &numbers).await;
    store.close().await;
}

/// The top of the board as others read it at a steady pace, alone and while one device reads as often as can be.
async fn over_http(database: &Database, store: &Store) {
    let folder = tempfile::tempdir().unwrap();
    let configuration =
        Configuration { database: Some(database.clone()), ..Configuration::on_loopback(folder.path().to_owned()) };
    let running = simmer::service::start(&configuration).await.unwrap();
    let reader = async || {
        let (token, kept) = new_token(Kind::Display, None).unwrap();
        store.add_token(Kind::Display, &kept, "bench", jiff::Timestamp::now()).await.unwrap();
        Reader { url: format!("{}/v1/boards?limit=100", running.address), token: token.reveal() }
    };
    let (others, flood) = (reader().await, reader().await);
    let measured = tokio::task::spawn_blocking(move || {
        let (alone, _) = others.read();
        let over = AtomicBool::new(false);
        let (among, refused) = std::thread::scope(|scope| {
            let flooding: Vec<_> = (0..4).map(|_| scope.spawn(|| flood.read_until(&over))).collect();
            let among = others.read();
            over.store(true, Ordering::Relaxed);
            let counted = flooding.into_iter().map(|flooding| flooding.join().unwrap());
            (among, counted.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1)))
        });
        (alone, among, refused)
    });
    let (alone, (among, lost), (taken, refused)) = measured.await.unwrap();
    tell("over HTTP", &alone);
    tell("one floods", &among);
    println!("  of the flood {taken} were answered, and {refused} told to come later; of the others {lost} were");
    running.stop().await;
}

/// Reads of the others a second, and seconds for which they read.
const PACE: u32 = 25;
const SECONDS: u32 = 20;

/// Somebody who reads the top of the board.
struct Reader {
    url: String,
    token: String,
}

impl Reader {
    /// One at a time, each timed from when it was due; and how many were refused.
    fn read(&self) -> (Vec<Duration>, u32) {
        let (agent, began) = (agent(), Instant::now());
        let (mut times, mut refused) = (Vec::new(), 0);
        for number in 0..PACE * SECONDS {
            let due = began + Duration::from_secs(1) * number / PACE;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            refused += u32::from(self.status(&agent) != 200);
            times.push(due.elapsed());
        }
        times.sort();
        (times, refused)
    }

    /// As often as can be: how many were answered, and how many refused.
    fn read_until(&self, over: &AtomicBool) -> (u32, u32) {
        let agent = agent();
        let mut counted = (0, 0);
        while !over.load(Ordering::Relaxed) {
            if self.status(&agent) == 200 { counted.0 += 1 } else { counted.1 += 1 }
        }
        counted
    }

    fn status(&self, agent: &ureq::Agent) -> u16 {
        let request = agent.get(&self.url).header("authorization", format!("Bearer {}", self.token));
        let mut answer = request.call().unwrap();
        answer.body_mut().read_to_vec().unwrap();
        answer.status().as_u16()
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().new_agent()
}

/// What `PostgreSQL` otherwise does by itself after a while. `SQLite` plans without figures, as it does in a service.
async fn settle(database: &Database, connection: &mut AnyConnection) {
    if matches!(database, Database::Postgres(_)) {
        sqlx::query("VACUUM ANALYZE").execute(connection).await.unwrap();
    }
}

async fn teams(database: &Database, store: &Store, connection: &mut AnyConnection, numbers: &str) {
    for statement in INTO_TEAMS {
        let sql = statement.replace("{numbers}", numbers).replace("{id}", ID);
        let sql = sql.replace("{teams}", &TEAMS.to_string()).replace("{in_teams}", &IN_TEAMS.to_string());
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *connection).await.unwrap();
    }
    settle(database, connection).await;
    let board = BoardName::default();
    let told = store.team_board(&board, None).await.unwrap();
    assert_eq!(told.teams.len(), TEAMS as usize);
    let still = timed(async |_| drop(store.team_board(&board, None).await.unwrap())).await;
    tell("teams", &still);
    let (mut moved, mut plain) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        sqlx::query("UPDATE service SET revision = revision + 1").execute(&mut *connection).await.unwrap();
        let began = Instant::now();
        assert_eq!(store.team_board(&board, None).await.unwrap(), told);
        moved.push(began.elapsed());
        // What it would be to read them all.
        let began = Instant::now();
        let rows = sqlx::query(
            "SELECT p.team, t.name, p.player, p.points FROM places p JOIN teams t ON t.id = p.team \
             WHERE p.season = '00000000-0000-4000-8000-000000000000' AND p.scale = 0 AND p.ranked = 1 AND p.team <> ''",
        )
        .fetch_all(&mut *connection)
        .await
        .unwrap();
        let mut members: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for row in &rows {
            members.entry(row.get("team")).or_default().push(row.get("points"));
        }
        for points in members.values_mut() {
            points.sort_unstable();
        }
        plain.push(began.elapsed());
        assert_eq!((rows.len(), members.len()), (IN_TEAMS as usize, TEAMS as usize));
    }
    moved.sort();
    plain.sort();
    tell("teams, moved", &moved);
    tell("plain read", &plain);
    println!("  a board of teams takes 1/{} of a plain read", middle(&plain).as_nanos() / middle(&still).as_nanos());
}

/// Players from all over the board, their numbers in the digits of an id.
fn digits(round: u32) -> u128 {
    let number = 1 + round.wrapping_mul(48_271) % ENTRIES;
    u128::from_str_radix(&number.to_string(), 16).unwrap()
}

async fn timed(work: impl AsyncFn(u32)) -> Vec<Duration> {
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let began = Instant::now();
        work(round).await;
        times.push(began.elapsed());
    }
    times.sort();
    times
}

fn middle(times: &[Duration]) -> Duration {
    times[times.len() / 2]
}

fn tell(what: &str, times: &[Duration]) {
    println!("  {what:<12} p50 {:>9.1?}   p99 {:>9.1?}", middle(times), times[times.len() * 99 / 100]);
}
