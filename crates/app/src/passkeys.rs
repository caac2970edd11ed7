//! Passkeys: signing in with a face, a finger or the lock of one's device, and no mail to wait for.
//!
//! A passkey belongs to an address, as a link by mail does, so that a buyer without an account may have
//! one. The device has checked who holds it before it signs, and we refuse what it signs without that
//! check: one passkey is both factors. What a browser hands us is checked by the list of the standard
//! (Web Authentication, Level 3, <https://www.w3.org/TR/webauthn-3/>, sections 7.1 and 7.2, read in
//! 2026-11); `docs/adr/0014-passkeys-without-a-library.md` says why by ourselves. Deliberately not here:
//! attestation (which maker's device it is decides nothing), and the question of who may open what.

mod add;
mod authenticator;
mod challenge;
mod client;
mod key;
mod manage;
mod may;
mod news;
mod party;
mod refusal;
mod sign_in;
#[cfg(test)]
mod software;
#[cfg(test)]
mod tests;

pub use add::{Offer, Wanted, add, begin_adding};
pub use challenge::CHALLENGE_S;
pub use manage::{Mine, NAME_MOST, mine, remove, rename};
pub use may::{Adding, FRESH_S};
pub use news::FromBrowser;
pub use party::Party;
pub use refusal::{PasskeyError, Refusal};
pub use sign_in::{Asked, Shown, begin_signing_in, sign_in};
pub use store::passkeys::{Algorithm, Passkey};

pub(crate) use manage::has_any;
pub(crate) use may::is_guarded;
pub(crate) use news::{is_news, news_of_mail};
