//! A clock that stands still until it is moved, and randomness that is the same each time.

use app::ports::{Clock, Entropy};
use model::time::Time;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha12Rng;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

/// The moment at which tests begin: 2026-11-20T18:00:00Z.
pub const START_S: i64 = 1_795_197_600;

/// A clock that tests move.
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(START_S * 1_000_000))
    }
}

impl TestClock {
    /// Moves the clock forward.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Time {
        Time::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Randomness from a seed: every run of a test mints the same ids and secrets in the same order.
pub struct SeededEntropy(Mutex<ChaCha12Rng>);

impl SeededEntropy {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha12Rng::seed_from_u64(seed)))
    }
}

impl Entropy for SeededEntropy {
    fn seed(&self) -> [u8; 32] {
        self.0
            .lock()
            .expect("no test panics while it draws")
            .random()
    }
}
