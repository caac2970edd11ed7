//! Living in somebody else's house: what switches close, where addresses lie, whom proxies speak for, and
//! what is shown on other people's pages.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

mod flags;
mod forwarded;
mod mounts;
mod widget;
