//! The door of an event: pairing, what a device keeps and follows, what it did while it was alone.
//!
//! Devices show their key in the `Authorization` header, the one that streams too; no key stands in an address.

mod conflicts;
mod feed;
mod keep;
mod pair;
mod people;
mod scans;
mod setup;
mod status;
mod view;

pub use conflicts::*;
pub use feed::*;
pub use keep::*;
pub use pair::*;
pub use people::*;
pub use scans::*;
pub use setup::*;
pub use status::*;

use super::zone_of;
use crate::problem::Problem;
use crate::state::WebState;
use app::{Cx, Fault};
use model::time::Zone;

/// The zone of the place whose door a device keeps.
async fn zone_here(state: &WebState, cx: &Cx) -> Result<Zone, Problem> {
    let pass = app::door::Pass::of(cx)?;
    let listing = app::door::listing(&state.house, &pass.event).await?;
    let zone = zone_of(&listing.event);
    Ok(zone.ok_or_else(|| Fault::Inconsistent("there is no time zone".to_owned()))?)
}
