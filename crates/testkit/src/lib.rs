//! What tests stand on: the whole house with a fixed clock, seeded randomness, a Stripe that stands in,
//! mail that stays here, and both databases.
//!
//! A test speaks to [`TestApp`] through the front door, over real HTTP on loopback, and ends with
//! [`TestApp::finish`], which refuses to end dirty: no work in the queue, no mail unsent, no hold past
//! its time, books that balance, counters that agree with an independent recount.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that meets the unexpected stops there, and all of this is for tests"
)]

mod answer;
mod app;
mod browser;
mod clock;
mod codes;
mod make;
pub mod provider;

pub use answer::Answer;
pub use app::{ADMIN_EMAIL, ORGANIZER_EMAIL, Setup, TestApp};
pub use browser::{Browser, form_fields};
pub use clock::{SeededEntropy, TestClock};
pub use codes::body_with;
pub use make::{EventMade, Tier, card, order_body, session_of};
pub use store::scratch::{self, Scratch};

/// Runs one test body on each database: a fresh house each time.
#[macro_export]
macro_rules! on_both {
    ($(#[$meta:meta])* $name:ident, |$app:ident| $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($app: $crate::TestApp) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                body($crate::TestApp::sqlite().await).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                body($crate::TestApp::postgres().await).await;
            }
        }
    };
}
