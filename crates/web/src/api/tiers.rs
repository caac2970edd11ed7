//! Tiers: kinds of tickets with their price and stock.

mod change;
mod create;
mod delete;
mod fields;
mod view;

pub use change::*;
pub use create::*;
pub use delete::*;
pub use fields::TierInput;
pub use view::TierOut;
