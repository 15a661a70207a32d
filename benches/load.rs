//! The team service under load, on `SQLite` and on `PostgreSQL`: the real program over loopback, and its clients beside
//! it on the same processors.
//!
//! `cargo bench --no-default-features --features server --bench load` prints how many submits a second are played back
//! and kept, how long they take at a steady pace, what a flood by one player does to the others, and what is answered
//! when there are far more clients than the queue has places. Beside it: how often the disk makes a write durable, and
//! how long one attempt takes to be verified.

#![expect(clippy::unwrap_used, reason = "a benchmark whose service does not run has nothing to measure")]
#![expect(clippy::print_stdout, reason = "a benchmark prints")]

#[path = "../src/service/store/testing.rs"]
mod postgres;
#[expect(dead_code, reason = "nothing is killed here")]
#[path = "../tests/support/service.rs"]
mod service;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use simmer::attempt::{self, RULES_VERSION};
use simmer::board::Entry;
use simmer::dialogue::Mode;
use simmer::scenario::Scenario;
use simmer::service::store::{Database, Store};
use simmer::statistics::Observed;
use simmer::team::protocol::AskStart;
use uuid::Uuid;

use service::{Member, Parcel, Program, agent, members, now, open_season, play, runtime, scenarios};

/// Ranked attempts in the first part.
const RANKED: usize = 3000;
/// Clients at once in it.
const CLIENTS: usize = 16;
/// Submits a second that are asked for.
const PACE: u32 = 300;
/// Seconds of each paced part.
const PACED_SECONDS: u32 = 8;
/// Submits a second of the others, while one floods.
const OTHERS_PACE: u32 = 50;
/// Clients at once, for whom the queue has no place.
const TOO_MANY: usize = 300;
const OVERLOAD: usize = 3000;

fn main() {
    let scenarios = scenarios();
    verify_alone(&scenarios);
    let folder = tempfile::tempdir().unwrap();
    on(&Database::Sqlite(folder.path().join("service.sqlite")), folder.path(), &scenarios);
    let folder = tempfile::tempdir().unwrap();
    on(&Database::Postgres(postgres::postgres()), folder.path(), &scenarios);
}

fn on(database: &Database, data: &Path, scenarios: &[Arc<Scenario>]) {
    println!("\n== {database:?}");
    let runtime = runtime();
    let store = runtime.block_on(Store::open(database)).unwrap();
    runtime.block_on(open_season(&store, 1000));
    let program = Program::start(&[], data, database);
    let players = runtime.block_on(members(&store, "Player", 120));
    let ranked = runtime.block_on(ranked(&store, &players[..40], scenarios));
    println!("the disk makes a file of 16 KiB more durable {} times a second", durable_writes(data));

    let taken = at_once(&program, &ranked, CLIENTS);
    println!("{CLIENTS} clients, ranked attempts: {}", taken.say());
    let pace = unranked(&players[40..80], scenarios, (PACE * PACED_SECONDS) as usize, 1);
    let steady = paced(&program, &pace, PACE);
    println!("{PACE} a second: {}", steady.say());

    let others = unranked(&players[80..100], scenarios, (OTHERS_PACE * PACED_SECONDS) as usize, 2);
    let (before, during) = others.split_at(others.len() / 2);
    let alone = paced(&program, before, OTHERS_PACE);
    println!("{OTHERS_PACE} a second, nobody else: {}", alone.say());
    let (among, flood) = flooded(&program, during, &unranked(&players[100..101], scenarios, 1, 3)[0]);
    println!("{OTHERS_PACE} a second, one other floods: {}", among.say());
    println!("the one who floods: {}", flood.say());
    let ratio = among.at(99).as_micros() * 100 / alone.at(99).as_micros().max(1);
    println!("the others\u{2019} p99 is {}.{:02} times what it was", ratio / 100, ratio % 100);

    let too_many = unranked(&players[80..120], scenarios, OVERLOAD, 4);
    println!("{TOO_MANY} clients: {}", at_once(&program, &too_many, TOO_MANY).say());
}

/// What came of many submits.
#[derive(Debug, Default)]
struct Outcome {
    elapsed: Duration,
    /// Of those that were taken, the shortest first.
    took: Vec<Duration>,
    /// How often each status was answered; 0 is no answer at all.
    answers: BTreeMap<u16, usize>,
    /// Told to come later, and not when.
    without_when: usize,
}

impl Outcome {
    fn add(&mut self, answer: Option<&service::Answer>, took: Duration) {
        let status = answer.map_or(0, |answer| answer.status);
        *self.answers.entry(status).or_default() += 1;
        if status == 200 {
            self.took.push(took);
        }
        self.without_when += usize::from(answer.is_some_and(|it| it.status == 429 && it.retry_after.is_none()));
    }

    fn merge(outcomes: impl IntoIterator<Item = Self>, elapsed: Duration) -> Self {
        let mut all = Self { elapsed, ..Self::default() };
        for outcome in outcomes {
            all.took.extend(outcome.took);
            all.without_when += outcome.without_when;
            for (status, times) in outcome.answers {
                *all.answers.entry(status).or_default() += times;
            }
        }
        all.took.sort();
        all
    }

    /// What so many of a hundred took at most.
    fn at(&self, percentile: usize) -> Duration {
        let place = (self.took.len() * percentile).div_ceil(100).saturating_sub(1);
        self.took.get(place).copied().unwrap_or_default()
    }

