//! Events: made, changed, shown, listed.

mod change;
mod create;
mod fields;
mod public;
mod show;
mod view;

pub use change::*;
pub use create::*;
pub use fields::EventInput;
pub use public::*;
pub use show::*;
pub use view::{EventOut, EventRef, OrganizerRef};
