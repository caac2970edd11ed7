//! The key that makes a repeated write harmless.
//!
//! Stripe keeps the answer of a POST under its key for at least 24 hours and gives the same answer
//! again (docs.stripe.com/api/idempotent_requests, read November 2026). A key therefore names one
//! intention of the caller, such as `refund:{id}:r`, and lives longer than one process: the caller
//! makes it, never this client.

use std::fmt;

/// What a key may not be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing would be protected.
    #[error("An idempotency key must not be empty.")]
    Empty,
    /// Stripe refuses more than 255 characters.
    #[error("An idempotency key has at most 255 characters, not {0}.")]
    TooLong(usize),
    /// A header can carry only visible ASCII.
    #[error("An idempotency key consists of visible ASCII characters without spaces.")]
    NotVisibleAscii,
}

/// An idempotency key: 1 to 255 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The longest key that Stripe takes, in characters.
    pub const MAX_LEN: usize = 255;

    /// Checks and wraps a key; refuses empty, overlong and unprintable ones.
    pub fn new(key: impl Into<String>) -> Result<Self, KeyError> {
        let key = key.into();
        if key.is_empty() {
            return Err(KeyError::Empty);
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError::NotVisibleAscii);
        }
        if key.len() > Self::MAX_LEN {
            return Err(KeyError::TooLong(key.len()));
        }
        Ok(Self(key))
    }

    /// The key as it goes on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{IdempotencyKey, KeyError};

    #[test]
    fn a_key_holds_one_to_255_visible_characters() {
        assert!(IdempotencyKey::new("refund:rfd_1:r").is_ok());
        assert!(IdempotencyKey::new("k".repeat(255)).is_ok());
        assert_eq!(
            IdempotencyKey::new("k".repeat(256)),
            Err(KeyError::TooLong(256))
        );
        assert_eq!(IdempotencyKey::new(""), Err(KeyError::Empty));
        for bad in ["a b", "a\r\nX: y", "clé"] {
            assert_eq!(IdempotencyKey::new(bad), Err(KeyError::NotVisibleAscii));
        }
    }
}
