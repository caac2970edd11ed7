//! The organizer's desk: what happens after a sale.
//!
//! Orders and guests that are found by what people remember, what happened to an order, corrections, and
//! what waits for somebody. Money that goes back is not here: see
//! `refunds` and `refund_requests`; giving tickets away is `checkout`.

mod change;
mod guests;
mod mails;
mod needs;
mod notes;
mod orders;
mod timeline;

pub use change::{ChangeError, correct_email, rename_holder};
pub use guests::{GuestPage, GuestSearch, Guests, GuestsError, list as list_guests, stream};
pub use mails::{ResendError, resend, retry_mail};
pub use needs::{Asked, Need, Needs, Requirements, list as list_needs};
pub use notes::{NoteError, add_note};
pub use orders::{OrderSearch, OrdersError, OrdersPage, search};
pub use timeline::{History, Moment, Sort, mail_name, timeline};
