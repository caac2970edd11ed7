//! What a batch of commands writes: one statement for each kind of row, whatever the batch's size.

use crate::db::WriteTx;
use crate::doors;
use crate::error::StoreError;
use crate::{
    args,
    statement::{Statement, statements},
};
use model::text::{search_key, turned};
use serde::Serialize;
use std::borrow::Borrow;

statements! {
    MOVE_TIERS = "
        update tickets_tiers
        set held = tickets_tiers.held + r.held,
            sold = tickets_tiers.sold + r.sold
        from {rows $1 r: id text, held bigint, sold bigint}
        where tickets_tiers.id = r.id";
    MOVE_EVENTS = "
        update tickets_events
        set held = tickets_events.held + r.held,
            sold = tickets_events.sold + r.sold
        from {rows $1 r: id text, held bigint, sold bigint}
        where tickets_events.id = r.id";
    MOVE_DISCOUNTS = "
        update tickets_discounts
        set held_count = tickets_discounts.held_count + r.held,
            used_count = tickets_discounts.used_count + r.sold
        from {rows $1 r: id text, held bigint, sold bigint}
        where tickets_discounts.id = r.id";
    INSERT_ORDERS = "
        insert into tickets_orders (
          id, event_id, organizer_id, code, buyer_email, buyer_email_folded, buyer_name, locale,
          status, places, subtotal_cents, fees_cents, tax_cents, total_cents, application_fee_cents,
          discount_cents, discount_id, discount_code, discount_use, currency, pricing_json,
          tax_engine, tax_included, charge_model, source, hold_expires_at, placed_at, terms_version, refunds_until_shown,
          buyer_name_key, buyer_turned_key, buyer_email_key, created_at, updated_at)
        select r.id, r.event_id, r.organizer_id, r.code, r.buyer_email, r.buyer_email_folded, r.buyer_name, r.locale,
          r.status, r.places, r.subtotal_cents, r.fees_cents, r.tax_cents, r.total_cents, r.application_fee_cents,
          r.discount_cents, r.discount_id, r.discount_code, r.discount_use, r.currency, r.pricing_json,
          r.tax_engine, r.tax_included <> 0, r.charge_model, r.source, r.hold_expires_at, r.placed_at, r.terms_version, r.refunds_until_shown,
          r.buyer_name_key, r.buyer_turned_key, r.buyer_email_key, r.created_at, r.created_at
        from {rows $1 r: id text, event_id text, organizer_id text, code text, buyer_email text,
          buyer_email_folded text, buyer_name text, locale text, status text, places text,
          subtotal_cents bigint, fees_cents bigint, tax_cents bigint, total_cents bigint,
          application_fee_cents bigint, discount_cents bigint, discount_id text, discount_code text,
          discount_use text, currency text, pricing_json text, tax_engine text, tax_included bigint, charge_model text, source text,
          hold_expires_at bigint, placed_at bigint, terms_version text, refunds_until_shown bigint,
          buyer_name_key text, buyer_turned_key text, buyer_email_key text, created_at bigint}";
    INSERT_ITEMS = "
        insert into tickets_order_items (id, order_id, tier_id, tier_name, qty, unit_price_cents, tax_cents, fees_cents, holders_json)
        select r.id, r.order_id, r.tier_id, r.tier_name, r.qty, r.unit_price_cents, r.tax_cents, r.fees_cents, r.holders_json
        from {rows $1 r: id text, order_id text, tier_id text, tier_name text, qty bigint,
          unit_price_cents bigint, tax_cents bigint, fees_cents bigint, holders_json text}";
    MOVE_ORDERS = "
        update tickets_orders
        set status = r.status,
            places = r.places,
            cancel_reason = r.cancel_reason,
            discount_use = coalesce(r.discount_use, tickets_orders.discount_use),
            paid_cents = tickets_orders.paid_cents + r.paid_cents,
            stripe_payment_intent = coalesce(r.payment_intent, tickets_orders.stripe_payment_intent),
            placed_at = coalesce(r.placed_at, tickets_orders.placed_at),
            canceled_at = r.canceled_at,
            page_closed_at = coalesce(r.page_closed_at, tickets_orders.page_closed_at),
            subtotal_cents = coalesce(r.subtotal_cents, tickets_orders.subtotal_cents),
            tax_cents = coalesce(r.tax_cents, tickets_orders.tax_cents),
            total_cents = coalesce(r.total_cents, tickets_orders.total_cents),
            pricing_json = coalesce(r.pricing_json, tickets_orders.pricing_json),
            updated_at = r.at
        from {rows $1 r: id text, status text, places text, cancel_reason text, discount_use text,
          paid_cents bigint, payment_intent text, placed_at bigint, canceled_at bigint,
          page_closed_at bigint, subtotal_cents bigint, tax_cents bigint, total_cents bigint,
          pricing_json text, at bigint}
        where tickets_orders.id = r.id";
    TAX_ITEMS = "
        update tickets_order_items
        set tax_cents = r.tax_cents
        from {rows $1 r: id text, tax_cents bigint}
        where tickets_order_items.id = r.id";
    INSERT_TICKETS = "
        insert into tickets_tickets (
          id, order_id, order_item_id, event_id, tier_id, serial, qr_token, holder_name, holder_key,
          holder_turned_key, status, door_id, door_serial, door_change, created_at, updated_at)
        select r.id, r.order_id, r.order_item_id, r.event_id, r.tier_id, r.serial, r.qr_hash, r.holder_name, r.holder_key,
          r.holder_turned_key, 'valid', r.door_id, r.door_serial, d.changes, r.created_at, r.created_at
        from {rows $1 r: id text, order_id text, order_item_id text, event_id text, tier_id text, serial text,
          qr_hash text, holder_name text, holder_key text, holder_turned_key text, door_id text, door_serial text,
          created_at bigint}
        join tickets_doors d on d.event_id = r.event_id";
    INSERT_PARTS = "
        insert into tickets_ticket_parts (ticket_id, part, rate_ppm, amount_cents)
        select r.ticket_id, r.part, r.rate_ppm, r.amount_cents
        from {rows $1 r: ticket_id text, part text, rate_ppm bigint, amount_cents bigint}";
    INSERT_PAYMENTS = "
        insert into tickets_payments (
          id, order_id, stripe_payment_intent, stripe_session_id, stripe_charge_id, stripe_transfer_id,
          stripe_application_fee_id, amount_cents, application_fee_cents, currency, outcome, give_back_reason,
          late, card, received_at)
        select r.id, r.order_id, r.payment_intent, r.session_id, r.charge_id, r.transfer_id,
          r.application_fee_id, r.amount_cents, r.application_fee_cents, r.currency, r.outcome, r.give_back_reason,
          r.late <> 0, r.card, r.received_at
        from {rows $1 r: id text, order_id text, payment_intent text, session_id text, charge_id text,
          transfer_id text, application_fee_id text, amount_cents bigint, application_fee_cents bigint,
          currency text, outcome text, give_back_reason text, late bigint, card text, received_at bigint}";
    INSERT_REFUNDS = "
        insert into tickets_refunds (
          id, order_id, payment_id, origin, amount_cents, fee_cents, currency, reason, status, requested_by,
          created_at, updated_at)
        select r.id, r.order_id, r.payment_id, 'give_back', r.amount_cents, r.fee_cents, r.currency, r.reason,
          'planned', r.requested_by, r.created_at, r.created_at
        from {rows $1 r: id text, order_id text, payment_id text, amount_cents bigint, fee_cents bigint,
          currency text, reason text, requested_by text, created_at bigint}";
}

