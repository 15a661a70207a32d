//! The lines of one board: finding them in order, and their ranks.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};
use uuid::Uuid;

use super::Scope;
use crate::service::store::Result;
use crate::service::store::rows::Columns;

/// A board has three parts, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Ranked,
    Provisional,
    NotFinished,
}

/// By what lines are ordered: greater first. What is not finished goes by player and scenario alone, smaller first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    points: i64,
    tie_a: i64,
    tie_b: i64,
    player: String,
    pub(super) scenario: String,
}

/// Where a page ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) section: Section,
    pub(super) key: Key,
}

#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) section: Section,
    pub(super) key: Key,
    /// 0 where there is none.
    pub(super) rank: u64,
    pub(super) player: Uuid,
    pub(super) alias: String,
    pub(super) team: Option<String>,
    pub(super) title: String,
    pub(super) points: u32,
    pub(super) ahead: bool,
}

impl Key {
    /// What a shared rank has in common.
    pub(super) fn worth(&self) -> (i64, i64, i64) {
        (self.points, self.tie_a, self.tie_b)
    }

    /// Before all others.
    fn top() -> Self {
        Self { points: i64::MAX, tie_a: i64::MAX, tie_b: i64::MAX, player: String::new(), scenario: String::new() }
    }
}

impl Cursor {
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        let mut parts = text.splitn(6, ' ');
        let section = match parts.next()? {
            "r" => Section::Ranked,
            "p" => Section::Provisional,
            "n" => Section::NotFinished,
            _ => return None,
        };
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (points, tie_a, tie_b) = (number()?, number()?, number()?);
        let player = parts.next()?.parse::<Uuid>().ok()?.to_string();
        // PostgreSQL takes no text with a zero byte in it.
        let scenario = parts.next().filter(|scenario| !scenario.contains('\0'))?.to_owned();
        Some(Self { section, key: Key { points, tie_a, tie_b, player, scenario } })
    }
}

impl Line {
    /// For the page after this line.
    pub(super) fn cursor(&self) -> String {
        let section = match self.section {
            Section::Ranked => 'r',
            Section::Provisional => 'p',
            Section::NotFinished => 'n',
        };
        let Key { points, tie_a, tie_b, player, scenario } = &self.key;
        BASE64URL_NOPAD.encode(format!("{section} {points} {tie_a} {tie_b} {player} {scenario}").as_bytes())
    }
}

impl Scope {
    /// Puts the condition of this scope into a statement, for the arguments `$1` to `$4`. What is put together here is
    /// all written in this program.
    pub(super) fn sql(&self, statement: &str) -> AssertSqlSafe<String> {
        AssertSqlSafe(statement.replace("{scope}", &format!("p.season = $1 AND {}", self.condition())))
    }

    /// What a place has to be beside its season, for the arguments `$2` to `$4`.
    pub(super) fn condition(&self) -> &'static str {
        match (self.scenario.is_empty(), self.team.is_empty()) {
            (true, true) => "p.scale = $2 AND $3 = '' AND $4 = ''",
            (false, true) => "p.scale = $2 AND p.scenario = $3 AND $4 = ''",
            (true, false) => "p.scale = $2 AND $3 = '' AND p.team = $4",
            (false, false) => "p.scale = $2 AND p.scenario = $3 AND p.team = $4",
        }
    }

    pub(super) fn bind<'q>(&self, query: Query<'q, Any, AnyArguments>) -> Query<'q, Any, AnyArguments> {
        query.bind(self.season.clone()).bind(self.scale).bind(self.scenario.clone()).bind(self.team.clone())
    }
}

fn bind_key<'q>(query: Query<'q, Any, AnyArguments>, key: &Key) -> Query<'q, Any, AnyArguments> {
    query.bind(key.points).bind(key.tie_a).bind(key.tie_b).bind(key.player.clone()).bind(key.scenario.clone())
}

