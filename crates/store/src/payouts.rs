//! Money on its way to organizers' banks, and the movements that each payout is made of.
//!
//! Both are written as Stripe tells them. A line finds its payment by what Stripe says caused it: the
//! payment that a transfer became, the transfer itself, the reversal, or the fee; if it finds none now,
//! it is asked again whenever payouts are looked at.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{OrderId, OrganizerId, PaymentId, PayoutId, RefundId};
use model::money::Currency;
use model::time::Time;
use serde::Serialize;
use std::collections::BTreeSet;

words! {
    /// Where a payout stands; `paid` may still become `failed` within days.
    PayoutStatus {
        /// Stripe has it and has not sent it.
        Pending = "pending",
        /// It is on its way.
        InTransit = "in_transit",
        /// The bank has it.
        Paid = "paid",
        /// It came back.
        Failed = "failed",
        /// It was called off.
        Canceled = "canceled",
    }
}

macro_rules! columns {
    () => {
        "id, organizer_id, stripe_account, stripe_payout_id, amount_cents, currency, status, automatic,
         itemized, failure_code, arrival_at, created_at, imported_at, updated_at"
    };
}

statements! {
    KEEP = concat!("
        insert into tickets_payouts (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
        on conflict (stripe_payout_id)
        do update set status = excluded.status, failure_code = excluded.failure_code,
          arrival_at = excluded.arrival_at, updated_at = excluded.updated_at
        returning ", columns!());
    BY_ID = concat!("select ", columns!(), "
        from tickets_payouts
        where id = $1");
    PAGE = concat!("select ", columns!(), "
        from tickets_payouts
        where organizer_id = $1
          and (created_at, id) < ($2, $3)
        order by created_at desc, id desc
        limit $4");
    OPEN = concat!("select ", columns!(), "
        from tickets_payouts
        where itemized = false
          and automatic = true
        order by id
        limit $1");
    ITEMIZED_OF = "
        select stripe_payout_id, created_at
        from tickets_payouts
        where organizer_id = $1
          and itemized = true
        order by created_at desc, id desc";
    KNOWN_LINES = "
        select l.id
        from {rows $1 r: id text}
        join tickets_payout_lines l on l.id = r.id";
    ITEMIZED = "
        update tickets_payouts
        set itemized = true, updated_at = $2
        where id = $1";
    KEEP_LINES = "
        insert into tickets_payout_lines (
          id, payout_id, kind, source, amount_cents, fee_cents, net_cents, destination_payment,
          transfer, reversal, application_fee, at)
        select r.id, $2, r.kind, r.source, r.amount_cents, r.fee_cents, r.net_cents,
          r.destination_payment, r.transfer, r.reversal, r.application_fee, r.at
        from {rows $1 r: id text, kind text, source text, amount_cents bigint, fee_cents bigint,
          net_cents bigint, destination_payment text, transfer text, reversal text,
          application_fee text, at bigint}
        where true
        on conflict (id) do nothing";
    TRACE_BY_PAYMENT = "
        update tickets_payout_lines
        set payment_id = p.id, order_id = p.order_id
        from tickets_payments p
        where tickets_payout_lines.payment_id is null
          and p.stripe_destination_payment = tickets_payout_lines.destination_payment";
    TRACE_BY_TRANSFER = "
        update tickets_payout_lines
        set payment_id = p.id, order_id = p.order_id
        from tickets_payments p
        where tickets_payout_lines.payment_id is null
          and p.stripe_transfer_id = tickets_payout_lines.transfer";
    TRACE_BY_FEE = "
        update tickets_payout_lines
        set payment_id = p.id, order_id = p.order_id
        from tickets_payments p
        where tickets_payout_lines.payment_id is null
          and p.stripe_application_fee_id = tickets_payout_lines.application_fee";
    TRACE_REFUND_BY_REVERSAL = "
        update tickets_payout_lines
        set payment_id = f.payment_id, order_id = f.order_id, refund_id = f.id
        from tickets_refund_reversals v
        join tickets_refunds f on f.id = v.refund_id
        where tickets_payout_lines.payment_id is null
          and f.payment_id is not null
          and v.stripe_reversal_id = tickets_payout_lines.reversal";
    TRACE_REFUND_BY_FEE = "
        update tickets_payout_lines
        set payment_id = f.payment_id, order_id = f.order_id, refund_id = f.id
        from tickets_refunds f
        where tickets_payout_lines.payment_id is null
          and f.payment_id is not null
          and f.stripe_fee_refund_id = tickets_payout_lines.source";
    TRACE_REFUND_BY_RETURN = "
        update tickets_payout_lines
        set payment_id = f.payment_id, order_id = f.order_id, refund_id = f.id
        from tickets_refunds f
        where tickets_payout_lines.payment_id is null
          and f.payment_id is not null
          and f.stripe_return_id = tickets_payout_lines.transfer";
    LEARN_DESTINATIONS = "
        update tickets_payments
        set stripe_destination_payment = l.source
        from tickets_payout_lines l
        where l.payout_id = $1
          and l.kind = 'payment'
          and tickets_payments.id = l.payment_id
          and tickets_payments.stripe_transfer_id = l.transfer
          and tickets_payments.stripe_destination_payment is null";
    LINES = "
        select l.id, l.kind, l.source, l.amount_cents, l.fee_cents, l.net_cents, l.payment_id,
          l.order_id, l.refund_id, l.at, o.code, o.buyer_name, e.id as event_id, e.title
        from tickets_payout_lines l
        left join tickets_orders o on o.id = l.order_id
        left join tickets_events e on e.id = o.event_id
        where l.payout_id = $1
        order by l.at, l.id";
}

/// A payout. Amounts in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Payout {
    pub id: PayoutId,
    pub organizer_id: OrganizerId,
    pub stripe_account: String,
    pub stripe_payout_id: String,
    /// What goes to the bank; negative when Stripe took it from there.
    pub amount_cents: i64,
    pub currency: Currency,
    pub status: PayoutStatus,
    /// Whether a schedule made it; of one made by hand Stripe does not say what is in it.
    pub automatic: bool,
    /// Whether its lines are all here.
    pub itemized: bool,
    pub failure_code: Option<String>,
    pub arrival_at: Time,
    pub created_at: Time,
    pub imported_at: Time,
    pub updated_at: Time,
}

/// A line of a payout, as Stripe tells it. Amounts in cents.
#[derive(Clone, Debug, Serialize)]
pub struct NewLine {
    /// `txn_…`.
    pub id: String,
    pub kind: String,
    pub source: String,
    pub amount_cents: i64,
    pub fee_cents: i64,
    pub net_cents: i64,
    pub destination_payment: Option<String>,
    pub transfer: Option<String>,
    pub reversal: Option<String>,
    pub application_fee: Option<String>,
    /// Microseconds since 1970.
    pub at: i64,
}

/// A line of a payout with the order that it belongs to.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: String,
    pub kind: String,
    pub source: String,
    pub amount_cents: i64,
    pub fee_cents: i64,
    pub net_cents: i64,
    pub payment_id: Option<PaymentId>,
    pub refund_id: Option<RefundId>,
    pub at: Time,
    pub order: Option<LineOrder>,
}

/// As much of an order as a payout shows.
#[derive(Clone, Debug)]
pub struct LineOrder {
    pub id: OrderId,
    pub code: String,
    pub buyer_name: String,
    pub event_id: String,
    pub event_title: String,
}

fn payout(row: &Row) -> Result<Payout, StoreError> {
    Ok(Payout {
        id: row.parsed("id", PayoutId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        stripe_account: row.text("stripe_account")?,
        stripe_payout_id: row.text("stripe_payout_id")?,
        amount_cents: row.int("amount_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        status: row.word("status", PayoutStatus::parse)?,
        automatic: row.bool("automatic")?,
        itemized: row.bool("itemized")?,
        failure_code: row.opt_text("failure_code")?,
        arrival_at: row.time("arrival_at")?,
        created_at: row.time("created_at")?,
        imported_at: row.time("imported_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn line(row: &Row) -> Result<Line, StoreError> {
    let order = match row.opt_parsed("order_id", OrderId::parse)? {
        None => None,
        Some(id) => Some(LineOrder {
            id,
            code: row.text("code")?,
            buyer_name: row.text("buyer_name")?,
            event_id: row.text("event_id")?,
            event_title: row.text("title")?,
        }),
    };
    Ok(Line {
        id: row.text("id")?,
        kind: row.text("kind")?,
        source: row.text("source")?,
        amount_cents: row.int("amount_cents")?,
        fee_cents: row.int("fee_cents")?,
        net_cents: row.int("net_cents")?,
        payment_id: row.opt_parsed("payment_id", PaymentId::parse)?,
        refund_id: row.opt_parsed("refund_id", RefundId::parse)?,
        at: row.time("at")?,
        order,
    })
}

/// Keeps a payout as Stripe tells it now; one that is known keeps its id and its lines.
pub async fn keep(tx: &mut WriteTx, p: &Payout) -> Result<Payout, StoreError> {
    let args = args![
        p.id.as_str(),
        p.organizer_id.as_str(),
        &p.stripe_account,
        &p.stripe_payout_id,
        p.amount_cents,
        p.currency.as_str(),
        p.status.code(),
        p.automatic,
        p.itemized,
        p.failure_code.as_deref(),
        p.arrival_at,
        p.created_at,
        p.imported_at,
    ];
    payout(&tx.one(&KEEP, args).await?)
}

/// The payout of an id.
pub async fn by_id(s: &mut Session, id: &PayoutId) -> Result<Option<Payout>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(payout)
        .transpose()
}

/// A page of an organizer's payouts, the latest first, after the one with this time and id.
pub async fn page(
    s: &mut Session,
    organizer: &OrganizerId,
    after: Option<(Time, PayoutId)>,
    limit: i64,
) -> Result<Vec<Payout>, StoreError> {
    let (at, id) = match &after {
        Some((at, id)) => (at.micros(), id.as_str()),
        None => (i64::MAX, ""),
    };
    let rows = s
        .rows(&PAGE, args![organizer.as_str(), at, id, limit])
        .await?;
    rows.iter().map(payout).collect()
}

/// Automatic payouts of which Stripe has not told all lines yet.
pub async fn not_itemized(s: &mut Session, limit: i64) -> Result<Vec<Payout>, StoreError> {
    s.rows(&OPEN, args![limit])
        .await?
        .iter()
        .map(payout)
        .collect()
}

/// Stripe's ids of an organizer's payouts whose lines are all here, the latest first, with their times.
pub async fn itemized_of(
    s: &mut Session,
    organizer: &OrganizerId,
) -> Result<Vec<(String, Time)>, StoreError> {
    let pair = |row: &Row| Ok((row.text("stripe_payout_id")?, row.time("created_at")?));
    let rows = s.rows(&ITEMIZED_OF, args![organizer.as_str()]).await?;
    rows.iter().map(pair).collect()
}

/// Which of these movements are lines of a payout already.
pub async fn known_lines(
    s: &mut Session,
    movements: &[&str],
) -> Result<BTreeSet<String>, StoreError> {
    let wanted = ids(movements.iter().copied());
    let rows = s.rows(&KNOWN_LINES, args![wanted]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

/// Records that all lines of a payout are here.
pub async fn set_itemized(tx: &mut WriteTx, id: &PayoutId, now: Time) -> Result<(), StoreError> {
    tx.run_one(&ITEMIZED, args![id.as_str(), now]).await
}

/// Keeps lines of a payout that are new.
pub async fn keep_lines(
    tx: &mut WriteTx,
    payout: &PayoutId,
    lines: &[NewLine],
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    tx.run(&KEEP_LINES, args![json(lines)?, payout.as_str()])
        .await
        .map(drop)
}

/// Traces lines that belong to nothing yet to payments and refunds; says how many found theirs.
pub async fn trace(tx: &mut WriteTx) -> Result<u64, StoreError> {
    let mut traced = 0;
    for by in [
        &TRACE_REFUND_BY_REVERSAL,
        &TRACE_REFUND_BY_FEE,
        &TRACE_REFUND_BY_RETURN,
        &TRACE_BY_TRANSFER,
        &TRACE_BY_PAYMENT,
        &TRACE_BY_FEE,
    ] {
        traced += tx.run(by, args![]).await?;
    }
    Ok(traced)
}

/// Tells payments which payment on the organizer's account their transfer became, where a payout showed it.
pub async fn learn_destinations(tx: &mut WriteTx, payout: &PayoutId) -> Result<u64, StoreError> {
    tx.run(&LEARN_DESTINATIONS, args![payout.as_str()]).await
}

/// The lines of a payout, oldest first.
pub async fn lines(s: &mut Session, payout: &PayoutId) -> Result<Vec<Line>, StoreError> {
    let rows = s.rows(&LINES, args![payout.as_str()]).await?;
    rows.iter().map(line).collect()
}
