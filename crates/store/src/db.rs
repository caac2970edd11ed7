//! The seam: one way to send a statement, whichever database is behind.
//!
//! Concrete enums instead of a trait: what queries mean is the same on both, only how a statement is
//! sent differs. Arguments are a closed set of kinds; rows decode to the same Rust types. SQLite has
//! one connection that writes (it has one writer anyway) and several that read.

use crate::dialect::Kind;
use crate::error::StoreError;
use crate::migrate;
use crate::statement::Statement;
use model::time::Time;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction, pool::PoolConnection};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

pub use crate::arg::Arg;
pub use crate::row::Row;

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite://path/to/file.db` or `postgres://user:password@host/name`.
    pub url: String,
    /// Most connections to PostgreSQL, or readers of SQLite. Small is fast: 8 beat 32 when measured.
    pub max_connections: u32,
}

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// Embedded.
    Sqlite {
        /// Connections that only read.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

fn sqlite_at(options: &Options) -> Result<SqliteConnectOptions, StoreError> {
    let parsed = options.url.parse::<SqliteConnectOptions>();
    parsed.map_err(|e| StoreError::Unavailable(e.to_string()))
}

impl Db {
    /// Connects; creates an SQLite file that is missing. Does not migrate.
    pub async fn open(options: &Options) -> Result<Self, StoreError> {
        if options.url.starts_with("sqlite:") {
            let connect = sqlite_at(options)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal);
            Self::open_sqlite(options, connect).await
        } else {
            Self::open_postgres(options).await
        }
    }

    /// Connects to what is there, as it is: for whoever may have mistyped the address. An SQLite file that is
    /// missing is not made, and one of another program's keeps its journal.
    pub async fn open_existing(options: &Options) -> Result<Self, StoreError> {
        if !options.url.starts_with("sqlite:") {
            return Self::open_postgres(options).await;
        }
        let connect = sqlite_at(options)?;
        let file = connect.get_filename();
        if !file.is_file() {
            return Err(StoreError::Unavailable(format!(
                "there is no file {}: look at DATABASE_URL",
                file.display()
            )));
        }
        Self::open_sqlite(options, connect).await
    }

    async fn open_sqlite(
        options: &Options,
        connect: SqliteConnectOptions,
    ) -> Result<Self, StoreError> {
        let fail = |e: sqlx::Error| StoreError::Unavailable(e.to_string());
        let connect = connect
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(300)
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-65536");
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(20));
        let write = write.connect_with(connect.clone()).await.map_err(fail)?;
        let read = SqlitePoolOptions::new()
            .max_connections(options.max_connections)
            .acquire_timeout(Duration::from_secs(10));
        let read = read
            .connect_with(connect.read_only(true))
            .await
            .map_err(fail)?;
        Ok(Self::Sqlite { read, write })
    }

    async fn open_postgres(options: &Options) -> Result<Self, StoreError> {
        let fail = |e: sqlx::Error| StoreError::Unavailable(e.to_string());
        let connect: PgConnectOptions = options.url.parse().map_err(fail)?;
        let connect = connect
            .statement_cache_capacity(300)
            .application_name("jugnu-tickets");
        let pool = PgPoolOptions::new()
            .max_connections(options.max_connections)
            .acquire_timeout(Duration::from_secs(10));
        Ok(Self::Postgres(
            pool.connect_with(connect).await.map_err(fail)?,
        ))
    }

    /// Brings the schema up to date; safe when several servers start at once.
    pub async fn migrate(&self, now: Time) -> Result<Vec<String>, StoreError> {
        migrate::run(self, now).await
    }

    /// Which database this is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Sqlite { .. } => Kind::Sqlite,
            Self::Postgres(_) => Kind::Postgres,
        }
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Reader, StoreError> {
        let session = match self {
            Self::Sqlite { read, .. } => Session::SqliteRead(
                read.acquire()
                    .await
                    .map_err(|e| StoreError::from_sqlx(Kind::Sqlite, &e))?,
            ),
            Self::Postgres(pool) => Session::PostgresRead(
                pool.acquire()
                    .await
                    .map_err(|e| StoreError::from_sqlx(Kind::Postgres, &e))?,
            ),
        };
        Ok(Reader(session))
    }

    /// A transaction that writes. Dropped without [`WriteTx::commit`], it is undone.
    pub async fn write(&self) -> Result<WriteTx, StoreError> {
        let begin = self.kind().begin_write();
        let session = match self {
            Self::Sqlite { write, .. } => Session::SqliteWrite(
                write
                    .begin_with(begin)
                    .await
                    .map_err(|e| StoreError::from_sqlx(Kind::Sqlite, &e))?,
            ),
            Self::Postgres(pool) => Session::PostgresWrite(
                pool.begin_with(begin)
                    .await
                    .map_err(|e| StoreError::from_sqlx(Kind::Postgres, &e))?,
            ),
        };
        Ok(WriteTx(session))
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Something that statements can be sent to.
pub enum Session {
    #[doc(hidden)]
    SqliteRead(PoolConnection<Sqlite>),
    #[doc(hidden)]
    SqliteWrite(Transaction<'static, Sqlite>),
    #[doc(hidden)]
    PostgresRead(PoolConnection<Postgres>),
    #[doc(hidden)]
    PostgresWrite(Transaction<'static, Postgres>),
}

/// A connection for reading; every statement sees what is committed when it runs.
pub struct Reader(Session);

/// A transaction that writes.
pub struct WriteTx(Session);

impl WriteTx {
    /// Makes everything written here durable and visible, at once.
    pub async fn commit(self) -> Result<(), StoreError> {
        let kind = self.0.kind();
        let done = match self.0 {
            Session::SqliteWrite(tx) => tx.commit().await,
            Session::PostgresWrite(tx) => tx.commit().await,
            Session::SqliteRead(_) | Session::PostgresRead(_) => Ok(()),
        };
        done.map_err(|e| StoreError::from_sqlx(kind, &e))
    }
}

impl Deref for Reader {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.0
    }
}
impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.0
    }
}
impl Deref for WriteTx {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.0
    }
}
impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.0
    }
}

