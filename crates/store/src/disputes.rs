//! Disputes: a buyer's complaint to the bank, as Stripe tells of it, and the tickets that it has frozen.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::ids;
use crate::{args, statement::statements};
use model::dispute::{DisputeFunds, DisputePolicy, DisputeStatus};
use model::ids::{DisputeId, EventId, OrderId, OrganizerId, PaymentId, TicketId};
use model::money::Currency;
use model::time::Time;

macro_rules! columns {
    () => {
        "id, stripe_dispute_id, order_id, payment_id, event_id, organizer_id, amount_cents, fee_cents,
         currency, reason, status, funds, policy, due_at, opened_at, closed_at, evidence_sent_at,
         updated_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_disputes (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)");
    BY_ID = concat!("select ", columns!(), "
        from tickets_disputes
        where id = $1");
    BY_STRIPE = concat!("select ", columns!(), "
        from tickets_disputes
        where stripe_dispute_id = $1");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_disputes
        where order_id = $1
        order by opened_at, id");
    OF_ORGANIZER = concat!("select ", columns!(), "
        from tickets_disputes
        where organizer_id = $1
          and (opened_at, id) < ($2, $3)
        order by opened_at desc, id desc
        limit $4");
    OF_ALL = concat!("select ", columns!(), "
        from tickets_disputes
        where (opened_at, id) < ($1, $2)
        order by opened_at desc, id desc
        limit $3");
    TO_ANSWER = "
        select count(*) as disputes
        from tickets_disputes
        where status = 'needs_response'
          and evidence_sent_at is null";
    STANDING = concat!("select ", columns!(), "
        from tickets_disputes
        where status in ('inquiry', 'needs_response', 'under_review')
          and updated_at < $1
        order by updated_at, id
        limit $2");
    ANY_OPEN = "
        select id
        from tickets_disputes
        where order_id = $1
          and status in ('needs_response', 'under_review')
        limit 1";
    CHANGE = "
        update tickets_disputes
        set amount_cents = $2, fee_cents = $3, reason = $4, status = $5, funds = $6, due_at = $7,
            closed_at = $8, updated_at = $9
        where id = $1";
    FREEZE = "
        insert into tickets_dispute_tickets (dispute_id, ticket_id)
        select $1, r.id
        from {rows $2 r: id text}
        where true
        on conflict (dispute_id, ticket_id) do nothing";
    FROZEN = "
        select ticket_id
        from tickets_dispute_tickets
        where dispute_id = $1
        order by ticket_id";
}

/// A dispute. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dispute {
    pub id: DisputeId,
    pub stripe_dispute_id: String,
    pub order_id: OrderId,
    pub payment_id: PaymentId,
    pub event_id: EventId,
    pub organizer_id: OrganizerId,
    pub amount_cents: i64,
    /// What Stripe charges for it.
    pub fee_cents: i64,
    pub currency: Currency,
    /// The bank's reason, in Stripe's word.
    pub reason: String,
    pub status: DisputeStatus,
    pub funds: DisputeFunds,
    /// What was to be done with the tickets when it was opened.
    pub policy: DisputePolicy,
    /// Until when evidence can be sent.
    pub due_at: Option<Time>,
    pub opened_at: Time,
    pub closed_at: Option<Time>,
    pub evidence_sent_at: Option<Time>,
    pub updated_at: Time,
}

fn dispute(row: &Row) -> Result<Dispute, StoreError> {
    Ok(Dispute {
        id: row.parsed("id", DisputeId::parse)?,
        stripe_dispute_id: row.text("stripe_dispute_id")?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        payment_id: row.parsed("payment_id", PaymentId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        amount_cents: row.int("amount_cents")?,
        fee_cents: row.int("fee_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        reason: row.text("reason")?,
        status: row.word("status", DisputeStatus::parse)?,
        funds: row.word("funds", DisputeFunds::parse)?,
        policy: row.word("policy", DisputePolicy::parse)?,
        due_at: row.opt_time("due_at")?,
        opened_at: row.time("opened_at")?,
        closed_at: row.opt_time("closed_at")?,
        evidence_sent_at: row.opt_time("evidence_sent_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Writes a new dispute.
pub async fn insert(tx: &mut WriteTx, d: &Dispute) -> Result<(), StoreError> {
    let args = args![
        d.id.as_str(),
        &d.stripe_dispute_id,
        d.order_id.as_str(),
        d.payment_id.as_str(),
        d.event_id.as_str(),
        d.organizer_id.as_str(),
        d.amount_cents,
        d.fee_cents,
        d.currency.as_str(),
        &d.reason,
        d.status.code(),
        d.funds.code(),
        d.policy.code(),
        d.due_at,
        d.opened_at,
        d.closed_at,
        d.evidence_sent_at,
        d.updated_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// Writes what may have changed about a dispute.
pub async fn change(tx: &mut WriteTx, d: &Dispute) -> Result<(), StoreError> {
    let args = args![
        d.id.as_str(),
        d.amount_cents,
        d.fee_cents,
        &d.reason,
        d.status.code(),
        d.funds.code(),
        d.due_at,
        d.closed_at,
        d.updated_at,
    ];
    tx.run_one(&CHANGE, args).await
}

/// The dispute of an id.
pub async fn by_id(s: &mut Session, id: &DisputeId) -> Result<Option<Dispute>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(dispute)
        .transpose()
}

/// The dispute that Stripe knows under this id.
pub async fn by_stripe(s: &mut Session, id: &str) -> Result<Option<Dispute>, StoreError> {
    s.maybe(&BY_STRIPE, args![id])
        .await?
        .as_ref()
        .map(dispute)
        .transpose()
}

/// The disputes of an order, oldest first.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Dispute>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(dispute)
        .collect()
}

/// How many wait for evidence that nobody has sent.
pub async fn to_answer(s: &mut Session) -> Result<i64, StoreError> {
    s.one(&TO_ANSWER, args![]).await?.int("disputes")
}

/// A page of disputes, newest first: one organizer's or everybody's, before the last one of the page before.
pub async fn page(
    s: &mut Session,
    organizer: Option<&OrganizerId>,
    before: Option<(Time, DisputeId)>,
    limit: i64,
) -> Result<Vec<Dispute>, StoreError> {
    let (opened, id) = match &before {
        Some((opened, id)) => (opened.micros(), id.as_str()),
        None => (i64::MAX, ""),
    };
    let rows = match organizer {
        Some(organizer) => {
            let args = args![organizer.as_str(), opened, id, limit];
            s.rows(&OF_ORGANIZER, args).await?
        }
        None => s.rows(&OF_ALL, args![opened, id, limit]).await?,
    };
    rows.iter().map(dispute).collect()
}

/// Disputes that are not over and that nobody asked about since `before`, longest unasked first.
pub async fn standing(
    s: &mut Session,
    before: Time,
    limit: i64,
) -> Result<Vec<Dispute>, StoreError> {
    s.rows(&STANDING, args![before, limit])
        .await?
        .iter()
        .map(dispute)
        .collect()
}

/// Whether a bank holds money of this order's right now.
pub async fn any_open(s: &mut Session, order: &OrderId) -> Result<bool, StoreError> {
    Ok(s.maybe(&ANY_OPEN, args![order.as_str()]).await?.is_some())
}

/// Notes that a dispute has frozen a ticket.
pub async fn freeze(
    tx: &mut WriteTx,
    dispute: &DisputeId,
    tickets: &[TicketId],
) -> Result<(), StoreError> {
    let list = ids(tickets.iter().map(TicketId::as_str));
    tx.run(&FREEZE, args![dispute.as_str(), list])
        .await
        .map(drop)
}

/// The tickets that a dispute has frozen.
pub async fn frozen(s: &mut Session, dispute: &DisputeId) -> Result<Vec<TicketId>, StoreError> {
    s.rows(&FROZEN, args![dispute.as_str()])
        .await?
        .iter()
        .map(|row| row.parsed("ticket_id", TicketId::parse))
        .collect()
}
