//! The statements of the lanes: whole batches loaded and written with a constant number of statements.
//!
//! A lane (crate `app`) decides many commands in one transaction. What it needs is loaded here in a
//! fixed order of tables (orders, events, tiers, discounts, tickets) and of ids, and locked where the engine has
//! row locks, so that two servers never wait for each other in a circle. What it decided is written
//! here, set by set; the schema's `check` constraints stand behind every counter.

pub mod admit;
pub mod load;
pub mod write;
