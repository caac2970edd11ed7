//! The site's own tables, and the few questions that it asks of them. Their names begin with `host_`.
//!
//! The site has its own connections: a lodger that uses all of its own up leaves these alone.

use crate::passwords;
use serde::Deserialize;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{PgPool, SqlitePool};
use std::time::Duration;

const TABLES: &str = "
create table if not exists host_events (
  place bigint primary key,
  slug text not null unique,
  title text not null,
  town text not null,
  venue text not null,
  held text not null,
  about text not null
);
create table if not exists host_sponsors (
  place bigint primary key,
  name text not null,
  words text not null
);
create table if not exists host_people (
  id text primary key,
  name text not null,
  email text not null unique,
  password text not null
);
create index if not exists host_events_town on host_events (town, place);
";

/// Why the site's tables cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database said no.
    #[error("the site's database: {0}")]
    Database(#[from] sqlx::Error),
    /// What the site begins with cannot be read.
    #[error("site.json: {0}")]
    Data(#[from] serde_json::Error),
}

/// The site's database.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

/// An event of the list.
#[derive(Clone, Debug, Deserialize)]
pub struct Event {
    pub slug: String,
    pub title: String,
    pub town: String,
    #[serde(rename = "place")]
    pub venue: String,
    #[serde(rename = "time")]
    pub held: String,
    pub about: String,
}

/// Who pays for the site.
#[derive(Clone, Debug, Deserialize)]
pub struct Sponsor {
    pub name: String,
    pub words: String,
}

/// Who posts events.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    /// As kept: salt and hash. In `site.json` it is the password itself.
    pub password: String,
}

/// What the site begins with.
#[derive(Deserialize)]
struct Beginning {
    events: Vec<Event>,
    sponsors: Vec<Sponsor>,
    people: Vec<Person>,
}

/// Asks the same of either database.
macro_rules! ask {
    ($db:expr, $how:ident, $sql:expr $(, $arg:expr)*) => {
        match $db {
            Db::Sqlite(pool) => sqlx::query_as($sql)$(.bind($arg))*.$how(pool).await,
            Db::Postgres(pool) => sqlx::query_as($sql)$(.bind($arg))*.$how(pool).await,
        }
    };
}

/// Tells the same to either database.
macro_rules! tell {
    ($db:expr, $sql:expr $(, $arg:expr)*) => {
        match $db {
            Db::Sqlite(pool) => sqlx::query($sql)$(.bind($arg))*.execute(pool).await.map(drop),
            Db::Postgres(pool) => sqlx::query($sql)$(.bind($arg))*.execute(pool).await.map(drop),
        }
    };
}

type EventRow = (String, String, String, String, String, String);

fn event((slug, title, town, venue, held, about): EventRow) -> Event {
    Event {
        slug,
        title,
        town,
        venue,
        held,
        about,
    }
}

impl Db {
    /// Opens the database, makes the tables that are missing, and fills them if they are empty.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        let patience = Duration::from_secs(5);
        let db = if url.starts_with("sqlite:") {
            let options: SqliteConnectOptions = url.parse()?;
            let options = options.create_if_missing(true).busy_timeout(patience);
            let pool = SqlitePoolOptions::new().acquire_timeout(patience);
            Self::Sqlite(pool.max_connections(4).connect_with(options).await?)
        } else {
            let pool = PgPoolOptions::new().acquire_timeout(patience);
            Self::Postgres(pool.max_connections(4).connect(url).await?)
        };
        match &db {
            Self::Sqlite(pool) => sqlx::raw_sql(TABLES).execute(pool).await.map(drop)?,
            Self::Postgres(pool) => sqlx::raw_sql(TABLES).execute(pool).await.map(drop)?,
        }
        if db.events().await?.is_empty() {
            db.begin().await?;
        }
        Ok(db)
    }

    async fn begin(&self) -> Result<(), DbError> {
        let Beginning {
            events,
            sponsors,
            people,
        } = serde_json::from_str(include_str!("../../site.json"))?;
        for (at, e) in (0_i64..).zip(events) {
            tell!(
                self,
                "insert into host_events (place, slug, title, town, venue, held, about) values ($1, $2, $3, $4, $5, $6, $7)",
                at,
                e.slug.clone(),
                e.title.clone(),
                e.town.clone(),
                e.venue.clone(),
                e.held.clone(),
                e.about.clone()
            )?;
        }
        for (at, s) in (0_i64..).zip(sponsors) {
            tell!(
                self,
                "insert into host_sponsors (place, name, words) values ($1, $2, $3)",
                at,
                s.name.clone(),
                s.words.clone()
            )?;
        }
        for p in people {
            tell!(
                self,
                "insert into host_people (id, name, email, password) values ($1, $2, $3, $4)",
                p.id.clone(),
                p.name.clone(),
                p.email.clone(),
                passwords::keep(&p.password)
            )?;
        }
        Ok(())
    }

    /// What is on, in its order.
    pub async fn events(&self) -> Result<Vec<Event>, DbError> {
        let rows: Vec<EventRow> = ask!(
            self,
            fetch_all,
            "select slug, title, town, venue, held, about from host_events order by place"
        )?;
        Ok(rows.into_iter().map(event).collect())
    }

    /// One event.
    pub async fn event(&self, slug: &str) -> Result<Option<Event>, DbError> {
        let row: Option<EventRow> = ask!(
            self,
            fetch_optional,
            "select slug, title, town, venue, held, about from host_events where slug = $1",
            slug.to_owned()
        )?;
        Ok(row.map(event))
    }

    /// Who pays for the site, in their order.
    pub async fn sponsors(&self) -> Result<Vec<Sponsor>, DbError> {
        let rows: Vec<(String, String)> = ask!(
            self,
            fetch_all,
            "select name, words from host_sponsors order by place"
        )?;
        let sponsor = |(name, words)| Sponsor { name, words };
        Ok(rows.into_iter().map(sponsor).collect())
    }

    /// Somebody, by their address.
    pub async fn by_email(&self, email: &str) -> Result<Option<Person>, DbError> {
        let row: Option<(String, String, String, String)> = ask!(
            self,
            fetch_optional,
            "select id, name, email, password from host_people where email = $1",
            email.to_owned()
        )?;
        Ok(row.map(person))
    }

    /// Somebody, by their id.
    pub async fn by_id(&self, id: &str) -> Result<Option<Person>, DbError> {
        let row: Option<(String, String, String, String)> = ask!(
            self,
            fetch_optional,
            "select id, name, email, password from host_people where id = $1",
            id.to_owned()
        )?;
        Ok(row.map(person))
    }
}

fn person((id, name, email, password): (String, String, String, String)) -> Person {
    Person {
        id,
        name,
        email,
        password,
    }
}
