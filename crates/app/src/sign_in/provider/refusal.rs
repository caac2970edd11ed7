//! Why somebody did not come in by a provider: for the person in a few words, for the log by its own name.

use crate::error::{Fault, faults};
use crate::ports::ProviderError;

/// Why somebody did not come in.
#[derive(Debug, thiserror::Error)]
pub enum Astray {
    /// No provider is configured.
    #[error("Nobody's word is taken here for who somebody is: OIDC_ISSUER is not set.")]
    Off,
    /// The state is not ours, not this browser's, older than ten minutes, or used: which of these is
    /// nobody's business.
    #[error(
        "This took longer than ten minutes, was finished already, or began in another browser."
    )]
    Lapsed,
    /// The person said no, or did not sign in there.
    #[error("Nobody signed in at the provider.")]
    Stopped,
    /// The provider does not answer.
    #[error("The provider does not answer.")]
    Away,
    /// What the provider says is not to be believed, or cannot be used; the log says why.
    #[error("What the provider said could not be used.")]
    Refused,
    /// The provider has not proved that the address is the person's, or tells none.
    #[error("The provider has not confirmed this person's e-mail address.")]
    Unverified,
    /// The account of the address is another person of the same provider.
    #[error("The account of this address is another person of the provider.")]
    Taken,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(Astray: store::StoreError);

/// Somebody who did not come in, and where they wanted to go.
#[derive(Debug)]
pub struct Stranded {
    /// Why.
    pub why: Astray,
    /// Where they wanted to go: to be checked; empty if it is not known.
    pub next: String,
}

impl Astray {
    /// The stable code, for the log and the metrics.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Off => "provider-off",
            Self::Lapsed => "provider-lapsed",
            Self::Stopped => "provider-stopped",
            Self::Away => "provider-away",
            Self::Refused => "provider-refused",
            Self::Unverified => "provider-unverified",
            Self::Taken => "provider-taken",
            Self::Fault(fault) => fault.code(),
        }
    }

    /// What an answer without a code means (RFC 6749, section 4.1.2.1; OpenID Connect Core, section 3.1.2.6).
    pub(super) fn of_answer(error: &str) -> Self {
        match error {
            "access_denied"
            | "login_required"
            | "interaction_required"
            | "consent_required"
            | "account_selection_required" => Self::Stopped,
            "server_error" | "temporarily_unavailable" => Self::Away,
            // The provider does not like how we asked: that is for whoever operates us, and not a text of
            // somebody else's to be copied into our log.
            _ => {
                tracing::warn!(target: "tickets::web", "the provider refused how it was asked");
                Self::Refused
            }
        }
    }
}

impl From<ProviderError> for Astray {
    fn from(error: ProviderError) -> Self {
        let code = match &error {
            ProviderError::Away(_) => "away",
            ProviderError::Refused { code, .. } => code,
        };
        tracing::warn!(target: "tickets::web", code, %error, "a provider's word was not taken");
        match error {
            ProviderError::Away(_) => Self::Away,
            ProviderError::Refused { .. } => Self::Refused,
        }
    }
}
