//! Money that goes back: planned first, then told to Stripe, so that a crash forgets nothing.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::ids;
use crate::{args, statement::statements};
use model::ids::{DisputeId, OrderId, PaymentId, RefundId};
use model::money::Currency;
use model::refund::{RefundOrigin, RefundStatus};
use model::time::Time;

macro_rules! columns {
    () => {
        "id, order_id, payment_id, dispute_id, origin, amount_cents, fee_cents, currency, reason, note,
         status, restock, stripe_refund_id, stripe_fee_refund_id, stripe_return_id, reversed_cents,
         returned_cents, fee_kept_cents, reversed_elsewhere_cents, fee_elsewhere_cents, asked_at,
         settled_at, requested_by, error, created_at, updated_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_refunds (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                $21, $22, $23, $24, $25, $26)");
    BY_ID = concat!("select ", columns!(), "
        from tickets_refunds
        where id = $1");
    LOCK = concat!("select ", columns!(), "
        from tickets_refunds
        where id = $1
        {for update}");
    BY_STRIPE_REFUND = concat!("select ", columns!(), "
        from tickets_refunds
        where stripe_refund_id = $1");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_refunds
        where order_id = $1
        order by created_at, id");
    OF_DISPUTE = concat!("select ", columns!(), "
        from tickets_refunds
        where dispute_id = $1
        order by created_at, id");
    UNSETTLED = concat!("select ", columns!(), "
        from tickets_refunds
        where settled_at is null
          and updated_at < $1
        order by updated_at, id
        limit $2");
    MARK_ASKED = "
        update tickets_refunds
        set asked_at = coalesce(asked_at, $2)
        where id = $1";
    SET_STRIPE_REFUND = "
        update tickets_refunds
        set stripe_refund_id = $2, updated_at = $3,
            status = case when status = 'planned' then 'pending' else status end
        where id = $1";
    SET_FEE_REFUND = "
        update tickets_refunds
        set stripe_fee_refund_id = $2, updated_at = $3
        where id = $1";
    SET_RETURN = "
        update tickets_refunds
        set stripe_return_id = $2, returned_cents = $3, updated_at = $4
        where id = $1";
    SET_STATUS = "
        update tickets_refunds
        set status = $2, error = $3, settled_at = null, updated_at = $4,
            failed_at = case when $2 = 'failed' then $4 else failed_at end
        where id = $1
          and status <> $2";
    SETTLE = "
        update tickets_refunds
        set settled_at = $2, updated_at = $2
        where id = $1
          and settled_at is null";
    TOUCH = "
        update tickets_refunds
        set updated_at = $2
        where id in (select r.id from {rows $1 r: id text})";
}

/// A refund. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refund {
    pub id: RefundId,
    pub order_id: OrderId,
    /// `None` for a free order.
    pub payment_id: Option<PaymentId>,
    /// The dispute by which the bank took the money.
    pub dispute_id: Option<DisputeId>,
    /// Who set it going.
    pub origin: RefundOrigin,
    /// What the buyer gets.
    pub amount_cents: i64,
    /// How much of the platform's fee, with its taxes, goes back.
    pub fee_cents: i64,
    pub currency: Currency,
    pub reason: String,
    pub note: String,
    pub status: RefundStatus,
    /// Whether the places of its tickets go back on sale.
    pub restock: bool,
    pub stripe_refund_id: Option<String>,
    pub stripe_fee_refund_id: Option<String>,
    /// The transfer that gave the organizer's part back after a failure or a dispute that was won.
    pub stripe_return_id: Option<String>,
    /// What Stripe has taken back from the organizer's transfers for it (see [`crate::reversals`]).
    pub reversed_cents: i64,
    /// What that transfer gave back.
    pub returned_cents: i64,
    /// What the organizer has of our fee already, from an earlier refund that failed: neither taken nor
    /// returned again.
    pub fee_kept_cents: i64,
    /// What somebody else took back from the organizer already (in Stripe's dashboard).
    pub reversed_elsewhere_cents: i64,
    /// What somebody else returned of our fee already.
    pub fee_elsewhere_cents: i64,
    /// When Stripe was first asked for it: from then on it is looked up before it is asked for again.
    pub asked_at: Option<Time>,
    /// When nothing more was to be done for it at Stripe.
    pub settled_at: Option<Time>,
    pub requested_by: String,
    pub error: Option<String>,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Refund {
    /// A refund of nothing yet, of which Stripe knows nothing: what each kind adds is said where it is made.
    pub fn new(
        id: RefundId,
        order_id: OrderId,
        origin: RefundOrigin,
        requested_by: String,
        currency: Currency,
        now: Time,
    ) -> Self {
        Self {
            id,
            order_id,
            payment_id: None,
            dispute_id: None,
            origin,
            amount_cents: 0,
            fee_cents: 0,
            currency,
            reason: String::new(),
            note: String::new(),
            status: RefundStatus::Planned,
            restock: false,
            stripe_refund_id: None,
            stripe_fee_refund_id: None,
            stripe_return_id: None,
            reversed_cents: 0,
            returned_cents: 0,
            fee_kept_cents: 0,
            reversed_elsewhere_cents: 0,
            fee_elsewhere_cents: 0,
            asked_at: None,
            settled_at: None,
            requested_by,
            error: None,
            created_at: now,
            updated_at: now,
        }
    }
}

impl Refund {
    /// What is to be taken back from the organizer's transfers for it, in all.
    pub fn to_reverse_cents(&self) -> i64 {
        self.amount_cents - self.reversed_elsewhere_cents - self.fee_kept_cents
    }

    /// What is to be returned of our fee for it, in all.
    pub fn fee_to_return_cents(&self) -> i64 {
        self.fee_cents - self.fee_elsewhere_cents - self.fee_kept_cents
    }
}

fn refund(row: &Row) -> Result<Refund, StoreError> {
    Ok(Refund {
        id: row.parsed("id", RefundId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        payment_id: row.opt_parsed("payment_id", PaymentId::parse)?,
        dispute_id: row.opt_parsed("dispute_id", DisputeId::parse)?,
        origin: row.word("origin", RefundOrigin::parse)?,
        amount_cents: row.int("amount_cents")?,
        fee_cents: row.int("fee_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        reason: row.text("reason")?,
        note: row.text("note")?,
        status: row.word("status", RefundStatus::parse)?,
        restock: row.bool("restock")?,
        stripe_refund_id: row.opt_text("stripe_refund_id")?,
        stripe_fee_refund_id: row.opt_text("stripe_fee_refund_id")?,
        stripe_return_id: row.opt_text("stripe_return_id")?,
        reversed_cents: row.int("reversed_cents")?,
        returned_cents: row.int("returned_cents")?,
        fee_kept_cents: row.int("fee_kept_cents")?,
        reversed_elsewhere_cents: row.int("reversed_elsewhere_cents")?,
        fee_elsewhere_cents: row.int("fee_elsewhere_cents")?,
        asked_at: row.opt_time("asked_at")?,
        settled_at: row.opt_time("settled_at")?,
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
        r.payment_id.as_ref().map(PaymentId::as_str),
        r.dispute_id.as_ref().map(DisputeId::as_str),
        r.origin.code(),
        r.amount_cents,
        r.fee_cents,
        r.currency.as_str(),
        &r.reason,
        &r.note,
        r.status.code(),
        r.restock,
        r.stripe_refund_id.as_deref(),
        r.stripe_fee_refund_id.as_deref(),
        r.stripe_return_id.as_deref(),
        r.reversed_cents,
        r.returned_cents,
        r.fee_kept_cents,
        r.reversed_elsewhere_cents,
        r.fee_elsewhere_cents,
        r.asked_at,
        r.settled_at,
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

/// The refund of an id, locked until the transaction ends.
pub async fn lock(tx: &mut WriteTx, id: &RefundId) -> Result<Option<Refund>, StoreError> {
    tx.maybe(&LOCK, args![id.as_str()])
        .await?
        .as_ref()
        .map(refund)
        .transpose()
}

/// The refunds that a dispute made.
pub async fn of_dispute(s: &mut Session, dispute: &DisputeId) -> Result<Vec<Refund>, StoreError> {
    s.rows(&OF_DISPUTE, args![dispute.as_str()])
        .await?
        .iter()
        .map(refund)
        .collect()
}

/// Refunds for which something is still to be done at Stripe and that nobody touched since `before`.
pub async fn unsettled(
    s: &mut Session,
    before: Time,
    limit: i64,
) -> Result<Vec<Refund>, StoreError> {
    s.rows(&UNSETTLED, args![before, limit])
        .await?
        .iter()
        .map(refund)
        .collect()
}

/// Notes that Stripe is about to be asked for it.
pub async fn mark_asked(tx: &mut WriteTx, id: &RefundId, now: Time) -> Result<(), StoreError> {
    tx.run_one(&MARK_ASKED, args![id.as_str(), now]).await
}

/// Records that Stripe has the refund, under its id there; a planned one is pending from now on.
pub async fn set_stripe_refund(
    tx: &mut WriteTx,
    id: &RefundId,
    stripe_refund: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&SET_STRIPE_REFUND, args![id.as_str(), stripe_refund, now])
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

/// Records the transfer that gave the organizer's part back, and its cents.
pub async fn set_return(
    tx: &mut WriteTx,
    id: &RefundId,
    transfer: &str,
    cents: i64,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&SET_RETURN, args![id.as_str(), transfer, cents, now])
        .await
}

/// Moves a refund to a status, with work at Stripe ahead of it again; false if it had that status already.
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

/// Records that nothing more is to be done for it at Stripe; false if that was known.
pub async fn settle(tx: &mut WriteTx, id: &RefundId, now: Time) -> Result<bool, StoreError> {
    tx.changed(&SETTLE, args![id.as_str(), now]).await
}

/// Notes that somebody looks after them.
pub async fn touch(tx: &mut WriteTx, refunds: &[Refund], now: Time) -> Result<(), StoreError> {
    let wanted = ids(refunds.iter().map(|r| r.id.as_str()));
    tx.run(&TOUCH, args![wanted, now]).await.map(drop)
}
