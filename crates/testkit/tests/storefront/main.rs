//! The buyers' pages through the front door: two languages, names on tickets, consent, and what a buyer
//! does with an order that is paid.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

mod care;
mod first_price;
mod languages;
mod list;
mod names;
mod support;