/// A change of counters of a tier, an event or a discount code; positive takes, negative gives back.
#[derive(Clone, Debug, Serialize)]
pub struct StockMove {
    pub id: String,
    pub held: i64,
    pub sold: i64,
}

/// A new order. Times are microseconds since 1970, UTC; money is in cents.
#[derive(Clone, Debug, Serialize)]
pub struct NewOrder {
    pub id: String,
    pub event_id: String,
    pub organizer_id: String,
    pub code: String,
    pub buyer_email: String,
    pub buyer_email_folded: String,
    pub buyer_name: String,
    pub locale: String,
    pub status: &'static str,
    pub places: &'static str,
    pub subtotal_cents: i64,
    pub fees_cents: i64,
    pub tax_cents: i64,
    pub total_cents: i64,
    pub application_fee_cents: i64,
    pub discount_cents: i64,
    /// The code that it is priced with.
    pub discount_id: Option<String>,
    /// That code as it stands now; empty without one.
    pub discount_code: String,
    /// Where the use is that it takes.
    pub discount_use: Option<&'static str>,
    pub currency: String,
    pub pricing_json: String,
    pub tax_engine: &'static str,
    /// 0 or 1: JSON's truth values read differently on the two databases.
    pub tax_included: i64,
    pub charge_model: &'static str,
    pub source: String,
    pub hold_expires_at: Option<i64>,
    pub placed_at: Option<i64>,
    /// The version of the terms that the buyer accepts.
    pub terms_version: String,
    /// Until when refunds on request were offered to the buyer.
    pub refunds_until_shown: Option<i64>,
    pub created_at: i64,
}

