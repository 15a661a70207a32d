//! A `PostgreSQL` for tests: a cluster of its own in a temporary folder, on a socket there, stopped and removed when the
//! tests end, however they end.
//!
//! This file needs nothing of the library, so that the integration tests can include it too.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// What an unprivileged user runs: a cluster that lives as long as the standard input of this script is open. In a
/// language other than C where that can be had, so that nothing comes to lean on the order of bytes by chance.
///
/// A signal to the whole group of the tests ends those, and by that this script: it must live to clean up.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
folder="$(mktemp -d /tmp/simmer-postgres-XXXXXX)" && cd "$folder" || exit 1
make() { "$1/initdb" -D data -U simmer --auth=trust --encoding=UTF8 "${@:2}" >log 2>&1; }
make "$1" --locale-provider=icu --icu-locale=en || { rm -rf data; make "$1"; }
"$1/postgres" -D data -k "$folder" -c listen_addresses= -c fsync=on -c max_connections=300 >>log 2>&1 &
postgres=$!
for _ in $(seq 300); do
    if "$1/pg_isready" -q -h "$folder" -U simmer -d postgres; then echo "$folder"; break; fi
    kill -0 "$postgres" 2>/dev/null || break
    sleep 0.1
done
kill -0 "$postgres" 2>/dev/null || { tr '\n' ' ' <log; echo; }
cat >/dev/null
kill -INT "$postgres" && wait "$postgres"
cd / && rm -rf "$folder"
"#;

struct Cluster {
    programs: PathBuf,
    folder: String,
    /// Held for its standard input.
    _script: Child,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
///
/// # Panics
/// Where there is no `PostgreSQL` to start, or it does not start.
pub(crate) fn postgres() -> String {
    let cluster = CLUSTER.get_or_init(start);
    let name = format!("test{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let created = Command::new(cluster.programs.join("createdb"))
        .args(["-h", &cluster.folder, "-U", "simmer", &name])
        .output()
        .expect("the programs of PostgreSQL stand together");
    assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
    format!("postgres://simmer@localhost/{name}?host={}", cluster.folder)
}

fn start() -> Cluster {
    let programs = programs().expect(
        "PostgreSQL was not found, and these tests need it. On Debian and Ubuntu it is in the package `postgresql`: \
         apt-get install postgresql",
    );
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    // It refuses to run as root.
    let mut command = if is_root {
        let known = Command::new("id").arg("postgres").output().is_ok_and(|output| output.status.success());
        let mut command = Command::new("runuser");
        command.args(["-u", if known { "postgres" } else { "nobody" }, "--", "bash"]);
        command
    } else {
        Command::new("bash")
    };
    command.args(["-c", SCRIPT, "postgres"]).arg(&programs);
    let mut script = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("bash can be started");
    let mut told = String::new();
    let output = script.stdout.take().expect("it was asked for");
    BufReader::new(output).read_line(&mut told).expect("the script tells its folder");
    let folder = told.trim().to_owned();
    assert!(Path::new(&folder).is_absolute(), "PostgreSQL did not start: {folder}");
    Cluster { programs, folder, _script: script }
}

/// Where Debian keeps them, the newest version first; or wherever `pg_config` says.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| Some((version.file_name().to_str()?.parse().ok()?, version.path().join("bin"))))
        .filter(|(_, programs)| programs.join("postgres").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, programs)| programs).or_else(|| {
        let told = Command::new("pg_config").arg("--bindir").output().ok()?;
        let programs = PathBuf::from(String::from_utf8(told.stdout).ok()?.trim());
        programs.join("postgres").exists().then_some(programs)
    })
}
