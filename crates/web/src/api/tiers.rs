//! Tiers: kinds of tickets with their price and stock.

mod arrange;
mod change;
mod create;
mod delete;
mod fields;
mod try_price;
mod view;

pub use arrange::*;
pub use change::*;
pub use create::*;
pub use delete::*;
pub use fields::TierInput;
pub use try_price::*;
pub use view::TierOut;
