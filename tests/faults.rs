//! A team service whose program is killed, whose disk is full or does not keep what it is told to, and whose database
//! goes away: what was acknowledged is there, and what was not can be sent again. On Linux, whose means it uses.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rand::Rng as _;
use rand_pcg::Pcg64Mcg;
use simmer::attempt::RULES_VERSION;
use simmer::dialogue::Mode;
use simmer::scenario::model::Hash;
use simmer::service::store::{Database, Store};
use simmer::team::protocol::{AskStart, Problem, ProblemKind};
use sqlx::{AnyConnection, Connection as _};
use uuid::Uuid;

use crate::postgres;
use crate::support::service::{
    Answer, Member, Parcel, Program, agent, members, now, open_season, play, runtime, scenarios,
};

/// How often the program is killed; as `SIMMER_KILLS` says, where it says so.
const KILLS: usize = 20;
/// Clients at once.
const CLIENTS: usize = 4;
/// So many that none of them comes to the bound of a minute.
const PLAYERS: usize = 80;
/// Ranked attempts in each round; the others are on seeds of the players’ own.
const RANKED: usize = 6;

/// All databases are in one cluster, and one of these tests brings it down.
static CLUSTER: Mutex<()> = Mutex::new(());

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed_over_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    killed(&Service::new(Database::Sqlite(folder.path().join("service.sqlite")), folder.path(), PLAYERS));
}

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed_over_postgresql() {
    let _alone = CLUSTER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    killed(&Service::new(Database::Postgres(postgres::postgres()), folder.path(), PLAYERS));
}

#[test]
fn nothing_acknowledged_is_lost_when_postgresql_goes_down_and_the_service_comes_back_with_it() {
    let _alone = CLUSTER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let address = postgres::postgres();
    let service = Service::new(Database::Postgres(address.clone()), folder.path(), 4);
    let program = service.start(&[]);
    let mut parcels = service.players.parcels();
    let kept = acknowledged(&program, parcels.by_ref().take(4));
    // When one of its processes dies the whole of it begins anew from its log, as it does when a disk does not keep
    // what it is told to.
    let process: i32 = service.runtime.block_on(async {
        let mut connection = AnyConnection::connect(&address).await.unwrap();
        let other = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::query_scalar(other).fetch_one(&mut connection).await.unwrap()
    });
    assert!(Command::new("kill").args(["-9", &process.to_string()]).status().unwrap().success());
    let agent = agent();
    let parcel = parcels.next().unwrap();
    let mut turned_away = 0;
    let taken = loop {
        let answer = parcel.send(&agent, &program.base).expect("the service itself goes on");
        if answer.status == 200 {
            break answer;
        }
        is_unavailable(&answer);
        turned_away += 1;
        assert!(turned_away < 600, "it does not come back: {answer:?}");
        std::thread::sleep(Duration::from_millis(100));
    };
    assert_eq!(parcel.send(&agent, &program.base), Some(taken));
    for (parcel, answer) in &kept {
        assert_eq!(parcel.send(&agent, &program.base).as_ref(), Some(answer));
    }
}