/// A place's season, where the lines of one player are asked for. For `SQLite` it is written so that no index by season
/// serves: it has no figures of what is in a table, likes an index that holds all it reads, and would go through a whole
/// board. `PostgreSQL` has figures, and is slower where it is hindered.
pub(super) fn season_of_one(connection: &AnyConnection) -> &'static str {
    if connection.backend_name() == "SQLite" { "p.season || ''" } else { "p.season" }
}

/// The columns of a line, of some places found first.
fn lines_of(places: &str, direction: &str) -> String {
    format!(
        "SELECT p.player, p.scenario, p.points, p.tie_a, p.tie_b, l.alias, t.name AS team_name, s.title, \
         COALESCE(b.ahead, 0) AS ahead FROM ({places} ORDER BY p.points {direction}, p.tie_a {direction}, \
         p.tie_b {direction}, p.player {direction}, p.scenario {direction} LIMIT $11) AS p \
         JOIN players l ON l.id = p.player LEFT JOIN teams t ON t.id = l.team \
         JOIN attempts a ON a.id = p.attempt JOIN scenarios s ON s.full_hash = a.scenario_hash \
         LEFT JOIN starts b ON b.id = a.start_id \
         ORDER BY p.points DESC, p.tie_a DESC, p.tie_b DESC, p.player DESC, p.scenario DESC"
    )
}

/// Lines after a key, best first; from the top where there is none.
pub(super) async fn below(
    connection: &mut AnyConnection,
    scope: &Scope,
    section: Section,
    after: Option<&Key>,
    limit: i64,
) -> Result<Vec<Line>> {
    let places = "SELECT p.* FROM places p WHERE {scope} AND p.ranked = $5 \
                  AND (p.points, p.tie_a, p.tie_b, p.player, p.scenario) < ($6, $7, $8, $9, $10)";
    let top = Key::top();
    let query = scope.bind(sqlx::query(scope.sql(&lines_of(places, "DESC")))).bind(ranked(section));
    let rows = bind_key(query, after.unwrap_or(&top)).bind(limit).fetch_all(connection).await?;
    rows.iter().map(|row| read_line(row, section)).collect()
}

/// Ranked lines just before a key, best first.
pub(super) async fn above(
    connection: &mut AnyConnection,
    scope: &Scope,
    before: &Key,
    limit: i64,
) -> Result<Vec<Line>> {
    let places = "SELECT p.* FROM places p WHERE {scope} AND p.ranked = $5 \
                  AND (p.points, p.tie_a, p.tie_b, p.player, p.scenario) > ($6, $7, $8, $9, $10)";
    let query = scope.bind(sqlx::query(scope.sql(&lines_of(places, "ASC")))).bind(ranked(Section::Ranked));
    let rows = bind_key(query, before).bind(limit).fetch_all(connection).await?;
    rows.iter().map(|row| read_line(row, Section::Ranked)).collect()
}

/// The best line of one player.
pub(super) async fn best_of(
    connection: &mut AnyConnection,
    scope: &Scope,
    section: Section,
    player: Uuid,
) -> Result<Option<Line>> {
    // In one form with the others: the key is there for its places among the arguments.
    let places = format!(
        "SELECT p.* FROM places p WHERE {} = $1 AND {} AND p.ranked = $5 AND p.player = $9 \
         AND p.points <= $6 AND p.tie_a <= $7 AND p.tie_b <= $8 AND $10 = ''",
        season_of_one(connection),
        scope.condition()
    );
    let key = Key { player: player.to_string(), ..Key::top() };
    let query = scope.bind(sqlx::query(AssertSqlSafe(lines_of(&places, "DESC")))).bind(ranked(section));
    let row = bind_key(query, &key).bind(1_i64).fetch_optional(connection).await?;
    row.as_ref().map(|row| read_line(row, section)).transpose()
}

