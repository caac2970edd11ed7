//! What the comparison with Stripe reads of ours, and what it leaves behind.
//!
//! Everything is read for a page of orders at once, with one statement for each table. A difference is
//! kept under its subject, so that the same one found each night is one row, with the day it was first
//! seen; it is resolved when a comparison over the same ground no longer finds it.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::{args, statement::statements};
use model::ids::{ComparisonId, OrderId, OrganizerId, PaymentId, RefundId};
use model::ledger::{Account, Supplier};
use model::reconcile::{
    Balances, Difference, DifferenceKind, DisputeRecord, PaymentRecord, Records, RefundRecord,
    Reversal,
};
use model::refund::RefundStatus;
use model::time::Time;
use serde::Serialize;
use std::collections::BTreeMap;

statements! {
    ORDERS = "
        select o.id, o.organizer_id
        from tickets_orders o
        where o.id > $1
          and exists (select 1 from tickets_payments p where p.order_id = o.id)
          and (o.updated_at >= $2
            or exists (select 1 from tickets_movements m where m.order_id = o.id and m.at >= $2))
        order by o.id
        limit $3";
    PAYMENTS = "
        select p.id, p.order_id, p.stripe_charge_id, p.stripe_transfer_id,
          p.stripe_application_fee_id, p.amount_cents, p.application_fee_cents, p.received_at
        from {rows $1 r: id text}
        join tickets_payments p on p.order_id = r.id
        order by p.id";
    REFUNDS = "
        select f.id, f.order_id, f.status, f.dispute_id, f.amount_cents, f.fee_cents,
          f.stripe_refund_id, f.stripe_fee_refund_id, f.stripe_return_id, f.returned_cents,
          f.fee_kept_cents, f.reversed_elsewhere_cents, f.fee_elsewhere_cents, f.settled_at, f.updated_at
        from {rows $1 r: id text}
        join tickets_refunds f on f.order_id = r.id
        where f.payment_id is not null
        order by f.id";
    REVERSALS = "
        select f.order_id, f.id, v.stripe_reversal_id, v.amount_cents
        from {rows $1 r: id text}
        join tickets_refunds f on f.order_id = r.id
        join tickets_refund_reversals v on v.refund_id = f.id
        where v.stripe_reversal_id is not null
        order by f.id, v.transfer";
    DISPUTES = "
        select d.stripe_dispute_id, d.order_id, d.amount_cents, d.funds, d.updated_at
        from {rows $1 r: id text}
        join tickets_disputes d on d.order_id = r.id
        order by d.id";
    BALANCES = "
        select l.order_id, l.account, cast(sum(l.amount_cents) as bigint) as cents
        from {rows $1 r: id text}
        join tickets_ledger l on l.order_id = r.id
        group by l.order_id, l.account
        order by l.order_id, l.account";
    KEEP = "
        insert into tickets_differences (
          subject, kind, sentence, order_id, ours_cents, stripe_cents, at, first_seen_at, last_seen_at)
        select r.subject, r.kind, r.sentence, r.order_id, r.ours_cents, r.stripe_cents, r.at, $2, $2
        from {rows $1 r: subject text, kind text, sentence text, order_id text, ours_cents bigint,
          stripe_cents bigint, at bigint}
        where true
        on conflict (subject)
        do update set kind = excluded.kind, sentence = excluded.sentence,
          order_id = excluded.order_id, ours_cents = excluded.ours_cents,
          stripe_cents = excluded.stripe_cents, at = excluded.at,
          last_seen_at = excluded.last_seen_at,
          first_seen_at = case when tickets_differences.resolved_at is null
            then tickets_differences.first_seen_at else excluded.first_seen_at end,
          resolved_at = null";
    RESOLVE = "
        update tickets_differences
        set resolved_at = $2
        where resolved_at is null
          and at >= $1
          and last_seen_at < $2
          and (order_id is null or order_id not in (select r.id from {rows $3 r: id text}))";
    OPEN = "
        select subject, kind, sentence, order_id, ours_cents, stripe_cents, first_seen_at, last_seen_at
        from tickets_differences
        where resolved_at is null
        order by first_seen_at, subject
        limit $1";
    COUNT_OPEN = "
        select count(*) as differences
        from tickets_differences
        where resolved_at is null";
    INSERT_RUN = "
        insert into tickets_comparisons (
          id, since, started_at, finished_at, orders, movements, still_moving, differences)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    LATEST = "
        select id, since, started_at, finished_at, orders, movements, still_moving, differences
        from tickets_comparisons
        where finished_at >= 0
        order by finished_at desc
        limit 1";
}

/// An order with what we know of its money, and since when nothing about it has changed.
#[derive(Clone, Debug)]
pub struct Known {
    pub organizer: OrganizerId,
    pub records: Records,
    /// The last time at which a payment came, or an unfinished refund or dispute moved.
    pub last_change: Time,
    /// Whether a refund is still being made.
    pub unsettled: bool,
}

