//! The one way out: a transport takes a message and says what became of it.

use async_trait::async_trait;

use crate::{ComposeError, Message};

/// Proof that a transport took responsibility for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The Message-ID that was taken.
    pub message_id: String,
    /// What the other side said, for the log.
    pub answer: String,
}

/// Why a message did not leave; the variant tells a queue what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The message itself is at fault; it will never be taken.
    #[error("the message was refused for good: {0}")]
    Refused(String),
    /// The server asked for another attempt later.
    #[error("the mail server asks to try again later: {0}")]
    Temporary(String),
    /// No server took the message: no connection, no answer in time, or it did not let us in.
    #[error("the mail server cannot be reached: {0}")]
    Unreachable(String),
    /// The message could not be written, so it was never offered.
    #[error(transparent)]
    Malformed(#[from] ComposeError),
}

impl SendError {
    /// Whether trying again is pointless.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Malformed(_))
    }
}

/// Takes messages and delivers them, or says why not.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends one message; `Ok` means that the other side answers for it from now on.
    async fn send(&self, message: &Message) -> Result<Receipt, SendError>;

    /// Asks whether the other side is there and lets us in, without sending; for health checks.
    async fn check(&self) -> Result<(), SendError>;
}
