//! Reading Stripe's movements of our balance, and booking what Stripe kept of each payment.
//!
//! Read from a stored time with a day of overlap, so that nothing that Stripe lists late is missed; a
//! movement is kept once by its id. The time moves on only when every page since then was read.

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::MovementFacts;
use model::ids::{EventId, OrderId, OrganizerId, PostingId};
use model::ledger;
use model::money::Currency;
use model::time::Time;
use store::ledger::Line;
use store::movements::{FeeToBook, NewMovement};

/// The name under which it is kept how far we have read.
const LIST: &str = "movements";
/// How far back the list is read again, in seconds.
const OVERLAP_S: i64 = 86_400;
/// How many fees are booked in one transaction.
const FEES_IN_ONE_GO: i64 = 200;

/// What a reading brought.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct ReadMovements {
    /// Movements that were new.
    pub new: u64,
    /// Fees that were booked.
    pub fees: u64,
}

/// Reads what moved since the last time, or since `since` where that is earlier, and books fees.
pub async fn read_movements(
    house: &House,
    cx: &mut Cx,
    since: Option<Time>,
) -> Result<ReadMovements, Fault> {
    let known = store::cursors::read_until(&mut *house.read().await?, LIST).await?;
    let resume = known.map_or(Time::from_micros(0), |at| at.plus_seconds(-OVERLAP_S));
    let from = since.map_or(resume, |since| since.min(resume));
    let (mut new, mut newest, mut after) = (0, None, None);
    loop {
        let page = house.payments.movements(from, after.as_deref()).await?;
        newest = newest.max(page.items.iter().map(|m| m.at).max());
        let rows: Vec<NewMovement> = page.items.iter().map(row).collect();
        let mut tx = house.write().await?;
        new += store::movements::insert_new(&mut tx, &rows, cx.now).await?;
        tx.commit().await?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut tx = house.write().await?;
    store::movements::trace(&mut tx).await?;
    if let Some(newest) = newest {
        store::cursors::move_to(&mut tx, LIST, newest, cx.now).await?;
    }
    tx.commit().await?;
    let fees = book_fees(house, cx, from).await?;
    metrics::counter!("tickets_movements_read").increment(new);
    Ok(ReadMovements { new, fees })
}

fn row(movement: &MovementFacts) -> NewMovement {
    NewMovement {
        id: movement.id.clone(),
        kind: movement.kind.clone(),
        source: movement.source.clone(),
        amount_cents: movement.amount_cents,
        fee_cents: movement.fee_cents,
        net_cents: movement.net_cents,
        currency: movement.currency.clone(),
        charge: movement.leads_to.charge.clone(),
        transfer: movement.leads_to.transfer.clone(),
        application_fee: movement.leads_to.application_fee.clone(),
        at: movement.at.micros(),
    }
}

/// Books what Stripe kept of each payment, once: the payment says whether it was.
async fn book_fees(house: &House, cx: &mut Cx, since: Time) -> Result<u64, Fault> {
    let mut booked = 0;
    loop {
        let mut tx = house.write().await?;
        let due = store::movements::fees_to_book(&mut tx, since, FEES_IN_ONE_GO).await?;
        if due.is_empty() {
            return Ok(booked);
        }
        let mut lines = Vec::new();
        for fee in &due {
            if store::movements::set_fee(&mut tx, &fee.payment_id, fee.fee_cents).await? {
                lines.extend(fee_lines(cx, fee)?);
                booked += 1;
            }
        }
        store::ledger::write(&mut tx, &lines).await?;
        tx.commit().await?;
    }
}

fn fee_lines(cx: &mut Cx, fee: &FeeToBook) -> Result<Vec<Line>, Fault> {
    let broken =
        |e: &dyn std::fmt::Display| Fault::Inconsistent(format!("payment {}: {e}", fee.payment_id));
    let posting = ledger::stripe_fee(fee.fee_cents).map_err(|e| broken(&e))?;
    let posting_id = cx.mint(PostingId::mint);
    let order_id = OrderId::parse(&fee.order_id).map_err(|e| broken(&e))?;
    let event_id = EventId::parse(&fee.event_id).map_err(|e| broken(&e))?;
    let organizer_id = OrganizerId::parse(&fee.organizer_id).map_err(|e| broken(&e))?;
    let currency = Currency::parse(&fee.currency).map_err(|e| broken(&e))?;
    let line = |(at, (account, cents)): (usize, &(ledger::Account, i64))| Line {
        posting_id: posting_id.clone(),
        line: i64::try_from(at).unwrap_or(i64::MAX),
        order_id: order_id.clone(),
        event_id: event_id.clone(),
        organizer_id: organizer_id.clone(),
        kind: "stripe_fee".to_owned(),
        account: *account,
        amount_cents: *cents,
        currency,
        at: cx.now,
    };
    Ok(posting.lines().iter().enumerate().map(line).collect())
}
