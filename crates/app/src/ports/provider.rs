//! A provider of identities: somebody else's sign-in, whose word is taken for who somebody is.

use async_trait::async_trait;
use model::time::Time;

/// A browser that is sent to the provider.
#[derive(Copy, Clone, Debug)]
pub struct Leaving<'a> {
    /// Where it shall come back to: a whole address of ours.
    pub back: &'a str,
    /// What it brings back.
    pub state: &'a str,
    /// What the provider's word about it must carry.
    pub nonce: &'a str,
    /// The hash of the secret that is shown with the code, in base64url.
    pub challenge: &'a str,
    /// The language that the person reads: `en`, `fr`.
    pub lang: &'a str,
}

/// A browser that came back.
#[derive(Copy, Clone, Debug)]
pub struct Coming<'a> {
    /// The same address as when it left.
    pub back: &'a str,
    /// The code that it brought.
    pub code: &'a str,
    /// Which provider it says has sent it; empty if it does not say.
    pub issuer: &'a str,
    /// The secret whose hash was sent.
    pub verifier: &'a str,
    /// What the provider's word must carry.
    pub nonce: &'a str,
}

/// Somebody, as the provider knows them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Person {
    /// The provider's own name for them: it never changes, and is never given to another.
    pub subject: String,
    /// Their address; empty if it was not told.
    pub email: String,
    /// Whether the provider has proved that the address is theirs.
    pub email_verified: bool,
    /// What they are called; empty if it was not told.
    pub name: String,
}

/// Why a provider told us nobody.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, or fails by itself: later it may be well again.
    #[error("the provider does not answer: {0}")]
    Away(String),
    /// What it says is not to be believed, or cannot be used.
    #[error("{why}")]
    Refused {
        /// The stable code of the check that failed.
        code: &'static str,
        /// What it was, for the log.
        why: String,
    },
}

/// Whose word is taken for who somebody is.
#[async_trait]
pub trait Provider: Send + Sync {
    /// What people call it: `Jugnu`.
    fn name(&self) -> &str;
    /// Which one it is; a person is known by this and by their subject.
    fn issuer(&self) -> &str;
    /// The address to which a browser is sent.
    async fn address(&self, now: Time, leaving: &Leaving<'_>) -> Result<String, ProviderError>;
    /// Who it is that came back.
    async fn person(&self, now: Time, coming: &Coming<'_>) -> Result<Person, ProviderError>;
    /// Whether it answers: used by health.
    async fn ping(&self, now: Time) -> Result<(), ProviderError>;
}
