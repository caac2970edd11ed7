//! Applying what is true of a dispute now: once, in one transaction, whoever told us.

use super::tickets::move_tickets;
use crate::access::audit_line;
use crate::checkout::{as_new_order, job, payment_of, posting_lines};
use crate::cx::{Actor, Cx};
use crate::error::Fault;
use crate::house::House;
use crate::jobs::kind;
use crate::ports::{DisputeFacts, PaymentsError};
use crate::refunds::{Locked, Wish, fail, lock_order, take};
use model::dispute::{DisputeFunds, DisputePolicy};
use model::ids::{DisputeId, RefundId};
use model::ledger;
use model::money::Currency;
use model::refund::{Ask, FeePolicy, RefundOrigin, RefundStatus, plan};
use store::WriteTx;
use store::disputes::Dispute;
use store::payments::{Payment, PaymentOutcome};
use store::refunds::Refund;

/// Follows a dispute that Stripe told of; false if it concerns no payment of ours.
pub async fn follow(house: &House, cx: &mut Cx, stripe_dispute: &str) -> Result<bool, Fault> {
    let facts = match house.payments.dispute(stripe_dispute).await {
        Ok(facts) => facts,
        Err(PaymentsError::NotFound) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let charge = Some(facts.charge_id.as_str());
    let payment = payment_of(house, cx, facts.intent_id.as_deref(), charge).await?;
    let Some(payment) = payment else {
        return Ok(false);
    };
    let mut tx = house.write().await?;
    let locked = lock_order(&mut tx, &payment.order_id)
        .await?
        .ok_or_else(|| Fault::Inconsistent(format!("payment {} has no order", payment.id)))?;
    let known = store::disputes::by_stripe(&mut tx, &facts.id).await?;
    let fee_before = known.as_ref().map_or(0, |d| d.fee_cents);
    let dispute = record(&mut tx, cx, &locked, &payment, &facts, known).await?;
    book_fee(&mut tx, cx, &locked, dispute.fee_cents - fee_before).await?;
    let moved = move_money(&mut tx, cx, &locked, &payment, &dispute, &facts).await?;
    // A won dispute put its refund back under locks of its own; tickets are read anew.
    let fresh = lock_order(&mut tx, &payment.order_id)
        .await?
        .unwrap_or(locked);
    move_tickets(&mut tx, cx, &fresh, &dispute).await?;
    if let Some(refund) = moved {
        let go_on = job(cx, kind::MAKE_REFUND, refund.as_str());
        store::jobs::enqueue(&mut tx, &[go_on], cx.now).await?;
    }
    tx.commit().await?;
    house.bell.notify_one();
    Ok(true)
}

/// Writes the dispute as it stands, new or changed.
async fn record(
    tx: &mut WriteTx,
    cx: &mut Cx,
    locked: &Locked,
    payment: &Payment,
    facts: &DisputeFacts,
    known: Option<Dispute>,
) -> Result<Dispute, Fault> {
    let currency = Currency::parse(&facts.currency)
        .map_err(|e| Fault::Inconsistent(format!("dispute {}: {e}", facts.id)))?;
    let funds = match (facts.withdrawn_cents > 0, known.as_ref().map(|d| d.funds)) {
        (true, _) => DisputeFunds::Withdrawn,
        (false, Some(DisputeFunds::Withdrawn | DisputeFunds::Reinstated)) => {
            DisputeFunds::Reinstated
        }
        // Won before we heard of it: taken and given back, as if nothing had been.
        (false, _) => DisputeFunds::Untouched,
    };
    let closed = facts.status.is_over().then_some(cx.now);
    let dispute = match &known {
        Some(known) => Dispute {
            amount_cents: facts.amount_cents,
            fee_cents: facts.fee_cents,
            reason: facts.reason.clone(),
            // A closed dispute stays closed, however late an older word of it arrives.
            status: facts.status,
            funds,
            due_at: facts.due_at,
            closed_at: known.closed_at.or(closed),
            updated_at: cx.now,
            ..known.clone()
        },
        None => Dispute {
            id: cx.mint(DisputeId::mint),
            stripe_dispute_id: facts.id.clone(),
            order_id: locked.order.id.clone(),
            payment_id: payment.id.clone(),
            event_id: locked.order.event_id.clone(),
            organizer_id: locked.order.organizer_id.clone(),
            amount_cents: facts.amount_cents,
            fee_cents: facts.fee_cents,
            currency,
            reason: facts.reason.clone(),
            status: facts.status,
            funds,
            policy: policy_of(tx, locked).await?,
            due_at: facts.due_at,
            opened_at: facts.opened_at,
            closed_at: closed,
            evidence_sent_at: None,
            updated_at: cx.now,
        },
    };
    if known.as_ref().is_none_or(|k| k.status != dispute.status) {
        note(tx, cx, &dispute).await?;
    }
    match known {
        Some(_) => store::disputes::change(tx, &dispute).await?,
        None => store::disputes::insert(tx, &dispute).await?,
    }
    Ok(dispute)
}

/// What the organizer wants done with tickets, as it stands when the dispute is first heard of.
async fn policy_of(tx: &mut WriteTx, locked: &Locked) -> Result<DisputePolicy, Fault> {
    let event = store::events::by_id(tx, &locked.order.event_id).await?;
    let event = event
        .ok_or_else(|| Fault::Inconsistent(format!("event {} is gone", locked.order.event_id)))?;
    Ok(event.dispute_policy)
}

async fn note(tx: &mut WriteTx, cx: &mut Cx, dispute: &Dispute) -> Result<(), Fault> {
    let mut line = audit_line(cx, "dispute.changed", "order", dispute.order_id.as_str());
    line.meta_json = serde_json::json!({
        "dispute": dispute.id.as_str(), "status": dispute.status.code(),
        "amount_cents": dispute.amount_cents, "reason": dispute.reason,
    })
    .to_string();
    metrics::counter!("tickets_disputes", "status" => dispute.status.code()).increment(1);
    Ok(store::audit::write(tx, &[line], cx.now).await?)
}

async fn book_fee(tx: &mut WriteTx, cx: &mut Cx, locked: &Locked, cents: i64) -> Result<(), Fault> {
    if cents == 0 {
        return Ok(());
    }
    let fee = ledger::dispute_fee(cents).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let lines = posting_lines(cx, &as_new_order(&locked.order), "dispute_fee", &fee)?;
    Ok(store::ledger::write(tx, &lines).await?)
}

/// Books what the bank took, or what it gave back; the refund for which something is to be done at Stripe.
async fn move_money(
    tx: &mut WriteTx,
    cx: &mut Cx,
    locked: &Locked,
    payment: &Payment,
    dispute: &Dispute,
    facts: &DisputeFacts,
) -> Result<Option<RefundId>, Fault> {
    let made = store::refunds::of_dispute(tx, &dispute.id).await?;
    let standing = made.into_iter().find(|r| r.status != RefundStatus::Failed);
    match (dispute.funds, standing) {
        (DisputeFunds::Withdrawn, None) => withdrawn(tx, cx, locked, payment, dispute, facts)
            .await
            .map(Some),
        (DisputeFunds::Reinstated, Some(refund)) => {
            fail(tx, cx, &refund.id, "the dispute was won").await?;
            Ok(Some(refund.id))
        }
        _ => Ok(None),
    }
}

async fn withdrawn(
    tx: &mut WriteTx,
    cx: &mut Cx,
    locked: &Locked,
    payment: &Payment,
    dispute: &Dispute,
    facts: &DisputeFacts,
) -> Result<RefundId, Fault> {
    if payment.outcome == PaymentOutcome::GivenBack {
        return withdrawn_bare(tx, cx, locked, payment, dispute, facts).await;
    }
    let ask = Ask::Amount(facts.withdrawn_cents);
    // A refund that is under way here may hold the very cents that the bank took. Stripe refuses it, it is
    // put back, and then there is room; until then this waits.
    let plan = plan(&locked.refundable, &ask, FeePolicy::Return).map_err(|refusal| {
        Fault::Payments(PaymentsError::Unavailable(format!(
            "dispute {} of {} cents finds no room yet: {refusal}",
            facts.id, facts.withdrawn_cents
        )))
    })?;
    let wish = Wish {
        keep_tickets: true,
        restock: false,
        dispute_id: Some(dispute.id.clone()),
        status: RefundStatus::Succeeded,
        ..Wish::new(RefundOrigin::Dispute, &dispute.reason, "")
    };
    Ok(take(tx, cx, locked, &plan, wish).await?.id)
}

/// A bank that takes a payment which was to go back anyway: the buyer has what was owed.
async fn withdrawn_bare(
    tx: &mut WriteTx,
    cx: &mut Cx,
    locked: &Locked,
    payment: &Payment,
    dispute: &Dispute,
    facts: &DisputeFacts,
) -> Result<RefundId, Fault> {
    let id = cx.mint(RefundId::mint);
    let refund = Refund {
        payment_id: Some(payment.id.clone()),
        dispute_id: Some(dispute.id.clone()),
        amount_cents: facts.withdrawn_cents,
        fee_cents: payment.application_fee_cents - payment.fee_refunded_cents,
        reason: dispute.reason.clone(),
        status: RefundStatus::Succeeded,
        asked_at: Some(cx.now),
        ..Refund::new(
            id,
            locked.order.id.clone(),
            RefundOrigin::Dispute,
            cx.actor.label(),
            payment.currency,
            cx.now,
        )
    };
    store::refunds::insert(tx, &refund).await?;
    let paid =
        ledger::paid_back(refund.amount_cents).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let as_new = as_new_order(&locked.order);
    let lines = posting_lines(cx, &as_new, "dispute_withdrawn", &paid)?;
    store::ledger::write(tx, &lines).await?;
    Ok(refund.id)
}

/// How long a dispute may be quiet before Stripe is asked about it, in seconds.
const QUIET_S: i64 = 6 * 3_600;
const IN_ONE_GO: i64 = 50;

/// Asks Stripe about disputes that are not over and of which we heard nothing lately; says how many.
pub async fn ask_stripe_about_open_disputes(house: &House) -> Result<u64, Fault> {
    let before = house.now().plus_seconds(-QUIET_S);
    let due = store::disputes::standing(&mut *house.read().await?, before, IN_ONE_GO).await?;
    let asked = due.len() as u64;
    for dispute in due {
        let mut cx = house.cx(Actor::System);
        if let Err(fault) = follow(house, &mut cx, &dispute.stripe_dispute_id).await {
            tracing::warn!(target: "tickets::disputes", dispute = %dispute.id, %fault, "Stripe could not be asked about a dispute");
        }
    }
    Ok(asked)
}
