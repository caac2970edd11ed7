//! Signing in: a link by mail, a session in a cookie, and who somebody is by it; and the ways in by somebody
//! else's word: a host's hand-over, a provider of identities. One more way in, a passkey, is in
//! [`passkeys`](crate::passkeys).
//!
//! No password exists, so none can be guessed or stolen: whoever reads an address's mail is that
//! address. A link's secret and a session's secret open nothing when read from the database: the first
//! is derived from its id, the second is kept as a keyed hash.

mod enter;
mod factor;
mod hand_over;
mod link;
mod provider;
mod session;
mod totp;

pub use enter::{EnterError, Entered, enter, look_at_link, open_session};
pub use factor::{FactorError, FactorState, Setup, factor_is_on, factor_state, show_factor};
pub use hand_over::{HandOverError, end_host_sessions, hand_back, hand_over};
pub use link::{Asked, LINK_S, SignInError, ask_for_link};
pub use provider::{
    Astray, Homeward, Outward, STATE_S, Sent, Stranded, come_from_provider, send_to_provider,
};
pub use session::{
    SESSION_S, Signed, become_organizer, prove_second_factor, sessions, sign_out,
    sign_out_elsewhere, who_signed_in,
};
pub use store::sessions::{Session, Way};
pub use store::sign_in_links::{Purpose, SignInLink};

pub(crate) use enter::{Begun, Opening};
pub(crate) use link::{MAIL_KIND, link_of_mail};
