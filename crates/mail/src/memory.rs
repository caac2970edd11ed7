//! Sending into memory: for tests, which look at what was sent and may order failures.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use crate::{Message, Receipt, SendError, Transport};

/// The kind of failure that a test orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// As if a server refused for good.
    Refused,
    /// As if a server asked for another attempt.
    Temporary,
    /// As if no server answered.
    Unreachable,
}

#[derive(Debug, Default)]
struct State {
    sent: Vec<Message>,
    failures: Vec<Failure>,
}

/// A transport that keeps messages; clones share one box.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    state: Arc<Mutex<State>>,
}

impl Memory {
    /// An empty box.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every message taken so far, oldest first, repeats included.
    pub fn sent(&self) -> Vec<Message> {
        self.lock().sent.clone()
    }

    /// Takes out every message, so that a test can assert that none is left unread.
    pub fn take(&self) -> Vec<Message> {
        std::mem::take(&mut self.lock().sent)
    }

    /// Lets the next `times` sends fail in the given way, after failures ordered earlier.
    pub fn fail_next(&self, times: usize, failure: Failure) {
        self.lock()
            .failures
            .extend(std::iter::repeat_n(failure, times));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Transport for Memory {
    async fn send(&self, message: &Message) -> Result<Receipt, SendError> {
        // Composing proves that the real transports could have written it.
        message.compose()?;
        let mut state = self.lock();
        if !state.failures.is_empty() {
            let ordered = "ordered by the test".to_owned();
            return Err(match state.failures.remove(0) {
                Failure::Refused => SendError::Refused(ordered),
                Failure::Temporary => SendError::Temporary(ordered),
                Failure::Unreachable => SendError::Unreachable(ordered),
            });
        }
        state.sent.push(message.clone());
        Ok(Receipt {
            message_id: message.message_id.clone(),
            answer: "kept in memory".to_owned(),
        })
    }

    async fn check(&self) -> Result<(), SendError> {
        Ok(())
    }
}
