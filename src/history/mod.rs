//! An index over the finished attempts, for boards and progress: an embedded `SQLite` file, rebuilt from the attempts when
//! it is lost.
//!
//! The attempt files are the truth. Nothing stands here that they do not say, so a damaged index costs a second and no
//! data.

use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{ConnectOptions, Row};

use crate::scenario::vocabulary::{Outcome, Skill};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/history/migrations");

/// One finished attempt, as boards and progress need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedRun {
    /// The attempt's id, as text.
    pub attempt: String,
    /// The pseudonym.
    pub player: String,
    pub team: Option<String>,
    /// The scenario's slug.
    pub scenario: String,
    pub title: String,
    /// 1 to 5.
    pub difficulty: u8,
    /// The full hash in hexadecimal.
    pub scenario_hash: String,
    pub rules_version: u32,
    /// `Timed` or `Steps`.
    pub mode: String,
    /// Seconds since 1970, UTC.
    pub ended_at: i64,
    /// The first call of all: never on a board.
    pub practice: bool,
    pub is_final: bool,
    pub outcome: Outcome,
    /// 0 to 1000.
    pub overall: u16,
    /// Hundredths of a point, by [`Skill::index`].
    pub skills: [i32; 5],
    /// Weight × hundredths of credit earned and available, by [`Skill::index`].
    pub evidence: [(i32, i32); 5],
    pub moderate_or_worse: u16,
    pub severe_or_worse: u16,
    /// Trust at the end, in hundredths.
    pub trust: i32,
    /// In the smallest unit of money.
    pub given_away: u32,
    /// The share of the hidden need that was met, 0 to 100.
    pub needs_met: i32,
}

/// The index. Calls block for as long as a small local query takes.
pub struct History {
    runtime: tokio::runtime::Runtime,
    connection: SqliteConnection,
}

impl std::fmt::Debug for History {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("History").finish_non_exhaustive()
    }
}

/// Why the index cannot be used. Attempts are safe all the same.
#[derive(Debug, thiserror::Error)]
#[error(
    "the index of finished runs at {path} cannot be used: {why}. Your runs are safe; delete that file to rebuild it"
)]
pub struct HistoryError {
    path: PathBuf,
    why: String,
}

impl History {
    /// Opens the index at `path`. A damaged file is put aside as `….broken`, and an empty index is begun.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn open(path: &Path) -> Result<Self, HistoryError> {
        match Self::open_as_it_is(path) {
            Ok(history) => Ok(history),
            Err(error) if path.exists() => {
                let aside = path.with_extension("broken");
                std::fs::rename(path, &aside).map_err(|_| error)?;
                Self::open_as_it_is(path)
            }
            Err(error) => Err(error),
        }
    }

    fn open_as_it_is(path: &Path) -> Result<Self, HistoryError> {
        let failed = |why: String| HistoryError { path: path.to_owned(), why };
        let runtime =
            tokio::runtime::Builder::new_current_thread().build().map_err(|error| failed(error.to_string()))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .disable_statement_logging();
        let opened = runtime.block_on(async {
            let mut connection = options.connect().await?;
            MIGRATIONS.run(&mut connection).await?;
            // A damaged table is found here rather than at the first run.
            let _: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM finished_runs").fetch_one(&mut connection).await?;
            Ok::<_, sqlx::Error>(connection)
        });
        let connection = opened.map_err(|error| failed(error.to_string()))?;
        Ok(Self { runtime, connection })
    }

    /// Adds a finished run, or replaces what was known of that attempt.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn record(&mut self, run: &FinishedRun) -> Result<(), sqlx::Error> {
        let evidence: Vec<String> =
            run.evidence.iter().map(|(earned, available)| format!("{earned}/{available}")).collect();
        let Self { runtime, connection } = self;
        let mut insert = sqlx::query(
            "INSERT OR REPLACE INTO finished_runs VALUES \
             ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25)",
        )
        .bind(&run.attempt)
        .bind(&run.player)
        .bind(&run.team)
        .bind(&run.scenario)
        .bind(&run.title)
        .bind(i64::from(run.difficulty))
        .bind(&run.scenario_hash)
        .bind(i64::from(run.rules_version))
        .bind(&run.mode)
        .bind(run.ended_at)
        .bind(i64::from(run.practice))
        .bind(i64::from(run.is_final))
        .bind(run.outcome.name())
        .bind(i64::from(run.overall));
        for skill in run.skills {
            insert = insert.bind(i64::from(skill));
        }
        insert = insert
            .bind(evidence.join(" "))
            .bind(i64::from(run.moderate_or_worse))
            .bind(i64::from(run.severe_or_worse))
            .bind(i64::from(run.trust))
            .bind(i64::from(run.given_away))
            .bind(i64::from(run.needs_met));
        runtime.block_on(insert.execute(connection))?;
        Ok(())
    }

    /// All finished runs, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn all(&mut self) -> Result<Vec<FinishedRun>, sqlx::Error> {
        let Self { runtime, connection } = self;
        let rows = runtime.block_on(
            sqlx::query("SELECT * FROM finished_runs ORDER BY ended_at DESC, attempt DESC").fetch_all(connection),
        )?;
        rows.iter().map(read_row).collect()
    }

    /// The finished runs of one person, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of_player(&mut self, player: &str) -> Result<Vec<FinishedRun>, sqlx::Error> {
        Ok(self.all()?.into_iter().filter(|run| run.player == player).collect())
    }

    /// Drops one run: its attempt is gone.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn drop_attempt(&mut self, attempt: &str) -> Result<(), sqlx::Error> {
        let Self { runtime, connection } = self;
        let delete = sqlx::query("DELETE FROM finished_runs WHERE attempt = $1").bind(attempt);
        runtime.block_on(delete.execute(connection))?;
        Ok(())
    }

    /// Forgets the runs of one person: their attempts have been deleted.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget(&mut self, player: &str) -> Result<(), sqlx::Error> {
        let Self { runtime, connection } = self;
        runtime
            .block_on(sqlx::query("DELETE FROM finished_runs WHERE player = $1").bind(player).execute(connection))?;
        Ok(())
    }
}

