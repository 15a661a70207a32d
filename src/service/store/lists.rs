//! Lists that grow with the service, a page at a time: players and invites. The audit log has its numbers for it.
//!
//! A page goes on after the last row of the one before, by what the rows are ordered by: whoever joins meanwhile moves
//! nobody to another page.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};
use uuid::Uuid;

use super::players::{read_invite, read_player_row, rows_of};
use super::rows::Columns;
use super::{Invited, PlayerRow, Result, Store};
use crate::scenario::model::Hash;
use crate::team::protocol::LARGEST_PAGE;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage<T> {
    pub rows: Vec<T>,
    /// Of all pages together.
    pub total: u64,
    /// For the page after this one.
    pub next: Option<String>,
}

/// Which players to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlayersAsked {
    /// A part of [`Joining::alias_key`](super::Joining::alias_key): those alone whose name looks as if it stood in it.
    pub alike: Option<String>,
    /// Those alone who are in it.
    pub team: Option<Uuid>,
    /// [`ListPage::next`] of the page before.
    pub cursor: Option<String>,
    /// Rows, 1 to [`LARGEST_PAGE`].
    pub limit: u32,
}

/// How many invites are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InviteCounts {
    pub open: u64,
    pub used: u64,
    /// Older than they are good for.
    pub expired: u64,
}

const THOSE_ASKED_FOR: &str = "($1 = '' OR l.team = $1) AND ($2 = '' OR l.alias_key LIKE $2 ESCAPE '!')";

impl Store {
    /// A page of the players, by alias, small and capital ASCII letters alike. `None` where the cursor is none of ours.
    pub async fn players_page(&self, asked: &PlayersAsked) -> Result<Option<ListPage<PlayerRow>>> {
        let begin = (String::new(), String::new());
        let Some((alias, id)) = asked.cursor.as_deref().map_or(Some(begin), player_cursor) else { return Ok(None) };
        let limit = asked.limit.clamp(1, LARGEST_PAGE);
        let mut read = self.pools.read().await?;
        let total = count(&mut read, asked).await?;
        let page = format!(
            "(SELECT l.* FROM players l WHERE {THOSE_ASKED_FOR} AND (lower(l.alias), l.id) > ($3, $4) \
             ORDER BY lower(l.alias), l.id LIMIT $5)"
        );
        let sql = rows_of(&page, "lower(p.alias), p.id");
        let query = asked.bind(sqlx::query(sql)).bind(alias).bind(id).bind(i64::from(limit) + 1);
        let rows = query.fetch_all(&mut *read).await?;
        page_of(&rows, limit, total, read_player_row, |row| {
            let alias = row.player.alias.to_ascii_lowercase();
            BASE64URL_NOPAD.encode(format!("{} {alias}", row.player.id).as_bytes())
        })
        .map(Some)
    }

    /// How many players there are.
    pub async fn player_count(&self) -> Result<u64> {
        let mut read = self.pools.read().await?;
        count(&mut read, &PlayersAsked::default()).await
    }

    /// A player as a trainer sees them.
    pub async fn player_row(&self, id: Uuid) -> Result<Option<PlayerRow>> {
        let sql = rows_of("(SELECT l.* FROM players l WHERE l.id = $1)", "p.id");
        let row = sqlx::query(sql).bind(id.to_string()).fetch_optional(self.pools.reader()).await?;
        row.as_ref().map(read_player_row).transpose()
    }

    /// Everybody in a team, by alias.
    pub async fn players_in(&self, team: Uuid) -> Result<Vec<PlayerRow>> {
        let sql = rows_of("(SELECT l.* FROM players l WHERE l.team = $1)", "lower(p.alias), p.id");
        let rows = sqlx::query(sql).bind(team.to_string()).fetch_all(self.pools.reader()).await?;
        rows.iter().map(read_player_row).collect()
    }

    /// The name of the team of each player who is in one.
    pub async fn team_names(&self) -> Result<BTreeMap<Uuid, String>> {
        let rows = sqlx::query("SELECT p.id, t.name FROM players p JOIN teams t ON t.id = p.team")
            .fetch_all(self.pools.reader())
            .await?;
        rows.iter().map(|row| Ok((row.parsed("id")?, row.text("name")?))).collect()
    }

