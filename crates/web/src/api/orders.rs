//! Orders: shown, continued, extended, let go, refunded, and their papers.

mod papers;
mod receipts;
mod refund;
mod show;
mod steps;
mod view;

pub use papers::*;
pub(crate) use papers::{file, pdf_file};
pub use receipts::*;
pub use refund::*;
pub use show::*;
pub use steps::*;
pub use view::{OrderOut, TaxOut};
