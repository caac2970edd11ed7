//! Movements of our own balance at Stripe, kept as Stripe tells them, and traced to our payments.
//!
//! A movement is written once and never changed, but for the payment that it is traced to: a charge may
//! be known to Stripe before it is known to us. What the comparison of both books needs of ours stands in
//! `crate::comparison`.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::{args, statement::statements};
use model::ids::{OrderId, PaymentId};
use model::reconcile;
use model::time::Time;
use serde::Serialize;

statements! {
    INSERT_NEW = "
        insert into tickets_movements (
          id, kind, source, amount_cents, fee_cents, net_cents, currency, charge, transfer,
          application_fee, at, imported_at)
        select r.id, r.kind, r.source, r.amount_cents, r.fee_cents, r.net_cents, r.currency, r.charge,
          r.transfer, r.application_fee, r.at, $2
        from {rows $1 r: id text, kind text, source text, amount_cents bigint, fee_cents bigint,
          net_cents bigint, currency text, charge text, transfer text, application_fee text, at bigint}
        where true
        on conflict (id) do nothing";
    TRACE_BY_CHARGE = "
        update tickets_movements
        set payment_id = p.id, order_id = p.order_id
        from tickets_payments p
        where tickets_movements.payment_id is null
          and p.stripe_charge_id = tickets_movements.charge";
    TRACE_BY_TRANSFER = "
        update tickets_movements
        set payment_id = p.id, order_id = p.order_id
        from tickets_payments p
        where tickets_movements.payment_id is null
          and p.stripe_transfer_id = tickets_movements.transfer";
    TRACE_BY_FEE = "
        update tickets_movements
        set payment_id = p.id, order_id = p.order_id
        from tickets_payments p
        where tickets_movements.payment_id is null
          and p.stripe_application_fee_id = tickets_movements.application_fee";
    TRACE_BY_RETURN = "
        update tickets_movements
        set payment_id = f.payment_id, order_id = f.order_id
        from tickets_refunds f
        where tickets_movements.payment_id is null
          and f.payment_id is not null
          and f.stripe_return_id = tickets_movements.transfer";
    OF_ORDERS = "
        select m.id, m.order_id, m.kind, m.source, m.amount_cents, m.fee_cents, m.at
        from {rows $1 r: id text}
        join tickets_movements m on m.order_id = r.id
        order by m.order_id, m.at, m.id";
    UNTRACED = "
        select id, order_id, kind, source, amount_cents, fee_cents, at
        from tickets_movements
        where payment_id is null
          and at >= $1
          and at < $2
        order by at, id
        limit $3";
    COUNT_SINCE = "
        select count(*) as movements
        from tickets_movements
        where at >= $1";
    FEES_TO_BOOK = "
        select p.id, p.order_id, p.currency, o.event_id, o.organizer_id, m.fee_cents
        from tickets_movements m
        join tickets_payments p on p.id = m.payment_id
        join tickets_orders o on o.id = p.order_id
        where m.at >= $1
          and m.kind in ('charge', 'payment')
          and m.charge = p.stripe_charge_id
          and p.stripe_fee_cents is null
        order by m.at, m.id
        limit $2";
    SET_FEE = "
        update tickets_payments
        set stripe_fee_cents = $2
        where id = $1
          and stripe_fee_cents is null";
}

/// A movement as Stripe tells it. Amounts in cents, signed as Stripe signs them.
#[derive(Clone, Debug, Serialize)]
pub struct NewMovement {
    /// `txn_…`.
    pub id: String,
    /// Stripe's type, such as `charge`.
    pub kind: String,
    /// The object that caused it; empty for Stripe's own invoices.
    pub source: String,
    pub amount_cents: i64,
    pub fee_cents: i64,
    pub net_cents: i64,
    pub currency: String,
    /// The charge that it leads to.
    pub charge: Option<String>,
    /// The transfer that it leads to.
    pub transfer: Option<String>,
    /// The application fee that it leads to.
    pub application_fee: Option<String>,
    /// Microseconds since 1970.
    pub at: i64,
}

