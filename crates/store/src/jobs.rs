//! The queue: work that is written in the same transaction as its cause.
//!
//! A job is claimed and committed, run outside of any transaction, and finished under its lease's
//! token, so that a worker that was given up for dead cannot finish what another has taken over.
//! While a job waits or runs, its `dedupe` keeps a second one of the same kind out; once it is done
//! or dead the word is free again. What admins see of it stands in [`crate::job_overview`].

use crate::db::{Row, WriteTx};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::JobId;
use model::time::Time;
use serde::Serialize;

words! {
    /// Where a job is in its life.
    JobStatus {
        /// Waiting for its time or for a worker.
        Ready = "ready",
        /// A worker has it.
        Running = "running",
        /// It went well.
        Done = "done",
        /// It failed for good; a person must look.
        Dead = "dead",
    }
}

macro_rules! columns {
    () => {
        "id, kind, subject, dedupe, status, run_at, attempts, max_attempts, lease_until,
         lease_token, last_error, created_at, finished_at"
    };
}
pub(crate) use columns;

statements! {
    ENQUEUE = "
        insert into tickets_jobs (
          id, kind, subject, dedupe, status, run_at, max_attempts, created_at)
        select r.id, r.kind, r.subject, r.dedupe, 'ready', r.run_at, r.max_attempts, $2
        from {rows $1 r: id text, kind text, subject text, dedupe text, run_at bigint,
          max_attempts bigint}
        where true
        on conflict (dedupe) do nothing";
    // Materialized, so that the limit counts once however the outer join is planned.
    CLAIM = concat!("
        with due as materialized (
          select id as due_id
          from tickets_jobs
          where ((status = 'ready' and run_at <= $1) or (status = 'running' and lease_until < $1))
            and kind in (select r.id from {rows $5 r: id text})
          order by run_at, id
          limit $4
          {skip locked})
        update tickets_jobs
        set status = 'running', lease_until = $2, lease_token = $3, attempts = attempts + 1
        where id in (select due_id from due)
        returning ", columns!());
    COMPLETE = "
        update tickets_jobs
        set status = 'done', dedupe = null, lease_until = null, lease_token = null,
            finished_at = $3
        where id = $1
          and lease_token = $2
          and status = 'running'";
    RETRY = "
        update tickets_jobs
        set status = 'ready', run_at = $3, last_error = $4, lease_until = null, lease_token = null
        where id = $1
          and lease_token = $2
          and status = 'running'";
    BURY = "
        update tickets_jobs
        set status = 'dead', dedupe = null, last_error = $3, lease_until = null,
            lease_token = null, finished_at = $4
        where id = $1
          and lease_token = $2
          and status = 'running'";
}

/// A piece of background work.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Job {
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// The id of what it is about; never a copy of it.
    pub subject: String,
    pub dedupe: Option<String>,
    pub status: JobStatus,
    pub run_at: Time,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    pub max_attempts: i64,
    pub lease_until: Option<Time>,
    pub lease_token: Option<String>,
    pub last_error: Option<String>,
    pub created_at: Time,
    pub finished_at: Option<Time>,
}

/// Work to be written down.
#[derive(Clone, Debug)]
pub struct NewJob {
    pub id: JobId,
    pub kind: String,
    pub subject: String,
    /// While a job with this word waits or runs, another is not written.
    pub dedupe: Option<String>,
    /// Not before this time.
    pub run_at: Time,
    pub max_attempts: i64,
}

#[derive(Serialize)]
struct NewRow<'a> {
    id: &'a str,
    kind: &'a str,
    subject: &'a str,
    dedupe: Option<&'a str>,
    run_at: i64,
    max_attempts: i64,
}

impl NewJob {
    fn row(&self) -> NewRow<'_> {
        NewRow {
            id: self.id.as_str(),
            kind: &self.kind,
            subject: &self.subject,
            dedupe: self.dedupe.as_deref(),
            run_at: self.run_at.micros(),
            max_attempts: self.max_attempts,
        }
    }
}

/// What a worker asks for.
#[derive(Copy, Clone, Debug)]
pub struct Claim<'a> {
    pub now: Time,
    /// After this time the worker is given up for dead.
    pub lease_until: Time,
    /// Proves later that the lease is still ours.
    pub token: &'a str,
    /// At most so many.
    pub limit: i64,
    /// Only work of these kinds.
    pub kinds: &'a [&'a str],
}

pub(crate) fn job(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.parsed("id", JobId::parse)?,
        kind: row.text("kind")?,
        subject: row.text("subject")?,
        dedupe: row.opt_text("dedupe")?,
        status: row.word("status", JobStatus::parse)?,
        run_at: row.time("run_at")?,
        attempts: row.int("attempts")?,
        max_attempts: row.int("max_attempts")?,
        lease_until: row.opt_time("lease_until")?,
        lease_token: row.opt_text("lease_token")?,
        last_error: row.opt_text("last_error")?,
        created_at: row.time("created_at")?,
        finished_at: row.opt_time("finished_at")?,
    })
}

/// Writes jobs down; says how many, since those whose `dedupe` is taken are left out.
pub async fn enqueue(tx: &mut WriteTx, jobs: &[NewJob], now: Time) -> Result<u64, StoreError> {
    if jobs.is_empty() {
        return Ok(0);
    }
    let rows: Vec<NewRow<'_>> = jobs.iter().map(NewJob::row).collect();
    tx.run(&ENQUEUE, args![json(&rows)?, now]).await
}

/// Takes due jobs, and those whose worker is given up for dead; the longest due first.
pub async fn claim(tx: &mut WriteTx, c: &Claim<'_>) -> Result<Vec<Job>, StoreError> {
    let kinds = ids(c.kinds.iter().copied());
    let rows = tx
        .rows(&CLAIM, args![c.now, c.lease_until, c.token, c.limit, kinds])
        .await?;
    let mut jobs: Vec<Job> = rows.iter().map(job).collect::<Result<_, _>>()?;
    jobs.sort_by(|a, b| (a.run_at, &a.id).cmp(&(b.run_at, &b.id)));
    Ok(jobs)
}

/// Finishes a job; false if the lease was lost.
pub async fn complete(
    tx: &mut WriteTx,
    id: &JobId,
    token: &str,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&COMPLETE, args![id.as_str(), token, now]).await
}

/// Puts a job back for another attempt at `run_at`; false if the lease was lost.
pub async fn retry(
    tx: &mut WriteTx,
    id: &JobId,
    token: &str,
    run_at: Time,
    error: &str,
) -> Result<bool, StoreError> {
    tx.changed(&RETRY, args![id.as_str(), token, run_at, error])
        .await
}

/// Gives a job up for good; false if the lease was lost.
pub async fn bury(
    tx: &mut WriteTx,
    id: &JobId,
    token: &str,
    error: &str,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&BURY, args![id.as_str(), token, error, now])
        .await
}

pub use crate::job_overview::{JobCount, counts, dead, next_due, revive, revive_of, sweep};