/// A line of a new order.
#[derive(Clone, Debug, Serialize)]
pub struct NewItem {
    pub id: String,
    pub order_id: String,
    pub tier_id: String,
    pub tier_name: String,
    pub qty: i64,
    pub unit_price_cents: i64,
    pub tax_cents: i64,
    pub fees_cents: i64,
    /// The names on its tickets, in their order, as a JSON array; empty if nobody was asked.
    pub holders_json: String,
}

/// A step in an order's life.
#[derive(Clone, Debug, Serialize)]
pub struct OrderMove {
    pub id: String,
    pub status: &'static str,
    pub places: &'static str,
    pub cancel_reason: Option<&'static str>,
    /// Where the use of its code goes; `None` leaves it where it is.
    pub discount_use: Option<&'static str>,
    /// Cents that came in with this step.
    pub paid_cents: i64,
    pub payment_intent: Option<String>,
    pub placed_at: Option<i64>,
    pub canceled_at: Option<i64>,
    /// When Stripe was known to have closed the payment page unpaid.
    pub page_closed_at: Option<i64>,
    /// The order's price with the taxes that Stripe computed, where it did.
    #[serde(flatten)]
    pub taxed: TaxedOrder,
    pub at: i64,
}

/// An order's price once its taxes are known; all absent where they were known from the start.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct TaxedOrder {
    pub subtotal_cents: Option<i64>,
    pub tax_cents: Option<i64>,
    pub total_cents: Option<i64>,
    pub pricing_json: Option<String>,
}

/// The taxes of an order's line once they are known.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ItemTax {
    pub id: String,
    pub tax_cents: i64,
}

/// A new ticket; `qr_hash` is the keyed hash of its token.
#[derive(Clone, Debug, Serialize)]
pub struct NewTicket {
    pub id: String,
    pub order_id: String,
    pub order_item_id: String,
    pub event_id: String,
    pub tier_id: String,
    pub serial: String,
    pub qr_hash: String,
    pub holder_name: String,
    /// Its name on devices at the door.
    pub door_id: String,
    /// Its serial's name there.
    pub door_serial: String,
    pub created_at: i64,
}

/// A part of a ticket's price.
#[derive(Clone, Debug, Serialize)]
pub struct NewPart {
    pub ticket_id: String,
    pub part: String,
    pub rate_ppm: i64,
    pub amount_cents: i64,
}

/// Money that came in.
#[derive(Clone, Debug, Serialize)]
pub struct NewPayment {
    pub id: String,
    pub order_id: String,
    pub payment_intent: String,
    pub session_id: Option<String>,
    pub charge_id: Option<String>,
    pub transfer_id: Option<String>,
    pub application_fee_id: Option<String>,
    pub amount_cents: i64,
    pub application_fee_cents: i64,
    pub currency: String,
    pub outcome: &'static str,
    pub give_back_reason: Option<&'static str>,
    /// 0 or 1: JSON's truth values read differently on the two databases.
    pub late: i64,
    /// `Visa ending in 4242`; empty if that is not known.
    pub card: String,
    pub received_at: i64,
}

/// Money that is to go back.
#[derive(Clone, Debug, Serialize)]
pub struct NewRefund {
    pub id: String,
    pub order_id: String,
    pub payment_id: String,
    pub amount_cents: i64,
    pub fee_cents: i64,
    pub currency: String,
    pub reason: String,
    pub requested_by: String,
    pub created_at: i64,
}

