//! Throwaway migrated databases of both kinds, for tests.
//!
//! SQLite: a file in a temporary folder. PostgreSQL: a copy of a template on the server that
//! `TEST_POSTGRES_URL` names (`.ci/postgres.sh` starts one); the template is migrated once for each
//! state of the migrations. What a killed test left behind is swept by a later one.

use crate::db::{Db, Options, WriteTx};
use crate::error::StoreError;
use crate::migrate;
use crate::statement::Statement;
use model::time::Time;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::sync::atomic::{AtomicU64, Ordering};

/// The variable that names the server.
pub const SERVER_VARIABLE: &str = "TEST_POSTGRES_URL";
const CONNECTIONS: u32 = 8;
/// Scratch databases that are older than this are nobody's any more.
const ABANDONED_AFTER_SECONDS: i64 = 3_600;

/// The names of all migrations, in the order in which they are applied.
pub fn migration_names() -> Vec<&'static str> {
    migrate::names()
}

/// Every table that the migrations make, in the order in which they are made.
pub fn tables() -> Vec<&'static str> {
    migrate::tables()
}

/// A throwaway database; it is gone when this is dropped.
pub struct Scratch {
    /// The database, migrated.
    pub db: Db,
    /// Its address, to open it once more.
    pub url: String,
    place: Place,
}

enum Place {
    Folder { _folder: tempfile::TempDir },
    Server { admin_url: String, name: String },
    Gone,
}

impl Scratch {
    /// A new SQLite database.
    pub async fn sqlite() -> Result<Self, StoreError> {
        let unavailable = |e: std::io::Error| StoreError::Unavailable(e.to_string());
        let folder = tempfile::tempdir().map_err(unavailable)?;
        let url = format!("sqlite://{}", folder.path().join("tickets.db").display());
        let db = open(&url).await?;
        db.migrate(Time::from_micros(0)).await?;
        Ok(Self {
            db,
            url,
            place: Place::Folder { _folder: folder },
        })
    }

    /// A new PostgreSQL database on the server that `TEST_POSTGRES_URL` names.
    pub async fn postgres() -> Result<Self, StoreError> {
        let admin_url = std::env::var(SERVER_VARIABLE).map_err(|_| {
            StoreError::Unavailable(format!(
                "{SERVER_VARIABLE} is not set, so nothing can be tested on PostgreSQL: run \
                 `.ci/postgres.sh start target/postgres` and set it to the address that it prints"
            ))
        })?;
        let mut admin = connect(&admin_url).await?;
        let template = template(&mut admin, &admin_url).await?;
        sweep(&mut admin).await?;
        let name = fresh_name(&mut admin).await?;
        execute(
            &mut admin,
            format!("create database {name} template {template}"),
        )
        .await?;
        let url = on_database(&admin_url, &name);
        let db = open(&url).await?;
        Ok(Self {
            db,
            url,
            place: Place::Server { admin_url, name },
        })
    }

    /// Counts the rollups anew from what is sold, by the statement of the migration that brought them: for
    /// rows that were written past the lanes.
    pub async fn count_numbers(&self) -> Result<(), StoreError> {
        let migration = include_str!("../migrations/0011_numbers.sql");
        let begin = migration.find("insert into tickets_metrics");
        let rest = &migration[begin.unwrap_or_default()..];
        let end = rest.find(";\n").map_or(rest.len(), |at| at + 1);
        let counting = &rest[..end];
        self.raw(&format!("delete from tickets_metrics; {counting}"))
            .await
    }

    /// Like [`raw`], in a transaction of its own.
    pub async fn raw(&self, sql: &str) -> Result<(), StoreError> {
        let mut tx = self.db.write().await?;
        raw(&mut tx, sql).await?;
        tx.commit().await
    }

    /// How the database would answer one of our statements, a line a step. PostgreSQL is asked for the plan
    /// that holds for all arguments.
    pub async fn plan(&self, statement: &'static Statement) -> Result<Vec<String>, StoreError> {
        let sql = statement.sql(self.db.kind());
        match &self.db {
            Db::Sqlite { read, .. } => {
                let sql = format!("explain query plan {sql}");
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(read).await;
                steps(&rows.map_err(unavailable)?, "detail")
            }
            Db::Postgres(pool) => {
                let mut one = pool.acquire().await.map_err(unavailable)?;
                let last = (1..=20).rev().find(|n| sql.contains(&format!("${n}")));
                let nulls = vec!["null"; last.unwrap_or_default()].join(", ");
                let given = if nulls.is_empty() {
                    nulls
                } else {
                    format!("({nulls})")
                };
                execute(
                    &mut one,
                    "set plan_cache_mode = force_generic_plan".to_owned(),
                )
                .await?;
                execute(&mut one, format!("prepare planned as {sql}")).await?;
                let asked = format!("explain (costs off) execute planned{given}");
                let rows = sqlx::raw_sql(AssertSqlSafe(asked))
                    .fetch_all(&mut *one)
                    .await;
                execute(&mut one, "deallocate planned".to_owned()).await?;
                execute(&mut one, "reset plan_cache_mode".to_owned()).await?;
                steps(&rows.map_err(unavailable)?, "QUERY PLAN")
            }
        }
    }

    /// Closes and removes the database, and says if that fails.
    pub async fn drop_db(mut self) -> Result<(), StoreError> {
        self.db.close().await;
        match std::mem::replace(&mut self.place, Place::Gone) {
            Place::Server { admin_url, name } => drop_on_server(&admin_url, &name).await,
            Place::Folder { .. } | Place::Gone => Ok(()),
        }
    }
}

