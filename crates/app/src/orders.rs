//! Orders, as their buyers and organizers see them.

mod credit_note;
mod mine;
mod paper;
mod receipt;
mod refund_paper;
mod show;

pub use credit_note::{credit_note, credit_note_pdf};
pub use mine::{OwnOrders, own_orders};
pub use paper::{order_paper, paper_of, plain_paper_of, sold_on, tax_at_payment};
pub use receipt::{ReceiptError, credit_number, receipt, receipt_pdf};
pub use show::{OrderView, ShowError, of_ids, page_of_event, show, show_for};

pub(crate) use credit_note::of_refund as credit_note_of_refund;
pub(crate) use receipt::receipt_of;
pub(crate) use refund_paper::{canceled_paper, refund_paper};
