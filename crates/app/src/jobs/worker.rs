//! The worker: claims what is due, runs it, and says how it ended.

use super::kind;
use super::run::{Outcome, run};
use super::watch::follow_flags;
use crate::checkout::job;
use crate::cx::Actor;
use crate::error::Fault;
use crate::house::House;
use data_encoding::HEXLOWER;
use futures::stream::{self, StreamExt};
use model::time::Time;
use std::time::Duration;
use store::jobs::{Claim, Job};

/// How many jobs run at once on one server.
const AT_ONCE: usize = 8;
/// How long a job may run before another worker takes it over, in seconds.
const LEASE_S: i64 = 120;
/// How long a worker waits when nothing is due and nobody rings; also how soon a flag thrown on another
/// server holds here.
pub(super) const POLL: Duration = Duration::from_millis(500);
/// How often a server says that it lives.
pub(super) const BEAT: Duration = Duration::from_secs(5);
/// What the ids of servers begin with that leave the queue to others.
pub const SERVES_ONLY: &str = "serves-";

/// The id of a server that starts.
pub(super) fn new_id(house: &House) -> String {
    HEXLOWER.encode(&house.secret_bytes()[..8])
}

/// This server's worker.
pub struct Worker {
    house: House,
    server_id: String,
    started: Time,
}

impl Worker {
    /// A worker for a house.
    pub fn new(house: House) -> Self {
        Self {
            started: house.now(),
            server_id: new_id(&house),
            house,
        }
    }

    /// Works until `stop` resolves; jobs that run then are finished first. The switches are followed all the
    /// while, also while a job waits for Stripe.
    pub async fn work(self, stop: impl Future<Output = ()> + Send) {
        tokio::select! {
            () = self.rounds(stop) => {}
            () = follow_flags(&self.house) => {}
        }
        if let Err(fault) = end(&self.house, &self.server_id).await {
            tracing::debug!(target: "tickets::jobs", %fault, "the last heartbeat stays");
        }
    }

    async fn rounds(&self, stop: impl Future<Output = ()> + Send) {
        tokio::pin!(stop);
        let mut last_beat = None;
        loop {
            let ran = self.round(&mut last_beat).await.unwrap_or_else(|fault| {
                tracing::error!(target: "tickets::jobs", %fault, "the worker could not reach the queue");
                0
            });
            tokio::select! {
                biased;
                () = &mut stop => break,
                // Where a handful was due, more may be.
                () = std::future::ready(()), if ran > 0 => {}
                () = self.house.bell.notified() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// One round: heartbeat every five seconds, timed work planned, and a handful of what is due; says
    /// how many jobs ran. Never the whole queue: a long one must keep nobody from stopping us, no flag from
    /// being heard and no heart from beating.
    async fn round(&self, last_beat: &mut Option<Time>) -> Result<usize, Fault> {
        let now = self.house.now();
        let beat_s = i64::try_from(BEAT.as_secs()).unwrap_or(5);
        if last_beat.is_none_or(|at| now.seconds_since(at) >= beat_s) {
            let mut tx = self.house.write().await?;
            store::servers::beat(
                &mut tx,
                &self.server_id,
                env!("CARGO_PKG_VERSION"),
                self.started,
                now,
            )
            .await?;
            tx.commit().await?;
            plan_timed_work(&self.house).await?;
            *last_beat = Some(now);
        }
        run_due(&self.house).await
    }
}

/// Takes a server's last heartbeat away, so that whoever looks next does not take it for alive.
pub(super) async fn end(house: &House, server_id: &str) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    store::servers::end(&mut tx, server_id).await?;
    Ok(tx.commit().await?)
}

/// Puts timed work into the queue where it is not there yet.
async fn plan_timed_work(house: &House) -> Result<(), Fault> {
    let mut cx = house.cx(Actor::System);
    let mut jobs = Vec::with_capacity(kind::TIMED.len());
    for (kind, _) in kind::TIMED {
        let mut planned = job(&mut cx, kind, "");
        planned.dedupe = Some(format!("timed:{kind}"));
        jobs.push(planned);
    }
    let mut tx = house.write().await?;
    store::jobs::enqueue(&mut tx, &jobs, cx.now).await?;
    Ok(tx.commit().await?)
}

/// Runs what is due now, a handful at once; says how many jobs ran.
pub async fn run_due(house: &House) -> Result<usize, Fault> {
    let now = house.now();
    let kinds = kind::allowed(house.board.current());
    if kinds.is_empty() {
        return Ok(0);
    }
    let token = HEXLOWER.encode(&house.secret_bytes()[..16]);
    let claim = Claim {
        now,
        lease_until: now.plus_seconds(LEASE_S),
        token: &token,
        limit: i64::try_from(AT_ONCE).unwrap_or(8),
        kinds: &kinds,
    };
    if store::jobs::next_due(&mut *house.read().await?)
        .await?
        .is_none_or(|due| due > now)
    {
        return Ok(0);
    }
    let mut tx = house.write().await?;
    let claimed = store::jobs::claim(&mut tx, &claim).await?;
    tx.commit().await?;
    let ran = claimed.len();
    let results: Vec<Result<(), Fault>> = stream::iter(claimed)
        .map(|job| run_claimed(house, job, &token))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    results.into_iter().collect::<Result<(), Fault>>()?;
    Ok(ran)
}

/// Runs until nothing is due; for tests, and for verbs that must not leave work behind.
pub async fn drain(house: &House) -> Result<usize, Fault> {
    let mut ran = 0;
    loop {
        match run_due(house).await? {
            0 => return Ok(ran),
            some => ran += some,
        }
    }
}

async fn run_claimed(house: &House, job: Job, token: &str) -> Result<(), Fault> {
    let mut cx = house.cx(Actor::System);
    let outcome = if job.attempts > job.max_attempts {
        // Its worker died each time: running it once more would take this one along.
        Outcome::Fail("it took its worker down at every attempt".to_owned())
    } else {
        run(house, &mut cx, &job).await
    };
    let outcome = match outcome {
        Outcome::Retry(why) if job.attempts >= job.max_attempts => Outcome::Fail(why),
        other => other,
    };
    let now = house.now();
    let mut tx = house.write().await?;
    match outcome {
        Outcome::Done => {
            store::jobs::complete(&mut tx, &job.id, token, now).await?;
        }
        Outcome::Again(at) => {
            store::jobs::retry(&mut tx, &job.id, token, at, "").await?;
        }
        Outcome::Retry(why) => {
            tracing::info!(target: "tickets::jobs", kind = job.kind, subject = job.subject, why, attempts = job.attempts, "a job is tried again later");
            store::jobs::retry(
                &mut tx,
                &job.id,
                token,
                now.plus_seconds(kind::pause_s(job.attempts)),
                &why,
            )
            .await?;
            metrics::counter!("tickets_jobs_retried", "kind" => job.kind).increment(1);
        }
        Outcome::Fail(why) => {
            tracing::error!(target: "tickets::jobs", kind = job.kind, subject = job.subject, why, "a job is a dead letter");
            store::jobs::bury(&mut tx, &job.id, token, &why, now).await?;
            metrics::counter!("tickets_jobs_dead", "kind" => job.kind).increment(1);
        }
    }
    Ok(tx.commit().await?)
}