macro_rules! bind {
    ($statement:expr, $kind:expr, $args:expr) => {{
        let mut query = sqlx::query($statement.sql($kind));
        for arg in $args {
            query = match arg {
                Arg::Text(v) => query.bind(v.map(str::to_owned)),
                Arg::Owned(v) => query.bind(v.clone()),
                Arg::Int(v) => query.bind(*v),
                Arg::Bool(v) => query.bind(*v),
            };
        }
        query
    }};
}

impl Session {
    /// Which database is behind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::SqliteRead(_) | Self::SqliteWrite(_) => Kind::Sqlite,
            Self::PostgresRead(_) | Self::PostgresWrite(_) => Kind::Postgres,
        }
    }

    /// Runs a statement and returns its rows.
    pub async fn rows(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        let kind = self.kind();
        let rows = match self {
            Self::SqliteRead(c) => bind!(statement, kind, args)
                .fetch_all(&mut **c)
                .await
                .map(Row::sqlite),
            Self::SqliteWrite(c) => bind!(statement, kind, args)
                .fetch_all(&mut **c)
                .await
                .map(Row::sqlite),
            Self::PostgresRead(c) => bind!(statement, kind, args)
                .fetch_all(&mut **c)
                .await
                .map(Row::postgres),
            Self::PostgresWrite(c) => bind!(statement, kind, args)
                .fetch_all(&mut **c)
                .await
                .map(Row::postgres),
        };
        rows.map_err(|e| named(statement, StoreError::from_sqlx(kind, &e)))
    }

    /// Runs a statement that returns at most one row.
    pub async fn maybe(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(statement, args).await?.into_iter().next())
    }

    /// Runs a statement that returns exactly one row.
    pub async fn one(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
    ) -> Result<Row, StoreError> {
        let row = self.maybe(statement, args).await?;
        row.ok_or_else(|| StoreError::inconsistent(format!("{} returned no row", statement.name())))
    }

    /// Runs a statement and says how many rows it changed.
    pub async fn run(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
    ) -> Result<u64, StoreError> {
        let kind = self.kind();
        let done = match self {
            Self::SqliteRead(c) => bind!(statement, kind, args)
                .execute(&mut **c)
                .await
                .map(|d| d.rows_affected()),
            Self::SqliteWrite(c) => bind!(statement, kind, args)
                .execute(&mut **c)
                .await
                .map(|d| d.rows_affected()),
            Self::PostgresRead(c) => bind!(statement, kind, args)
                .execute(&mut **c)
                .await
                .map(|d| d.rows_affected()),
            Self::PostgresWrite(c) => bind!(statement, kind, args)
                .execute(&mut **c)
                .await
                .map(|d| d.rows_affected()),
        };
        done.map_err(|e| named(statement, StoreError::from_sqlx(kind, &e)))
    }

    /// Runs a statement that must change exactly one row.
    pub async fn run_one(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
    ) -> Result<(), StoreError> {
        match self.run(statement, args).await? {
            1 => Ok(()),
            n => Err(StoreError::inconsistent(format!(
                "{} changed {n} rows instead of one",
                statement.name()
            ))),
        }
    }

    /// Runs a conditional statement and says whether it changed anything.
    pub async fn changed(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
    ) -> Result<bool, StoreError> {
        Ok(self.run(statement, args).await? > 0)
    }

    /// Runs text that is not a listed statement: migrations, and nothing else.
    pub(crate) async fn run_text(&mut self, sql: String) -> Result<(), StoreError> {
        let kind = self.kind();
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        let done = match self {
            Self::SqliteRead(c) => sql.execute(&mut **c).await.map(drop),
            Self::SqliteWrite(c) => sql.execute(&mut **c).await.map(drop),
            Self::PostgresRead(c) => sql.execute(&mut **c).await.map(drop),
            Self::PostgresWrite(c) => sql.execute(&mut **c).await.map(drop),
        };
        done.map_err(|e| StoreError::from_sqlx(kind, &e))
    }
}

fn named(statement: &Statement, error: StoreError) -> StoreError {
    tracing::debug!(target: "tickets::store", statement = statement.name(), %error, "a statement failed");
    error
}
