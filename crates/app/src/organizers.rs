//! Organizers: who sells, and whether Stripe lets them.

mod connect;
mod status;

pub use connect::{ConnectError, ConnectOrganizer, Connected, connect};
pub use status::{me, refresh_account, refresh_onboarding};
