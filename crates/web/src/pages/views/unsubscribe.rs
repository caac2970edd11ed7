//! Leaving an organizer's own words.

use super::shell::Shell;
use askama::Template;
use std::sync::Arc;

/// The page behind the link in an organizer's mail.
#[derive(Clone, Debug, Template)]
#[template(path = "unsubscribe.html")]
pub struct UnsubscribePage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Where the form is sent.
    pub action: String,
    /// Who writes.
    pub organizer: String,
    /// To which address.
    pub email: String,
    /// Whether it has left.
    pub left: bool,
}
