//! A Stripe that fits in a test and in a demo: it speaks the wire and knows nothing of tickets.
//!
//! The API of 2026-10-28.endive for Checkout and Connect, the pages that a buyer and an organizer see, signed webhooks from
//! an outbox, a ledger that sums to zero, a clock and ids from a seed, and faults that are logged when they fire. What is
//! simulated, what is not and what nobody knows is listed in the README. It listens on loopback and takes no live key.

// Stripe's objects have so many fields that `json!` needs more steps than the usual 128.
#![recursion_limit = "512"]

mod accounts;
mod bucket;
mod by_hand;
mod cards;
mod charges;
mod checkout;
mod checkout_lines;
mod checkout_params;
mod checkout_pay;
mod clock;
mod control;
mod deliver;
mod disputes;
mod endpoints;
mod entropy;
mod error;
mod events;
mod faults;
mod fees;
mod form;
mod idempotency;
mod intents;
mod ledger;
mod listener;
#[cfg(test)]
mod model_test;
mod objects;
mod onboarding;
mod outbox;
mod pages;
mod payout_runs;
mod payouts;
mod refunds;
mod requests;
mod server;
mod shape;
pub mod signature;
mod sim;
mod tax;
mod timers;
mod transfers;
mod wire;
mod world;

pub use cards::{Submission, ThreeDs};
pub use checkout_pay::{Paid, PayError};
pub use clock::SimClock;
pub use endpoints::WebhookEndpoint;
pub use error::ApiError;
pub use faults::{Fault, FaultKind, Firing};
pub use ledger::{Entry, Ledger, Posting, processing_fee};
pub use outbox::{Attempt, Delivery, DeliveryState};
pub use requests::Request;
pub use server::{RunningSim, SimConfig, StartError};
pub use sim::Sim;
pub use world::{API_VERSION, PLATFORM};
