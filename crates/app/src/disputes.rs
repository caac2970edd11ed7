//! Disputes: a buyer complains to the bank, the bank takes the money, and somebody is right in the end.
//!
//! Whatever Stripe tells, the dispute is read afresh, and what is true now is applied: what the bank took
//! becomes a refund that nobody here made, with the organizer's part reversed and the books posted; what
//! it gave back undoes that refund and gives the organizer's part back. Tickets freeze by the organizer's
//! choice, thaw when it is won, die when it is lost. Deliberately not here: the answer to the bank, which
//! people give in Stripe's dashboard with the evidence that we prepare.

mod apply;
mod list;
mod tickets;

pub use apply::{ask_stripe_about_open_disputes, follow};
pub use list::{ListError, Page, all, of_organizer, show_for, to_answer};
