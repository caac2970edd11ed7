//! Text that must reach a browser but never a log.
//!
//! Onboarding links sign their holder in and client secrets pay, so neither may be printed by a
//! stray `{:?}`. This is not `SecretString`: the text is handed on a moment later, so wiping its
//! memory would be theatre.

use std::fmt;

use serde::Deserialize;

/// A string whose `Debug` says only that it is there.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}
