//! From columns to values, and back.

use std::str::FromStr;

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::{Result, StoreError};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;

/// Reads columns. What does not have the expected form counts as corrupt.
pub(super) trait Columns {
    fn text(&self, column: &str) -> Result<String>;
    fn maybe_text(&self, column: &str) -> Result<Option<String>>;
    fn number(&self, column: &str) -> Result<i64>;
    fn maybe_number(&self, column: &str) -> Result<Option<i64>>;

    /// A number in a type that may be too small for it.
    fn small<T: TryFrom<i64>>(&self, column: &str) -> Result<T> {
        T::try_from(self.number(column)?).map_err(|_| unexpected(column))
    }

    fn truth(&self, column: &str) -> Result<bool> {
        Ok(self.number(column)? != 0)
    }

    fn time(&self, column: &str) -> Result<Timestamp> {
        Timestamp::from_millisecond(self.number(column)?).map_err(|_| unexpected(column))
    }

    fn maybe_time(&self, column: &str) -> Result<Option<Timestamp>> {
        let number = self.maybe_number(column)?;
        number.map(|number| Timestamp::from_millisecond(number).map_err(|_| unexpected(column))).transpose()
    }

    /// An id, a hash, a seed.
    fn parsed<T: FromStr>(&self, column: &str) -> Result<T> {
        self.text(column)?.parse().map_err(|_| unexpected(column))
    }

    fn maybe_id(&self, column: &str) -> Result<Option<Uuid>> {
        self.maybe_text(column)?.map(|text| text.parse().map_err(|_| unexpected(column))).transpose()
    }

    fn mode(&self, column: &str) -> Result<Mode> {
        match self.text(column)?.as_str() {
            "Timed" => Ok(Mode::Timed),
            "Steps" => Ok(Mode::Steps),
            _ => Err(unexpected(column)),
        }
    }
}

impl Columns for AnyRow {
    fn text(&self, column: &str) -> Result<String> {
        Ok(self.try_get(column)?)
    }

    fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        Ok(self.try_get(column)?)
    }

    fn number(&self, column: &str) -> Result<i64> {
        Ok(self.try_get(column)?)
    }

    fn maybe_number(&self, column: &str) -> Result<Option<i64>> {
        Ok(self.try_get(column)?)
    }
}

pub(super) fn unexpected(column: &str) -> StoreError {
    StoreError::Corrupt(format!("the column {column} cannot be read"))
}

pub(super) fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Timed => "Timed",
        Mode::Steps => "Steps",
    }
}

/// A hash as it is kept.
pub(super) fn hex(hash: [u8; 32]) -> String {
    Hash(hash).to_string()
}

/// To the millisecond, as it is kept.
pub(super) fn kept(time: Timestamp) -> Result<Timestamp> {
    Timestamp::from_millisecond(time.as_millisecond()).map_err(|_| unexpected("time"))
}