    /// A page of the invites that are kept, the latest first. `None` where the cursor is none of ours.
    pub async fn invites_page(&self, cursor: Option<&str>, limit: u32) -> Result<Option<ListPage<Invited>>> {
        let Some((made, hash)) = cursor.map_or(Some((i64::MAX, String::new())), invite_cursor) else { return Ok(None) };
        let limit = limit.clamp(1, LARGEST_PAGE);
        let mut read = self.pools.read().await?;
        let total = sqlx::query("SELECT COUNT(*) AS total FROM invites").fetch_one(&mut *read).await?.small("total")?;
        let rows = sqlx::query(
            "SELECT hash, team, made_by, made, expires, used, used_by FROM invites WHERE (made, hash) < ($1, $2) \
             ORDER BY made DESC, hash DESC LIMIT $3",
        )
        .bind(made)
        .bind(hash)
        .bind(i64::from(limit) + 1)
        .fetch_all(&mut *read)
        .await?;
        page_of(&rows, limit, total, read_invite, |invite| {
            let (made, hash) = (invite.made.as_millisecond(), Hash(invite.hash));
            BASE64URL_NOPAD.encode(format!("{made} {hash}").as_bytes())
        })
        .map(Some)
    }

    /// How many invites are open, used, or too old.
    pub async fn invite_counts(&self, now: Timestamp) -> Result<InviteCounts> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS made, COUNT(used) AS used, \
             CAST(COALESCE(SUM(CASE WHEN used IS NULL AND expires <= $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS expired \
             FROM invites",
        )
        .bind(now.as_millisecond())
        .fetch_one(self.pools.reader())
        .await?;
        let (made, used, expired): (u64, u64, u64) = (row.small("made")?, row.small("used")?, row.small("expired")?);
        Ok(InviteCounts { open: made - used - expired, used, expired })
    }
}

impl PlayersAsked {
    /// Binds `$1` and `$2` of [`THOSE_ASKED_FOR`].
    fn bind<'q>(&self, query: Query<'q, Any, AnyArguments>) -> Query<'q, Any, AnyArguments> {
        let team = self.team.map(|team| team.to_string()).unwrap_or_default();
        query.bind(team).bind(self.alike.as_deref().map(pattern).unwrap_or_default())
    }
}

/// For `LIKE … ESCAPE '!'`: those that have it in them. `PostgreSQL` takes no zero byte, and no key has one.
fn pattern(part: &str) -> String {
    let mut pattern = String::from("%");
    for letter in part.chars().filter(|letter| *letter != '\0') {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

async fn count(connection: &mut AnyConnection, asked: &PlayersAsked) -> Result<u64> {
    let sql = format!("SELECT COUNT(*) AS total FROM players l WHERE {THOSE_ASKED_FOR}");
    asked.bind(sqlx::query(AssertSqlSafe(sql))).fetch_one(connection).await?.small("total")
}

/// Rows of which one more than `limit` was asked for.
fn page_of<T>(
    rows: &[AnyRow],
    limit: u32,
    total: u64,
    read: impl Fn(&AnyRow) -> Result<T>,
    cursor: impl Fn(&T) -> String,
) -> Result<ListPage<T>> {
    let limit = limit as usize;
    let kept: Vec<T> = rows.iter().take(limit).map(read).collect::<Result<_>>()?;
    let next = kept.last().filter(|_| rows.len() > limit).map(cursor);
    Ok(ListPage { rows: kept, total, next })
}

/// An alias in small letters, and a player.
fn player_cursor(cursor: &str) -> Option<(String, String)> {
    let text = decoded(cursor)?;
    let (id, alias) = text.split_once(' ')?;
    Some((alias.to_owned(), id.parse::<Uuid>().ok()?.to_string()))
}

/// When an invite was made, and its hash.
fn invite_cursor(cursor: &str) -> Option<(i64, String)> {
    let text = decoded(cursor)?;
    let (made, hash) = text.split_once(' ')?;
    Some((made.parse().ok()?, hash.parse::<Hash>().ok()?.to_string()))
}

/// `PostgreSQL` takes no text with a zero byte in it.
fn decoded(cursor: &str) -> Option<String> {
    let text = String::from_utf8(BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?).ok()?;
    Some(text).filter(|text| !text.contains('\0'))
}
