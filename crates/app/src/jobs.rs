//! Background work: a queue on the same database, filled in the same transactions.
//!
//! Jobs carry ids, never copies. A worker claims with a lease, runs outside of any transaction and
//! finishes in a short one that checks the lease, so that a crashed worker's job is taken over. What
//! fails is tried again with growing pauses; what will not succeed becomes a dead letter that an admin
//! can look at and replay. Timed work is a job without input that is set anew after each run.

pub mod kind;
mod run;
mod watch;
mod worker;

pub use watch::Watch;
pub use worker::{SERVES_ONLY, Worker, drain, run_due};
