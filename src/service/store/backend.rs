//! All that differs between the two back ends: opening, beginning, locking, what an error means, copying.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions, Connection, Transaction};

use super::rows::Columns as _;
use super::{Result, StoreError};

static BOTH: Migrator = sqlx::migrate!("src/service/store/migrations/both");
static SQLITE: Migrator = sqlx::migrate!("src/service/store/migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("src/service/store/migrations/postgres");

/// How long to wait for a connection or a lock before it counts as busy.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections that read.
const CONNECTIONS: u32 = 8;
/// Connections to `PostgreSQL` that write; one of them is at it, the others wait.
const WRITERS: u32 = 4;

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A file, made when it is not there.
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

impl std::fmt::Debug for Database {
    /// Without the address, which may hold a password.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => formatter.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(_) => formatter.debug_tuple("Postgres").finish_non_exhaustive(),
        }
    }
}

/// The connections of a store.
#[derive(Debug, Clone)]
pub(super) struct Pools {
    engine: Engine,
    /// `SQLite` has one writer, so that those who write wait here in turn rather than at the file.
    writer: AnyPool,
    /// For what may be lost in a crash.
    light: AnyPool,
    reader: AnyPool,
    /// Tells whoever would put another file in an `SQLite` file's place that it is in use.
    in_use: Option<Arc<File>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

impl Pools {
    pub(super) async fn open(database: &Database) -> Result<Self> {
        sqlx::any::install_default_drivers();
        match database {
            Database::Sqlite(path) => open_sqlite(path).await,
            Database::Postgres(address) => open_postgres(address).await,
        }
    }

    pub(super) async fn close(&self) {
        self.reader.close().await;
        self.light.close().await;
        self.writer.close().await;
        if let Some(in_use) = &self.in_use {
            // It is let go of with the file at the latest.
            let _ = in_use.unlock();
        }
    }

    pub(super) fn reader(&self) -> &AnyPool {
        &self.reader
    }

    /// A transaction that writes. Nobody else is in one: on `SQLite` by its lock, on `PostgreSQL` by a row that each
    /// takes first, so that what a transaction has read is still so when it writes, on either.
    pub(super) async fn write(&self) -> Result<Transaction<'static, Any>> {
        match self.engine {
            Engine::Sqlite => Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres => {
                let mut transaction = self.writer.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
                sqlx::query("SELECT one FROM service WHERE one = 1 FOR UPDATE").execute(&mut *transaction).await?;
                Ok(transaction)
            }
        }
    }

    /// A transaction that only reads, and all of it at one moment.
    pub(super) async fn read(&self) -> Result<Transaction<'static, Any>> {
        let begin = match self.engine {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Ok(self.reader.begin_with(begin).await?)
    }

    /// A connection for single statements whose loss in a crash harms nobody: no disk is waited for.
    pub(super) async fn light(&self) -> Result<sqlx::pool::PoolConnection<Any>> {
        let mut connection = self.light.acquire().await?;
        if self.engine == Engine::Sqlite {
            // Undone whenever the connection is next taken: see `before_acquire`.
            sqlx::query("PRAGMA synchronous = NORMAL").execute(&mut *connection).await?;
        }
        Ok(connection)
    }

    /// Moves what was deleted out of the file and its log, so that it cannot be found there either.
    pub(super) async fn scrub(&self) -> Result<()> {
        if self.engine == Engine::Sqlite {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await?;
        }
        Ok(())
    }

    pub(super) fn engine(&self) -> Engine {
        self.engine
    }

    /// Lets a large change show in how a database plans its work.
    pub(super) async fn settle(&self) -> Result<()> {
        sqlx::query("ANALYZE").execute(&self.writer).await?;
        Ok(())
    }

    /// Writes a copy of an `SQLite` database, in one file, while it is in use.
    pub(super) async fn copy(&self, to: &Path) -> Result<()> {
        let target = to.to_str().ok_or_else(|| StoreError::Backup("the copy needs a name in UTF-8".to_owned()))?;
        let mut connection = self.reader.acquire().await?;
        // The copy counts as a change.
        sqlx::query("PRAGMA query_only = OFF").execute(&mut *connection).await?;
        let copied = sqlx::query("VACUUM INTO $1").bind(target).execute(&mut *connection).await;
        sqlx::query("PRAGMA query_only = ON").execute(&mut *connection).await?;
        copied?;
        Ok(())
    }
}

