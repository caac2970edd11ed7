//! What an organizer wants to know at a glance: what was sold, what it earned, where from.
//!
//! Read from rollups, so that an event of a million orders answers like one of ten. Deliberately not here:
//! what the treasurer needs to the cent and order by order, which are reports.

mod ask;
mod event;
mod overview;

pub use ask::{Asked, MetricsAsk};
pub use event::{BucketRow, EventMetrics, KeyRow, Part, event_metrics};
pub use overview::{Overview, overview};
pub use store::metrics::Facet;
pub use store::metrics::series::Numbers;

use crate::error::{Fault, Invalid, faults};

/// Why there are no numbers.
#[derive(Debug, thiserror::Error)]
pub enum MetricsError {
    /// There is no such event, or it is somebody else's: the same answer.
    #[error("This event does not exist, or it is not yours.")]
    NotFound,
    /// What was asked for makes no sense.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(MetricsError: store::StoreError);

impl From<model::time::BadDay> for MetricsError {
    fn from(bad: model::time::BadDay) -> Self {
        Self::Fault(Fault::Inconsistent(bad.to_string()))
    }
}
