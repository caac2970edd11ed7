//! Taking away everything of ours: the tables that our own migrations have made, and nothing else.
//!
//! Which tables these are is read from the record of what was applied here and from the migrations' own
//! texts; the database's catalogue is not searched for names that look like ours, because another
//! program's may. All of them go in one transaction, or none.

use crate::db::{Db, WriteTx};
use crate::error::StoreError;
use crate::migrate;
use crate::{args, statement::statements};
use model::time::Time;

/// A server that was not seen for so long, in seconds, has ended; they say that they live every five.
const GONE_S: i64 = 20;

statements! {
    WHAT_IS_KEPT = "
        select
          (select count(*) from tickets_events) as events,
          (select count(*) from tickets_orders) as orders,
          (select count(*) from tickets_tickets) as tickets";
    LEASED = "
        select count(*) as jobs
        from tickets_jobs
        where status = 'running'
          and lease_until > $1";
}

/// What there is of ours.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Kept {
    /// Tables, those of the migrations among them.
    pub tables: Vec<&'static str>,
    /// Events.
    pub events: i64,
    /// Orders.
    pub orders: i64,
    /// Tickets.
    pub tickets: i64,
}

/// Why nothing was taken away.
#[derive(Debug, thiserror::Error)]
pub enum UninstallError {
    /// Some server has said just now that it lives.
    #[error(
        "A server or a worker still runs on this database ({0}), or ended without saying so: stop them, wait {GONE_S} seconds, and try again."
    )]
    Running(String),
    /// A worker has a job in its hands.
    #[error("A worker is at {0} jobs: stop it, wait two minutes, and try again.")]
    Working(i64),
    /// This database was brought up to date by another version.
    #[error(
        "This database was brought up to date by another version, with {0}, which this one does not know: use that version to take its tables away."
    )]
    Newer(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What there is of ours; `None` if there is nothing.
pub async fn look(db: &Db) -> Result<Option<Kept>, UninstallError> {
    let mut read = db.read().await?;
    let names = match migrate::names_of(&mut read).await {
        Ok(names) => names,
        // There is no table of migrations, or none that we may read.
        Err(StoreError::Database(_)) => return Ok(None),
        Err(other) => return Err(other.into()),
    };
    let tables = tables(&names)?;
    if names.is_empty() {
        return Ok(Some(Kept {
            tables,
            ..Kept::default()
        }));
    }
    let row = read.one(&WHAT_IS_KEPT, args![]).await?;
    Ok(Some(Kept {
        tables,
        events: row.int("events")?,
        orders: row.int("orders")?,
        tickets: row.int("tickets")?,
    }))
}

/// Takes it all away, unless somebody is using it; gives the names of the tables that are gone.
pub async fn remove(db: &Db, now: Time) -> Result<Vec<&'static str>, UninstallError> {
    let mut tx = db.write().await?;
    let names = migrate::lock_and_look(&mut tx).await?;
    let mut tables = tables(&names)?;
    if !names.is_empty() {
        nobody_is_there(&mut tx, now).await?;
    }
    // What was made last refers to what was made before it.
    tables.reverse();
    let text = tx.kind().drop_tables(&tables);
    tx.run_text(text).await?;
    tx.commit().await?;
    Ok(tables)
}

fn tables(applied: &[String]) -> Result<Vec<&'static str>, UninstallError> {
    let unknown: Vec<&str> = applied
        .iter()
        .map(String::as_str)
        .filter(|name| !migrate::knows(name))
        .collect();
    if unknown.is_empty() {
        Ok(migrate::tables_of(&|name| {
            applied.iter().any(|n| n == name)
        }))
    } else {
        Err(UninstallError::Newer(unknown.join(", ")))
    }
}

async fn nobody_is_there(tx: &mut WriteTx, now: Time) -> Result<(), UninstallError> {
    let alive = crate::servers::alive(tx, now.plus_seconds(-GONE_S)).await?;
    if !alive.is_empty() {
        let ids: Vec<String> = alive.into_iter().map(|(id, _)| id).collect();
        return Err(UninstallError::Running(ids.join(", ")));
    }
    let jobs = tx.one(&LEASED, args![now]).await?.int("jobs")?;
    if jobs > 0 {
        return Err(UninstallError::Working(jobs));
    }
    Ok(())
}
