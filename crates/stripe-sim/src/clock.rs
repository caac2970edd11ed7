//! The stand-in's clock: the machine's, or one that only tests move.
//!
//! Everything that Stripe does later (expiry, settlement, retries) hangs on this clock, so a test that moves it sees a day
//! pass at once. Even the system clock can be moved forward: the offset is added to what the machine says.

use serde::{Deserialize, Serialize};

/// Which clock a stand-in starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimClock {
    /// The machine's clock.
    System,
    /// A clock that starts at this Unix second and moves only when it is told to.
    Virtual(i64),
}

/// The clock inside the world, in milliseconds since 1970, UTC.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Clock {
    fixed_ms: Option<i64>,
    offset_ms: i64,
}

impl Clock {
    pub(crate) fn new(start: SimClock) -> Self {
        let fixed_ms = match start {
            SimClock::System => None,
            SimClock::Virtual(seconds) => Some(seconds.saturating_mul(1000)),
        };
        Self {
            fixed_ms,
            offset_ms: 0,
        }
    }

    pub(crate) fn is_virtual(&self) -> bool {
        self.fixed_ms.is_some()
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.fixed_ms
            .unwrap_or_else(system_ms)
            .saturating_add(self.offset_ms)
    }

    /// The Unix second, which is the grain of every time that Stripe shows.
    pub(crate) fn now(&self) -> i64 {
        self.now_ms().div_euclid(1000)
    }

    /// Moves forward; time never runs backwards here, so a negative step is ignored.
    pub(crate) fn advance_ms(&mut self, step_ms: i64) {
        self.offset_ms = self.offset_ms.saturating_add(step_ms.max(0));
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the stand-in reads the machine's clock"
)]
fn system_ms() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |elapsed| {
            i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_virtual_clock_moves_only_forward_and_only_when_told() {
        let mut clock = Clock::new(SimClock::Virtual(1_000));
        assert_eq!(clock.now(), 1_000);
        clock.advance_ms(1_999);
        clock.advance_ms(-5_000);
        assert_eq!(clock.now(), 1_001);
    }
}
