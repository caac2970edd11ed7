//! What happens to an order between its hold and its end, other than the lanes' own steps.
//!
//! Payment pages, longer holds, and the lists that the background work walks through. Callers
//! reach this through [`crate::orders`].

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::ids;
use crate::{args, statement::statements};
use model::ids::OrderId;
use model::time::Time;

statements! {
    // A slow answer to an earlier attempt must not hide the page of a later one.
    SET_SESSION = "
        update tickets_orders
        set stripe_session_id = $2, stripe_session_expires_at = $3, session_attempt = $4,
            page_closed_at = null, updated_at = $5
        where id = $1
          and places = 'held'
          and session_attempt <= $4";
    NEXT_SESSION_ATTEMPT = "
        update tickets_orders
        set session_attempt = session_attempt + 1, updated_at = $2
        where id = $1
          and places = 'held'
        returning session_attempt";
    EXTEND_HOLD = "
        update tickets_orders
        set hold_expires_at = $2, updated_at = $3
        where id = $1
          and places = 'held'
          and hold_expires_at > $3";
    LAPSED = "
        select id
        from tickets_orders
        where places = 'held'
          and hold_expires_at <= $1
        order by hold_expires_at, id
        limit $2";
    UNHEARD = "
        select id
        from tickets_orders
        where stripe_session_id is not null
          and created_at < $1
          and (checked_at is null or checked_at < $2)
          and (places = 'held'
               or (canceled_at > $3
                   and status = 'canceled'
                   and page_closed_at is null
                   and not exists (
                     select 1 from tickets_payments p where p.order_id = tickets_orders.id)))
        order by coalesce(checked_at, 0), id
        limit $4";
    PAGE_CLOSED = "
        update tickets_orders
        set page_closed_at = $3
        where id = $1
          and stripe_session_id = $2
          and page_closed_at is null";
    MARK_CHECKED = "
        update tickets_orders
        set checked_at = $2
        where id in (select r.id from {rows $1 r: id text})";
}

/// Which orders should have heard from Stripe by now.
#[derive(Copy, Clone, Debug)]
pub struct Unheard {
    /// Only orders made before this.
    pub created_before: Time,
    /// Only orders that nobody asked about since this.
    pub checked_before: Time,
    /// Of canceled orders, only those canceled after this: their payment page may still take money.
    pub canceled_after: Time,
    /// At most so many.
    pub limit: i64,
}

/// Records the payment page of an attempt while the places are held; false if they are not, or if
/// a later attempt was begun.
pub async fn set_session(
    tx: &mut WriteTx,
    id: &OrderId,
    session_id: &str,
    session_expires: Time,
    attempt: i64,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(
        &SET_SESSION,
        args![id.as_str(), session_id, session_expires, attempt, now],
    )
    .await
}

/// Begins another attempt at a payment page and numbers it; `None` if the places are not held.
pub async fn next_session_attempt(
    tx: &mut WriteTx,
    id: &OrderId,
    now: Time,
) -> Result<Option<i64>, StoreError> {
    let row = tx
        .maybe(&NEXT_SESSION_ATTEMPT, args![id.as_str(), now])
        .await?;
    row.map(|r| r.int("session_attempt")).transpose()
}

/// Gives a hold that has not lapsed a new end; false if it has.
pub async fn extend_hold(
    tx: &mut WriteTx,
    id: &OrderId,
    until: Time,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&EXTEND_HOLD, args![id.as_str(), until, now])
        .await
}

/// Orders whose hold ended at `before` or earlier and whose places are still held, oldest first.
pub async fn lapsed(s: &mut Session, before: Time, limit: i64) -> Result<Vec<OrderId>, StoreError> {
    s.rows(&LAPSED, args![before, limit])
        .await?
        .iter()
        .map(id_of)
        .collect()
}

/// Orders with a payment page of which we heard nothing final, longest unasked first.
pub async fn unheard(s: &mut Session, u: &Unheard) -> Result<Vec<OrderId>, StoreError> {
    let args = args![
        u.created_before,
        u.checked_before,
        u.canceled_after,
        u.limit
    ];
    s.rows(&UNHEARD, args).await?.iter().map(id_of).collect()
}

fn id_of(row: &Row) -> Result<OrderId, StoreError> {
    row.parsed("id", OrderId::parse)
}

/// Notes that Stripe was asked about these orders.
pub async fn mark_checked(
    tx: &mut WriteTx,
    orders: &[OrderId],
    now: Time,
) -> Result<(), StoreError> {
    let list = ids(orders.iter().map(OrderId::as_str));
    tx.run(&MARK_CHECKED, args![list, now]).await.map(drop)
}

/// Records that Stripe has closed an order's page unpaid: no money can come through it any more, so
/// nobody needs to ask again.
pub async fn page_closed(
    tx: &mut WriteTx,
    id: &OrderId,
    session_id: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run(&PAGE_CLOSED, args![id.as_str(), session_id, now])
        .await?;
    Ok(())
}
