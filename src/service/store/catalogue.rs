//! What tables a database has, by its own account: so that whatever a later layout adds is copied with the rest, or
//! refused, and never forgotten.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AnyConnection;

use super::backend::Engine;
use super::rows::Columns as _;
use super::{Result, StoreError};

/// The tables of a service, without the one in which the layout's own version stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Catalogue {
    pub(super) tables: BTreeMap<String, Table>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) columns: BTreeMap<String, Column>,
    /// The primary key's columns, in its order.
    pub(super) key: Vec<String>,
    pub(super) references: BTreeSet<Reference>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) kind: Kind,
    pub(super) may_be_null: bool,
}

/// Of the values in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    /// One that no layout has so far.
    Other(String),
}

/// Columns whose values stand in columns of another table, or are null.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    pub(super) table: String,
    /// Each with the column it refers to.
    pub(super) columns: Vec<(String, String)>,
}

/// In each: `in_table`, `in_column`, `kind`, `may_be_null`.
const COLUMNS: ByEngine = ByEngine {
    sqlite: "SELECT CAST(t.name AS TEXT) AS in_table, CAST(c.name AS TEXT) AS in_column, \
             CAST(lower(c.type) AS TEXT) AS kind, CAST(1 - c.\"notnull\" AS BIGINT) AS may_be_null \
             FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
             WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' AND t.name <> '_sqlx_migrations'",
    postgres: "SELECT CAST(t.table_name AS TEXT) AS in_table, CAST(c.column_name AS TEXT) AS in_column, \
               CAST(c.data_type AS TEXT) AS kind, \
               CAST(CASE c.is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS BIGINT) AS may_be_null \
               FROM information_schema.tables AS t JOIN information_schema.columns AS c \
               ON c.table_schema = t.table_schema AND c.table_name = t.table_name \
               WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
               AND t.table_name <> '_sqlx_migrations'",
};

/// In each: `in_table`, `in_column`, in the key's order.
const KEYS: ByEngine = ByEngine {
    sqlite: "SELECT CAST(t.name AS TEXT) AS in_table, CAST(c.name AS TEXT) AS in_column \
             FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
             WHERE t.type = 'table' AND t.name <> '_sqlx_migrations' AND c.pk > 0 ORDER BY t.name, c.pk",
    postgres: "SELECT CAST(t.relname AS TEXT) AS in_table, CAST(a.attname AS TEXT) AS in_column \
               FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid \
               JOIN pg_namespace AS n ON n.oid = t.relnamespace \
               CROSS JOIN LATERAL unnest(CAST(i.indkey AS int2[])) WITH ORDINALITY AS k(number, place) \
               JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number \
               WHERE i.indisprimary AND n.nspname = current_schema() ORDER BY t.relname, k.place",
};

/// In each: `in_table`, `name`, `in_column`, `to_table`, `to_column`, in the order of the columns.
const REFERENCES: ByEngine = ByEngine {
    sqlite: "SELECT CAST(t.name AS TEXT) AS in_table, CAST(r.id AS TEXT) AS name, CAST(r.\"from\" AS TEXT) AS in_column, \
             CAST(r.\"table\" AS TEXT) AS to_table, CAST(r.\"to\" AS TEXT) AS to_column \
             FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS r WHERE t.type = 'table' \
             ORDER BY t.name, r.id, r.seq",
    postgres: "SELECT CAST(t.relname AS TEXT) AS in_table, CAST(c.conname AS TEXT) AS name, \
               CAST(a.attname AS TEXT) AS in_column, CAST(o.relname AS TEXT) AS to_table, \
               CAST(b.attname AS TEXT) AS to_column \
               FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid JOIN pg_class AS o ON o.oid = c.confrelid \
               JOIN pg_namespace AS n ON n.oid = t.relnamespace \
               CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(own, theirs, place) \
               JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.own \
               JOIN pg_attribute AS b ON b.attrelid = o.oid AND b.attnum = k.theirs \
               WHERE c.contype = 'f' AND n.nspname = current_schema() ORDER BY t.relname, c.conname, k.place",
};

struct ByEngine {
    sqlite: &'static str,
    postgres: &'static str,
}

