//! The terms of sale, as orders remember them: by version.
//!
//! The text stands on the terms page (`web`), which names this version; whoever changes the text in
//! substance changes the version with it, so that an order tells for ever what its buyer accepted.

/// The version of the terms that a buyer accepts now: the day from which they hold.
pub const VERSION: &str = "2026-11-28";
