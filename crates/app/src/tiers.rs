//! Tiers: the kinds of tickets of an event.

mod arrange;
mod change;
mod create;
mod delete;
mod fields;
mod try_price;

pub use arrange::{ArrangeError, arrange};
pub use change::{ChangeTierError, change};
pub use create::{CreateTierError, create};
pub use delete::{DeleteTierError, delete};
pub use fields::TierFields;
pub use try_price::{PriceTried, TryPriceError, try_price};
