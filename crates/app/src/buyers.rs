//! What buyers do with an order that they have: have the mail again, put another name on a ticket, take
//! their data home; and what they agree to beside buying.
//!
//! Deliberately not here: paying, holding and leaving (`checkout`), and asking for money back
//! (`refund_requests`).

pub(crate) mod consent;
mod data;
mod rename;
mod resend;
mod unsubscribe;

pub use consent::{Audience, ConsentGiven, Listener, audience, standing, take_back};
pub use data::held_about;
pub use rename::{RenameError, rename};
pub use resend::{ResendError, resend};
pub use store::consents::Sender;
pub use unsubscribe::{Subscription, set_unsubscribed, subscription};