async fn open_sqlite(path: &Path) -> Result<Pools> {
    let failed = |why: String| StoreError::Open { path: path.to_owned(), why };
    prepare_file(path).map_err(|error| failed(error.to_string()))?;
    let (lock, in_use) = lock_files(path).await.map_err(|error| failed(error.to_string()))?;
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let options = AnyConnectOptions::from_url(&options.to_url_lossy())?.disable_statement_logging();
    migrate(&options, &SQLITE, "PRAGMA journal_mode = WAL", false).await.map_err(|error| opening(path, error))?;
    drop(lock);
    let writer = AnyPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|connection, _| {
            Box::pin(async move {
                // What is acknowledged outlives a power cut, and what is deleted is written over.
                for pragma in ["PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"] {
                    sqlx::query(pragma).execute(&mut *connection).await?;
                }
                Ok(())
            })
        })
        .before_acquire(|connection, _| {
            Box::pin(async move {
                sqlx::query("PRAGMA synchronous = FULL").execute(&mut *connection).await?;
                // After a full disk SQLite has undone a transaction by itself, which the driver then never sees end.
                Ok(!connection.is_in_transaction())
            })
        })
        .connect_with(options.clone())
        .await?;
    let reader = AnyPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::query("PRAGMA query_only = ON").execute(connection).await?;
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    let in_use = Some(Arc::new(in_use));
    Ok(Pools { engine: Engine::Sqlite, light: writer.clone(), writer, reader, in_use })
}

/// A file that is no database at all is told as one that cannot be opened.
fn opening(path: &Path, error: StoreError) -> StoreError {
    match error {
        StoreError::Corrupt(why) | StoreError::Unavailable(why) => StoreError::Open { path: path.to_owned(), why },
        other => other,
    }
}

/// Makes an empty file that only its owner may read, where there is none.
fn prepare_file(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(false).write(true).read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// A lock for the time of opening, since `SQLite`'s migrations take none of their own, and one that all share who have
/// the file open. Either ends with the file that is given back.
async fn lock_files(path: &Path) -> std::io::Result<(File, File)> {
    let (opening, in_use) = (lock_beside(path, "-opening"), lock_beside(path, "-in-use"));
    let lock = move || {
        let (opening, in_use) = (opening?, in_use?);
        opening.lock()?;
        in_use.lock_shared()?;
        Ok((opening, in_use))
    };
    tokio::task::spawn_blocking(lock).await.map_err(std::io::Error::other)?
}

fn lock_beside(path: &Path, suffix: &str) -> std::io::Result<File> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(suffix);
    std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(beside)
}

/// Keeps everybody from opening an `SQLite` file, or fails at once where somebody has it open.
pub(super) fn lock_alone(path: &Path) -> Result<File> {
    let words = |why: &str| StoreError::Backup(format!("{} cannot be replaced: {why}", path.display()));
    let file = lock_beside(path, "-in-use").map_err(|error| words(&error.to_string()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(words("a service has it open. Stop the service first")),
        Err(std::fs::TryLockError::Error(error)) => Err(words(&error.to_string())),
    }
}

/// Whether a `PostgreSQL` database has tables, and none of them says that they are this program's.
pub(super) async fn is_of_others(address: &str) -> Result<bool> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect_with(&postgres_options(address)?).await?;
    let counting = "SELECT CAST(COUNT(*) AS BIGINT) AS tables, \
                    CAST(COUNT(*) FILTER (WHERE table_name = '_sqlx_migrations') AS BIGINT) AS own \
                    FROM information_schema.tables WHERE table_schema = current_schema()";
    let counted = sqlx::query(counting).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(counted.number("tables")? > 0 && counted.number("own")? == 0)
}

fn postgres_options(address: &str) -> Result<AnyConnectOptions> {
    let options = address.parse::<AnyConnectOptions>().map_err(|error| StoreError::Address(error.to_string()))?;
    if !matches!(options.database_url.scheme(), "postgres" | "postgresql") {
        return Err(StoreError::Address("it does not begin with postgres://".to_owned()));
    }
    Ok(options.disable_statement_logging())
}

async fn open_postgres(address: &str) -> Result<Pools> {
    let options = postgres_options(address)?;
    // Others may be at it for longer than one waits for a lock at other times.
    migrate(&options, &POSTGRES, "SET lock_timeout = 0", true).await?;
    // Writers stand in line, and those who only read or count do not stand behind them.
    let writer = postgres_pool(&options, WRITERS, None).await?;
    let light = postgres_pool(&options, WRITERS, Some("SET synchronous_commit = off")).await?;
    let reader = postgres_pool(&options, CONNECTIONS, Some("SET default_transaction_read_only = on")).await?;
    Ok(Pools { engine: Engine::Postgres, writer, light, reader, in_use: None })
}