/// First starts that expired and were never followed by an attempt.
pub(super) async fn not_finished(
    connection: &mut AnyConnection,
    scope: &Scope,
    player: Option<Uuid>,
    after: Option<&Key>,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Line>> {
    let (after_player, after_scenario) =
        after.map_or((String::new(), String::new()), |key| (key.player.clone(), key.scenario.clone()));
    let rows = sqlx::query(
        "SELECT b.player, b.scenario, l.alias, t.name AS team_name, s.title, b.ahead, 0 AS points, 0 AS tie_a, \
         0 AS tie_b FROM starts b JOIN players l ON l.id = b.player LEFT JOIN teams t ON t.id = l.team \
         JOIN scenarios s ON s.full_hash = b.full_hash \
         WHERE b.season = $1 AND b.slot = 1 AND b.attempt IS NULL AND b.expires <= $2 AND l.listed = 1 \
         AND ($3 = '' OR b.scenario = $3) AND ($4 = '' OR l.team = $4) AND ($5 = '' OR b.player = $5) \
         AND (b.player, b.scenario) > ($6, $7) ORDER BY b.player, b.scenario LIMIT $8",
    )
    .bind(&scope.season)
    .bind(now.as_millisecond())
    .bind(&scope.scenario)
    .bind(&scope.team)
    .bind(player.map(|player| player.to_string()).unwrap_or_default())
    .bind(after_player)
    .bind(after_scenario)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| read_line(row, Section::NotFinished)).collect()
}

/// The rank of a ranked line, which it may share, and its place in the order, which it does not. Counted are the
/// buckets of a histogram, and lines in the one bucket where the points are equal. A team is small, and counted line by
/// line.
pub(super) async fn rank(connection: &mut AnyConnection, scope: &Scope, key: &Key) -> Result<(u64, u64)> {
    let better: u64 = if scope.team.is_empty() {
        sqlx::query(
            "SELECT CAST(COALESCE(SUM(entries), 0) AS BIGINT) AS better FROM buckets \
             WHERE season = $1 AND scenario = $2 AND scale = $3 AND points > $4",
        )
        .bind(&scope.season)
        .bind(&scope.scenario)
        .bind(scope.scale)
        .bind(key.points)
        .fetch_one(&mut *connection)
        .await?
        .small("better")?
    } else {
        let sql = "SELECT COUNT(*) AS better FROM places p WHERE {scope} AND p.ranked = 1 AND p.points > $5";
        scope.bind(sqlx::query(scope.sql(sql))).bind(key.points).fetch_one(&mut *connection).await?.small("better")?
    };
    let in_bucket = "SELECT COUNT(*) AS ahead, CAST(COALESCE(SUM(CASE WHEN p.tie_a = $6 AND p.tie_b = $7 THEN 0 \
                     ELSE 1 END), 0) AS BIGINT) AS better FROM places p WHERE {scope} AND p.ranked = 1 \
                     AND p.points = $5 AND (p.tie_a, p.tie_b, p.player, p.scenario) > ($6, $7, $8, $9)";
    let row = bind_key(scope.bind(sqlx::query(scope.sql(in_bucket))), key).fetch_one(connection).await?;
    Ok((better + row.small::<u64>("better")? + 1, better + row.small::<u64>("ahead")? + 1))
}

fn ranked(section: Section) -> i64 {
    i64::from(section == Section::Ranked)
}

fn read_line(row: &AnyRow, section: Section) -> Result<Line> {
    Ok(Line {
        section,
        key: read_key(row)?,
        rank: 0,
        player: row.parsed("player")?,
        alias: row.text("alias")?,
        team: row.maybe_text("team_name")?,
        title: row.text("title")?,
        points: row.small("points")?,
        ahead: row.truth("ahead")?,
    })
}

fn read_key(row: &AnyRow) -> Result<Key> {
    Ok(Key {
        points: row.number("points")?,
        tie_a: row.number("tie_a")?,
        tie_b: row.number("tie_b")?,
        player: row.text("player")?,
        scenario: row.text("scenario")?,
    })
}
