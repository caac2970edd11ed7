//! What admins do: switch parts off, and look after what failed for good.

mod dead_letters;
mod flags;
mod reconciliation;

pub use dead_letters::*;
pub use flags::*;
pub use reconciliation::*;
