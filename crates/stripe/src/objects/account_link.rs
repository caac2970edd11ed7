//! The way into Stripe's onboarding pages: good once, and for minutes.

use serde::Deserialize;

use crate::hidden::Hidden;

/// A link that signs its holder in to an account's onboarding: redirect to it, never keep it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AccountLink {
    pub url: Hidden,
    /// Seconds since 1970.
    pub created: i64,
    /// Seconds since 1970, about five minutes after `created`.
    pub expires_at: i64,
}
