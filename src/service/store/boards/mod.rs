//! Boards: an exact rank from a small histogram and a count inside one of its buckets (`leaderboards`, "Scale").

mod groups;
mod lines;
mod own;

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::AnyConnection;
use uuid::Uuid;

pub(super) use self::groups::{MOST_KEPT, Medians, MediansOf};
use self::lines::{Cursor, Line, Section};
use super::rows::Columns;
use super::seasons::{latest_season, season_by_id};
use super::{Conflict, Result, Store, StoreError, Thing};
use crate::team::protocol::{BoardName, BoardPage, BoardRow, Changed, LARGEST_PAGE, Season, Standing};

/// Rows that are shown above and below one's own.
const EACH_SIDE: i64 = 2;

/// A page of a board to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    pub board: BoardName,
    /// [`BoardPage::next`] of the page before.
    pub cursor: Option<String>,
    /// Rows, 1 to [`LARGEST_PAGE`].
    pub limit: u32,
    /// Who asks.
    pub player: Option<Uuid>,
}

/// What a board is about, in the words of the tables. Empty is all of them.
#[derive(Debug)]
struct Scope {
    season: String,
    /// 0 overall, 1 to 5 the skills.
    scale: i64,
    scenario: String,
    team: String,
}

impl Scope {
    fn of(board: &BoardName, season: Option<Uuid>) -> Self {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            season: id(season),
            scale: board.skill.map_or(0, |skill| i64::try_from(skill.index()).unwrap_or(0) + 1),
            scenario: board.scenario.clone().unwrap_or_default(),
            team: id(board.team),
        }
    }
}

impl Store {
    /// A page of a board: those with a rank, best first; then those that are provisional, best first; then those that
    /// did not finish. `None` where the cursor is none of ours. Where no season is named it is the one that is open,
    /// or the last that was.
    ///
    /// # Errors
    /// [`Thing::Season`], [`Thing::Scenario`] or [`Thing::Team`] not found; [`Conflict::NoSeason`] where there never was
    /// one.
    pub async fn board_page(&self, asked: &Asked, now: Timestamp) -> Result<Option<BoardPage>> {
        let cursor = match &asked.cursor {
            None => None,
            Some(text) => match Cursor::read(text) {
                None => return Ok(None),
                cursor => cursor,
            },
        };
        let limit = usize::try_from(asked.limit.clamp(1, LARGEST_PAGE)).unwrap_or(1);
        let mut read = self.pools.read().await?;
        let (scope, season) = scope(&mut read, &asked.board).await?;
        let mut page = page_of(&mut read, &scope, cursor.as_ref(), limit + 1, now).await?;
        let more = page.len() > limit;
        page.truncate(limit);
        let next = page.last().filter(|_| more).map(Line::cursor);
        let near = match asked.player {
            Some(player) => near(&mut read, &scope, player, &page, now).await?,
            None => Vec::new(),
        };
        let players = players(&mut read, &scope).await?;
        let revision = revision(&mut read).await?;
        let rows = |lines: Vec<Line>| lines.into_iter().map(|line| line.row(asked.player)).collect::<Vec<BoardRow>>();
        let board = BoardName { season: Some(season.id), ..asked.board.clone() };
        let (rows, near) = (rows(page), rows(near));
        Ok(Some(BoardPage { board, season, rows, players, near, next, revision }))
    }

    /// A number that goes up with every change of a board.
    pub async fn revision(&self) -> Result<u64> {
        let mut read = self.pools.read().await?;
        revision(&mut read).await
    }

    /// What has changed since a revision, oldest first; all boards where no scenario is named.
    pub async fn changed_since(&self, revision: u64) -> Result<Vec<Changed>> {
        let rows = sqlx::query("SELECT scenario, revision FROM changes WHERE revision > $1 ORDER BY revision")
            .bind(i64::try_from(revision).unwrap_or(i64::MAX))
            .fetch_all(self.pools.reader())
            .await?;
        let read = |row: &sqlx::any::AnyRow| {
            let scenario = Some(row.text("scenario")?).filter(|scenario| !scenario.is_empty());
            Ok(Changed { revision: row.small("revision")?, scenario })
        };
        rows.iter().map(read).collect()
    }
}

async fn scope(connection: &mut AnyConnection, board: &BoardName) -> Result<(Scope, Season)> {
    let season = match board.season {
        Some(id) => season_by_id(connection, id).await?.ok_or(StoreError::NotFound(Thing::Season))?,
        None => latest_season(connection).await?.ok_or(Conflict::NoSeason)?,
    };
    if let Some(slug) = &board.scenario {
        // PostgreSQL takes no text with a zero byte in it, not even to look for it.
        if slug.contains('\0') {
            return Err(StoreError::NotFound(Thing::Scenario));
        }
        let row = sqlx::query("SELECT slug FROM scenarios WHERE slug = $1 LIMIT 1")
            .bind(slug)
            .fetch_optional(&mut *connection)
            .await?;
        row.ok_or(StoreError::NotFound(Thing::Scenario))?;
    }
    if let Some(team) = board.team {
        let row = sqlx::query("SELECT id FROM teams WHERE id = $1")
            .bind(team.to_string())
            .fetch_optional(&mut *connection)
            .await?;
        row.ok_or(StoreError::NotFound(Thing::Team))?;
    }
    Ok((Scope::of(board, Some(season.id)), season))
}

