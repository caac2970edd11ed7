//! What differs between the two databases: this list, and nothing else.
//!
//! * how a write begins: `begin immediate` on SQLite, `begin` (READ COMMITTED) on PostgreSQL;
//! * `{for update}` and `{skip locked}`: row locks, which SQLite's single writer has no need of; on
//!   PostgreSQL `no key`, so that rows which merely refer to a locked one are not held up;
//! * `{rows $1 r: id text, qty bigint}`: the rows of a JSON array as a table, for set-based writes;
//! * which errors mean "try again" and which a broken constraint;
//! * how tables that refer to each other are dropped together.
//!
//! A `match` on the database anywhere else fails a test (`tests/one_text.rs`).

use std::fmt::Write as _;

/// Which database we are on.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Embedded SQLite: one machine.
    Sqlite,
    /// PostgreSQL, or an engine that speaks its protocol: any number of machines.
    Postgres,
}

impl Kind {
    /// The word for logs and health.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// How a transaction that writes begins.
    pub(crate) const fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin",
        }
    }

    /// Drops tables that may refer to each other, and never anything else: what somebody else has built upon
    /// them makes it fail instead.
    pub(crate) fn drop_tables(self, tables: &[&str]) -> String {
        match self {
            // Each table loses its rows first, so what refers to them is looked at only in the end.
            Self::Sqlite => tables.iter().fold(
                "pragma defer_foreign_keys = on;".to_owned(),
                |all, table| format!("{all} drop table {table};"),
            ),
            Self::Postgres => format!("drop table {};", tables.join(", ")),
        }
    }

    /// What an error code of the database means.
    pub(crate) fn meaning(self, code: &str) -> Meaning {
        match (self, code) {
            // SQLITE_BUSY and SQLITE_LOCKED with their extended forms; deadlock, serialization
            // failure and lock timeout on PostgreSQL.
            (Self::Sqlite, "5" | "261" | "517" | "6" | "262")
            | (Self::Postgres, "40001" | "40P01" | "55P03") => Meaning::TryAgain,
            // SQLITE_CONSTRAINT_{CHECK, FOREIGNKEY, NOTNULL, PRIMARYKEY, UNIQUE, ROWID}; class 23.
            (Self::Sqlite, "275" | "787" | "1299" | "1555" | "2067" | "2579") => {
                Meaning::Constraint
            }
            (Self::Postgres, c) if c.starts_with("23") => Meaning::Constraint,
            // Cannot connect now, too many connections, admin shutdown.
            (Self::Postgres, "57P01" | "57P02" | "57P03" | "53300") => Meaning::Unavailable,
            _ => Meaning::Other,
        }
    }
}

/// What the caller can do about an error.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Meaning {
    TryAgain,
    Constraint,
    Unavailable,
    Other,
}

/// Spells out the markers of a statement for one database.
pub(crate) fn spell(text: &str, kind: Kind) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (marker, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(&spell_marker(marker, kind));
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn spell_marker(marker: &str, kind: Kind) -> String {
    match (marker, kind) {
        ("for update" | "skip locked", Kind::Sqlite) => String::new(),
        ("for update", Kind::Postgres) => "for no key update".to_owned(),
        ("skip locked", Kind::Postgres) => "for update skip locked".to_owned(),
        (other, _) => match other.strip_prefix("rows ") {
            Some(rows) => spell_rows(rows, kind),
            // Left as it is, so that preparing the statement fails loudly in the test of all statements.
            None => format!("{{{other}}}"),
        },
    }
}

/// `$1 r: id text, qty bigint` → the elements of the JSON array `$1` as a table `r (id, qty)`.
fn spell_rows(rows: &str, kind: Kind) -> String {
    let (head, columns) = rows.split_once(':').unwrap_or((rows, ""));
    let (param, alias) = head.trim().split_once(' ').unwrap_or((head.trim(), "r"));
    let columns = columns.trim();
    match kind {
        Kind::Postgres => format!("jsonb_to_recordset({param}::jsonb) as {alias} ({columns})"),
        Kind::Sqlite => {
            let mut picks = String::new();
            for column in columns.split(',') {
                let name = column.split_whitespace().next().unwrap_or_default();
                if !picks.is_empty() {
                    picks.push_str(", ");
                }
                let _ = write!(picks, "value ->> '$.{name}' as {name}");
            }
            // Not `json_each`: that writes each element out as text, to be parsed again for every column.
            format!("(select {picks} from jsonb_each({param})) as {alias}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_without_markers_is_the_same_on_both() {
        let text = "select id from tickets_orders where id = $1";
        assert_eq!(spell(text, Kind::Sqlite), text);
        assert_eq!(spell(text, Kind::Postgres), text);
    }

    #[test]
    fn rows_of_a_json_array_become_a_table_on_both() {
        let text = "select r.id from {rows $1 r: id text, qty bigint} {for update}";
        assert_eq!(
            spell(text, Kind::Postgres),
            "select r.id from jsonb_to_recordset($1::jsonb) as r (id text, qty bigint) for no key update"
        );
        assert_eq!(
            spell(text, Kind::Sqlite),
            "select r.id from (select value ->> '$.id' as id, value ->> '$.qty' as qty from jsonb_each($1)) as r "
        );
    }
}