impl ByEngine {
    const fn of(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

impl Catalogue {
    pub(super) async fn read(connection: &mut AnyConnection, engine: Engine) -> Result<Self> {
        let mut tables = BTreeMap::<String, Table>::new();
        for row in sqlx::query(COLUMNS.of(engine)).fetch_all(&mut *connection).await? {
            let kind = match row.text("kind")?.as_str() {
                "bigint" => Kind::Number,
                "text" => Kind::Text,
                other => Kind::Other(other.to_owned()),
            };
            let column = Column { kind, may_be_null: row.truth("may_be_null")? };
            tables.entry(row.text("in_table")?).or_default().columns.insert(row.text("in_column")?, column);
        }
        for row in sqlx::query(KEYS.of(engine)).fetch_all(&mut *connection).await? {
            if let Some(table) = tables.get_mut(&row.text("in_table")?) {
                table.key.push(row.text("in_column")?);
            }
        }
        let mut references = BTreeMap::<(String, String), Reference>::new();
        for row in sqlx::query(REFERENCES.of(engine)).fetch_all(&mut *connection).await? {
            let reference = references.entry((row.text("in_table")?, row.text("name")?)).or_default();
            reference.table = row.text("to_table")?;
            reference.columns.push((row.text("in_column")?, row.text("to_column")?));
        }
        for ((table, _), reference) in references {
            if let Some(table) = tables.get_mut(&table) {
                table.references.insert(reference);
            }
        }
        Ok(Self { tables })
    }

    /// What one has otherwise than the other, for a person. Nothing where they are alike.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        let names: BTreeSet<_> = self.tables.keys().chain(other.tables.keys()).collect();
        names.into_iter().find_map(|name| match (self.tables.get(name), other.tables.get(name)) {
            (Some(one), Some(two)) if one == two => None,
            (Some(one), Some(two)) => {
                let columns: BTreeSet<_> = one.columns.keys().chain(two.columns.keys()).collect();
                let mut differing =
                    columns.into_iter().filter(|column| one.columns.get(*column) != two.columns.get(*column));
                Some(match differing.next() {
                    Some(column) => format!("the column {column} of the table {name} is not the same in both"),
                    None => format!("the table {name} has other keys in one than in the other"),
                })
            }
            _ => Some(format!("only one of them has a table {name}")),
        })
    }

    /// The tables, each after those it refers to.
    pub(super) fn in_order(&self) -> Result<Vec<(&str, &Table)>> {
        let mut order = Vec::<(&str, &Table)>::new();
        let mut rest: Vec<_> = self.tables.iter().map(|(name, table)| (name.as_str(), table)).collect();
        while !rest.is_empty() {
            let stands = |name: &str| order.iter().any(|(known, _)| *known == name);
            let (ready, later): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(name, table)| {
                table.references.iter().all(|reference| reference.table == *name || stands(&reference.table))
            });
            if ready.is_empty() {
                let names: Vec<_> = later.iter().map(|(name, _)| *name).collect();
                return Err(StoreError::Corrupt(format!("its tables {} refer to each other", names.join(", "))));
            }
            order.extend(ready);
            rest = later;
        }
        Ok(order)
    }
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, Column, Kind, Reference, Table};

    fn table(columns: &[&str], refers_to: &[&str]) -> Table {
        let column = |name: &&str| ((*name).to_owned(), Column { kind: Kind::Text, may_be_null: false });
        let reference =
            |name: &&str| Reference { table: (*name).to_owned(), columns: vec![((*name).to_owned(), "id".to_owned())] };
        Table {
            columns: columns.iter().map(column).collect(),
            key: vec![columns[0].to_owned()],
            references: refers_to.iter().map(reference).collect(),
        }
    }

    fn catalogue(tables: &[(&str, &[&str])]) -> Catalogue {
        Catalogue { tables: tables.iter().map(|(name, to)| ((*name).to_owned(), table(&["id"], to))).collect() }
    }

    #[test]
    fn what_is_referred_to_comes_first() {
        let check = |tables: &[(&str, &[&str])], expected: Option<&[&str]>| {
            let catalogue = catalogue(tables);
            let order = catalogue.in_order().ok();
            let names = order.map(|order| order.into_iter().map(|(name, _)| name).collect::<Vec<_>>());
            assert_eq!(names.as_deref(), expected);
        };
        check(&[], Some(&[]));
        check(&[("a", &["b"]), ("b", &["c"]), ("c", &[])], Some(&["c", "b", "a"]));
        check(&[("a", &["b", "c"]), ("b", &[]), ("c", &["b"])], Some(&["b", "c", "a"]));
        check(&[("a", &["a"])], Some(&["a"]));
        check(&[("a", &["b"]), ("b", &["a"]), ("c", &[])], None);
        check(&[("a", &["missing"])], None);
    }

    #[test]
    fn every_difference_is_seen() {
        let one = catalogue(&[("a", &[]), ("b", &["a"])]);
        let check = |change: fn(&mut Catalogue), expected: Option<&str>| {
            let mut other = one.clone();
            change(&mut other);
            assert_eq!(one.difference(&other).as_deref(), expected);
            assert_eq!(other.difference(&one).as_deref(), expected);
        };
        check(|_| {}, None);
        check(|other| drop(other.tables.remove("b")), Some("only one of them has a table b"));
        check(
            |other| drop(other.tables.insert("a".to_owned(), table(&["id", "more"], &[]))),
            Some("the column more of the table a is not the same in both"),
        );
        check(
            |other| drop(other.tables.insert("b".to_owned(), table(&["id"], &[]))),
            Some("the table b has other keys in one than in the other"),
        );
        check(
            |other| other.tables.get_mut("a").unwrap().columns.get_mut("id").unwrap().may_be_null = true,
            Some("the column id of the table a is not the same in both"),
        );
    }
}
