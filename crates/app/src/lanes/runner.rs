//! The loop of one lane: take all that wait, decide, write once, answer.

use super::LaneError;
use super::command::{Answer, Command};
use super::desk::Desk;
use model::time::Time;
use std::sync::Arc;
use store::{Db, StoreError};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

/// The most commands in one transaction: beyond a few hundred nothing is gained (PARTS: measured).
const BATCH: usize = 256;
/// How often a batch is tried again when the database asks for it (a deadlock, a busy file).
const TRIES: usize = 5;

type Reply = oneshot::Sender<Result<Answer, LaneError>>;
type Decisions = Vec<Result<Answer, String>>;

/// A command and who waits for its answer.
pub(super) struct Asked {
    command: Command,
    reply: Reply,
    since: Instant,
}

impl Asked {
    pub fn new(command: Command, reply: Reply) -> Self {
        Self {
            command,
            reply,
            since: Instant::now(),
        }
    }
}

/// Runs until every sender is gone and the queue is empty.
pub(super) async fn run(db: Db, mut queue: mpsc::Receiver<Asked>, bell: Arc<Notify>) {
    let mut waiting = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut waiting, BATCH).await > 0 {
        let batch: Vec<Asked> = std::mem::take(&mut waiting);
        measure(&batch);
        serve(&db, batch, &bell).await;
    }
}

fn measure(batch: &[Asked]) {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a batch has at most a few hundred members"
    )]
    metrics::histogram!("tickets_lane_batch_size").record(batch.len() as f64);
    if let Some(first) = batch.first() {
        metrics::histogram!("tickets_lane_wait_seconds")
            .record(first.since.elapsed().as_secs_f64());
    }
}

async fn serve(db: &Db, batch: Vec<Asked>, bell: &Notify) {
    let commands: Vec<&Command> = batch.iter().map(|a| &a.command).collect();
    let outcome = decide_durably(db, &commands, bell).await;
    match outcome {
        Ok(answers) => reply_all(batch, answers),
        // One bad member must not fail its neighbours: each gets a transaction of its own.
        Err(error) if batch.len() > 1 => {
            tracing::warn!(target: "tickets::lanes", %error, members = batch.len(), "a batch failed; its members run singly");
            metrics::counter!("tickets_lane_batches_split").increment(1);
            for asked in batch {
                let answer = decide_durably(db, &[&asked.command], bell).await;
                reply_one(asked, answer);
            }
        }
        Err(error) => {
            for asked in batch {
                reply_one(asked, Err(StoreError::Database(error.to_string())));
            }
        }
    }
}

fn reply_all(batch: Vec<Asked>, answers: Decisions) {
    for (asked, answer) in batch.into_iter().zip(answers) {
        // A caller that went away does not need its answer; the write stands.
        let _gone = asked.reply.send(answer.map_err(LaneError::Failed));
    }
}

fn reply_one(asked: Asked, answer: Result<Decisions, StoreError>) {
    let answer = match answer {
        Ok(mut one) => one
            .pop()
            .unwrap_or_else(|| Err("no decision".to_owned()))
            .map_err(LaneError::Failed),
        Err(StoreError::TryAgain(_) | StoreError::Unavailable(_)) => {
            Err(LaneError::Busy { retry_after_s: 1 })
        }
        Err(error) => {
            tracing::error!(target: "tickets::lanes", %error, "a command failed");
            Err(LaneError::Failed(error.to_string()))
        }
    };
    let _gone = asked.reply.send(answer);
}

/// Decides a batch in one transaction, again if the database asks for it.
async fn decide_durably(
    db: &Db,
    batch: &[&Command],
    bell: &Notify,
) -> Result<Decisions, StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match decide_once(db, batch, bell).await {
            Err(StoreError::TryAgain(why)) if tries < TRIES => {
                tracing::debug!(target: "tickets::lanes", why, tries, "the batch is tried again");
                tokio::task::yield_now().await;
            }
            done => return done,
        }
    }
}

async fn decide_once(db: &Db, batch: &[&Command], bell: &Notify) -> Result<Decisions, StoreError> {
    let start = Instant::now();
    let mut tx = db.write().await?;
    let mut desk = Desk::load(&mut tx, batch).await?;
    let answers: Decisions = batch.iter().map(|command| desk.decide(command)).collect();
    desk.writes.write(&mut tx, latest(batch)).await?;
    tx.commit().await?;
    if desk.writes.has_jobs() {
        bell.notify_one();
    }
    metrics::histogram!("tickets_lane_commit_seconds").record(start.elapsed().as_secs_f64());
    Ok(answers)
}

/// The time of the latest command: rows written by a batch carry times of their own, this one is for
/// the bookkeeping of the rows that do not.
fn latest(batch: &[&Command]) -> Time {
    let at = |c: &&Command| match c {
        Command::Place(c) => c.now,
        Command::Pay(c) => c.now,
        Command::Release(c) => c.now,
        Command::Redeem(c) => c.received_at,
    };
    batch.iter().map(at).max().unwrap_or(Time::from_micros(0))
}
