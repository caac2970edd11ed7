//! What people and health checks see of the queue, and what they do about dead jobs.
//!
//! Callers reach this through [`crate::jobs`].

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::jobs::{Job, JobStatus, columns, job};
use crate::{args, statement::statements};
use model::ids::JobId;
use model::time::Time;

statements! {
    REVIVE = "
        update tickets_jobs
        set status = 'ready', run_at = $2, attempts = 0, finished_at = null
        where id = $1
          and status = 'dead'";
    REVIVE_OF = "
        update tickets_jobs
        set status = 'ready', run_at = $3, attempts = 0, finished_at = null
        where status = 'dead'
          and kind = $1
          and subject = $2";
    COUNTS = "
        select kind, status, count(*) as jobs, min(run_at) as oldest_run_at
        from tickets_jobs
        group by kind, status
        order by kind, status";
    DEAD = concat!("select ", columns!(), "
        from tickets_jobs
        where status = 'dead'
        order by finished_at desc, id desc
        limit $1");
    NEXT_DUE = "
        select min(case when status = 'ready' then run_at else lease_until end) as due
        from tickets_jobs
        where status in ('ready', 'running')";
    SWEEP = "
        delete from tickets_jobs
        where status = 'done'
          and finished_at < $1";
}

/// How many jobs of one kind are in one state.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct JobCount {
    pub kind: String,
    pub status: JobStatus,
    pub count: i64,
    /// The earliest time at which one of them was to run.
    pub oldest_run_at: Time,
}

/// Gives a dead job all its attempts again; false if it is not dead.
pub async fn revive(tx: &mut WriteTx, id: &JobId, now: Time) -> Result<bool, StoreError> {
    tx.changed(&REVIVE, args![id.as_str(), now]).await
}

/// Gives the dead jobs of a kind about one thing all their attempts again; says how many there were.
pub async fn revive_of(
    tx: &mut WriteTx,
    kind: &str,
    subject: &str,
    now: Time,
) -> Result<u64, StoreError> {
    tx.run(&REVIVE_OF, args![kind, subject, now]).await
}

/// How many jobs there are, by kind and status.
pub async fn counts(s: &mut Session) -> Result<Vec<JobCount>, StoreError> {
    let count = |row: &Row| {
        Ok(JobCount {
            kind: row.text("kind")?,
            status: row.word("status", JobStatus::parse)?,
            count: row.int("jobs")?,
            oldest_run_at: row.time("oldest_run_at")?,
        })
    };
    s.rows(&COUNTS, args![]).await?.iter().map(count).collect()
}

/// Jobs that failed for good, latest first.
pub async fn dead(s: &mut Session, limit: i64) -> Result<Vec<Job>, StoreError> {
    s.rows(&DEAD, args![limit]).await?.iter().map(job).collect()
}

/// When a worker next has something to do: a job falls due or a lease runs out.
pub async fn next_due(s: &mut Session) -> Result<Option<Time>, StoreError> {
    s.one(&NEXT_DUE, args![]).await?.opt_time("due")
}

/// Forgets jobs that were done before a time; says how many.
pub async fn sweep(tx: &mut WriteTx, done_before: Time) -> Result<u64, StoreError> {
    tx.run(&SWEEP, args![done_before]).await
}