/// A difference that is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub difference: Difference,
    pub order_id: Option<OrderId>,
    pub first_seen_at: Time,
    pub last_seen_at: Time,
}

/// A comparison that was made.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub id: ComparisonId,
    /// Nothing older was looked at.
    pub since: Time,
    pub started_at: Time,
    pub finished_at: Time,
    /// Orders that were held against Stripe's movements.
    pub orders: i64,
    /// Movements of Stripe's since then.
    pub movements: i64,
    /// Orders that were left for the next time, because they were changing.
    pub still_moving: i64,
    pub differences: i64,
}

/// The orders after one of an id whose money or record has moved since a time, by id.
pub async fn orders_after(
    s: &mut Session,
    after: &str,
    since: Time,
    limit: i64,
) -> Result<Vec<(OrderId, OrganizerId)>, StoreError> {
    let pair = |row: &Row| {
        Ok((
            row.parsed("id", OrderId::parse)?,
            row.parsed("organizer_id", OrganizerId::parse)?,
        ))
    };
    let rows = s.rows(&ORDERS, args![after, since, limit]).await?;
    rows.iter().map(pair).collect()
}

/// What we know of these orders' money.
pub async fn known(
    s: &mut Session,
    orders: &[(OrderId, OrganizerId)],
) -> Result<Vec<Known>, StoreError> {
    let wanted = ids(orders.iter().map(|(id, _)| id.as_str()));
    let mut all: BTreeMap<String, Known> = orders
        .iter()
        .map(|(id, organizer)| (id.as_str().to_owned(), nothing_yet(id, organizer)))
        .collect();
    for row in s.rows(&PAYMENTS, args![wanted.clone()]).await? {
        let known = of(&mut all, &row)?;
        known.records.payments.push(payment(&row)?);
        known.last_change = known.last_change.max(row.time("received_at")?);
    }
    for row in s.rows(&REFUNDS, args![wanted.clone()]).await? {
        let known = of(&mut all, &row)?;
        known.records.refunds.push(refund(&row)?);
        known.last_change = known.last_change.max(row.time("updated_at")?);
        known.unsettled |= row.opt_time("settled_at")?.is_none();
    }
    for row in s.rows(&REVERSALS, args![wanted.clone()]).await? {
        let id = row.parsed("id", RefundId::parse)?;
        let refunds = &mut of(&mut all, &row)?.records.refunds;
        if let Some(refund) = refunds.iter_mut().find(|r| r.id == id) {
            refund.reversals.push(Reversal {
                reversal: row.text("stripe_reversal_id")?,
                cents: row.int("amount_cents")?,
            });
        }
    }
    for row in s.rows(&DISPUTES, args![wanted.clone()]).await? {
        let known = of(&mut all, &row)?;
        known.records.disputes.push(dispute(&row)?);
        known.last_change = known.last_change.max(row.time("updated_at")?);
    }
    for row in s.rows(&BALANCES, args![wanted]).await? {
        let (account, cents) = (row.parsed("account", Account::parse)?, row.int("cents")?);
        add(&mut of(&mut all, &row)?.records.books, account, cents);
    }
    Ok(all.into_values().collect())
}

fn nothing_yet(order: &OrderId, organizer: &OrganizerId) -> Known {
    Known {
        organizer: organizer.clone(),
        records: Records {
            order: order.clone(),
            payments: Vec::new(),
            refunds: Vec::new(),
            disputes: Vec::new(),
            books: Balances::default(),
        },
        last_change: Time::from_micros(0),
        unsettled: false,
    }
}

fn of<'a>(all: &'a mut BTreeMap<String, Known>, row: &Row) -> Result<&'a mut Known, StoreError> {
    let order = row.text("order_id")?;
    all.get_mut(&order)
        .ok_or_else(|| StoreError::inconsistent(format!("order {order} was not asked for")))
}

fn payment(row: &Row) -> Result<PaymentRecord, StoreError> {
    Ok(PaymentRecord {
        id: row.parsed("id", PaymentId::parse)?,
        charge: row.opt_text("stripe_charge_id")?,
        transfer: row.opt_text("stripe_transfer_id")?,
        application_fee: row.opt_text("stripe_application_fee_id")?,
        amount_cents: row.int("amount_cents")?,
        application_fee_cents: row.int("application_fee_cents")?,
    })
}

