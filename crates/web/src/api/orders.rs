//! Orders: shown, continued, extended, let go, refunded, and their papers.

mod papers;
mod refund;
mod show;
mod steps;
mod view;

pub use papers::*;
pub use refund::*;
pub use show::*;
pub use steps::*;
pub use view::OrderOut;
