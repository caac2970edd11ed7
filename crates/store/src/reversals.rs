//! What refunds take back from organizers: from which transfer, how much, and whether Stripe has done it.
//!
//! A row is written before Stripe is asked, while the order is locked; [`made`] turns it into a fact and
//! raises the refund's own sum in the same transaction.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::json;
use crate::{args, statement::statements};
use model::ids::{OrderId, RefundId};
use model::refund::TakeBack;
use model::time::Time;
use serde::Serialize;

statements! {
    PLAN = "
        insert into tickets_refund_reversals (refund_id, transfer, amount_cents, planned_at)
        select $1, r.transfer, r.amount_cents, $3
        from {rows $2 r: transfer text, amount_cents bigint}
        where true
        on conflict (refund_id, transfer) do nothing";
    OF_ORDER = "
        select v.refund_id, v.transfer, v.amount_cents, v.stripe_reversal_id
        from tickets_refunds f
        join tickets_refund_reversals v on v.refund_id = f.id
        where f.order_id = $1
        order by v.planned_at, v.refund_id, v.transfer";
    OF_REFUND = "
        select refund_id, transfer, amount_cents, stripe_reversal_id
        from tickets_refund_reversals
        where refund_id = $1
        order by planned_at, transfer";
    MADE = "
        update tickets_refund_reversals
        set stripe_reversal_id = $3, made_at = $4
        where refund_id = $1
          and transfer = $2
          and stripe_reversal_id is null";
    RAISE = "
        update tickets_refunds
        set reversed_cents = reversed_cents + $2, updated_at = $3
        where id = $1";
}

/// A part of a refund that one transfer gives. Cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reversal {
    pub refund_id: RefundId,
    /// `tr_…`.
    pub transfer: String,
    pub amount_cents: i64,
    /// `trr_…`, once Stripe has done it.
    pub stripe_reversal_id: Option<String>,
}

fn reversal(row: &Row) -> Result<Reversal, StoreError> {
    Ok(Reversal {
        refund_id: row.parsed("refund_id", RefundId::parse)?,
        transfer: row.text("transfer")?,
        amount_cents: row.int("amount_cents")?,
        stripe_reversal_id: row.opt_text("stripe_reversal_id")?,
    })
}

#[derive(Serialize)]
struct PlannedRow<'a> {
    transfer: &'a str,
    amount_cents: i64,
}

/// Plans what a refund takes from which transfer. Whoever calls holds the order's lock.
pub async fn plan(
    tx: &mut WriteTx,
    refund: &RefundId,
    parts: &[TakeBack],
    now: Time,
) -> Result<(), StoreError> {
    let rows: Vec<PlannedRow<'_>> = parts
        .iter()
        .map(|part| PlannedRow {
            transfer: &part.transfer,
            amount_cents: part.cents,
        })
        .collect();
    tx.run(&PLAN, args![refund.as_str(), json(&rows)?, now])
        .await
        .map(drop)
}

/// What the refunds of an order take, planned or done, oldest first.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Reversal>, StoreError> {
    let rows = s.rows(&OF_ORDER, args![order.as_str()]).await?;
    rows.iter().map(reversal).collect()
}

/// What one refund takes, planned or done, oldest first.
pub async fn of_refund(s: &mut Session, refund: &RefundId) -> Result<Vec<Reversal>, StoreError> {
    let rows = s.rows(&OF_REFUND, args![refund.as_str()]).await?;
    rows.iter().map(reversal).collect()
}

/// Records that Stripe has done a part, under its id there; one that is known already is counted once.
pub async fn made(
    tx: &mut WriteTx,
    part: &Reversal,
    stripe_reversal: &str,
    now: Time,
) -> Result<(), StoreError> {
    let refund = part.refund_id.as_str();
    let first = tx
        .changed(&MADE, args![refund, &part.transfer, stripe_reversal, now])
        .await?;
    if first {
        tx.run_one(&RAISE, args![refund, part.amount_cents, now])
            .await?;
    }
    Ok(())
}