/// A bound on the size of files stands for a disk that takes no more: it needs no privilege, and can be lifted.
#[test]
fn a_file_that_cannot_grow_is_told_and_survived() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("service.sqlite");
    let service = Service::new(Database::Sqlite(file), folder.path(), 6);
    // Else the system would end a program that writes on.
    let program = service.start(&["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
    let log = folder.path().join("service.sqlite-wal");
    let kept = survives(&service.players, &program, |full| {
        let bound = if full { log.metadata().unwrap().len().to_string() } else { "unlimited".to_owned() };
        let (process, bound) = (program.id().to_string(), format!("--fsize={bound}:"));
        assert!(Command::new("prlimit").args(["--pid", &process, &bound]).status().unwrap().success());
    });
    service.keeps(&kept);
}

/// A disk of its own, in memory, which is full. It is seen by the program alone, so that no privilege is needed where
/// the system lets anybody have a view of their own.
#[test]
fn a_full_disk_is_told_and_survived() {
    let view = ["unshare", "--user", "--map-root-user", "--mount"];
    let mut views = [&view[..], &["unshare", "--mount"]].into_iter();
    let may = |view: &&[&str]| {
        let mut mount = Command::new(view[0]);
        let mount = mount.args(&view[1..]).args(["mount", "-t", "tmpfs", "none", "/mnt"]).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success())
    };
    let Some(view) = views.find(may) else {
        println!("not checked: this system lets nobody have a disk of their own");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = format!("mount -t tmpfs -o size=8m none {} && exec \"$0\" \"$@\"", disk.display());
    let wrapper: Vec<&str> = view.iter().copied().chain(["sh", "-c", &mount]).collect();
    let mut program = Program::start(&wrapper, &disk, &Database::Sqlite(disk.join("service.sqlite")));
    // The way to it from outside.
    let inside = Path::new("/proc").join(program.id().to_string()).join("root").join(disk.strip_prefix("/").unwrap());
    let ballast = inside.join("ballast");
    let players = Players::new(vec![program.first_member()]);
    survives(&players, &program, |full| {
        if !full {
            return std::fs::remove_file(&ballast).unwrap();
        }
        let mut file = std::fs::File::create(&ballast).unwrap();
        while std::io::Write::write_all(&mut file, &[7; 4096]).is_ok() {}
    });
}

/// A disk that says it could not keep what it was told to: the calls by which the program asks for it fail.
#[test]
fn a_write_that_is_not_durable_is_not_acknowledged() {
    const CALLS: &str = r#"
        #define _GNU_SOURCE
        #include <errno.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        static int call(long number, int file) {
            if (access(getenv("NOT_DURABLE"), F_OK) == 0) {
                errno = EIO;
                return -1;
            }
            return syscall(number, file);
        }
        int fsync(int file) { return call(SYS_fsync, file); }
        int fdatasync(int file) { return call(SYS_fdatasync, file); }
    "#;
    let folder = tempfile::tempdir().unwrap();
    let (source, library) = (folder.path().join("calls.c"), folder.path().join("calls.so"));
    std::fs::write(&source, CALLS).unwrap();
    // It was there when the embedded database was built.
    let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status().unwrap();
    assert!(built.success());
    let fails = folder.path().join("not-durable");
    let service = Service::new(Database::Sqlite(folder.path().join("service.sqlite")), folder.path(), 6);
    let preload = format!("LD_PRELOAD={}", library.display());
    let switch = format!("NOT_DURABLE={}", fails.display());
    let program = service.start(&["env", &preload, &switch]);
    let kept = survives(&service.players, &program, |full| {
        if full { std::fs::write(&fails, "").unwrap() } else { std::fs::remove_file(&fails).unwrap() }
    });
    service.keeps(&kept);
}

/// Those who play, and how many attempts they have made.
struct Players {
    members: Vec<Member>,
    made: AtomicUsize,
}

/// A service whose database can be looked into.
struct Service<'a> {
    runtime: tokio::runtime::Runtime,
    database: Database,
    store: Store,
    data: &'a Path,
    players: Players,
}

impl Players {
    fn new(members: Vec<Member>) -> Self {
        Self { members, made: AtomicUsize::new(0) }
    }

    /// A number that is new, which is also a seed, and the player whose turn it is.
    fn next(&self) -> (usize, &Member) {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        (number, &self.members[number % self.members.len()])
    }

    /// Ever new attempts on seeds of the players’ own.
    fn parcels(&self) -> impl Iterator<Item = Parcel> + use<'_> {
        let scenarios = scenarios();
        std::iter::repeat_with(move || {
            let (number, member) = self.next();
            Parcel::of(&play(&scenarios[number % scenarios.len()], number as u64, None, number % 3), member)
        })
    }
}

impl<'a> Service<'a> {
    fn new(database: Database, data: &'a Path, players: usize) -> Self {
        let runtime = runtime();
        let store = runtime.block_on(Store::open(&database)).unwrap();
        runtime.block_on(open_season(&store, 1000));
        let members = runtime.block_on(members(&store, "Player", players));
        Self { runtime, database, store, data, players: Players::new(members) }
    }

    fn start(&self, wrapper: &[&str]) -> Program {
        Program::start(wrapper, self.data, &self.database)
    }

    /// Attempts under leave of the service.
    fn ranked(&self, many: usize) -> Vec<Parcel> {
        let scenarios = scenarios();
        let ranked = (0..many).map(|_| {
            let (number, member) = self.players.next();
            let scenario = &scenarios[number % scenarios.len()];
            let full_hash = scenario.hashes.full.to_string();
            let ask = AskStart { id: Uuid::now_v7(), full_hash, rules: RULES_VERSION, mode: Mode::Steps, ahead: false };
            let start = self.runtime.block_on(self.store.issue_start(member.id, &ask, number as u64, now())).unwrap();
            Parcel::of(&play(scenario, number as u64, Some(start.id), number % 3), member)
        });
        ranked.collect()
    }

    /// What is kept is what was acknowledged, and nothing besides; and the boards say the same.
    fn keeps(&self, acknowledged: &[(Parcel, Answer)]) {
        self.runtime.block_on(async {
            for (parcel, answer) in acknowledged {
                let hash = Hash(*blake3::hash(parcel.file.as_bytes()).as_bytes());
                let kept = self.store.answered(parcel.by.id, parcel.id, hash).await.unwrap();
                assert_eq!(kept.as_ref(), Some(&answer.body));
                let kept = self.store.attempt(parcel.id).await.unwrap().unwrap();
                assert_eq!(kept.body.as_ref(), Some(&parcel.file));
            }
            let address = match &self.database {
                Database::Sqlite(path) => format!("sqlite:{}", path.display()),
                Database::Postgres(address) => address.clone(),
            };
            let mut connection = AnyConnection::connect(&address).await.unwrap();
            let mut count = async |statement: &'static str| -> i64 {
                sqlx::query_scalar(statement).fetch_one(&mut connection).await.unwrap()
            };
            let rows = count("SELECT COUNT(*) FROM attempts").await;
            assert_eq!(usize::try_from(rows).unwrap(), acknowledged.len());
            let placed = count("SELECT COUNT(*) FROM places WHERE ranked = 1").await;
            let counted = "SELECT CAST(COALESCE(SUM(entries), 0) AS BIGINT) FROM buckets WHERE scenario <> ''";
            assert_eq!(count(counted).await, placed);
        });
    }
}