    fn say(&self) -> String {
        let second = self.took.len() as u128 * 1000 / self.elapsed.as_millis().max(1);
        let answers: Vec<_> = self.answers.iter().map(|(status, times)| format!("{times} × {status}")).collect();
        let millis = |percentile| {
            let micros = self.at(percentile).as_micros();
            format!("{}.{}", micros / 1000, micros / 100 % 10)
        };
        let without =
            if self.without_when > 0 { format!(", {} without Retry-After", self.without_when) } else { String::new() };
        format!(
            "{second} taken a second, p50 {} ms, p99 {} ms, longest {} ms; {}{without}",
            millis(50),
            millis(99),
            millis(100),
            answers.join(", ")
        )
    }
}

/// So many clients, each of which sends when it was answered.
fn at_once(program: &Program, parcels: &[Parcel], clients: usize) -> Outcome {
    let next = AtomicUsize::new(0);
    let began = clock();
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    let agent = agent();
                    let mut outcome = Outcome::default();
                    while let Some(parcel) = parcels.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let sent = clock();
                        let answer = parcel.send(&agent, &program.base);
                        outcome.add(answer.as_ref(), sent.elapsed());
                    }
                    outcome
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    Outcome::merge(outcomes, began.elapsed())
}

/// So many a second, whether those before were answered or not. Each is timed from when it was due.
fn paced(program: &Program, parcels: &[Parcel], pace: u32) -> Outcome {
    let next = AtomicUsize::new(0);
    let began = clock();
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS * 2)
            .map(|_| {
                scope.spawn(|| {
                    let agent = agent();
                    let mut outcome = Outcome::default();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(parcel) = parcels.get(number) else { return outcome };
                        let due = began + Duration::from_secs(1) * u32::try_from(number).unwrap() / pace;
                        std::thread::sleep(due.saturating_duration_since(clock()));
                        let answer = parcel.send(&agent, &program.base);
                        outcome.add(answer.as_ref(), due.elapsed());
                    }
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    Outcome::merge(outcomes, began.elapsed())
}

/// The same, while one player sends one attempt as often as can be, from four connections.
fn flooded(program: &Program, parcels: &[Parcel], flood: &Parcel) -> (Outcome, Outcome) {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let began = clock();
        let flooding: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let agent = agent();
                    let mut outcome = Outcome::default();
                    while !over.load(Ordering::Relaxed) {
                        let sent = clock();
                        let answer = flood.send(&agent, &program.base);
                        outcome.add(answer.as_ref(), sent.elapsed());
                    }
                    outcome
                })
            })
            .collect();
        let others = paced(program, parcels, OTHERS_PACE);
        over.store(true, Ordering::Relaxed);
        let flood = flooding.into_iter().map(|client| client.join().unwrap()).collect::<Vec<_>>();
        (others, Outcome::merge(flood, began.elapsed()))
    })
}

/// Attempts under leave of the service, of all scenarios and players in turn.
async fn ranked(store: &Store, players: &[Member], scenarios: &[Arc<Scenario>]) -> Vec<Parcel> {
    let mut parcels = Vec::new();
    for number in 0..RANKED {
        let (player, scenario) = (&players[number % players.len()], &scenarios[number % scenarios.len()]);
        let full_hash = scenario.hashes.full.to_string();
        let ask = AskStart { id: Uuid::now_v7(), full_hash, rules: RULES_VERSION, mode: Mode::Steps, ahead: false };
        let start = store.issue_start(player.id, &ask, number as u64 + 1, now()).await.unwrap();
        parcels.push(Parcel::of(&play(scenario, start.seed.parse().unwrap(), Some(start.id), number % 3), player));
    }
    parcels
}

/// Attempts on seeds of the players’ own, which are verified and kept just as well. `part` tells them from others.
fn unranked(players: &[Member], scenarios: &[Arc<Scenario>], many: usize, part: u64) -> Vec<Parcel> {
    let parcel = |number: usize| {
        let (player, scenario) = (&players[number % players.len()], &scenarios[number % scenarios.len()]);
        Parcel::of(&play(scenario, part << 32 | number as u64, None, number % 3), player)
    };
    (0..many).map(parcel).collect()
}

/// Reading, playing back, judging and observing: all that is done with an attempt but keeping it.
fn verify_alone(scenarios: &[Arc<Scenario>]) {
    for scenario in scenarios {
        let files: Vec<String> = (0..50).map(|seed| attempt::write(&play(scenario, seed, None, 1))).collect();
        let mut took: Vec<Duration> = (0..500)
            .map(|number| {
                let began = clock();
                let attempt = attempt::read(files[number % files.len()].as_bytes()).unwrap();
                let replay = attempt::replay(scenario, &attempt);
                let played = replay.played.unwrap();
                std::hint::black_box((
                    Entry::of(scenario, &attempt, &played),
                    Observed::of(scenario, &attempt, &played),
                ));
                began.elapsed()
            })
            .collect();
        took.sort();
        let (median, inputs) =
            (took[took.len() / 2].as_micros(), attempt::read(files[0].as_bytes()).unwrap().inputs.len());
        println!("verifying one attempt of {} ({inputs} inputs): median {median} µs", scenario.slug);
    }
}

/// What a plain file that grows comes to: the bound on those who write one after the other.
fn durable_writes(folder: &Path) -> u128 {
    const TIMES: u32 = 200;
    let mut file = std::fs::File::create(folder.join("durable")).unwrap();
    let block = vec![7; 16 * 1024];
    let began = clock();
    for _ in 0..TIMES {
        file.write_all(&block).unwrap();
        file.sync_data().unwrap();
    }
    u128::from(TIMES) * 1_000_000 / began.elapsed().as_micros().max(1)
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn clock() -> Instant {
    Instant::now()
}
