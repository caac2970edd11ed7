//! Time passing and chance, as the client needs them: a clock, a pause, a jitter.
//!
//! They come through a trait so that the tests of backoff and of the rate limit finish at once and
//! always alike. The clock is monotonic and counts from nowhere in particular; the time of day
//! (which only signatures need) is an argument there.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rand::rngs::{StdRng, SysRng};
use rand::{RngExt, SeedableRng};
use tokio::time::Instant;

use crate::config::ConfigError;

/// A pause that has been asked for.
pub type Pause<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// The clock, the pause and the dice of a client.
pub trait Pace: fmt::Debug + Send + Sync {
    /// Monotonic time since some fixed moment.
    fn now(&self) -> Duration;

    /// Ends when this much time has passed.
    fn sleep(&self, duration: Duration) -> Pause<'_>;

    /// A duration between nothing and `most`, evenly spread.
    fn jitter(&self, most: Duration) -> Duration;
}

/// The real thing: tokio's timer, and a generator seeded once by the operating system.
#[derive(Debug)]
pub struct TokioPace {
    start: Instant,
    rng: Mutex<StdRng>,
}

impl TokioPace {
    /// Seeds the dice; fails when the operating system has no randomness to give.
    pub fn new() -> Result<Self, ConfigError> {
        let rng = StdRng::try_from_rng(&mut SysRng)
            .map_err(|error| ConfigError::Randomness(error.to_string()))?;
        Ok(Self {
            start: Instant::now(),
            rng: Mutex::new(rng),
        })
    }
}

impl Pace for TokioPace {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pause<'_> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn jitter(&self, most: Duration) -> Duration {
        let most = u64::try_from(most.as_micros()).unwrap_or(u64::MAX);
        // A generator that a panic interrupted is still a generator: poison is of no consequence.
        let mut rng = self.rng.lock().unwrap_or_else(PoisonError::into_inner);
        Duration::from_micros(rng.random_range(0..=most))
    }
}
