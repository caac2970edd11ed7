//! Refunds that we hear of from Stripe: our own go on where they stopped, others are imported.
//!
//! Somebody who refunds in Stripe's dashboard may or may not have taken the money back from the organizer
//! and returned our fee. What was done is read off; what was not is made good, so that a refund means the
//! same whoever made it.

use super::locked::{Locked, lock_order};
use super::make::make;
use super::take::{Wish, take};
use crate::access::audit_line;
use crate::checkout::{job, payment_of};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::jobs::kind;
use crate::ports::{PaymentsError, RefundFacts, RefundState, RefundTrail};
use model::ids::RefundId;
use model::refund::{RefundOrigin, RefundStatus, plan_of_actual};
use store::WriteTx;
use store::payments::{Payment, PaymentOutcome};
use store::refunds::Refund;

/// What came of hearing about a refund.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Followed {
    /// It is one of ours, and it is up to date.
    Ours,
    /// It was made elsewhere, and is in our books now.
    Imported,
    /// It concerns no payment of ours, or it failed before we heard of it.
    NotOurs,
}

/// Follows a refund that Stripe told of.
pub async fn follow(house: &House, cx: &mut Cx, stripe_refund: &str) -> Result<Followed, Fault> {
    let known = store::refunds::by_stripe_refund(&mut *house.read().await?, stripe_refund).await?;
    if let Some(refund) = known {
        make(house, cx, &refund.id).await?;
        return Ok(Followed::Ours);
    }
    let facts = match house.payments.refund_state(stripe_refund).await {
        Ok(facts) => facts,
        Err(PaymentsError::NotFound) => return Ok(Followed::NotOurs),
        Err(error) => return Err(error.into()),
    };
    if let Some(ours) = &facts.ours {
        // We asked for it and have not written down that Stripe has it: going on finds it there.
        let planned = store::refunds::by_id(&mut *house.read().await?, ours).await?;
        if planned.is_some() {
            make(house, cx, ours).await?;
            return Ok(Followed::Ours);
        }
    }
    import(house, cx, &facts).await
}

async fn import(house: &House, cx: &mut Cx, facts: &RefundFacts) -> Result<Followed, Fault> {
    if facts.state == RefundState::Failed {
        return Ok(Followed::NotOurs);
    }
    let (intent, charge) = (facts.intent_id.as_deref(), facts.charge_id.as_deref());
    let Some(payment) = payment_of(house, cx, intent, charge).await? else {
        return Ok(Followed::NotOurs);
    };
    let trail = house
        .payments
        .refund_trail(
            facts,
            payment.stripe_transfer_id.as_deref(),
            payment.stripe_application_fee_id.as_deref(),
        )
        .await?;
    let mut tx = house.write().await?;
    let locked = lock_order(&mut tx, &payment.order_id)
        .await?
        .ok_or_else(|| Fault::Inconsistent(format!("payment {} has no order", payment.id)))?;
    // Two workers may hear of it at once; the second finds it under the lock.
    if store::refunds::by_stripe_refund(&mut tx, &facts.id)
        .await?
        .is_some()
    {
        return Ok(Followed::Ours);
    }
    let refund = if payment.outcome == PaymentOutcome::GivenBack {
        record_bare(&mut tx, cx, &locked, &payment, facts, trail).await?
    } else {
        record(&mut tx, cx, &locked, facts, trail).await?
    };
    let go_on = job(cx, kind::MAKE_REFUND, refund.as_str());
    store::jobs::enqueue(&mut tx, &[go_on], cx.now).await?;
    let line = audit_line(cx, "refund.imported", "refund", refund.as_str());
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    metrics::counter!("tickets_refunds_imported").increment(1);
    Ok(Followed::Imported)
}

fn status(facts: &RefundFacts) -> RefundStatus {
    match facts.state {
        RefundState::Succeeded => RefundStatus::Succeeded,
        RefundState::Pending | RefundState::Failed => RefundStatus::Pending,
    }
}

fn wish(facts: &RefundFacts, reversed: i64, fee: i64) -> Wish {
    Wish {
        stripe_refund_id: Some(facts.id.clone()),
        status: status(facts),
        reversed_elsewhere_cents: reversed,
        fee_elsewhere_cents: fee,
        ..Wish::new(RefundOrigin::Stripe, "", "Refunded in Stripe's dashboard.")
    }
}

/// A refund of an order's payment: shared out over what is left of its tickets.
async fn record(
    tx: &mut WriteTx,
    cx: &mut Cx,
    locked: &Locked,
    facts: &RefundFacts,
    trail: RefundTrail,
) -> Result<RefundId, Fault> {
    let earlier = store::refunds::of_order(tx, &locked.order.id).await?;
    let counted: i64 = earlier.iter().map(|r| r.fee_elsewhere_cents).sum();
    let fee = (trail.foreign_fee_cents - counted).max(0);
    let plan = plan_of_actual(&locked.refundable, facts.amount_cents, fee);
    // What is under way here may hold the very cents that went back there. It will fail at Stripe and be
    // put back; until then this waits.
    let plan = plan.map_err(|refusal| {
        Fault::Payments(PaymentsError::Unavailable(format!(
            "refund {} of {} cents finds no room yet: {refusal}",
            facts.id, facts.amount_cents
        )))
    })?;
    let reversed = trail.reversed_cents.min(plan.buyer_cents());
    let fee = fee.min(plan.fee_cents());
    Ok(take(tx, cx, locked, &plan, wish(facts, reversed, fee))
        .await?
        .id)
}

/// A refund of a payment that never became tickets: there are no parts, only what was owed anyway.
async fn record_bare(
    tx: &mut WriteTx,
    cx: &mut Cx,
    locked: &Locked,
    payment: &Payment,
    facts: &RefundFacts,
    trail: RefundTrail,
) -> Result<RefundId, Fault> {
    let wish = wish(facts, trail.reversed_cents, trail.foreign_fee_cents);
    let id = cx.mint(RefundId::mint);
    let refund = Refund {
        payment_id: Some(payment.id.clone()),
        amount_cents: facts.amount_cents,
        fee_cents: trail.foreign_fee_cents,
        reason: payment
            .give_back_reason
            .map_or("", model::order::GiveBackReason::code)
            .to_owned(),
        note: wish.note,
        status: RefundStatus::Pending,
        stripe_refund_id: wish.stripe_refund_id,
        reversed_elsewhere_cents: wish.reversed_elsewhere_cents,
        fee_elsewhere_cents: wish.fee_elsewhere_cents,
        asked_at: Some(cx.now),
        ..Refund::new(
            id,
            locked.order.id.clone(),
            RefundOrigin::GiveBack,
            cx.actor.label(),
            payment.currency,
            cx.now,
        )
    };
    store::refunds::insert(tx, &refund).await?;
    Ok(refund.id)
}
