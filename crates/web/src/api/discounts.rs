//! Discount codes: what a code takes off or unlocks, for whom, when and how often.

mod change;
mod create;
mod fields;
mod list;
mod view;

pub use change::*;
pub use create::*;
pub use fields::DiscountInput;
pub use list::*;
pub use view::{CodeOut, DiscountOut};
