//! The organizer's desk as data: orders, one order, guests, gifts, payouts, disputes, and what waits.

pub mod guests;
pub mod money;
pub mod needs;
pub mod order;
pub mod orders;
pub mod refund;
