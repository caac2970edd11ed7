//! What can be DONE: one file per use case, the lanes, the jobs, the flags, and the ports outside.
//!
//! A use case loads, decides (a pure function of `model`), writes, enqueues what follows in the same
//! transaction, and commits. It knows no HTTP: errors carry a stable code and a sentence, and `web`
//! dresses them. Time and randomness arrive with [`Cx`]; the outside arrives through [`ports`].

pub mod access;
pub mod accounts;
pub mod admin;
pub mod buyers;
pub mod cancellation;
pub mod catalogue;
pub mod checkout;
pub mod config;
pub mod cx;
pub mod delivery;
pub mod desk;
pub mod discounts;
pub mod disputes;
pub mod door;
pub mod error;
pub mod events;
pub mod evidence;
pub mod exports;
pub mod files;
pub mod flags;
pub mod health;
pub mod house;
pub mod idempotency;
pub mod jobs;
pub mod keyring;
pub mod lanes;
pub mod messages;
pub mod metrics;
pub mod orders;
pub mod organizers;
pub mod passkeys;
pub mod payouts;
pub mod ports;
pub mod rate;
pub mod reconciliation;
pub mod records;
pub mod refund_requests;
pub mod refunds;
pub mod reminders;
pub mod reports;
pub mod scanner_keys;
pub mod sign_in;
pub mod terms;
pub mod tickets;
pub mod tiers;
pub mod webhooks;

pub use cx::{Actor, Cx};
pub use error::Fault;
pub use house::{House, Parts};