fn read_row(row: &SqliteRow) -> Result<FinishedRun, sqlx::Error> {
    let damaged = |what: &str| sqlx::Error::Decode(format!("the column {what} holds something unexpected").into());
    let number = |column: &str| -> Result<i64, sqlx::Error> { row.try_get(column) };
    let small = |column: &str| -> Result<i32, sqlx::Error> {
        i32::try_from(row.try_get::<i64, _>(column)?).map_err(|_| damaged(column))
    };
    let count = |column: &str| -> Result<u16, sqlx::Error> {
        u16::try_from(row.try_get::<i64, _>(column)?).map_err(|_| damaged(column))
    };
    let outcome: String = row.try_get("outcome")?;
    let outcome = Outcome::ALL.iter().copied().find(|known| known.name() == outcome);
    let evidence: String = row.try_get("evidence")?;
    let mut pairs = [(0, 0); 5];
    for (pair, text) in pairs.iter_mut().zip(evidence.split(' ')) {
        let (earned, available) = text.split_once('/').ok_or_else(|| damaged("evidence"))?;
        let read = |text: &str| text.parse::<i32>().map_err(|_| damaged("evidence"));
        *pair = (read(earned)?, read(available)?);
    }
    debug_assert_eq!(Skill::ALL.len(), pairs.len());
    Ok(FinishedRun {
        attempt: row.try_get("attempt")?,
        player: row.try_get("player")?,
        team: row.try_get("team")?,
        scenario: row.try_get("scenario")?,
        title: row.try_get("title")?,
        difficulty: u8::try_from(number("difficulty")?).map_err(|_| damaged("difficulty"))?,
        scenario_hash: row.try_get("scenario_hash")?,
        rules_version: u32::try_from(number("rules_version")?).map_err(|_| damaged("rules_version"))?,
        mode: row.try_get("mode")?,
        ended_at: number("ended_at")?,
        practice: number("practice")? != 0,
        is_final: number("is_final")? != 0,
        outcome: outcome.ok_or_else(|| damaged("outcome"))?,
        overall: count("overall")?,
        skills: [
            small("listening")?,
            small("calm_tone")?,
            small("empathy")?,
            small("needs_assessment")?,
            small("follow_through")?,
        ],
        evidence: pairs,
        moderate_or_worse: count("moderate_or_worse")?,
        severe_or_worse: count("severe_or_worse")?,
        trust: small("trust")?,
        given_away: u32::try_from(number("given_away")?).map_err(|_| damaged("given_away"))?,
        needs_met: small("needs_met")?,
    })
}

#[cfg(test)]
mod tests {
    use super::{FinishedRun, History};
    use crate::scenario::vocabulary::Outcome;

    fn run(attempt: &str, player: &str, ended_at: i64) -> FinishedRun {
        FinishedRun {
            attempt: attempt.to_owned(),
            player: player.to_owned(),
            team: Some("Quayside".to_owned()),
            scenario: "before-saturday".to_owned(),
            title: "Before Saturday".to_owned(),
            difficulty: 2,
            scenario_hash: "ab".repeat(32),
            rules_version: 1,
            mode: "Steps".to_owned(),
            ended_at,
            practice: false,
            is_final: true,
            outcome: Outcome::Satisfied,
            overall: 754,
            skills: [8427, 5300, 9188, 6154, 7054],
            evidence: [(960, 1100), (610, 1000), (735, 800), (800, 1300), (1305, 1850)],
            moderate_or_worse: 1,
            severe_or_worse: 0,
            trust: 7600,
            given_away: 0,
            needs_met: 100,
        }
    }

    #[test]
    fn what_is_recorded_is_read_back_newest_first_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.sqlite");
        let mut history = History::open(&path).unwrap();
        assert_eq!(history.all().unwrap(), []);
        for finished in [run("a", "Ade", 10), run("b", "Ade", 30), run("c", "Sam", 20), run("a", "Ade", 10)] {
            history.record(&finished).unwrap();
        }
        assert_eq!(history.all().unwrap(), [run("b", "Ade", 30), run("c", "Sam", 20), run("a", "Ade", 10)]);
        assert_eq!(history.of_player("Sam").unwrap(), [run("c", "Sam", 20)]);
        history.forget("Ade").unwrap();
        drop(history);
        let mut history = History::open(&path).unwrap();
        assert_eq!(history.all().unwrap(), [run("c", "Sam", 20)]);
        history.drop_attempt("c").unwrap();
        assert_eq!(history.all().unwrap(), []);
    }

    #[test]
    fn a_damaged_index_is_put_aside_and_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.sqlite");
        std::fs::write(&path, "this is not a database, it is a shopping list ".repeat(200)).unwrap();
        assert_eq!(History::open(&path).unwrap().all().unwrap(), []);
        assert!(path.with_extension("broken").exists());
    }
}
