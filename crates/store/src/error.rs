//! What can go wrong in the database, as far as a caller can act on it.

use crate::dialect::{Kind, Meaning};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or has no connection to spare.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Somebody else was writing the same rows; trying again helps.
    #[error("the database asks to try again: {0}")]
    TryAgain(String),
    /// A unique, check or foreign-key constraint said no.
    #[error("a constraint refused the write: {0}")]
    Constraint(String),
    /// A row holds what no row may hold.
    #[error("a row is inconsistent: {0}")]
    Inconsistent(String),
    /// Anything else the database said.
    #[error("the database failed: {0}")]
    Database(String),
}

impl StoreError {
    /// Whether a constraint whose text mentions `name` refused the write.
    pub fn is_conflict_on(&self, name: &str) -> bool {
        matches!(self, Self::Constraint(text) if text.contains(name))
    }

    /// A row that cannot be: names what was read and where.
    pub fn inconsistent(what: impl std::fmt::Display) -> Self {
        Self::Inconsistent(what.to_string())
    }

    pub(crate) fn from_sqlx(kind: Kind, error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(db) => {
                let code = db.code().unwrap_or_default();
                let text = match db.constraint() {
                    Some(constraint) => format!("{constraint}: {}", db.message()),
                    None => db.message().to_owned(),
                };
                match kind.meaning(&code) {
                    Meaning::TryAgain => Self::TryAgain(text),
                    Meaning::Constraint => Self::Constraint(text),
                    Meaning::Unavailable => Self::Unavailable(text),
                    Meaning::Other => Self::Database(format!("{code}: {text}")),
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error.to_string()),
            sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_) => Self::Inconsistent(error.to_string()),
            other => Self::Database(other.to_string()),
        }
    }
}
