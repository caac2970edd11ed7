//! Sending what an event has earned to its organizer's bank, some days after it is over.
//!
//! Accounts are made with a manual schedule, so that money is still there while people may want it back. A
//! disbursement is planned with each order's part, and asked for at Stripe until Stripe has the money ready:
//! a payment takes days to become available. After each no the parts are added up anew, so that a refund in
//! between is in them; where an answer is unknown, the payout is looked for and then asked for unchanged.

use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{PayOut, PaymentsError};
use model::ids::{DisbursementId, EventId};
use store::WriteTx;
use store::disbursements::{self, Disbursement};

const IN_ONE_GO: i64 = 200;
const DAY_S: i64 = 86_400;
/// Stripe lets money of a Canadian account lie for 90 days at most
/// (docs.stripe.com/connect/manual-payouts, read November 2026); ten of them are for things going wrong.
const LIES_AT_MOST_S: i64 = 80 * DAY_S;

/// Plans what is due and asks Stripe for what is planned; says how many payouts were made. Does nothing
/// where payouts are left to Stripe's schedule or to people.
pub async fn pay_organizers(house: &House, cx: &mut Cx) -> Result<u64, Fault> {
    let Some(delay_s) = house.settings.payout_delay_s else {
        return Ok(0);
    };
    plan_what_is_due(house, cx, delay_s).await?;
    let planned = disbursements::planned(&mut *house.read().await?, IN_ONE_GO).await?;
    let mut made = 0;
    for one in planned {
        match pay(house, cx, &one).await {
            Ok(true) => made += 1,
            Ok(false) => {}
            Err(error @ Fault::Payments(PaymentsError::Busy { .. })) => return Err(error),
            Err(fault) => {
                tracing::warn!(target: "tickets::payouts", disbursement = %one.id, %fault, "a disbursement waits for the next round");
            }
        }
    }
    Ok(made)
}

async fn plan_what_is_due(house: &House, cx: &mut Cx, delay_s: i64) -> Result<(), Fault> {
    let over = cx.now.plus_seconds(-delay_s);
    let old = cx.now.plus_seconds(-LIES_AT_MOST_S);
    let mut after = String::new();
    loop {
        let mut read = house.read().await?;
        let page = disbursements::due(&mut read, &after, over, old, IN_ONE_GO).await?;
        drop(read);
        let Some(last) = page.last() else {
            return Ok(());
        };
        last.event_id.as_str().clone_into(&mut after);
        for due in page {
            let id = cx.mint(DisbursementId::mint);
            let mut tx = house.write().await?;
            lock(&mut tx, &due.event_id).await?;
            disbursements::insert(&mut tx, &id, &due, cx.now).await?;
            // An event that owes its organizer nothing (or is owed) leaves no trace.
            if disbursements::share_out(&mut tx, &id, &due.event_id).await? > 0 {
                tx.commit().await?;
            }
        }
    }
}

/// Everything that changes what an order owes locks its event first.
async fn lock(tx: &mut WriteTx, event: &EventId) -> Result<(), Fault> {
    store::lanes::load::events(tx, std::slice::from_ref(event)).await?;
    Ok(())
}

/// Asks Stripe for a planned disbursement, unless it made it already; whether it is made.
async fn pay(house: &House, cx: &mut Cx, planned: &Disbursement) -> Result<bool, Fault> {
    let account = &planned.stripe_account;
    if planned.unsure {
        // A day earlier than we planned it: Stripe's clock need not be ours.
        let since = planned.created_at.plus_seconds(-DAY_S);
        let found = house.payments.find_payout(account, &planned.id, since);
        if let Some(payout) = found.await? {
            return record(house, cx, planned, &payout).await;
        }
    }
    // While an answer is unknown the very same is asked for again, under the same key: a call that is still
    // on its way cannot become a second payout. Only a definite no is followed by another sum.
    let (cents, attempt) = if planned.unsure {
        (planned.amount_cents, planned.tries)
    } else {
        match begin(house, cx, planned).await? {
            Some(cents) => (cents, planned.tries + 1),
            None => return Ok(false),
        }
    };
    let order = PayOut {
        disbursement: planned.id.clone(),
        cents,
        currency: planned.currency,
        attempt,
    };
    match house.payments.pay_out(account, &order).await {
        Ok(payout) => record(house, cx, planned, &payout).await,
        Err(PaymentsError::Refused { code, message }) => {
            let mut tx = house.write().await?;
            let why = format!("{code}: {message}");
            disbursements::refused(&mut tx, &planned.id, &why, cx.now).await?;
            tx.commit().await?;
            tracing::info!(target: "tickets::payouts", disbursement = %planned.id, why, "the money is not ready to be paid out");
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds the parts up as they are now and notes that Stripe is about to be asked; `None` if nothing is left.
async fn begin(house: &House, cx: &Cx, planned: &Disbursement) -> Result<Option<i64>, Fault> {
    let mut tx = house.write().await?;
    lock(&mut tx, &planned.event_id).await?;
    let cents = disbursements::share_out(&mut tx, &planned.id, &planned.event_id).await?;
    let open = if cents > 0 {
        disbursements::asking(&mut tx, &planned.id, cents, cx.now).await?
    } else {
        disbursements::give_up(&mut tx, &planned.id, cx.now).await?;
        false
    };
    tx.commit().await?;
    Ok(open.then_some(cents))
}

async fn record(
    house: &House,
    cx: &mut Cx,
    planned: &Disbursement,
    payout: &str,
) -> Result<bool, Fault> {
    let line = access::audit_line(cx, "payout.made", "event", planned.event_id.as_str());
    let mut tx = house.write().await?;
    let first = disbursements::made(&mut tx, &planned.id, payout, cx.now).await?;
    if first {
        store::audit::write(&mut tx, &[line], cx.now).await?;
    }
    tx.commit().await?;
    if first {
        metrics::counter!("tickets_payouts_made").increment(1);
    }
    Ok(first)
}
