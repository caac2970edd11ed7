//! Making a refund at Stripe: three calls, each idempotent by the refund's id and remembered when done.
//!
//! The buyer's refund, the reversal of the organizer's transfer, and our fee back to the organizer. A
//! crash between any two goes on where it stopped. From the moment that Stripe was first asked, each step
//! looks for what it may have made before it asks again. A refund that failed after the organizer had
//! paid for it takes one more step: a transfer that gives the organizer's part back.

use super::outcome::{fail, succeed};
use super::reversals::take_back;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{MoneyBack, PaymentsError, RefundState};
use model::ids::RefundId;
use model::refund::{RefundOrigin, RefundStatus};
use store::payments::Payment;
use store::refunds::Refund;

/// What came of a step of the saga.
#[derive(Debug)]
pub enum Made {
    /// Nothing more is to be done at Stripe.
    Done,
    /// Stripe has the refund and will say later how it ended.
    Pending,
    /// Stripe will not do a step; somebody must look.
    Stuck(String),
}

/// Makes a planned refund, or goes on with one.
pub async fn make(house: &House, cx: &mut Cx, id: &RefundId) -> Result<Made, Fault> {
    let Some((refund, payment)) = load(house, id).await? else {
        return Ok(Made::Done);
    };
    if refund.status == RefundStatus::Failed {
        return after_failure(house, cx, id, &refund, &payment).await;
    }
    let state = match buyers_step(house, cx, &refund, &payment).await {
        Ok(state) => state,
        Err(Fault::Payments(PaymentsError::Refused { code, message })) => {
            return ended(house, cx, id, &format!("{code}: {message}")).await;
        }
        Err(fault) => return Err(fault),
    };
    if state == RefundState::Failed {
        return ended(house, cx, id, "the refund failed at Stripe").await;
    }
    let organizers = organizers_steps(house, cx, &refund, &payment).await;
    if state == RefundState::Succeeded {
        let mut tx = house.write().await?;
        if succeed(&mut tx, cx, id).await? {
            metrics::counter!("tickets_refunds_made", "origin" => refund.origin.code())
                .increment(1);
        }
        tx.commit().await?;
        house.bell.notify_one();
    }
    match organizers {
        Err(Fault::Payments(PaymentsError::Refused { code, message })) => {
            return Ok(Made::Stuck(format!("{code}: {message}")));
        }
        other => other?,
    }
    if state == RefundState::Pending {
        return Ok(Made::Pending);
    }
    settle(house, cx, id).await
}

/// A refund for which something is to be done, with its payment.
async fn load(house: &House, id: &RefundId) -> Result<Option<(Refund, Payment)>, Fault> {
    let mut read = house.read().await?;
    let refund = store::refunds::by_id(&mut read, id)
        .await?
        .ok_or_else(|| Fault::Inconsistent(format!("there is no refund {id}")))?;
    let Some(payment_id) = &refund.payment_id else {
        return Ok(None);
    };
    let payment = store::payments::by_id(&mut read, payment_id)
        .await?
        .ok_or_else(|| Fault::Inconsistent(format!("refund {id} has no payment")))?;
    let moneyless = refund.amount_cents == 0 && refund.fee_cents == 0;
    Ok((!moneyless).then_some((refund, payment)))
}

/// The buyer's money. What Stripe has already is read again; what a bank took needs no asking.
async fn buyers_step(
    house: &House,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
) -> Result<RefundState, Fault> {
    if refund.origin == RefundOrigin::Dispute || refund.amount_cents == 0 {
        return Ok(RefundState::Succeeded);
    }
    if let Some(known) = &refund.stripe_refund_id {
        return Ok(house.payments.refund_state(known).await?.state);
    }
    let asked_before = mark_asked(house, cx, refund).await?;
    let step = MoneyBack {
        refund: refund.id.clone(),
        cents: refund.amount_cents,
        asked_before,
    };
    let facts = house
        .payments
        .refund(&step, &payment.stripe_payment_intent)
        .await?;
    let mut tx = house.write().await?;
    store::refunds::set_stripe_refund(&mut tx, &refund.id, &facts.id, cx.now).await?;
    tx.commit().await?;
    Ok(facts.state)
}

/// Notes durably that Stripe is about to be asked; whether it was before.
async fn mark_asked(house: &House, cx: &Cx, refund: &Refund) -> Result<bool, Fault> {
    if refund.asked_at.is_some() {
        return Ok(true);
    }
    let mut tx = house.write().await?;
    store::refunds::mark_asked(&mut tx, &refund.id, cx.now).await?;
    tx.commit().await?;
    Ok(false)
}