/// Lines from after a cursor on, with their ranks.
async fn page_of(
    connection: &mut AnyConnection,
    scope: &Scope,
    after: Option<&Cursor>,
    limit: usize,
    now: Timestamp,
) -> Result<Vec<Line>> {
    let begins = after.map_or(Section::Ranked, |cursor| cursor.section);
    let mut page: Vec<Line> = Vec::new();
    for section in [Section::Ranked, Section::Provisional, Section::NotFinished] {
        let left = i64::try_from(limit - page.len()).unwrap_or(0);
        if section < begins || left == 0 {
            continue;
        }
        let after = after.filter(|cursor| cursor.section == section).map(|cursor| &cursor.key);
        let mut lines = match section {
            Section::NotFinished => lines::not_finished(connection, scope, None, after, left, now).await?,
            ranked => lines::below(connection, scope, ranked, after, left).await?,
        };
        if section == Section::Ranked {
            number(connection, scope, &mut lines).await?;
        }
        page.append(&mut lines);
    }
    Ok(page)
}

/// Gives ranked lines that follow each other their ranks. Only the first has to be looked for.
async fn number(connection: &mut AnyConnection, scope: &Scope, lines: &mut [Line]) -> Result<()> {
    let Some(first) = lines.first() else { return Ok(()) };
    let (mut rank, mut place) = lines::rank(connection, scope, &first.key).await?;
    let mut above = first.key.clone();
    for line in lines {
        if line.key.worth() != above.worth() {
            rank = place;
        }
        line.rank = rank;
        place += 1;
        above = line.key.clone();
    }
    Ok(())
}

/// The best line of a player, with those around it, unless it is among those shown already.
async fn near(
    connection: &mut AnyConnection,
    scope: &Scope,
    player: Uuid,
    shown: &[Line],
    now: Timestamp,
) -> Result<Vec<Line>> {
    let shown: BTreeSet<_> = shown.iter().map(|line| (line.section, &line.key)).collect();
    if let Some(own) = lines::best_of(connection, scope, Section::Ranked, player).await? {
        if shown.contains(&(Section::Ranked, &own.key)) {
            return Ok(Vec::new());
        }
        let mut lines = lines::above(connection, scope, &own.key, EACH_SIDE).await?;
        let mut below = lines::below(connection, scope, Section::Ranked, Some(&own.key), EACH_SIDE).await?;
        lines.push(own);
        lines.append(&mut below);
        number(connection, scope, &mut lines).await?;
        return Ok(lines);
    }
    let own = match lines::best_of(connection, scope, Section::Provisional, player).await? {
        None => lines::not_finished(connection, scope, Some(player), None, 1, now).await?.pop(),
        own => own,
    };
    Ok(own.into_iter().filter(|own| !shown.contains(&(own.section, &own.key))).collect())
}

/// Players with a rank on a board.
async fn players(connection: &mut AnyConnection, scope: &Scope) -> Result<u64> {
    let row = if !scope.team.is_empty() {
        let sql = scope.sql("SELECT COUNT(DISTINCT p.player) AS players FROM places p WHERE {scope} AND p.ranked = 1");
        scope.bind(sqlx::query(sql)).fetch_one(connection).await?
    } else if scope.scenario.is_empty() {
        sqlx::query("SELECT COALESCE(MAX(players), 0) AS players FROM heads WHERE season = $1")
            .bind(&scope.season)
            .fetch_one(connection)
            .await?
    } else {
        sqlx::query(
            "SELECT CAST(COALESCE(SUM(entries), 0) AS BIGINT) AS players FROM buckets \
             WHERE season = $1 AND scenario = $2 AND scale = 0",
        )
        .bind(&scope.season)
        .bind(&scope.scenario)
        .fetch_one(connection)
        .await?
    };
    row.small("players")
}

async fn revision(connection: &mut AnyConnection) -> Result<u64> {
    sqlx::query("SELECT revision FROM service").fetch_one(connection).await?.small("revision")
}

impl Line {
    fn row(self, asks: Option<Uuid>) -> BoardRow {
        BoardRow {
            rank: self.rank,
            own: asks == Some(self.player),
            player: self.player,
            alias: self.alias,
            team: self.team,
            points: self.points,
            scenario: self.key.scenario,
            title: self.title,
            standing: match self.section {
                Section::Ranked => Standing::Ranked,
                Section::Provisional => Standing::Provisional,
                Section::NotFinished => Standing::NotFinished,
            },
            ahead: self.ahead,
        }
    }
}
