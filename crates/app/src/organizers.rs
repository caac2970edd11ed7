//! Organizers: who sells, and whether Stripe lets them.

mod connect;
mod keys;
mod preview;
mod profile;
mod registrations;
mod status;

pub use connect::{ConnectError, ConnectOrganizer, Connected, connect, found};
pub use keys::{KeyError, make_key, own_key, own_keys, revoke_key};
pub use preview::{preview_mail, preview_ticket};
pub use profile::{ProfileError, ProfileFields, set_profile};
pub use registrations::RegistrationFields;
pub use status::{me, refresh_account, refresh_onboarding};