impl Drop for Scratch {
    /// A thread of its own, since whoever drops this may be inside of a runtime or without one.
    fn drop(&mut self) {
        let Place::Server { admin_url, name } = std::mem::replace(&mut self.place, Place::Gone)
        else {
            return;
        };
        let remove = move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.map(|r| r.block_on(drop_on_server(&admin_url, &name)))
        };
        // What cannot be removed now is swept by a later test.
        drop(std::thread::spawn(remove).join());
    }
}

/// Runs SQL as it stands: for tests that do by hand what the program never would.
pub async fn raw(tx: &mut WriteTx, sql: &str) -> Result<(), StoreError> {
    tx.run_text(sql.to_owned()).await
}

/// One database of each kind.
///
/// # Panics
/// If one of them cannot be made: leaving it out silently would be a test that cannot fail.
pub async fn both() -> Vec<Scratch> {
    let made = [Scratch::sqlite().await, Scratch::postgres().await];
    made.into_iter()
        .map(|scratch| scratch.unwrap_or_else(|error| panic!("{error}")))
        .collect()
}

fn steps<R: sqlx::Row>(rows: &[R], column: &str) -> Result<Vec<String>, StoreError>
where
    for<'a> &'a str: sqlx::ColumnIndex<R>,
    for<'a> String: sqlx::Decode<'a, R::Database> + sqlx::Type<R::Database>,
{
    let step = |row: &R| row.try_get::<String, _>(column).map_err(unavailable);
    rows.iter().map(step).collect()
}

async fn open(url: &str) -> Result<Db, StoreError> {
    Db::open(&Options {
        url: url.to_owned(),
        max_connections: CONNECTIONS,
    })
    .await
}

async fn connect(url: &str) -> Result<PgConnection, StoreError> {
    PgConnection::connect(url).await.map_err(unavailable)
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn unavailable(error: sqlx::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

async fn execute(admin: &mut PgConnection, sql: String) -> Result<(), StoreError> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(admin).await;
    done.map(drop).map_err(unavailable)
}

/// The template's name; made by whoever comes first, under a lock of the server.
async fn template(admin: &mut PgConnection, admin_url: &str) -> Result<String, StoreError> {
    let fingerprint = migrate::fingerprint_of_all();
    let name = format!("jugnu_template_{fingerprint}");
    if exists(admin, &name).await? {
        return Ok(name);
    }
    execute(admin, "select pg_advisory_lock(720031)".to_owned()).await?;
    let made = if exists(admin, &name).await? {
        Ok(())
    } else {
        make_template(admin, admin_url, &name).await
    };
    execute(admin, "select pg_advisory_unlock(720031)".to_owned()).await?;
    made.map(|()| name)
}

/// Under another name until it is whole, so that a crash never leaves half a template.
async fn make_template(
    admin: &mut PgConnection,
    admin_url: &str,
    name: &str,
) -> Result<(), StoreError> {
    let building = name.replace("template", "building");
    execute(
        admin,
        format!("drop database if exists {building} with (force)"),
    )
    .await?;
    execute(admin, format!("create database {building}")).await?;
    let db = open(&on_database(admin_url, &building)).await?;
    db.migrate(Time::from_micros(0)).await?;
    db.close().await;
    execute(admin, format!("alter database {building} rename to {name}")).await
}

async fn exists(admin: &mut PgConnection, name: &str) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar("select exists (select from pg_database where datname = $1)");
    found
        .bind(name.to_owned())
        .fetch_one(admin)
        .await
        .map_err(unavailable)
}

/// `jugnu_scratch_<seconds>_<process>_<number>`: the server's clock dates it.
async fn fresh_name(admin: &mut PgConnection) -> Result<String, StoreError> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let seconds = server_seconds(admin).await?;
    Ok(format!(
        "jugnu_scratch_{seconds}_{}_{number}",
        std::process::id()
    ))
}

async fn server_seconds(admin: &mut PgConnection) -> Result<i64, StoreError> {
    let now = sqlx::query_scalar("select cast(extract(epoch from now()) as bigint)");
    now.fetch_one(admin).await.map_err(unavailable)
}

async fn sweep(admin: &mut PgConnection) -> Result<(), StoreError> {
    // Whoever has the broom sweeps; it is put down when the connection closes.
    let broom = sqlx::query_scalar("select pg_try_advisory_lock(720032)");
    if !broom.fetch_one(&mut *admin).await.map_err(unavailable)? {
        return Ok(());
    }
    let list = sqlx::query_scalar(
        "select datname::text from pg_database where datname like 'jugnu!_scratch!_%' escape '!'",
    );
    let names: Vec<String> = list.fetch_all(&mut *admin).await.map_err(unavailable)?;
    let oldest = server_seconds(admin).await? - ABANDONED_AFTER_SECONDS;
    let made_at = |name: &str| name.split('_').nth(2).and_then(|s| s.parse::<i64>().ok());
    for name in names
        .iter()
        .filter(|name| made_at(name).is_some_and(|made| made < oldest))
    {
        execute(
            admin,
            format!("drop database if exists {name} with (force)"),
        )
        .await?;
    }
    Ok(())
}

async fn drop_on_server(admin_url: &str, name: &str) -> Result<(), StoreError> {
    let mut admin = connect(admin_url).await?;
    execute(
        &mut admin,
        format!("drop database if exists {name} with (force)"),
    )
    .await
}

/// The same server's address with another database.
fn on_database(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, ""), |(a, q)| (a, q));
    let server = address
        .rfind('/')
        .map_or(address, |slash| &address[..slash]);
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    format!("{server}/{name}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_of_a_server_has_the_same_address_but_for_its_name() {
        let url = "postgres://me@127.0.0.1:5433/postgres?sslmode=disable";
        let other = "postgres://me@127.0.0.1:5433/other?sslmode=disable";
        assert_eq!(on_database(url, "other"), other);
    }
}
