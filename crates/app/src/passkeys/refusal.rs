//! Why a passkey was not taken: for the person in a sentence, for the log by its own name.

use crate::error::{Fault, faults};

/// What is wrong with an answer that a browser sent. Whoever sent it learns only that it was not taken.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Something is missing, cut short or of another shape.
    #[error("it cannot be read")]
    Malformed,
    /// It was signed for another purpose than it is shown for.
    #[error("it is for another purpose")]
    Purpose,
    /// It was made on another site's page.
    #[error("it was made on another site's page")]
    Origin,
    /// It was made in a page that stands inside another site's.
    #[error("it was made inside another site's page")]
    Framed,
    /// We did not ask this, or not this browser.
    #[error("it answers a question that was not asked")]
    Challenge,
    /// The device keeps it for another site.
    #[error("it is another site's passkey")]
    Party,
    /// Nobody touched the device.
    #[error("nobody was there")]
    NotPresent,
    /// The device did not check who holds it.
    #[error("the device did not check who holds it")]
    NotVerified,
    /// The key is of a kind that we cannot check.
    #[error("its key is of a kind that is not known here")]
    Algorithm,
    /// It is signed by another key, or something of it was changed.
    #[error("its signature is not right")]
    Signature,
    /// The device takes the person for somebody else.
    #[error("it is for another person")]
    Person,
    /// The device has signed less often than before: there is a copy of it.
    #[error("its counter went back: there may be a copy of the key")]
    Counter,
}

impl Refusal {
    /// The stable code, for the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Purpose => "purpose",
            Self::Origin => "origin",
            Self::Framed => "framed",
            Self::Challenge => "challenge",
            Self::Party => "party",
            Self::NotPresent => "not-present",
            Self::NotVerified => "not-verified",
            Self::Algorithm => "algorithm",
            Self::Signature => "signature",
            Self::Person => "person",
            Self::Counter => "counter",
        }
    }
}

/// Why a passkey was not added, or did not sign in.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The address under which we are reached cannot have passkeys.
    #[error("There are no passkeys on this site.")]
    Off,
    /// The question is older than five minutes, or it was answered before.
    #[error("That took too long. Please try once more.")]
    Lapsed,
    /// The answer is not right.
    #[error("This passkey was not accepted. Try once more, or use a link by mail.")]
    Refused(#[from] Refusal),
    /// Nobody here has this passkey.
    #[error(
        "This passkey is not known here: it may have been removed. Sign in with a link by mail."
    )]
    Unknown,
    /// It is here already.
    #[error("This passkey is on an account already.")]
    Taken,
    /// There are many.
    #[error("You have {most} passkeys, which is the most. Remove one first.")]
    TooMany {
        /// How many there may be.
        most: i64,
    },
    /// What it shall be called cannot be a name.
    #[error("{0}")]
    Name(String),
    /// Whoever asks has to show first who they are.
    #[error("{0}")]
    NotYet(super::Adding),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(PasskeyError: store::StoreError);

impl PasskeyError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Off => "passkeys-off",
            Self::Lapsed => "passkey-lapsed",
            Self::Refused(_) => "passkey-refused",
            Self::Unknown => "passkey-unknown",
            Self::Taken => "passkey-taken",
            Self::TooMany { .. } => "passkeys-too-many",
            Self::Name(_) => "passkey-name",
            Self::NotYet(_) => "passkey-not-yet",
            Self::Fault(fault) => fault.code(),
        }
    }
}
