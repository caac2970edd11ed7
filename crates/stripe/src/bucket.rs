//! The turnstile in front of one endpoint: at most N calls in any one second, in order of arrival.
//!
//! Stripe answers the 26th call of a second with 429 (docs.stripe.com/rate-limits, read November 2026), and during a
//! rush every such answer is a buyer who waits for nothing. A usual token bucket lets a full
//! bucket and a second's refill through together; so this one remembers when the last N calls
//! left, and the next leaves no sooner than a second after the oldest of them.
//!
//! A caller that gives up (a closed browser tab) leaves the queue without spending a place.
//! Deliberately not here: sharing the limit between servers. With several servers each takes its
//! part of the rate by configuration, and a 429 that happens all the same is retried.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::pace::Pace;

const WINDOW: Duration = Duration::from_secs(1);

/// The turnstile of one endpoint.
#[derive(Debug)]
pub struct Bucket {
    rate: usize,
    /// Held by the caller whose turn is next; tokio's lock serves in order of arrival.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// When the last calls left, oldest first; never more than `rate` of them.
    left: VecDeque<Duration>,
    /// How many callers are in the queue.
    waiting: usize,
}

impl Bucket {
    /// A turnstile for `rate` calls a second; the rate must not be zero (that means no turnstile).
    pub fn new(rate: u32) -> Self {
        Self {
            rate: usize::try_from(rate.max(1)).unwrap_or(usize::MAX),
            turn: tokio::sync::Mutex::new(()),
            state: Mutex::default(),
        }
    }

    /// Waits for a place; if that would take longer than `max_wait`, says at once how long.
    pub async fn pass(&self, pace: &dyn Pace, max_wait: Duration) -> Result<(), Duration> {
        let queued = {
            let mut state = self.state();
            let wait = state.wait_for(state.waiting, self.rate, pace.now());
            if wait > max_wait {
                return Err(wait);
            }
            state.waiting += 1;
            Place(self)
        };
        let turn = self.turn.lock().await;
        let wait = self.state().wait_for(0, self.rate, pace.now());
        if !wait.is_zero() {
            pace.sleep(wait).await;
        }
        drop(queued);
        self.state().leave(self.rate, pace.now());
        drop(turn);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change to the state is complete in itself, so a panic elsewhere leaves it sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// How long a caller with `ahead` others in front of it has to wait.
    fn wait_for(&self, ahead: usize, rate: usize, now: Duration) -> Duration {
        let free = rate.saturating_sub(self.left.len());
        let Some(beyond) = ahead.checked_sub(free) else {
            return Duration::ZERO;
        };
        let laps = u32::try_from(beyond / rate).unwrap_or(u32::MAX);
        let reopens = match self.left.get(beyond % rate) {
            Some(left) => (*left + WINDOW).saturating_sub(now),
            None => WINDOW,
        };
        reopens.saturating_add(WINDOW.saturating_mul(laps))
    }

    fn leave(&mut self, rate: usize, now: Duration) {
        if self.left.len() >= rate {
            self.left.pop_front();
        }
        self.left.push_back(now);
    }
}

/// A place in the queue, given back however the wait ends.
struct Place<'a>(&'a Bucket);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.state().waiting -= 1;
    }
}

#[cfg(test)]
#[path = "bucket_tests.rs"]
mod tests;
