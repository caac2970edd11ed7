//! Time and randomness.

use model::time::Time;

/// The clock.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Time;
}

/// Where randomness comes from: the operating system in production, a seed in tests.
pub trait Entropy: Send + Sync {
    /// 32 random bytes, good enough for secrets.
    fn seed(&self) -> [u8; 32];
}