/// A movement that was kept.
#[derive(Clone, Debug)]
pub struct Movement {
    /// The order that it was traced to.
    pub order_id: Option<OrderId>,
    pub at: Time,
    pub moved: reconcile::Movement,
}

/// What Stripe kept of a payment, not booked yet.
#[derive(Clone, Debug)]
pub struct FeeToBook {
    pub payment_id: PaymentId,
    pub order_id: String,
    pub event_id: String,
    pub organizer_id: String,
    pub currency: String,
    pub fee_cents: i64,
}

fn movement(row: &Row) -> Result<Movement, StoreError> {
    let (kind, source) = (row.text("kind")?, row.text("source")?);
    Ok(Movement {
        order_id: row.opt_parsed("order_id", OrderId::parse)?,
        at: row.time("at")?,
        moved: reconcile::Movement {
            id: row.text("id")?,
            kind: reconcile::MovementKind::read(&kind, &source),
            source,
            amount_cents: row.int("amount_cents")?,
            fee_cents: row.int("fee_cents")?,
        },
    })
}

/// Keeps those that are new; says how many were.
pub async fn insert_new(
    tx: &mut WriteTx,
    movements: &[NewMovement],
    now: Time,
) -> Result<u64, StoreError> {
    if movements.is_empty() {
        return Ok(0);
    }
    tx.run(&INSERT_NEW, args![json(movements)?, now]).await
}

/// Traces movements that belong to nothing yet to our payments; says how many found one.
pub async fn trace(tx: &mut WriteTx) -> Result<u64, StoreError> {
    let mut traced = 0;
    for by in [
        &TRACE_BY_CHARGE,
        &TRACE_BY_TRANSFER,
        &TRACE_BY_FEE,
        &TRACE_BY_RETURN,
    ] {
        traced += tx.run(by, args![]).await?;
    }
    Ok(traced)
}

/// The movements of some orders, by order and time.
pub async fn of_orders(s: &mut Session, orders: &[OrderId]) -> Result<Vec<Movement>, StoreError> {
    let wanted = ids(orders.iter().map(OrderId::as_str));
    let rows = s.rows(&OF_ORDERS, args![wanted]).await?;
    rows.iter().map(movement).collect()
}

/// Movements from `since` until before `until` that belong to no payment of ours, oldest first.
pub async fn untraced(
    s: &mut Session,
    since: Time,
    until: Time,
    limit: i64,
) -> Result<Vec<Movement>, StoreError> {
    let rows = s.rows(&UNTRACED, args![since, until, limit]).await?;
    rows.iter().map(movement).collect()
}

/// How many movements there were since a time.
pub async fn count_since(s: &mut Session, since: Time) -> Result<i64, StoreError> {
    s.one(&COUNT_SINCE, args![since]).await?.int("movements")
}

/// Payments whose cost Stripe has told and we have not booked.
pub async fn fees_to_book(
    s: &mut Session,
    since: Time,
    limit: i64,
) -> Result<Vec<FeeToBook>, StoreError> {
    let fee = |row: &Row| {
        Ok(FeeToBook {
            payment_id: row.parsed("id", PaymentId::parse)?,
            order_id: row.text("order_id")?,
            event_id: row.text("event_id")?,
            organizer_id: row.text("organizer_id")?,
            currency: row.text("currency")?,
            fee_cents: row.int("fee_cents")?,
        })
    };
    let rows = s.rows(&FEES_TO_BOOK, args![since, limit]).await?;
    rows.iter().map(fee).collect()
}

/// Records what Stripe kept of a payment; false if that was known.
pub async fn set_fee(
    tx: &mut WriteTx,
    payment: &PaymentId,
    cents: i64,
) -> Result<bool, StoreError> {
    tx.changed(&SET_FEE, args![payment.as_str(), cents]).await
}
