//! From one database to another, of whatever kind: row by row, all of it or nothing.

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};
use tokio_stream::StreamExt as _;

use super::catalogue::{Catalogue, Kind, Table};
use super::rows::Columns as _;
use super::{Result, StoreError};

/// Values that one statement writes at most; `SQLite` takes 32 766, `PostgreSQL` 65 535.
const MOST_VALUES: usize = 16_000;
/// Bytes of text after which a page is written, whatever room is left in it.
const PAGE: usize = 4 << 20;

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Number(Option<i64>),
    Text(Option<String>),
}

/// Fills a database that holds nothing but what its layout brings with all that another one holds, which is laid out in
/// the same way. Each connection must be in a transaction; the caller ends them.
///
/// # Errors
/// [`StoreError::Backup`] where what has arrived is not what was sent.
pub(super) async fn fill(from: &mut AnyConnection, to: &mut AnyConnection, layout: &Catalogue) -> Result<()> {
    let order = layout.in_order()?;
    for (name, table) in &order {
        refer_to_something(from, name, table).await?;
    }
    // What the layout brings is among what comes.
    for (name, _) in order.iter().rev() {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {}", quoted(name)))).execute(&mut *to).await?;
    }
    for (name, table) in &order {
        let sent = copy(from, to, name, table).await?;
        let arrived = count(to, name).await?;
        if u64::try_from(arrived) != Ok(sent) {
            let words =
                format!("{sent} rows of the table {name} were sent, and {arrived} arrived. Nothing was changed");
            return Err(StoreError::Backup(words));
        }
    }
    for (name, table) in &order {
        refer_to_something(to, name, table).await?;
    }
    Ok(())
}

/// How many rows there are.
pub(super) async fn count(connection: &mut AnyConnection, table: &str) -> Result<i64> {
    let counting = format!("SELECT COUNT(*) FROM {}", quoted(table));
    Ok(sqlx::query_scalar(AssertSqlSafe(counting)).fetch_one(connection).await?)
}

/// All rows of a table, in the order of its key. For small ones.
pub(super) async fn rows(connection: &mut AnyConnection, name: &str, table: &Table) -> Result<Vec<Vec<Value>>> {
    let selecting = select(name, table);
    let mut found = sqlx::query(AssertSqlSafe(selecting)).fetch(connection);
    let mut rows = Vec::new();
    while let Some(row) = found.next().await {
        rows.push(values(&row?, name, table)?);
    }
    Ok(rows)
}

/// A name as it stands in a statement.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Copies the rows of a table, some at a time, and gives how many there were.
async fn copy(from: &mut AnyConnection, to: &mut AnyConnection, name: &str, table: &Table) -> Result<u64> {
    let most = (MOST_VALUES / table.columns.len().max(1)).max(1);
    let selecting = select(name, table);
    let mut coming = sqlx::query(AssertSqlSafe(selecting)).fetch(from);
    let (mut page, mut bytes, mut sent) = (Vec::new(), 0, 0);
    while let Some(row) = coming.next().await {
        let row = values(&row?, name, table)?;
        bytes += row.iter().map(Value::bytes).sum::<usize>();
        page.push(row);
        sent += 1;
        if page.len() == most || bytes >= PAGE {
            write(to, name, table, std::mem::take(&mut page)).await?;
            bytes = 0;
        }
    }
    if !page.is_empty() {
        write(to, name, table, page).await?;
    }
    Ok(sent)
}

async fn write(to: &mut AnyConnection, name: &str, table: &Table, page: Vec<Vec<Value>>) -> Result<()> {
    let width = table.columns.len();
    let row = |row: usize| {
        let places: Vec<_> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let places: Vec<_> = (0..page.len()).map(row).collect();
    let inserting = format!("INSERT INTO {} ({}) VALUES {}", quoted(name), columns(table), places.join(", "));
    let inserting = sqlx::query(AssertSqlSafe(inserting));
    let inserting = page.into_iter().flatten().fold(inserting, |inserting, value| value.bind(inserting));
    inserting.execute(to).await?;
    Ok(())
}

/// Whatever refers to something finds it there.
async fn refer_to_something(connection: &mut AnyConnection, name: &str, table: &Table) -> Result<()> {
    for reference in &table.references {
        let pairs = reference.columns.iter().map(|(own, theirs)| (quoted(own), quoted(theirs)));
        let (set, met): (Vec<_>, Vec<_>) =
            pairs.map(|(own, theirs)| (format!("o.{own} IS NOT NULL"), format!("t.{theirs} = o.{own}"))).unzip();
        let looking = format!(
            "SELECT COUNT(*) FROM {} AS o WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS t WHERE {})",
            quoted(name),
            set.join(" AND "),
            quoted(&reference.table),
            met.join(" AND ")
        );
        let lost: i64 = sqlx::query_scalar(AssertSqlSafe(looking)).fetch_one(&mut *connection).await?;
        if lost > 0 {
            let words = format!(
                "{lost} rows of the table {name} refer to rows of {} that are not there. Nothing was changed",
                reference.table
            );
            return Err(StoreError::Backup(words));
        }
    }
    Ok(())
}

fn select(name: &str, table: &Table) -> String {
    let key: Vec<_> = table.key.iter().map(|column| quoted(column)).collect();
    let order = if key.is_empty() { String::new() } else { format!(" ORDER BY {}", key.join(", ")) };
    format!("SELECT {} FROM {}{order}", columns(table), quoted(name))
}

fn columns(table: &Table) -> String {
    table.columns.keys().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
}

fn values(row: &sqlx::any::AnyRow, name: &str, table: &Table) -> Result<Vec<Value>> {
    let value = |(column, told): (&String, &super::catalogue::Column)| match &told.kind {
        Kind::Number => Ok(Value::Number(row.maybe_number(column)?)),
        Kind::Text => Ok(Value::Text(row.maybe_text(column)?)),
        Kind::Other(kind) => Err(StoreError::Corrupt(format!(
            "the column {column} of the table {name} holds {kind}, which is not copied"
        ))),
    };
    table.columns.iter().map(value).collect()
}

impl Value {
    fn bytes(&self) -> usize {
        match self {
            Self::Number(_) | Self::Text(None) => 0,
            Self::Text(Some(text)) => text.len(),
        }
    }

    fn bind(self, query: Query<'_, Any, AnyArguments>) -> Query<'_, Any, AnyArguments> {
        match self {
            Self::Number(number) => query.bind(number),
            Self::Text(text) => query.bind(text),
        }
    }
}
