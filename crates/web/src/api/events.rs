//! Events: made, changed, shown, listed, called off.

mod call_off;
mod change;
mod cover;
mod create;
mod duplicate;
mod fields;
mod public;
mod show;
mod view;

pub use call_off::*;
pub use change::*;
pub use cover::*;
pub use create::*;
pub use duplicate::*;
pub use fields::EventInput;
pub use public::*;
pub use show::*;
pub use view::{EventOut, EventRef, OrganizerRef};
