//! The refusals of the door as problems.

use super::{Kind, Problem};
use app::door::DoorError;
use app::door::pairing::PairingError;
use app::door::passphrase::PassphraseError;

impl From<DoorError> for Problem {
    fn from(error: DoorError) -> Self {
        match error {
            DoorError::NotAScanner | DoorError::NotASupervisor | DoorError::NotYours => {
                Self::new(Kind::Forbidden, error)
            }
            DoorError::NotFound => Self::new(Kind::NotFound, error),
            DoorError::Invalid(invalid) => Self::invalid(invalid),
            DoorError::Fault(fault) => fault.into(),
        }
    }
}

impl From<PairingError> for Problem {
    fn from(error: PairingError) -> Self {
        match error {
            PairingError::NotFound => Self::not_found(),
            PairingError::Invalid(invalid) => Self::invalid(invalid),
            PairingError::TooMany => Self::new(Kind::TooMany, error),
            PairingError::NoSuchCode => Self::new(Kind::PairingNotFound, error),
            PairingError::TooOften { retry_after_s } => {
                Self::new(Kind::RateLimited, error).retry_after(retry_after_s)
            }
            PairingError::Fault(fault) => fault.into(),
        }
    }
}

impl From<PassphraseError> for Problem {
    fn from(error: PassphraseError) -> Self {
        match error {
            PassphraseError::NotFound => Self::not_found(),
            PassphraseError::Invalid(invalid) => Self::invalid(invalid),
            PassphraseError::Stale => Self::new(Kind::Stale, error),
            PassphraseError::Fault(fault) => fault.into(),
        }
    }
}
