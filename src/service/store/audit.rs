//! The audit log: every act of an administrator. It can be added to and read, and the database refuses all else.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::rows::Columns;
use super::{Result, Store, in_turn};

/// An act of an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// From 1 on, without gaps.
    pub number: u64,
    pub at: Timestamp,
    /// Who did it: the id of a token, or a word for the command line.
    pub by: String,
    /// What was done, as in `invalidate-attempt`.
    pub act: String,
    /// To what: an id, never a name.
    pub about: String,
    /// In JSON.
    pub detail: String,
}

impl Store {
    /// The log, the latest first, from before `number` on.
    pub async fn audit(&self, before: Option<u64>, limit: u32) -> Result<Vec<AuditRow>> {
        let before = before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
        let rows = sqlx::query(
            "SELECT number, done_at, done_by, act, about, detail FROM audit WHERE number < $1 \
             ORDER BY number DESC LIMIT $2",
        )
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(self.pools.reader())
        .await?;
        let read = |row: &sqlx::any::AnyRow| {
            Ok(AuditRow {
                number: row.small("number")?,
                at: row.time("done_at")?,
                by: row.text("done_by")?,
                act: row.text("act")?,
                about: row.text("about")?,
                detail: row.text("detail")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Notes an act that changes nothing here, as an export of somebody's data.
    pub async fn note(&self, by: &str, act: &str, about: &str, now: Timestamp) -> Result<()> {
        in_turn!(self, |transaction| add(&mut transaction, by, act, about, &json!({}), now).await?)
    }
}

/// Adds to the log. Neither `about` nor `detail` may hold an alias or a name: what stands here is never deleted.
pub(super) async fn add(
    connection: &mut AnyConnection,
    by: &str,
    act: &str,
    about: &str,
    detail: &Value,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit (number, done_at, done_by, act, about, detail) \
         SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5 FROM audit",
    )
    .bind(now.as_millisecond())
    .bind(by)
    .bind(act)
    .bind(about)
    .bind(detail.to_string())
    .execute(connection)
    .await?;
    Ok(())
}
