//! Tiers: the kinds of tickets of an event.

mod change;
mod create;
mod delete;
mod fields;

pub use change::{ChangeTierError, change};
pub use create::{CreateTierError, create};
pub use delete::{DeleteTierError, delete};
pub use fields::TierFields;
