//! Where a device is: its event, its gate, and how many have come in.

use super::{DoorError, Pass, listing};
use crate::catalogue::Listing;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::checkin::Gate;
use model::ids::TierId;
use std::sync::Arc;
use store::doors::TierCount;

/// How many have come in, of how many.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// Tickets with which somebody came in.
    pub admitted: i64,
    /// Tickets that can admit or have.
    pub expected: i64,
    /// The same by tier, in the order in which they are sold; those without tickets, too.
    pub tiers: Vec<TierCount>,
}

/// Where a device is.
#[derive(Clone, Debug)]
pub struct Status {
    /// Its key, name and role.
    pub pass: Pass,
    /// The event with its tiers.
    pub listing: Arc<Listing>,
    /// The rules of its gate.
    pub gate: Gate,
    /// How many have come in.
    pub counts: Counts,
}

/// Tells a device where it is.
pub async fn status(house: &House, cx: &Cx) -> Result<Status, DoorError> {
    let pass = Pass::of(cx)?;
    let listing = listing(house, &pass.event).await?;
    Ok(Status {
        gate: pass.gate(&listing),
        counts: counts(house, &listing).await?,
        pass,
        listing,
    })
}

/// How many have come to an event.
pub async fn counts(house: &House, listing: &Listing) -> Result<Counts, Fault> {
    let kept = store::doors::counts(&mut *house.read().await?, &listing.event.id).await?;
    let of = |tier: &TierId| {
        let found = kept.iter().find(|count| count.tier_id == *tier);
        found.cloned().unwrap_or_else(|| TierCount {
            tier_id: tier.clone(),
            expected: 0,
            admitted: 0,
        })
    };
    Ok(Counts {
        admitted: kept.iter().map(|count| count.admitted).sum(),
        expected: kept.iter().map(|count| count.expected).sum(),
        tiers: listing.tiers.iter().map(|tier| of(&tier.id)).collect(),
    })
}
