//! Money that goes back: planned first, then told to Stripe, so that a crash forgets nothing.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{OrderId, PaymentId, RefundId};
use model::money::Currency;
use model::refund::RefundStatus;
use model::time::Time;

macro_rules! columns {
    () => {
        "id, order_id, payment_id, amount_cents, fee_cents, currency, reason, note, status,
         stripe_refund_id, stripe_reversal_id, stripe_fee_refund_id, requested_by, error,
         created_at, updated_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_refunds (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)");
    BY_ID = concat!("select ", columns!(), "
        from tickets_refunds
        where id = $1");
    BY_STRIPE_REFUND = concat!("select ", columns!(), "
        from tickets_refunds
        where stripe_refund_id = $1");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_refunds
        where order_id = $1
        order by created_at, id");
    SET_STRIPE_REFUND = "
        update tickets_refunds
        set stripe_refund_id = $2, status = $3, updated_at = $4
        where id = $1";
    SET_REVERSAL = "
        update tickets_refunds
        set stripe_reversal_id = $2, updated_at = $3
        where id = $1";
    SET_FEE_REFUND = "
        update tickets_refunds
        set stripe_fee_refund_id = $2, updated_at = $3
        where id = $1";
    SET_STATUS = "
        update tickets_refunds
        set status = $2, error = $3, updated_at = $4
        where id = $1
          and status <> $2";
}

/// A refund. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refund {
    pub id: RefundId,
    pub order_id: OrderId,
    pub payment_id: PaymentId,
    /// What the buyer gets.
    pub amount_cents: i64,
    /// How much of it the platform's fee bears.
    pub fee_cents: i64,
    pub currency: Currency,
    pub reason: String,
    pub note: String,
    pub status: RefundStatus,
    pub stripe_refund_id: Option<String>,
    pub stripe_reversal_id: Option<String>,
    pub stripe_fee_refund_id: Option<String>,
    pub requested_by: String,
    pub error: Option<String>,
    pub created_at: Time,
    pub updated_at: Time,
}

fn refund(row: &Row) -> Result<Refund, StoreError> {
    Ok(Refund {
        id: row.parsed("id", RefundId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        payment_id: row.parsed("payment_id", PaymentId::parse)?,
        amount_cents: row.int("amount_cents")?,
        fee_cents: row.int("fee_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        reason: row.text("reason")?,
        note: row.text("note")?,
        status: row.word("status", RefundStatus::parse)?,
        stripe_refund_id: row.opt_text("stripe_refund_id")?,
        stripe_reversal_id: row.opt_text("stripe_reversal_id")?,
        stripe_fee_refund_id: row.opt_text("stripe_fee_refund_id")?,
        requested_by: row.text("requested_by")?,
        error: row.opt_text("error")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Writes a new refund.
pub async fn insert(tx: &mut WriteTx, r: &Refund) -> Result<(), StoreError> {
    let args = args![
        r.id.as_str(),
        r.order_id.as_str(),
        r.payment_id.as_str(),
        r.amount_cents,
        r.fee_cents,
        r.currency.as_str(),
        &r.reason,
        &r.note,
        r.status.code(),
        r.stripe_refund_id.as_deref(),
        r.stripe_reversal_id.as_deref(),
        r.stripe_fee_refund_id.as_deref(),
        &r.requested_by,
        r.error.as_deref(),
        r.created_at,
        r.updated_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// The refund of an id.
pub async fn by_id(s: &mut Session, id: &RefundId) -> Result<Option<Refund>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(refund)
        .transpose()
}

/// The refund that Stripe knows under this id.
pub async fn by_stripe_refund(
    s: &mut Session,
    stripe_refund: &str,
) -> Result<Option<Refund>, StoreError> {
    s.maybe(&BY_STRIPE_REFUND, args![stripe_refund])
        .await?
        .as_ref()
        .map(refund)
        .transpose()
}

/// The refunds of an order, oldest first.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Refund>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(refund)
        .collect()
}

/// Records that Stripe has the refund, under its id there.
pub async fn set_stripe_refund(
    tx: &mut WriteTx,
    id: &RefundId,
    stripe_refund: &str,
    status: RefundStatus,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(
        &SET_STRIPE_REFUND,
        args![id.as_str(), stripe_refund, status.code(), now],
    )
    .await
}

/// Records the reversal of the organizer's transfer.
pub async fn set_reversal(
    tx: &mut WriteTx,
    id: &RefundId,
    reversal: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&SET_REVERSAL, args![id.as_str(), reversal, now])
        .await
}

/// Records the refund of the application fee.
pub async fn set_fee_refund(
    tx: &mut WriteTx,
    id: &RefundId,
    fee_refund: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&SET_FEE_REFUND, args![id.as_str(), fee_refund, now])
        .await
}

/// Moves a refund to a status; false if it had that status already.
pub async fn set_status(
    tx: &mut WriteTx,
    id: &RefundId,
    status: RefundStatus,
    error: Option<&str>,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&SET_STATUS, args![id.as_str(), status.code(), error, now])
        .await
}
