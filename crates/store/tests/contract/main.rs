//! The store's contract: each function does the same on both databases.
//!
//! One program with many modules, since linking takes longer than running.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where and stops"
)]

mod books;
mod constraints;
mod discounts;
mod doors;
mod editor;
mod events;
mod house;
mod lanes;
mod messages;
mod migrations;
mod money;
mod orders;
mod passkeys;
mod people;
mod queue;
mod recount;
mod support;
mod tickets;
mod tiers;
