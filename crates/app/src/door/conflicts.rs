//! Scans of which a device that was alone said “come in”, and was wrong: for the door, and for the organizer.

use super::{DoorError, Pass};
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::checkin::DoorRole;
use model::ids::EventId;
use store::scans::{self, Conflict};

/// The most that is listed.
const MOST: i64 = 100;

/// A device's own conflicts; a supervisor sees all of the event's.
pub async fn of_device(house: &House, cx: &Cx) -> Result<Vec<Conflict>, DoorError> {
    let pass = Pass::of(cx)?;
    let key = Some(&pass.key).filter(|_| pass.role == DoorRole::Steward);
    Ok(scans::conflicts(&mut *house.read().await?, &pass.event, key, MOST).await?)
}

/// An event's conflicts, for its organizer or an admin; nothing for everybody else.
pub async fn of_event(
    house: &House,
    cx: &Cx,
    event: &EventId,
) -> Result<Option<Vec<Conflict>>, Fault> {
    if access::own_event(house, cx, event).await?.is_none() {
        return Ok(None);
    }
    let mut read = house.read().await?;
    Ok(Some(scans::conflicts(&mut read, event, None, MOST).await?))
}
