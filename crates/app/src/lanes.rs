//! The lanes: many decisions, one durable write.
//!
//! Holding, paying, releasing and admitting are the hot writes. Each is a *command*; a lane takes all
//! that are waiting, opens one transaction, loads what they touch with a constant number of
//! statements, decides each in turn with the pure rules of `model`, writes all outcomes with a
//! constant number of statements, commits once, and only then answers. A refused command never fails
//! its neighbours, and nobody is told "yes" before it is durable.
//!
//! SQLite has one lane, because it has one writer. PostgreSQL has a few, chosen by event, so that a hot
//! tier's buyers share a row lock instead of queueing for it. Correctness never depends on that: other
//! servers write the same rows, so what the locked rows say inside the transaction decides.

pub mod command;
mod desk;
mod pay;
mod place;
mod redeem;
mod release;
mod runner;
mod writes;

use command::{
    Answer, Command, Paid, Pay, Place, PlaceRefusal, Redeem, Redeemed, Release, Released,
};
use model::ids::EventId;
use runner::Asked;
use std::sync::Arc;
use store::{Db, Kind};
use tokio::sync::{Notify, mpsc, oneshot};

/// The most commands that wait in one lane; beyond it, callers are asked to come back.
const QUEUE: usize = 4_096;

/// Why a lane did not answer a command.
#[derive(Debug, thiserror::Error)]
pub enum LaneError {
    /// Too many commands are waiting.
    #[error("too many buyers at once; try again in a moment")]
    Busy {
        /// Seconds after which to try again.
        retry_after_s: i64,
    },
    /// The lane has stopped: we are shutting down.
    #[error("the service is shutting down")]
    Closed,
    /// The database failed for this command.
    #[error("{0}")]
    Failed(String),
}

/// The lanes of this server.
#[derive(Clone)]
pub struct Lanes {
    senders: Vec<mpsc::Sender<Asked>>,
}

impl Lanes {
    /// Starts the lanes, which ring `bell` when they leave work in the queue; they end when the last handle is dropped and their queues are empty.
    pub fn start(db: &Db, lanes: usize, bell: &Arc<Notify>) -> Self {
        let count = match db.kind() {
            Kind::Sqlite => 1,
            Kind::Postgres => lanes.max(1),
        };
        let start_one = |_| {
            let (sender, receiver) = mpsc::channel(QUEUE);
            tokio::spawn(runner::run(db.clone(), receiver, Arc::clone(bell)));
            sender
        };
        Self {
            senders: (0..count).map(start_one).collect(),
        }
    }

    /// Takes places for a new order, or sells them at once if it is free.
    pub async fn place(&self, command: Place) -> Result<Result<(), PlaceRefusal>, LaneError> {
        match self
            .ask(&command.event_id.clone(), Command::Place(Box::new(command)))
            .await?
        {
            Answer::Placed(answer) => Ok(answer),
            _ => Err(LaneError::Closed),
        }
    }

    /// Applies a payment to an order.
    pub async fn pay(&self, command: Pay) -> Result<Paid, LaneError> {
        match self
            .ask(&command.event_id.clone(), Command::Pay(Box::new(command)))
            .await?
        {
            Answer::Paid(answer) => Ok(answer),
            _ => Err(LaneError::Closed),
        }
    }

    /// Gives an order's held places back.
    pub async fn release(&self, command: Release) -> Result<Released, LaneError> {
        match self
            .ask(
                &command.event_id.clone(),
                Command::Release(Box::new(command)),
            )
            .await?
        {
            Answer::Released(answer) => Ok(answer),
            _ => Err(LaneError::Closed),
        }
    }

    /// Decides a scan and records it.
    pub async fn redeem(&self, command: Redeem) -> Result<Redeemed, LaneError> {
        match self
            .ask(
                &command.gate.event_id.clone(),
                Command::Redeem(Box::new(command)),
            )
            .await?
        {
            Answer::Redeemed(answer) => Ok(*answer),
            _ => Err(LaneError::Closed),
        }
    }

    /// Decides the scans of one event's door in their order and records them: all of them are taken in, or none.
    pub async fn redeem_all(&self, commands: Vec<Redeem>) -> Result<Vec<Redeemed>, LaneError> {
        let Some(event) = commands.first().map(|c| c.gate.event_id.clone()) else {
            return Ok(Vec::new());
        };
        let lane = self.lane_of(&event);
        let permits = lane.try_reserve_many(commands.len());
        let permits = permits.map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(()) => LaneError::Busy { retry_after_s: 1 },
            mpsc::error::TrySendError::Closed(()) => LaneError::Closed,
        })?;
        let mut waiting = Vec::with_capacity(commands.len());
        for (permit, command) in permits.zip(commands) {
            let (reply, answer) = oneshot::channel();
            permit.send(Asked::new(Command::Redeem(Box::new(command)), reply));
            waiting.push(answer);
        }
        let mut answers = Vec::with_capacity(waiting.len());
        for answer in waiting {
            match answer.await.map_err(|_| LaneError::Closed)?? {
                Answer::Redeemed(answer) => answers.push(*answer),
                _ => return Err(LaneError::Closed),
            }
        }
        Ok(answers)
    }

    async fn ask(&self, event: &EventId, command: Command) -> Result<Answer, LaneError> {
        let (reply, answer) = oneshot::channel();
        let asked = Asked::new(command, reply);
        self.lane_of(event)
            .try_send(asked)
            .map_err(|refused| match refused {
                mpsc::error::TrySendError::Full(_) => LaneError::Busy { retry_after_s: 1 },
                mpsc::error::TrySendError::Closed(_) => LaneError::Closed,
            })?;
        answer.await.map_err(|_| LaneError::Closed)?
    }

    fn lane_of(&self, event: &EventId) -> &mpsc::Sender<Asked> {
        let hash = event.as_str().bytes().fold(0usize, |h, b| {
            h.wrapping_mul(31).wrapping_add(usize::from(b))
        });
        &self.senders[hash % self.senders.len()]
    }
}
