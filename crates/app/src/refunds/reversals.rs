//! What a refund takes back from the organizer: planned under the order's lock, then asked for, part by part.

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{MoneyBack, PaymentsError};
use model::refund::{RefundStatus, TakeBack, TooLittleLeft, left_of, spread};
use store::WriteTx;
use store::payments::Payment;
use store::refunds::Refund;
use store::reversals::Reversal;

/// Takes back what is still to be taken for a refund. What an earlier try may have done is looked for first.
pub(super) async fn take_back(
    house: &House,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
    asked_before: bool,
) -> Result<(), Fault> {
    for part in planned(house, cx, refund, payment).await? {
        if part.stripe_reversal_id.is_some() {
            continue;
        }
        let step = MoneyBack {
            refund: refund.id.clone(),
            cents: part.amount_cents,
            asked_before,
        };
        let made = house
            .payments
            .reverse_transfer(&step, &part.transfer)
            .await?;
        let mut tx = house.write().await?;
        store::reversals::made(&mut tx, &part, &made, cx.now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The plan of a refund's reversals: the one that was made, or a new one.
async fn planned(
    house: &House,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
) -> Result<Vec<Reversal>, Fault> {
    let known = store::reversals::of_refund(&mut *house.read().await?, &refund.id).await?;
    // A refund that failed is done with what it had begun, and begins nothing more.
    let over = refund.status == RefundStatus::Failed;
    let cents = refund.to_reverse_cents();
    if over || !known.is_empty() || cents <= 0 {
        return Ok(known);
    }
    let Some(original) = &payment.stripe_transfer_id else {
        return Ok(known);
    };
    let mut tx = house.write().await?;
    store::lanes::load::orders(&mut tx, std::slice::from_ref(&refund.order_id)).await?;
    plan(&mut tx, cx, refund, payment, original, cents).await?;
    tx.commit().await?;
    Ok(store::reversals::of_refund(&mut *house.read().await?, &refund.id).await?)
}

/// Plans from which transfers the cents come, unless another worker has done so meanwhile.
async fn plan(
    tx: &mut WriteTx,
    cx: &Cx,
    refund: &Refund,
    payment: &Payment,
    original: &str,
    cents: i64,
) -> Result<(), Fault> {
    let claimed = store::reversals::of_order(tx, &refund.order_id).await?;
    if claimed.iter().any(|c| c.refund_id == refund.id) {
        return Ok(());
    }
    let claimed: Vec<TakeBack> = claimed.into_iter().map(as_taken).collect();
    let mut transfers = vec![(original.to_owned(), payment.amount_cents)];
    let mut nameless = 0;
    for other in store::refunds::of_order(tx, &refund.order_id).await? {
        if other.payment_id != refund.payment_id {
            continue;
        }
        nameless += other.reversed_elsewhere_cents;
        if let Some(returned) = other.stripe_return_id {
            transfers.push((returned, other.returned_cents));
        }
    }
    let left = left_of(&transfers, &claimed, nameless);
    let parts = spread(cents, &left).map_err(too_little)?;
    Ok(store::reversals::plan(tx, &refund.id, &parts, cx.now).await?)
}

fn as_taken(made: Reversal) -> TakeBack {
    TakeBack {
        transfer: made.transfer,
        cents: made.amount_cents,
    }
}

/// What Stripe would say if it were asked: somebody must look.
fn too_little(short: TooLittleLeft) -> Fault {
    Fault::Payments(PaymentsError::Refused {
        code: "too_little_left".to_owned(),
        message: short.to_string(),
    })
}
