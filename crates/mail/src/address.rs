//! A mailbox: an address and, perhaps, the name in front of it.
//!
//! Parsing is lettre's, which follows RFC 5321 and RFC 6531 (addresses beyond ASCII). What lettre lets through and a header must
//! never see, control characters in the name, is refused here, so that a `Mailbox` in hand is safe to write.

use std::{fmt, str::FromStr};

/// Why a mailbox was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The text is not an e-mail address.
    #[error("“{0}” is not an e-mail address")]
    NotAnAddress(String),
    /// The name holds a line break or another control character.
    #[error("the name in front of the address holds a line break or another control character")]
    ControlInName,
}

/// An e-mail address with an optional display name in any script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox(pub(crate) lettre::message::Mailbox);

impl Mailbox {
    /// A mailbox of a name (empty counts as none) and a bare address such as `harpreet@example.ca`.
    pub fn new(name: Option<&str>, address: &str) -> Result<Self, AddressError> {
        let email: lettre::Address = address
            .trim()
            .parse()
            .map_err(|_| AddressError::NotAnAddress(address.to_owned()))?;
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().any(char::is_control)) {
            return Err(AddressError::ControlInName);
        }
        Ok(Self(lettre::message::Mailbox::new(
            name.map(str::to_owned),
            email,
        )))
    }

    /// The display name, if there is one.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The bare address.
    pub fn address(&self) -> &str {
        self.0.email.as_ref()
    }
}

/// Reads `Name <a@b>` or `a@b`, as configuration holds it.
impl FromStr for Mailbox {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let parsed: lettre::message::Mailbox = text
            .parse()
            .map_err(|_| AddressError::NotAnAddress(text.to_owned()))?;
        Self::new(parsed.name.as_deref(), parsed.email.as_ref())
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_line_break_is_refused() {
        let attack = "Harpreet\r\nBcc: everyone@example.ca";
        assert_eq!(
            Mailbox::new(Some(attack), "h@example.ca"),
            Err(AddressError::ControlInName)
        );
    }

    #[test]
    fn an_address_with_a_line_break_is_refused() {
        for bad in [
            "h@example.ca\r\nBcc: x@y.z",
            "h@exa\nmple.ca",
            "",
            "h",
            "@x",
        ] {
            assert!(Mailbox::new(None, bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn configuration_may_name_the_sender() {
        let sender: Mailbox = "Jugnu Tickets <tickets@jugnu.ca>".parse().unwrap();
        assert_eq!(sender.name(), Some("Jugnu Tickets"));
        assert_eq!(sender.address(), "tickets@jugnu.ca");
    }
}
