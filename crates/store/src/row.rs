//! Rows of results: columns by name, read as the same Rust types from both databases.
//!
//! A row that holds what no row may hold (an unknown word, another kind's id, a null) is an
//! inconsistency that is told with the column and what stood there, and never a default.

use crate::error::StoreError;
use model::time::Time;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

/// A row of a result.
pub enum Row {
    #[doc(hidden)]
    Sqlite(SqliteRow),
    #[doc(hidden)]
    Postgres(PgRow),
}

impl Row {
    pub(crate) fn sqlite(rows: Vec<SqliteRow>) -> Vec<Self> {
        rows.into_iter().map(Self::Sqlite).collect()
    }

    pub(crate) fn postgres(rows: Vec<PgRow>) -> Vec<Self> {
        rows.into_iter().map(Self::Postgres).collect()
    }

    /// A text column.
    pub fn text(&self, column: &str) -> Result<String, StoreError> {
        self.opt_text(column)?
            .ok_or_else(|| StoreError::inconsistent(format!("{column} is null")))
    }

    /// A text column that may be null.
    pub fn opt_text(&self, column: &str) -> Result<Option<String>, StoreError> {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        };
        value.map_err(|e: sqlx::Error| StoreError::inconsistent(e))
    }

    /// An integer column.
    pub fn int(&self, column: &str) -> Result<i64, StoreError> {
        self.opt_int(column)?
            .ok_or_else(|| StoreError::inconsistent(format!("{column} is null")))
    }

    /// An integer column that may be null.
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>, StoreError> {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        };
        value.map_err(|e: sqlx::Error| StoreError::inconsistent(e))
    }

    /// A column that is true or false.
    pub fn bool(&self, column: &str) -> Result<bool, StoreError> {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        };
        value.map_err(|e: sqlx::Error| StoreError::inconsistent(e))
    }

    /// A time column: microseconds since 1970, UTC.
    pub fn time(&self, column: &str) -> Result<Time, StoreError> {
        self.int(column).map(Time::from_micros)
    }

    /// A time column that may be null.
    pub fn opt_time(&self, column: &str) -> Result<Option<Time>, StoreError> {
        Ok(self.opt_int(column)?.map(Time::from_micros))
    }

    /// A text column that holds an id or another parsed word; anything else is an inconsistent row.
    pub fn parsed<T, E: std::fmt::Display>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, StoreError> {
        let text = self.text(column)?;
        parse(&text).map_err(|e| StoreError::inconsistent(format!("{column} = {text:?}: {e}")))
    }

    /// Like [`Row::parsed`], for a column that may be null.
    pub fn opt_parsed<T, E: std::fmt::Display>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, StoreError> {
        match self.opt_text(column)? {
            Some(_) => self.parsed(column, parse).map(Some),
            None => Ok(None),
        }
    }

    /// Like [`Row::word`], for a column that may be null.
    pub fn opt_word<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        match self.opt_text(column)? {
            Some(_) => self.word(column, parse).map(Some),
            None => Ok(None),
        }
    }

    /// A text column that holds one of the words of an enum.
    pub fn word<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let text = self.text(column)?;
        parse(&text).ok_or_else(|| {
            StoreError::inconsistent(format!("{column} = {text:?} is no known word"))
        })
    }
}
