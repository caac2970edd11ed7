//! One text for two databases: every statement prepares on both and means the same columns, and
//! nothing outside of the dialect asks which database it is on.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where and stops"
)]

use sqlx::sqlite::SqlitePool;
use sqlx::{
    Column as _, Either, Executor as _, PgPool, SqlSafeStr as _, Statement as _, TypeInfo as _,
};
use std::collections::BTreeSet;
use std::path::Path;
use store::scratch::both;
use store::{Db, Kind, Statement, all_statements};

/// What a statement says about itself when it is prepared.
#[derive(Debug)]
struct Prepared {
    parameters: usize,
    /// Each column with its kind; `None` where the database cannot tell before it runs.
    columns: Vec<(String, Option<&'static str>)>,
}

fn kind_of(type_name: &str, what: &str) -> Option<&'static str> {
    match type_name {
        // An argument that becomes the rows of a JSON array; we send it as text.
        "TEXT" | "JSONB" => Some("text"),
        "INT8" | "INTEGER" | "BIGINT" => Some("int"),
        "BOOL" | "BOOLEAN" => Some("bool"),
        "NULL" => None,
        other => panic!("{what} is {other}, which is neither text nor bigint nor boolean"),
    }
}

async fn on_sqlite(pool: &SqlitePool, statement: &'static Statement) -> Prepared {
    let sql = statement.sql(Kind::Sqlite).into_sql_str();
    let prepared = match pool.prepare(sql).await {
        Ok(prepared) => prepared,
        Err(error) => panic!("{} on SQLite: {error}", statement.name()),
    };
    let parameters = match prepared.parameters() {
        Some(Either::Right(count)) => count,
        other => panic!("{}: {other:?}", statement.name()),
    };
    let columns = prepared.columns().iter().map(|column| {
        let what = format!("{}.{}", statement.name(), column.name());
        (
            column.name().to_owned(),
            kind_of(column.type_info().name(), &what),
        )
    });
    Prepared {
        parameters,
        columns: columns.collect(),
    }
}

async fn on_postgres(pool: &PgPool, statement: &'static Statement) -> Prepared {
    let sql = statement.sql(Kind::Postgres).into_sql_str();
    let prepared = match pool.prepare(sql).await {
        Ok(prepared) => prepared,
        Err(error) => panic!("{} on PostgreSQL: {error}", statement.name()),
    };
    let Some(Either::Left(types)) = prepared.parameters() else {
        panic!("{} tells no parameters", statement.name());
    };
    for (number, info) in types.iter().enumerate() {
        let what = format!("{}, parameter {}", statement.name(), number + 1);
        assert!(kind_of(info.name(), &what).is_some(), "{what} has no type");
    }
    let columns = prepared.columns().iter().map(|column| {
        let what = format!("{}.{}", statement.name(), column.name());
        (
            column.name().to_owned(),
            kind_of(column.type_info().name(), &what),
        )
    });
    Prepared {
        parameters: types.len(),
        columns: columns.collect(),
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_databases_with_the_same_columns() {
    let scratches = both().await;
    let (Db::Sqlite { read, .. }, Db::Postgres(pool)) = (&scratches[0].db, &scratches[1].db) else {
        panic!("one database of each kind");
    };
    assert!(
        all_statements().len() > 100,
        "the list of statements is not whole"
    );
    for statement in all_statements() {
        let name = statement.name();
        let (ours, theirs) = (
            on_sqlite(read, statement).await,
            on_postgres(pool, statement).await,
        );
        assert_eq!(ours.parameters, theirs.parameters, "{name}");
        assert_eq!(ours.columns.len(), theirs.columns.len(), "{name}");
        for (a, b) in ours.columns.iter().zip(&theirs.columns) {
            assert_eq!(a.0, b.0, "{name}");
            assert!(b.1.is_some(), "{name}.{} has no type", b.0);
            assert!(
                a.1.is_none() || a.1 == b.1,
                "{name}.{}: {:?} and {:?}",
                a.0,
                a.1,
                b.1
            );
        }
    }
}

#[test]
fn statements_have_names_of_their_own_and_are_written_in_the_house_style() {
    let names: BTreeSet<&str> = all_statements().iter().map(|s| s.name()).collect();
    assert_eq!(names.len(), all_statements().len());
    for statement in all_statements() {
        let (name, text) = (statement.name(), statement.text());
        assert_eq!(text, text.to_lowercase(), "{name} is not in lower case");
        assert!(
            !text.contains("select *"),
            "{name} does not name its columns"
        );
        for clock in ["now()", "current_timestamp", "random("] {
            assert!(
                !text.contains(clock),
                "{name}: {clock} is the program's to bring along"
            );
        }
    }
}

/// The places where it may matter which database it is: what differs, how to connect, and tests.
const MAY_ASK: &[&str] = &["dialect.rs", "db.rs", "row.rs", "scratch.rs"];

#[test]
fn nothing_outside_of_the_dialect_asks_which_database_it_is_on() {
    let mut seen = 0;
    for (path, text) in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        seen += 1;
        if MAY_ASK.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            assert!(!asks(line), "{path}:{}: {}", number + 1, line.trim());
        }
    }
    assert!(seen > 20, "the sources were not found");
}

fn asks(line: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let kinds = line.match_indices("Kind::");
    let mut kinds = kinds.filter(|(at, _)| !line[..*at].ends_with(is_word));
    kinds.next().is_some() || line.contains("::Sqlite") || line.contains("::Postgres")
}

#[test]
fn the_search_for_such_questions_finds_them() {
    for line in [
        "match kind { Kind::Sqlite => 1 }",
        "if let Db::Postgres(pool) = db {",
    ] {
        assert!(asks(line), "{line}");
    }
    for line in [
        "pub kind: KeyKind, // KeyKind::Scanner",
        "fn f(kind: Kind) {}",
        "Db::open(&o)",
    ] {
        assert!(!asks(line), "{line}");
    }
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push((
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            ));
        }
    }
    found
}
