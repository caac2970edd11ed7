//! The house's rules, as tests: what may import what, how long a thing may be, and that documents
//! name what exists.
//!
//! Each rule reads the repository as it lies here. Exceptions stand in lists that only shrink: an
//! exception that is no longer needed fails the test as well. Deliberately not here: the rules of
//! one crate, which that crate tests itself (the store's one text for two databases).

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

mod arrows;
mod documents;
mod money;
mod sizes;
mod support;
