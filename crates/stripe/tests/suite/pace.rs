//! A clock that jumps ahead by whatever is slept, and dice that always throw the most.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use stripe::{Pace, Pause};

#[derive(Debug, Default)]
pub struct FakePace {
    now: Mutex<Duration>,
    slept: Mutex<Vec<Duration>>,
}

impl FakePace {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Every pause that was asked for, in order.
    pub fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }
}

impl Pace for FakePace {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Pause<'_> {
        *self.now.lock().unwrap() += duration;
        self.slept.lock().unwrap().push(duration);
        Box::pin(tokio::task::yield_now())
    }

    fn jitter(&self, most: Duration) -> Duration {
        most
    }
}
