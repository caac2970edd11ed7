//! Why a provider told us nobody.

use crate::token::Refusal;

/// Why nobody was signed in. Texts are for the log: they carry no code, token or secret.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be reached, takes too long, or fails by itself: later it may be well again.
    #[error("the provider does not answer: {0}")]
    Away(String),
    /// What it says about itself cannot be used.
    #[error("the provider describes itself in a way that cannot be used: {0}")]
    Unfit(String),
    /// It does not take the code, or does not know us.
    #[error("the provider refused the code: {0}")]
    Declined(String),
    /// What it says about the person is not to be believed.
    #[error("the provider's token was refused: {0}")]
    Refused(#[from] Refusal),
}

impl Error {
    /// The stable code, for the log and the metrics.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Away(_) => "away",
            Self::Unfit(_) => "unfit",
            Self::Declined(_) => "declined",
            Self::Refused(refusal) => refusal.code(),
        }
    }
}