fn refund(row: &Row) -> Result<RefundRecord, StoreError> {
    Ok(RefundRecord {
        id: row.parsed("id", RefundId::parse)?,
        status: row.word("status", RefundStatus::parse)?,
        by_dispute: row.opt_text("dispute_id")?.is_some(),
        amount_cents: row.int("amount_cents")?,
        fee_cents: row.int("fee_cents")?,
        refund: row.opt_text("stripe_refund_id")?,
        reversals: Vec::new(),
        fee_refund: row.opt_text("stripe_fee_refund_id")?,
        returned: row.opt_text("stripe_return_id")?,
        returned_cents: row.int("returned_cents")?,
        fee_kept_cents: row.int("fee_kept_cents")?,
        reversed_elsewhere_cents: row.int("reversed_elsewhere_cents")?,
        fee_elsewhere_cents: row.int("fee_elsewhere_cents")?,
    })
}

fn dispute(row: &Row) -> Result<DisputeRecord, StoreError> {
    let withdrawn = row.text("funds")? == "withdrawn";
    let amount_cents = row.int("amount_cents")?;
    Ok(DisputeRecord {
        dispute: row.text("stripe_dispute_id")?,
        withdrawn_cents: if withdrawn { amount_cents } else { 0 },
    })
}

/// Debits are positive in the books; what belongs to an organizer or went to Stripe is a credit.
fn add(books: &mut Balances, account: Account, cents: i64) {
    match account {
        Account::BuyerClearing => books.buyer_cents += cents,
        Account::OrganizerPayable
        | Account::TaxPayable {
            supplier: Supplier::Organizer,
            ..
        } => books.organizer_cents -= cents,
        Account::PlatformCash => books.stripe_cents -= cents,
        _ => {}
    }
}

#[derive(Serialize)]
struct KeptRow<'a> {
    subject: &'a str,
    kind: &'a str,
    sentence: &'a str,
    order_id: Option<&'a str>,
    ours_cents: Option<i64>,
    stripe_cents: Option<i64>,
    at: i64,
}

/// Keeps differences, each under its subject; `at` is the time of what it is about.
pub async fn keep(
    tx: &mut WriteTx,
    found: &[(Difference, Option<OrderId>, Time)],
    now: Time,
) -> Result<(), StoreError> {
    if found.is_empty() {
        return Ok(());
    }
    let rows: Vec<KeptRow<'_>> = found
        .iter()
        .map(|(difference, order, at)| KeptRow {
            subject: &difference.subject,
            kind: difference.kind.code(),
            sentence: &difference.sentence,
            order_id: order.as_ref().map(OrderId::as_str),
            ours_cents: difference.ours_cents,
            stripe_cents: difference.stripe_cents,
            at: at.micros(),
        })
        .collect();
    tx.run(&KEEP, args![json(&rows)?, now]).await.map(drop)
}

/// Resolves what a comparison since a time, made now, has not found again, but for the orders that it
/// left out; says how many.
pub async fn resolve(
    tx: &mut WriteTx,
    since: Time,
    now: Time,
    left_out: &[OrderId],
) -> Result<u64, StoreError> {
    let left_out = ids(left_out.iter().map(OrderId::as_str));
    tx.run(&RESOLVE, args![since, now, left_out]).await
}

/// Open differences, the oldest first.
pub async fn open(s: &mut Session, limit: i64) -> Result<Vec<Kept>, StoreError> {
    let kept = |row: &Row| {
        Ok(Kept {
            difference: Difference {
                subject: row.text("subject")?,
                kind: row.word("kind", DifferenceKind::parse)?,
                sentence: row.text("sentence")?,
                ours_cents: row.opt_int("ours_cents")?,
                stripe_cents: row.opt_int("stripe_cents")?,
            },
            order_id: row.opt_parsed("order_id", OrderId::parse)?,
            first_seen_at: row.time("first_seen_at")?,
            last_seen_at: row.time("last_seen_at")?,
        })
    };
    s.rows(&OPEN, args![limit])
        .await?
        .iter()
        .map(kept)
        .collect()
}

/// How many differences are open.
pub async fn count_open(s: &mut Session) -> Result<i64, StoreError> {
    s.one(&COUNT_OPEN, args![]).await?.int("differences")
}

/// Records a comparison.
pub async fn record(tx: &mut WriteTx, c: &Comparison) -> Result<(), StoreError> {
    let args = args![
        c.id.as_str(),
        c.since,
        c.started_at,
        c.finished_at,
        c.orders,
        c.movements,
        c.still_moving,
        c.differences,
    ];
    tx.run_one(&INSERT_RUN, args).await
}

/// The latest comparison.
pub async fn latest(s: &mut Session) -> Result<Option<Comparison>, StoreError> {
    let Some(row) = s.maybe(&LATEST, args![]).await? else {
        return Ok(None);
    };
    Ok(Some(Comparison {
        id: row.parsed("id", ComparisonId::parse)?,
        since: row.time("since")?,
        started_at: row.time("started_at")?,
        finished_at: row.time("finished_at")?,
        orders: row.int("orders")?,
        movements: row.int("movements")?,
        still_moving: row.int("still_moving")?,
        differences: row.int("differences")?,
    }))
}
