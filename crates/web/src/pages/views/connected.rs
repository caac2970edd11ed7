//! What an organizer reads who comes back from Stripe's onboarding.

use super::shell::Shell;
use askama::Template;
use std::sync::Arc;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "connected.html")]
pub struct ConnectedPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Whether the link was used up and a new one is needed.
    pub again: bool,
}
