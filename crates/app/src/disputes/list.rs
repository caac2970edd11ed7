//! Disputes as their organizer and admins see them.

use crate::access;
use crate::cx::{Actor, Cx};
use crate::error::{Fault, faults};
use crate::house::House;
use model::ids::DisputeId;
use model::time::Time;
use store::Session;
use store::disputes::Dispute;

/// Why a dispute is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// There is no such dispute, or it is somebody else's.
    #[error("This dispute does not exist.")]
    NotFound,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ListError: store::StoreError);

/// A page of disputes, newest first, after the last one of the page before.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The last dispute of the page before.
    pub after: Option<DisputeId>,
    /// At most so many.
    pub limit: i64,
}

impl Page {
    async fn place(&self, s: &mut Session) -> Result<Option<(Time, DisputeId)>, ListError> {
        let Some(id) = &self.after else {
            return Ok(None);
        };
        let last = store::disputes::by_id(s, id).await?;
        let last = last.ok_or(ListError::NotFound)?;
        Ok(Some((last.opened_at, last.id)))
    }
}

/// A page of the acting organizer's disputes.
pub async fn of_organizer(house: &House, cx: &Cx, page: &Page) -> Result<Vec<Dispute>, ListError> {
    let Some(own) = access::own_organizer(house, cx).await? else {
        return Ok(Vec::new());
    };
    let mut read = house.read().await?;
    let before = page.place(&mut read).await?;
    Ok(store::disputes::page(&mut read, Some(&own.id), before, page.limit).await?)
}

/// How many disputes wait for evidence: for admins.
pub async fn to_answer(house: &House) -> Result<i64, Fault> {
    Ok(store::disputes::to_answer(&mut *house.read().await?).await?)
}

/// A page of all disputes: for admins.
pub async fn all(house: &House, page: &Page) -> Result<Vec<Dispute>, ListError> {
    let mut read = house.read().await?;
    let before = page.place(&mut read).await?;
    Ok(store::disputes::page(&mut read, None, before, page.limit).await?)
}

/// A dispute, for its organizer or an admin; a stranger is told that it does not exist.
pub async fn show_for(house: &House, cx: &Cx, id: &DisputeId) -> Result<Dispute, ListError> {
    let dispute = store::disputes::by_id(&mut *house.read().await?, id).await?;
    let dispute = dispute.ok_or(ListError::NotFound)?;
    if matches!(cx.actor, Actor::Admin(_) | Actor::System) {
        return Ok(dispute);
    }
    let own = access::own_organizer(house, cx).await?;
    if own.is_some_and(|o| o.id == dispute.organizer_id) {
        Ok(dispute)
    } else {
        Err(ListError::NotFound)
    }
}
