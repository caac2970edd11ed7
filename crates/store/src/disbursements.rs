//! What of an event's money is sent to its organizer's bank, order by order.
//!
//! An order's part is what the books owe the organizer for it, less what earlier disbursements paid; so each
//! cent is paid once, and what a refund took after the fact lessens the next disbursement. The event's row is
//! locked while that is added up, as it is by everything that changes what an order owes.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{DisbursementId, EventId, OrderId, OrganizerId};
use model::money::Currency;
use model::time::Time;

macro_rules! columns {
    () => {
        "id, organizer_id, event_id, stripe_account, amount_cents, currency, status, stripe_payout_id,
         tries, unsure, error, created_at, updated_at"
    };
}

statements! {
    // Events that are over, or whose money would lie longer than Stripe allows, and whose books have moved
    // since the last disbursement.
    DUE = "
        select e.id, e.organizer_id, e.currency, o.stripe_account_id
        from tickets_events e
        join tickets_organizers o on o.id = e.organizer_id
        where e.id > $1
          and o.status = 'active'
          and o.stripe_account_id is not null
          and not exists (
            select 1
            from tickets_disbursements p
            where p.event_id = e.id
              and p.status = 'planned')
          and exists (
            select 1
            from tickets_ledger l
            where l.event_id = e.id
              and l.at > coalesce((
                select max(d.created_at)
                from tickets_disbursements d
                where d.event_id = e.id
                  and d.status = 'made'), 0)
              and (e.end_at <= $2 or l.at <= $3))
        order by e.id
        limit $4";
    INSERT = concat!("
        insert into tickets_disbursements (", columns!(), ")
        values ($1, $2, $3, $4, 0, $5, 'planned', null, 0, false, null, $6, $6)");
    FORGET_ORDERS = "
        delete from tickets_disbursement_orders
        where disbursement_id = $1";
    SHARE = "
        insert into tickets_disbursement_orders (disbursement_id, order_id, amount_cents)
        select $1, t.order_id, t.cents
        from (
          select owed.order_id, owed.cents - coalesce(paid.cents, 0) as cents
          from (
            select l.order_id, cast(-sum(l.amount_cents) as bigint) as cents
            from tickets_ledger l
            where l.event_id = $2
              and (l.account = 'organizer_payable' or l.account like 'tax_payable_organizer_%')
            group by l.order_id) owed
          left join (
            select x.order_id, cast(sum(x.amount_cents) as bigint) as cents
            from tickets_disbursements d
            join tickets_disbursement_orders x on x.disbursement_id = d.id
            where d.event_id = $2
              and d.status <> 'failed'
              and d.id <> $1
            group by x.order_id) paid on paid.order_id = owed.order_id) t
        where t.cents <> 0";
    SUM = "
        select cast(coalesce(sum(amount_cents), 0) as bigint) as cents
        from tickets_disbursement_orders
        where disbursement_id = $1";
    ASKING = "
        update tickets_disbursements
        set amount_cents = $2, tries = tries + 1, unsure = true, updated_at = $3
        where id = $1
          and status = 'planned'";
    REFUSED = "
        update tickets_disbursements
        set unsure = false, error = $2, updated_at = $3
        where id = $1";
    MADE = "
        update tickets_disbursements
        set status = 'made', stripe_payout_id = $2, unsure = false, error = null, updated_at = $3
        where id = $1
          and status = 'planned'";
    DROP = "
        update tickets_disbursements
        set status = 'failed', amount_cents = 0, error = 'nothing is left to be paid', updated_at = $2
        where id = $1
          and status = 'planned'";
    CAME_BACK = "
        update tickets_disbursements
        set status = 'failed', error = 'the bank sent it back', updated_at = $2
        where stripe_payout_id = $1
          and status = 'made'";
    PLANNED = concat!("select ", columns!(), "
        from tickets_disbursements
        where status = 'planned'
        order by created_at, id
        limit $1");
    OF_PAYOUT = concat!("select ", columns!(), "
        from tickets_disbursements
        where stripe_payout_id = $1");
    ORDERS = "
        select x.order_id, x.amount_cents, o.code, o.buyer_name
        from tickets_disbursement_orders x
        join tickets_orders o on o.id = x.order_id
        where x.disbursement_id = $1
        order by o.created_at, x.order_id";
}

/// An event whose money is due.
#[derive(Clone, Debug)]
pub struct Due {
    pub event_id: EventId,
    pub organizer_id: OrganizerId,
    pub currency: Currency,
    /// `acct_…`.
    pub stripe_account: String,
}

/// What of an event's money goes to the bank at once. Cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Disbursement {
    pub id: DisbursementId,
    pub organizer_id: OrganizerId,
    pub event_id: EventId,
    /// `acct_…`.
    pub stripe_account: String,
    pub amount_cents: i64,
    pub currency: Currency,
    /// `planned`, `made` or `failed`.
    pub status: String,
    /// `po_…`, once Stripe has made it.
    pub stripe_payout_id: Option<String>,
    /// How often Stripe was asked; part of the idempotency key.
    pub tries: i64,
    /// Whether the last answer is unknown: then it is looked up before anything is asked again.
    pub unsure: bool,
    /// Why it waits or failed.
    pub error: Option<String>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// What of one order a disbursement pays, in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OrderPart {
    pub order_id: OrderId,
    pub code: String,
    pub buyer_name: String,
    pub amount_cents: i64,
}

fn disbursement(row: &Row) -> Result<Disbursement, StoreError> {
    Ok(Disbursement {
        id: row.parsed("id", DisbursementId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        stripe_account: row.text("stripe_account")?,
        amount_cents: row.int("amount_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        status: row.text("status")?,
        stripe_payout_id: row.opt_text("stripe_payout_id")?,
        tries: row.int("tries")?,
        unsure: row.bool("unsure")?,
        error: row.opt_text("error")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Events of an id after `after` whose money is due: over since before `over_before`, or with money that
/// came before `old_before`.
pub async fn due(
    s: &mut Session,
    after: &str,
    over_before: Time,
    old_before: Time,
    limit: i64,
) -> Result<Vec<Due>, StoreError> {
    let due = |row: &Row| {
        Ok(Due {
            event_id: row.parsed("id", EventId::parse)?,
            organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
            currency: row.parsed("currency", Currency::parse)?,
            stripe_account: row.text("stripe_account_id")?,
        })
    };
    let rows = s
        .rows(&DUE, args![after, over_before, old_before, limit])
        .await?;
    rows.iter().map(due).collect()
}

/// Plans a disbursement of nothing yet; a constraint refuses a second one of the same event.
pub async fn insert(
    tx: &mut WriteTx,
    id: &DisbursementId,
    due: &Due,
    now: Time,
) -> Result<(), StoreError> {
    let args = args![
        id.as_str(),
        due.organizer_id.as_str(),
        due.event_id.as_str(),
        &due.stripe_account,
        due.currency.as_str(),
        now,
    ];
    tx.run_one(&INSERT, args).await
}

/// Adds up each order's part anew; what all of them come to, in cents. Whoever calls has locked the event.
pub async fn share_out(
    tx: &mut WriteTx,
    id: &DisbursementId,
    event: &EventId,
) -> Result<i64, StoreError> {
    tx.run(&FORGET_ORDERS, args![id.as_str()]).await?;
    tx.run(&SHARE, args![id.as_str(), event.as_str()]).await?;
    tx.one(&SUM, args![id.as_str()]).await?.int("cents")
}

/// Notes durably that Stripe is about to be asked for so many cents; false if it is planned no more.
pub async fn asking(
    tx: &mut WriteTx,
    id: &DisbursementId,
    cents: i64,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&ASKING, args![id.as_str(), cents, now]).await
}

/// Records that Stripe said no, and why: it waits for the next round.
pub async fn refused(
    tx: &mut WriteTx,
    id: &DisbursementId,
    why: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&REFUSED, args![id.as_str(), why, now]).await
}

/// Records the payout that Stripe made; false if that was known.
pub async fn made(
    tx: &mut WriteTx,
    id: &DisbursementId,
    stripe_payout: &str,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&MADE, args![id.as_str(), stripe_payout, now])
        .await
}

/// Gives up a plan of which nothing is left, with its orders' parts.
pub async fn give_up(tx: &mut WriteTx, id: &DisbursementId, now: Time) -> Result<(), StoreError> {
    tx.run(&FORGET_ORDERS, args![id.as_str()]).await?;
    tx.run(&DROP, args![id.as_str(), now]).await.map(drop)
}

/// Records that the bank sent a payout back: its orders are owed again. Payouts of others are not touched.
pub async fn came_back(
    tx: &mut WriteTx,
    stripe_payout: &str,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&CAME_BACK, args![stripe_payout, now]).await
}

/// Disbursements that are planned and not made, the oldest first.
pub async fn planned(s: &mut Session, limit: i64) -> Result<Vec<Disbursement>, StoreError> {
    let rows = s.rows(&PLANNED, args![limit]).await?;
    rows.iter().map(disbursement).collect()
}

/// The disbursement that a payout at Stripe is.
pub async fn of_payout(
    s: &mut Session,
    stripe_payout: &str,
) -> Result<Option<Disbursement>, StoreError> {
    let row = s.maybe(&OF_PAYOUT, args![stripe_payout]).await?;
    row.as_ref().map(disbursement).transpose()
}

/// What a disbursement pays of each order, in the order in which they were bought.
pub async fn orders(s: &mut Session, id: &DisbursementId) -> Result<Vec<OrderPart>, StoreError> {
    let part = |row: &Row| {
        Ok(OrderPart {
            order_id: row.parsed("order_id", OrderId::parse)?,
            code: row.text("code")?,
            buyer_name: row.text("buyer_name")?,
            amount_cents: row.int("amount_cents")?,
        })
    };
    let rows = s.rows(&ORDERS, args![id.as_str()]).await?;
    rows.iter().map(part).collect()
}
