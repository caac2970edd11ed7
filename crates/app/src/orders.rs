//! Orders, as their buyers and organizers see them.

mod paper;
mod show;

pub use paper::{order_paper, paper_of, sold_on, tax_at_payment};
pub use show::{OrderView, ShowError, page_of_event, show, show_for};
