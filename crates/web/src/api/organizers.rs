//! Organizers: connecting Stripe, and what an organizer sees of themselves.

mod connect;
mod events;
mod logo;
mod me;
mod profile;
mod view;

pub use connect::*;
pub use events::*;
pub use logo::*;
pub(crate) use me::nobody;
pub use me::*;
pub use profile::*;
pub use view::OrganizerOut;
