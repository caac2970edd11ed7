//! What the process-level tests share: the real binary as a child, its API over real HTTP, and waiting.
//!
//! These tests start what is shipped and look at it from outside; where the outside cannot tell, they
//! read the rows. Nothing here sleeps for a state: [`until`] asks again and again, up to a deadline.

#![allow(dead_code, reason = "each test file uses its own part of this")]

pub mod api;
pub mod demo;
pub mod process;

use std::future::Future;
use std::time::{Duration, Instant};

/// How long a poll pauses between two looks.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks until it sees what is waited for, and gives it back; says what was missing when time is up.
pub async fn until<T, F, Fut>(what: &str, within: Duration, mut look: F) -> T
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, String>>,
{
    let deadline = Instant::now() + within;
    loop {
        match look().await {
            Ok(seen) => return seen,
            Err(missing) if Instant::now() >= deadline => {
                panic!("{what}: after {within:?} still this: {missing}")
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// The system's time in microseconds, as the product itself reads it.
pub fn now_micros() -> i64 {
    use app::ports::Clock as _;
    tickets::SystemClock.now().micros()
}

/// So many days from now, ISO 8601: events lie ahead whenever a test runs.
pub fn days_ahead(days: i64) -> String {
    use app::ports::Clock as _;
    tickets::SystemClock
        .now()
        .plus_seconds(days * 86_400)
        .to_iso()
}
