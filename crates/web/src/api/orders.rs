//! Orders: shown, continued, extended, let go, and their papers.

mod papers;
mod show;
mod steps;
mod view;

pub use papers::*;
pub use show::*;
pub use steps::*;
pub use view::OrderOut;
