//! What waits for an organizer to do something: mails that failed, money that does not move.
//!
//! All of it is rare, so each list begins at an index of what went wrong and asks then whose it is.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{DisputeId, EmailId, OrderId, OrganizerId, PayoutId, RefundId};
use model::money::Currency;
use model::time::Time;

statements! {
    FAILED_MAILS = "
        select e.id, e.kind, e.to_email, e.error, e.created_at, o.id as order_id, o.code,
          o.buyer_name
        from tickets_emails e
        join tickets_orders o on o.id = e.order_id
        where e.status = 'failed'
          and o.organizer_id = $1
        order by e.created_at desc, e.id desc
        limit $2";
    DISPUTES = "
        select d.id, d.order_id, d.amount_cents, d.currency, d.reason, d.due_at, d.opened_at, o.code,
          o.buyer_name
        from tickets_disputes d
        join tickets_orders o on o.id = d.order_id
        where d.organizer_id = $1
          and d.status in ('inquiry', 'needs_response')
        order by d.opened_at desc, d.id desc
        limit $2";
    SLOW_REFUNDS = "
        select r.id, r.order_id, r.amount_cents, r.currency, r.error, r.created_at, o.code,
          o.buyer_name
        from tickets_refunds r
        join tickets_orders o on o.id = r.order_id
        where r.settled_at is null
          and r.updated_at < $2
          and r.status in ('planned', 'pending')
          and o.organizer_id = $1
        order by r.updated_at, r.id
        limit $3";
    FAILED_REFUNDS = "
        select r.id, r.order_id, r.amount_cents, r.currency, r.error, r.created_at, o.code,
          o.buyer_name
        from tickets_refunds r
        join tickets_orders o on o.id = r.order_id
        where r.failed_at is not null
          and r.failed_at > $2
          and r.status = 'failed'
          and o.organizer_id = $1
          and not exists (
            select 1
            from tickets_refunds later
            where later.order_id = r.order_id
              and later.created_at > r.created_at
              and later.status <> 'failed')
        order by r.failed_at desc, r.id desc
        limit $3";
    STUCK_PAYMENTS = "
        select o.id as order_id, o.code, o.buyer_name, o.total_cents, o.currency, o.hold_expires_at
        from tickets_orders o
        where o.places = 'held'
          and o.hold_expires_at < $2
          and o.organizer_id = $1
        order by o.hold_expires_at, o.id
        limit $3";
    FAILED_PAYOUTS = "
        select p.id, p.amount_cents, p.currency, p.failure_code, p.created_at
        from tickets_payouts p
        where p.organizer_id = $1
          and p.created_at > $2
          and p.status = 'failed'
        order by p.created_at desc, p.id desc
        limit $3";
}

/// The order that something is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct About {
    pub order_id: OrderId,
    pub code: String,
    pub buyer_name: String,
}

fn about(row: &Row) -> Result<About, StoreError> {
    Ok(About {
        order_id: row.parsed("order_id", OrderId::parse)?,
        code: row.text("code")?,
        buyer_name: row.text("buyer_name")?,
    })
}

/// A mail that did not go.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FailedMail {
    pub id: EmailId,
    pub kind: String,
    pub to_email: String,
    pub error: String,
    pub created_at: Time,
    pub about: About,
}

/// A dispute that wants an answer. The amount is in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OpenDispute {
    pub id: DisputeId,
    pub amount_cents: i64,
    pub currency: Currency,
    pub reason: String,
    pub due_at: Option<Time>,
    pub opened_at: Time,
    pub about: About,
}

/// A refund that does not move, or came back. The amount is in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StuckRefund {
    pub id: RefundId,
    pub amount_cents: i64,
    pub currency: Currency,
    pub error: Option<String>,
    pub created_at: Time,
    pub about: About,
}

/// An order that should be paid or over by now. The amount is in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StuckPayment {
    pub total_cents: i64,
    pub currency: Currency,
    /// When its places should have been given back.
    pub since: Time,
    pub about: About,
}

/// A payout that came back. The amount is in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FailedPayout {
    pub id: PayoutId,
    pub amount_cents: i64,
    pub currency: Currency,
    /// Stripe's word for why.
    pub failure_code: String,
    pub created_at: Time,
}

