//! Asking for money back: a buyer asks on the order's page, the organizer decides at their desk.
//!
//! A request moves no money. Approving one is a refund like any other (`refunds::ask`), which then names
//! the request that it answers; declining takes a sentence, which is mailed to the buyer. The organizer hears
//! of each request by mail, because nobody looks at a desk every day.

mod ask;
mod decide;
mod list;

pub use ask::{AskRefund, AskRefundError, ask, withdraw};
pub use decide::{DecideError, approve, decline};
pub use list::{RequestPage, RequestRow, list, of_order, show_for};
pub use store::refund_requests::{RefundRequest, RequestStatus};

/// The kind of the mail that tells an organizer of a request.
pub(crate) const MAIL_KIND: &str = "refund_asked";
