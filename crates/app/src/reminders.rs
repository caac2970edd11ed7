//! Reminders: one mail to each order, a day before its event starts.
//!
//! Timed work looks for events that start within a day, and makes the mails of those whose orders were not
//! reminded of this start. Not of an order that was paid within that day: its tickets have only just come.
//! A date that moves to another day is told anew when that day is near; an hour that moves on the same day
//! is not, because the organizer can tell of it. Whether a reminder is still owed is asked once more
//! when it is sent (`delivery`): orders are refunded and events called off in the meantime.

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::messages::paced;
use model::ids::EmailId;
use model::time::Day;
use store::messages::{NewNotice, Recipient};
use store::reminders::Near;

/// How long before the start buyers are reminded, in seconds.
pub const AHEAD_S: i64 = 86_400;
/// Events in one round.
const EVENTS: i64 = 20;
/// Orders in one transaction.
const PORTION: i64 = 200;
/// From one mail to the next, in milliseconds.
const PACE_MS: i64 = 50;

/// Makes the reminders that are due and says how many.
pub async fn remind(house: &House, cx: &mut Cx) -> Result<u64, Fault> {
    let until = cx.now.plus_seconds(AHEAD_S);
    let due = store::reminders::due(&mut *house.read().await?, (cx.now, until), EVENTS).await?;
    let mut made = 0;
    for near in &due {
        while let Some(count) = portion(house, cx, near).await? {
            made += count;
        }
    }
    if made > 0 {
        house.bell.notify_one();
    }
    Ok(made)
}

/// Makes the next reminders of an event; `None` once there are no more.
async fn portion(house: &House, cx: &mut Cx, near: &Near) -> Result<Option<u64>, Fault> {
    let mut tx = house.write().await?;
    let Some(after) = store::reminders::position(&mut tx, near).await? else {
        return Ok(None);
    };
    let paid_by = near.start_at.plus_seconds(-AHEAD_S);
    let orders = store::reminders::portion(&mut tx, near, paid_by, &after, PORTION).await?;
    let day = Day::at(near.start_at, &near.zone).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let mails: Vec<NewNotice> = orders.iter().map(|order| mail_of(cx, day, order)).collect();
    let made = store::messages::insert_mails(&mut tx, &mails, cx.now).await?;
    let jobs = paced(cx, &made, PACE_MS);
    store::jobs::enqueue(&mut tx, &jobs, cx.now).await?;
    let full = i64::try_from(orders.len()).unwrap_or(i64::MAX) >= PORTION;
    let position = orders.last().map_or_else(
        || (after.0, after.1.as_str()),
        |last| (last.created_at.micros(), last.order_id.as_str()),
    );
    store::reminders::advance(&mut tx, near, position, (!full).then_some(cx.now)).await?;
    tx.commit().await?;
    Ok(Some(made.len() as u64))
}

fn mail_of(cx: &mut Cx, day: Day, to: &Recipient) -> NewNotice {
    NewNotice {
        id: cx.mint(EmailId::mint),
        kind: "reminder",
        order_id: to.order_id.clone(),
        dedupe: format!("reminder:{}:{day}", to.order_id),
        to_email: to.email.clone(),
        to_name: to.name.clone(),
        message_id: None,
    }
}