async fn postgres_pool(options: &AnyConnectOptions, most: u32, own: Option<&'static str>) -> Result<AnyPool> {
    let pool =
        AnyPoolOptions::new().max_connections(most).acquire_timeout(PATIENCE).after_connect(move |connection, _| {
            Box::pin(async move {
                let both = ["SET lock_timeout = '10s'", "SET idle_in_transaction_session_timeout = '60s'"];
                for setting in both.into_iter().chain(own) {
                    sqlx::query(setting).execute(&mut *connection).await?;
                }
                Ok(())
            })
        });
    Ok(pool.connect_with(options.clone()).await?)
}

/// Brings a database's layout up to date, over a connection of its own: a pool would try for long where there is nothing
/// to connect to.
async fn migrate(options: &AnyConnectOptions, own: &Migrator, prepare: &'static str, locking: bool) -> Result<()> {
    let mut migrator = Migrator::with_migrations(BOTH.iter().chain(own.iter()).cloned().collect());
    migrator.set_locking(locking);
    let known = migrator.iter().map(|migration| migration.version).max().unwrap_or(0);
    let mut connection = AnyConnection::connect_with(options).await?;
    sqlx::query(prepare).execute(&mut connection).await?;
    let run = migrator.run_direct(None, &mut connection, false).await;
    // A lock that was taken goes with the connection, also after an error.
    connection.close().await?;
    run.map_err(|error| match error {
        MigrateError::VersionMissing(found) if found > known => StoreError::Newer { found, known },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        other => StoreError::Corrupt(other.to_string()),
    })
}

/// What an error of the driver means to the one who asked.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let words = error.to_string();
        match &error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Self::Unavailable(words),
            sqlx::Error::Configuration(_) => Self::Address(words),
            sqlx::Error::Database(told) => match told.code().as_deref() {
                Some(code) if is_busy(code) => Self::Busy,
                Some(code) if is_unavailable(code) => Self::Unavailable(words),
                _ => Self::Corrupt(words),
            },
            _ => Self::Corrupt(words),
        }
    }
}

/// `SQLite`'s codes are numbers whose lowest byte is the kind; `PostgreSQL`'s have five letters or digits.
fn sqlite_kind(code: &str) -> Option<u32> {
    (code.len() != 5).then(|| code.parse::<u32>().ok()).flatten().map(|code| code & 0xff)
}

fn is_busy(code: &str) -> bool {
    // Busy, locked; serialization failure, deadlock, lock not available.
    matches!(sqlite_kind(code), Some(5 | 6)) || matches!(code, "40001" | "40P01" | "55P03")
}

fn is_unavailable(code: &str) -> bool {
    // Out of memory, read only, input or output failed, full, cannot be opened; then by PostgreSQL's classes.
    matches!(sqlite_kind(code), Some(7 | 8 | 10 | 13 | 14))
        || (code.len() == 5 && ["08", "28", "3D", "53", "57", "58"].iter().any(|class| code.starts_with(class)))
        || code == "25006"
}

/// Opens a copy to look whether it is sound, and a database of this program.
pub(super) async fn examine(path: &Path) -> Result<()> {
    sqlx::any::install_default_drivers();
    let unsound = |why: String| StoreError::Backup(format!("{} is no sound copy of a service: {why}", path.display()));
    if !path.is_file() {
        return Err(unsound("there is no such file".to_owned()));
    }
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|told| told.len() > 0) {
        let words = "it is the database of a service that runs, and part of it stands in another file. \
                     `simmer admin backup` makes a copy of it";
        return Err(unsound(words.to_owned()));
    }
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let options = AnyConnectOptions::from_url(&options.to_url_lossy())?.disable_statement_logging();
    let mut connection = AnyConnection::connect_with(&options).await.map_err(|error| unsound(error.to_string()))?;
    let asked = async {
        let verdict: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await?;
        let _: i64 = sqlx::query_scalar("SELECT revision FROM service").fetch_one(&mut connection).await?;
        Ok::<_, sqlx::Error>(verdict)
    };
    let asked = asked.await;
    connection.close().await?;
    match asked {
        Ok(verdict) if verdict == "ok" => Ok(()),
        Ok(verdict) => Err(unsound(verdict)),
        Err(error) => Err(unsound(error.to_string())),
    }
}