/// Mails about an organizer's orders that failed, latest first.
pub async fn failed_mails(
    s: &mut Session,
    organizer: &OrganizerId,
    limit: i64,
) -> Result<Vec<FailedMail>, StoreError> {
    let mail = |row: &Row| {
        Ok(FailedMail {
            id: row.parsed("id", EmailId::parse)?,
            kind: row.text("kind")?,
            to_email: row.text("to_email")?,
            error: row.opt_text("error")?.unwrap_or_default(),
            created_at: row.time("created_at")?,
            about: about(row)?,
        })
    };
    s.rows(&FAILED_MAILS, args![organizer.as_str(), limit])
        .await?
        .iter()
        .map(mail)
        .collect()
}

/// Disputes that wait for the organizer's evidence, latest first.
pub async fn disputes(
    s: &mut Session,
    organizer: &OrganizerId,
    limit: i64,
) -> Result<Vec<OpenDispute>, StoreError> {
    let dispute = |row: &Row| {
        Ok(OpenDispute {
            id: row.parsed("id", DisputeId::parse)?,
            amount_cents: row.int("amount_cents")?,
            currency: row.parsed("currency", Currency::parse)?,
            reason: row.text("reason")?,
            due_at: row.opt_time("due_at")?,
            opened_at: row.time("opened_at")?,
            about: about(row)?,
        })
    };
    s.rows(&DISPUTES, args![organizer.as_str(), limit])
        .await?
        .iter()
        .map(dispute)
        .collect()
}

fn refund(row: &Row) -> Result<StuckRefund, StoreError> {
    Ok(StuckRefund {
        id: row.parsed("id", RefundId::parse)?,
        amount_cents: row.int("amount_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        error: row.opt_text("error")?,
        created_at: row.time("created_at")?,
        about: about(row)?,
    })
}

/// Refunds of which nothing was heard since a time, the longest silence first.
pub async fn slow_refunds(
    s: &mut Session,
    organizer: &OrganizerId,
    silent_since: Time,
    limit: i64,
) -> Result<Vec<StuckRefund>, StoreError> {
    let args = args![organizer.as_str(), silent_since, limit];
    s.rows(&SLOW_REFUNDS, args)
        .await?
        .iter()
        .map(refund)
        .collect()
}

/// Refunds that came back after a time and were not made again, latest first.
pub async fn failed_refunds(
    s: &mut Session,
    organizer: &OrganizerId,
    after: Time,
    limit: i64,
) -> Result<Vec<StuckRefund>, StoreError> {
    let args = args![organizer.as_str(), after, limit];
    s.rows(&FAILED_REFUNDS, args)
        .await?
        .iter()
        .map(refund)
        .collect()
}

/// Orders whose hold should have ended before a time and has not, the oldest first.
pub async fn stuck_payments(
    s: &mut Session,
    organizer: &OrganizerId,
    lapsed_before: Time,
    limit: i64,
) -> Result<Vec<StuckPayment>, StoreError> {
    let payment = |row: &Row| {
        Ok(StuckPayment {
            total_cents: row.int("total_cents")?,
            currency: row.parsed("currency", Currency::parse)?,
            since: row.time("hold_expires_at")?,
            about: about(row)?,
        })
    };
    let args = args![organizer.as_str(), lapsed_before, limit];
    s.rows(&STUCK_PAYMENTS, args)
        .await?
        .iter()
        .map(payment)
        .collect()
}

/// Payouts that were begun after a time and came back, latest first.
pub async fn failed_payouts(
    s: &mut Session,
    organizer: &OrganizerId,
    after: Time,
    limit: i64,
) -> Result<Vec<FailedPayout>, StoreError> {
    let payout = |row: &Row| {
        Ok(FailedPayout {
            id: row.parsed("id", PayoutId::parse)?,
            amount_cents: row.int("amount_cents")?,
            currency: row.parsed("currency", Currency::parse)?,
            failure_code: row.opt_text("failure_code")?.unwrap_or_default(),
            created_at: row.time("created_at")?,
        })
    };
    let args = args![organizer.as_str(), after, limit];
    s.rows(&FAILED_PAYOUTS, args)
        .await?
        .iter()
        .map(payout)
        .collect()
}