/// Kills the program under load, again and again.
fn killed(service: &Service<'_>) {
    #[expect(clippy::disallowed_methods, reason = "whoever runs the tests says how often")]
    let kills = std::env::var("SIMMER_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let mut random = Pcg64Mcg::new(0x5eed);
    let mut acknowledged: Vec<(Parcel, Answer)> = Vec::new();
    let mut known = 0;
    let mut under_way = Vec::new();
    let mut broken_off = 0;
    for round in 0..=kills {
        let mut program = service.start(&[]);
        let client = agent();
        for (parcel, answer) in &acknowledged[known..] {
            assert_eq!(parcel.send(&client, &program.base).as_ref(), Some(answer), "round {round}");
        }
        broken_off += under_way.len();
        acknowledged.extend(self::acknowledged(&program, under_way.drain(..)));
        known = acknowledged.len();
        if round == kills {
            break;
        }
        let ranked = Mutex::new(service.ranked(RANKED));
        let pause = Duration::from_millis(20 + random.next_u64() % 380);
        std::thread::scope(|scope| {
            let sending: Vec<_> = (0..CLIENTS)
                .map(|_| {
                    let (base, ranked) = (program.base.clone(), &ranked);
                    scope.spawn(move || {
                        let (agent, mut parcels) = (agent(), service.players.parcels());
                        let mut kept = Vec::new();
                        loop {
                            let next = ranked.lock().unwrap().pop();
                            let parcel = next.or_else(|| parcels.next()).unwrap();
                            let Some(answer) = parcel.send(&agent, &base) else { return (kept, parcel) };
                            assert_eq!(answer.status, 200, "{answer:?}");
                            kept.push((parcel, answer));
                        }
                    })
                })
                .collect();
            std::thread::sleep(pause);
            program.kill();
            for sent in sending {
                let (kept, broken) = sent.join().unwrap();
                acknowledged.extend(kept);
                under_way.push(broken);
            }
        });
        under_way.extend(ranked.into_inner().unwrap());
    }
    assert!(broken_off >= kills * CLIENTS, "each time something was under way");
    assert!(acknowledged.len() > broken_off, "each time something was acknowledged before");
    service.keeps(&acknowledged);
}

/// Lets the disk fail and be well again, while players send.
fn survives(players: &Players, program: &Program, mut fail: impl FnMut(bool)) -> Vec<(Parcel, Answer)> {
    let mut parcels = players.parcels();
    let mut kept = acknowledged(program, parcels.by_ref().take(6));
    let agent = agent();
    let waiting: Vec<Parcel> = parcels.take(8).collect();
    for _ in 0..2 {
        fail(true);
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let sending: Vec<_> = waiting
                .iter()
                .map(|parcel| scope.spawn(|| parcel.send(&self::agent(), &program.base).unwrap()))
                .collect();
            sending.into_iter().map(|sent| sent.join().unwrap()).collect()
        });
        answers.iter().for_each(is_unavailable);
        // What is there can be read, and nothing else is there.
        let get = |path: &str| {
            let request = agent.get(format!("{}{path}", program.base));
            request.header("authorization", format!("Bearer {}", players.members[0].token)).call().unwrap().status()
        };
        assert_eq!(get("/v1/boards"), 200);
        assert_eq!(get(&format!("/v1/attempts/{}", kept[0].0.id)), 200);
        for parcel in waiting.iter().filter(|parcel| parcel.by.id == players.members[0].id) {
            assert_eq!(get(&format!("/v1/attempts/{}", parcel.id)), 404);
        }
        fail(false);
        for (parcel, answer) in &kept {
            assert_eq!(parcel.send(&agent, &program.base).as_ref(), Some(answer));
        }
    }
    kept.extend(acknowledged(program, waiting));
    kept
}

/// Sends what must be taken.
fn acknowledged(program: &Program, parcels: impl IntoIterator<Item = Parcel>) -> Vec<(Parcel, Answer)> {
    let agent = agent();
    let sent = parcels.into_iter().map(|parcel| {
        let answer = parcel.send(&agent, &program.base).unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
        (parcel, answer)
    });
    sent.collect()
}

#[track_caller]
fn is_unavailable(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    let problem: Problem = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem.kind, ProblemKind::Unavailable);
}