/// Sends rows as one argument; each must change exactly one row of the table.
pub(super) async fn put<R: Serialize>(
    tx: &mut WriteTx,
    statement: &'static Statement,
    rows: &[R],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let json = serde_json::to_string(rows).map_err(StoreError::inconsistent)?;
    let changed = tx.run(statement, args![json]).await?;
    // Fewer rows than asked for would mean that something vanished under our lock.
    if usize::try_from(changed) == Ok(rows.len()) {
        Ok(())
    } else {
        Err(StoreError::inconsistent(format!(
            "{} changed {changed} rows of {}",
            statement.name(),
            rows.len()
        )))
    }
}

macro_rules! writers {
    ($($(#[$doc:meta])* $name:ident($row:ty) = $statement:ident;)*) => {$(
        $(#[$doc])*
        pub async fn $name<R: Borrow<$row> + Serialize + Sync>(tx: &mut WriteTx, rows: &[R]) -> Result<(), StoreError> {
            put(tx, &$statement, rows).await
        }
    )*};
}

/// An order with the keys that it is searched by.
#[derive(Serialize)]
struct Searched<'a> {
    #[serde(flatten)]
    order: &'a NewOrder,
    buyer_name_key: String,
    buyer_turned_key: String,
    buyer_email_key: String,
}

/// A ticket with the keys that its holder is searched by.
#[derive(Serialize)]
struct Held<'a> {
    #[serde(flatten)]
    ticket: &'a NewTicket,
    holder_key: String,
    holder_turned_key: String,
}

/// Writes new orders.
pub async fn insert_orders<R: Borrow<NewOrder> + Sync>(
    tx: &mut WriteTx,
    rows: &[R],
) -> Result<(), StoreError> {
    let rows = rows.iter().map(|row| {
        let order: &NewOrder = row.borrow();
        let (buyer_name_key, buyer_turned_key) = name_keys(&order.buyer_name);
        Searched {
            buyer_email_key: search_key(&order.buyer_email),
            order,
            buyer_name_key,
            buyer_turned_key,
        }
    });
    put(tx, &INSERT_ORDERS, &rows.collect::<Vec<_>>()).await
}

/// Writes new tickets.
pub async fn insert_tickets<R: Borrow<NewTicket> + Sync>(
    tx: &mut WriteTx,
    rows: &[R],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let coming = rows.iter().map(|row| {
        let ticket: &NewTicket = row.borrow();
        (ticket.event_id.as_str(), ticket.tier_id.as_str())
    });
    let coming: Vec<_> = coming.collect();
    doors::tickets_come(tx, &coming).await?;
    let rows = rows.iter().map(|row| {
        let ticket: &NewTicket = row.borrow();
        let (holder_key, holder_turned_key) = name_keys(&ticket.holder_name);
        Held {
            ticket,
            holder_key,
            holder_turned_key,
        }
    });
    put(tx, &INSERT_TICKETS, &rows.collect::<Vec<_>>()).await
}

/// The keys of a name: as it is, and with its last word first.
pub(crate) fn name_keys(name: &str) -> (String, String) {
    (search_key(name), search_key(&turned(name)))
}

writers! {
    /// Moves the counters of tiers; each tier at most once.
    move_tiers(StockMove) = MOVE_TIERS;
    /// Moves the counters of events; each event at most once.
    move_events(StockMove) = MOVE_EVENTS;
    /// Moves the uses of discount codes; each code at most once.
    move_discounts(StockMove) = MOVE_DISCOUNTS;
    /// Writes the lines of new orders.
    insert_items(NewItem) = INSERT_ITEMS;
    /// Moves orders; each order at most once.
    move_orders(OrderMove) = MOVE_ORDERS;
    /// Writes the taxes of lines; each line at most once.
    tax_items(ItemTax) = TAX_ITEMS;
    /// Writes what tickets' prices are made of.
    insert_parts(NewPart) = INSERT_PARTS;
    /// Writes payments.
    insert_payments(NewPayment) = INSERT_PAYMENTS;
    /// Plans refunds.
    insert_refunds(NewRefund) = INSERT_REFUNDS;
}
