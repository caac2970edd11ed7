//! How moments are told on pages that are about an account: it has no place of its own, so that they are
//! told on the clock of British Columbia, with its name.

use crate::when::moment;
use model::time::{Time, Zone};

/// The zone.
const ZONE: &str = "America/Vancouver";

/// A moment in words.
pub(super) fn told(at: Time) -> String {
    Zone::parse(ZONE).map_or_else(|_| at.to_iso(), |zone| moment(at, &zone))
}
