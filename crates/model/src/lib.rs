//! What tickets ARE: ids, money, tax, fees, time, states, rules and decisions.
//!
//! Everything here is pure. There is no async, no I/O, no clock and no randomness: whoever calls
//! brings the time and the random numbers along, so that each rule can be enumerated in a test and
//! replayed from a record. Deliberately not here: SQL (`store`), use cases (`app`), HTTP (`web`).

pub mod checkin;
pub mod day;
pub mod discount;
pub mod dispute;
pub mod email;
pub mod event;
pub mod flags;
pub mod ids;
pub mod ledger;
pub mod money;
pub mod order;
pub mod organizer;
pub mod pricing;
pub mod reconcile;
pub mod refund;
pub mod serial;
pub mod slug;
pub mod stock;
pub mod tax;
pub mod tax_engine;
pub mod text;
pub mod ticket;
pub mod tier;
pub mod time;