/// The organizer's part comes back to us, and our fee goes back to the organizer.
async fn organizers_steps(
    house: &House,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
) -> Result<(), Fault> {
    let asked_before = mark_asked(house, cx, refund).await? || refund.stripe_refund_id.is_some();
    take_back(house, cx, refund, payment, asked_before).await?;
    let fee = refund.fee_to_return_cents();
    if let (Some(fee_id), None, true) = (
        &payment.stripe_application_fee_id,
        &refund.stripe_fee_refund_id,
        fee > 0,
    ) {
        let step = MoneyBack {
            refund: refund.id.clone(),
            cents: fee,
            asked_before,
        };
        let made = house.payments.refund_fee(&step, fee_id).await?;
        let mut tx = house.write().await?;
        store::refunds::set_fee_refund(&mut tx, &refund.id, &made, cx.now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The refund failed: everything is put back here, and then at Stripe.
async fn ended(house: &House, cx: &mut Cx, id: &RefundId, why: &str) -> Result<Made, Fault> {
    let mut tx = house.write().await?;
    if fail(&mut tx, cx, id, why).await? {
        tracing::warn!(target: "tickets::refunds", refund = %id, why, "a refund failed; what it took is put back");
        metrics::counter!("tickets_refunds_failed").increment(1);
    }
    tx.commit().await?;
    house.bell.notify_one();
    match load(house, id).await? {
        Some((refund, payment)) => after_failure(house, cx, id, &refund, &payment).await,
        None => Ok(Made::Done),
    }
}

/// What was begun for a refund before it failed is ended first: Stripe may have done it without our knowing,
/// and only what is known to have been taken can be given back.
async fn after_failure(
    house: &House,
    cx: &Cx,
    id: &RefundId,
    refund: &Refund,
    payment: &Payment,
) -> Result<Made, Fault> {
    match take_back(house, cx, refund, payment, true).await {
        Err(Fault::Payments(PaymentsError::Refused { code, message })) => {
            return Ok(Made::Stuck(format!("{code}: {message}")));
        }
        other => other?,
    }
    match load(house, id).await? {
        Some((refund, payment)) => give_organizer_back(house, cx, &refund, &payment).await,
        None => Ok(Made::Done),
    }
}

/// What the organizer paid for a refund that failed goes back to the organizer: the reversed transfer
/// less the fee that went back. A payment that never became tickets was never the organizer's.
async fn give_organizer_back(
    house: &House,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
) -> Result<Made, Fault> {
    let paid = organizer_paid(refund);
    if refund.origin == RefundOrigin::GiveBack || paid <= 0 || refund.stripe_return_id.is_some() {
        return settle(house, cx, &refund.id).await;
    }
    let mut read = house.read().await?;
    let order = store::orders::by_id(&mut read, &refund.order_id).await?;
    let order =
        order.ok_or_else(|| Fault::Inconsistent(format!("refund {} has no order", refund.id)))?;
    let organizer = store::organizers::by_id(&mut read, &order.organizer_id).await?;
    drop(read);
    let Some(account) = organizer.and_then(|o| o.stripe_account_id) else {
        return Ok(Made::Stuck(
            "the organizer has no Stripe account".to_owned(),
        ));
    };
    let step = MoneyBack {
        refund: refund.id.clone(),
        cents: paid,
        asked_before: true,
    };
    let group = order.id.as_str();
    let made = house
        .payments
        .return_transfer(&step, &account, payment.currency.as_str(), group)
        .await?;
    let mut tx = house.write().await?;
    store::refunds::set_return(&mut tx, &refund.id, &made, paid, cx.now).await?;
    tx.commit().await?;
    settle(house, cx, &refund.id).await
}

/// What the organizer's account has paid for a refund so far, in cents.
fn organizer_paid(refund: &Refund) -> i64 {
    let taken = refund.reversed_elsewhere_cents + refund.reversed_cents;
    let mut paid = taken - refund.fee_elsewhere_cents;
    if refund.stripe_fee_refund_id.is_some() {
        paid -= refund.fee_to_return_cents();
    }
    paid
}

async fn settle(house: &House, cx: &Cx, id: &RefundId) -> Result<Made, Fault> {
    let mut tx = house.write().await?;
    store::refunds::settle(&mut tx, id, cx.now).await?;
    tx.commit().await?;
    Ok(Made::Done)
}
