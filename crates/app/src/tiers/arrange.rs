//! Putting an event's tiers into another order, all at once.

use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::ids::{EventId, TierId};

/// Why tiers were not put into another order.
#[derive(Debug, thiserror::Error)]
pub enum ArrangeError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// The list is not the event's.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ArrangeError: store::StoreError);

/// Puts the tiers into the order of a list that names each of them once.
pub async fn arrange(
    house: &House,
    cx: &mut Cx,
    event: &EventId,
    order: &[String],
) -> Result<(), ArrangeError> {
    let own = access::own_event(house, cx, event).await?;
    own.ok_or(ArrangeError::NotFound)?;
    let tiers = store::tiers::of_event(&mut *house.read().await?, event).await?;
    let mut wanted: Vec<TierId> = Vec::with_capacity(order.len());
    for text in order {
        let tier = tiers.iter().find(|t| t.id.as_str() == text);
        wanted.extend(tier.map(|t| t.id.clone()).filter(|id| !wanted.contains(id)));
    }
    if wanted.len() != tiers.len() || order.len() != tiers.len() {
        let mut invalid = Invalid::default();
        invalid.note("tier_ids", "Name each of the event's tiers once.");
        return Err(ArrangeError::Invalid(invalid));
    }
    let line = access::audit_line(cx, "tiers.arranged", "event", event.as_str());
    let mut tx = house.write().await?;
    store::tiers::arrange(&mut tx, event, &wanted, cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget(house, event);
    Ok(())
}
