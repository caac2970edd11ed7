//! Money that goes straight back: a payment that could not be taken.
//!
//! Three calls at Stripe, each idempotent by the refund's id and each remembered when it is done: the
//! buyer's refund, the reversal of the organizer's transfer, and our fee back to the organizer. A crash
//! between any two goes on where it stopped. Refunds that people ask for come on top of this saga.

use crate::checkout::{as_new_order, mail, posting_lines};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{PaymentsError, RefundState};
use model::ids::RefundId;
use model::ledger::{Account, Posting};
use model::refund::RefundStatus;
use store::orders::Order;
use store::payments::Payment;
use store::refunds::Refund;

/// What came of a step of the saga.
#[derive(Debug)]
pub enum Made {
    /// The money is on its way to the buyer, and everything is booked.
    Done,
    /// Stripe has the refund and will say later how it ended.
    Pending,
    /// Stripe will not refund it; somebody must look.
    Stuck(String),
}

/// Makes a planned refund, or goes on with one.
pub async fn make(house: &House, cx: &mut Cx, id: &RefundId) -> Result<Made, Fault> {
    let mut read = house.read().await?;
    let refund = store::refunds::by_id(&mut read, id)
        .await?
        .ok_or_else(|| Fault::Inconsistent(format!("there is no refund {id}")))?;
    let payment = store::payments::by_id(&mut read, &refund.payment_id).await?;
    let order = store::orders::by_id(&mut read, &refund.order_id).await?;
    drop(read);
    let (Some(payment), Some(order)) = (payment, order) else {
        return Err(Fault::Inconsistent(format!(
            "refund {id} has no payment or order"
        )));
    };
    if refund.status == RefundStatus::Succeeded {
        return Ok(Made::Done);
    }
    let state = match refund_buyer(house, cx, &refund, &payment).await {
        Ok(state) => state,
        Err(Fault::Payments(PaymentsError::Refused { code, message })) => {
            let why = format!("{code}: {message}");
            let mut tx = house.write().await?;
            store::refunds::set_status(&mut tx, id, RefundStatus::Failed, Some(&why), cx.now)
                .await?;
            tx.commit().await?;
            return Ok(Made::Stuck(why));
        }
        Err(fault) => return Err(fault),
    };
    settle_transfer(house, cx, &refund, &payment).await?;
    settle_fee(house, cx, &refund, &payment).await?;
    match state {
        RefundState::Pending => Ok(Made::Pending),
        RefundState::Failed => Ok(Made::Stuck("the refund failed at Stripe".to_owned())),
        RefundState::Succeeded => {
            book(house, cx, &refund, &payment, &order).await?;
            Ok(Made::Done)
        }
    }
}

/// The first step: the buyer's money. A refund that Stripe has already is read again instead, and its
/// status is left alone: another worker may have booked it since we loaded it.
async fn refund_buyer(
    house: &House,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
) -> Result<RefundState, Fault> {
    if let Some(known) = &refund.stripe_refund_id {
        let state = house.payments.refund_state(known).await?.state;
        if state == RefundState::Failed {
            let mut tx = house.write().await?;
            store::refunds::set_status(
                &mut tx,
                &refund.id,
                RefundStatus::Failed,
                Some("the refund failed at Stripe"),
                cx.now,
            )
            .await?;
            tx.commit().await?;
        }
        return Ok(state);
    }
    let facts = house
        .payments
        .refund(
            &refund.id,
            &payment.stripe_payment_intent,
            refund.amount_cents,
        )
        .await?;
    // `Succeeded` is written together with the books, so that a crash in between is made good.
    let status = if facts.state == RefundState::Failed {
        RefundStatus::Failed
    } else {
        RefundStatus::Pending
    };
    let mut tx = house.write().await?;
    store::refunds::set_stripe_refund(&mut tx, &refund.id, &facts.id, status, cx.now).await?;
    tx.commit().await?;
    Ok(facts.state)
}

/// The second step, for destination charges: the organizer's part comes back to us.
async fn settle_transfer(
    house: &House,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
) -> Result<(), Fault> {
    let (Some(transfer), None) = (&payment.stripe_transfer_id, &refund.stripe_reversal_id) else {
        return Ok(());
    };
    let reversal = house
        .payments
        .reverse_transfer(&refund.id, transfer, refund.amount_cents)
        .await?;
    let mut tx = house.write().await?;
    store::refunds::set_reversal(&mut tx, &refund.id, &reversal, cx.now).await?;
    Ok(tx.commit().await?)
}

/// The third step: our fee goes back to the organizer, from whom the whole amount was taken.
async fn settle_fee(
    house: &House,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
) -> Result<(), Fault> {
    let (Some(fee), None, true) = (
        &payment.stripe_application_fee_id,
        &refund.stripe_fee_refund_id,
        refund.fee_cents > 0,
    ) else {
        return Ok(());
    };
    let fee_refund = house
        .payments
        .refund_fee(&refund.id, fee, refund.fee_cents)
        .await?;
    let mut tx = house.write().await?;
    store::refunds::set_fee_refund(&mut tx, &refund.id, &fee_refund, cx.now).await?;
    Ok(tx.commit().await?)
}

/// The last step, in one transaction: status, counters, books, and a mail to the buyer.
async fn book(
    house: &House,
    cx: &mut Cx,
    refund: &Refund,
    payment: &Payment,
    order: &Order,
) -> Result<(), Fault> {
    let returned = Posting::new([
        (Account::BuyerRefundsDue, refund.amount_cents),
        (Account::BuyerClearing, -refund.amount_cents),
    ]);
    let returned = returned.map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let as_new = as_new_order(order);
    let lines = posting_lines(cx, &as_new, "payment_returned", &returned)?;
    let (mut email, job) = mail(cx, "money_back", &as_new);
    email.dedupe = format!("money_back:{}", refund.id);
    let mut tx = house.write().await?;
    if store::refunds::set_status(&mut tx, &refund.id, RefundStatus::Succeeded, None, cx.now)
        .await?
    {
        store::payments::add_refunded(&mut tx, &payment.id, refund.amount_cents).await?;
        store::ledger::write(&mut tx, &lines).await?;
        store::emails::insert(&mut tx, &[email], cx.now).await?;
        store::jobs::enqueue(&mut tx, &[job], cx.now).await?;
    }
    tx.commit().await?;
    house.bell.notify_one();
    metrics::counter!("tickets_payments_returned").increment(1);
    Ok(())
}
