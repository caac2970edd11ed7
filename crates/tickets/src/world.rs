//! The system's clock and the system's randomness: the only place that reads them.

use app::ports::{Clock, Entropy};
use model::time::Time;
use rand::TryRng as _;

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everybody else is handed"
    )]
    fn now(&self) -> Time {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Time::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0u8; 32];
        // Without randomness nothing here may go on: tokens would be guessable.
        #[expect(
            clippy::expect_used,
            reason = "an operating system without randomness cannot be served on"
        )]
        rand::rngs::SysRng
            .try_fill_bytes(&mut seed)
            .expect("the operating system gives no randomness");
        seed
    }
}
