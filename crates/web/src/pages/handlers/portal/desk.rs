//! The organizer's desk: what happens after a sale.
//!
//! Each step is a form that is sent once and answered by a redirect to a page that says what was done.

mod comps;
mod guests;
mod money;
mod needs;
mod order;
mod orders;
mod refund;
mod steps;
mod words;

pub use comps::{comps_page, comps_step};
pub use guests::{guests_file, guests_page, guests_print_page};
pub use money::{disputes_page, payout_page, payouts_page};
pub(super) use needs::line as need_line;
pub use needs::{mail_step, needs_page};
pub use order::desk_order_page;
pub use orders::{event_orders_page, orders_page};
pub use refund::{refund_page, refund_step};
pub use steps::{decline_step, email_step, name_step, note_step, resend_step};
