//! Payouts: what goes to organizers' banks, and which orders it is made of.

mod by_hand;
mod disburse;
mod import;
mod show;

pub use disburse::pay_organizers;
pub use import::{import, look_at_payouts};
pub use show::{Disbursed, OrderShare, PayoutDetail, PayoutPage, own_payouts, show_payout};
