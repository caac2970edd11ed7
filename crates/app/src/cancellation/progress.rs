//! How far giving an event's money back is: readable all along, counted from the orders.

use super::CallOffError;
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::EventId;
use store::Session;
use store::cancellations::{Cancellation, Progress};

/// A cancellation and how far it is.
#[derive(Clone, Debug)]
pub struct CancellationView {
    /// Who did it, when, and whether work is left.
    pub cancellation: Cancellation,
    /// How far it is.
    pub progress: Progress,
}

/// How far an event's cancellation is, for its organizer or an admin; `NotFound` if it was not called off.
pub async fn show(house: &House, cx: &Cx, id: &EventId) -> Result<CancellationView, CallOffError> {
    let event = access::own_event(house, cx, id).await?;
    event.ok_or(CallOffError::NotFound)?;
    view(&mut *house.read().await?, id)
        .await?
        .ok_or(CallOffError::NotFound)
}

pub(super) async fn view(s: &mut Session, id: &EventId) -> Result<Option<CancellationView>, Fault> {
    let Some(cancellation) = store::cancellations::by_event(s, id).await? else {
        return Ok(None);
    };
    Ok(Some(CancellationView {
        progress: store::cancellations::progress(s, id).await?,
        cancellation,
    }))
}
