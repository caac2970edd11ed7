//! Orders and their lines.
//!
//! Where an order's places are, its status and what was paid are moved by the lanes only; here are
//! the marks around them: the payment page, the hold's length, what went back. What the
//! background work looks for stands in [`crate::order_work`].

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::rows::{ids, prefix};
use crate::{args, statement::statements};
use model::discount::DiscountUse;
use model::ids::{DiscountId, EventId, ItemId, OrderId, OrganizerId, TierId};
use model::money::Currency;
use model::order::{CancelReason, OrderStatus, Places};
use model::organizer::ChargeModel;
use model::tax_engine::TaxEngine;
use model::time::Time;

macro_rules! columns {
    () => {
        "id, event_id, organizer_id, code, buyer_email, buyer_email_folded, buyer_name, locale,
         status, places, cancel_reason, subtotal_cents, fees_cents, tax_cents, total_cents,
         application_fee_cents, discount_cents, discount_id, discount_code, discount_use, currency,
         pricing_json, paid_cents,
         refunded_cents, charge_model, stripe_session_id, stripe_session_expires_at,
         stripe_payment_intent, session_attempt, source, hold_expires_at, checked_at, placed_at,
         canceled_at, terms_version, refunds_until_shown, created_at, updated_at, tax_engine,
         tax_included"
    };
}
macro_rules! item_columns {
    () => {
        "id, order_id, tier_id, tier_name, qty, unit_price_cents, tax_cents, fees_cents, holders_json"
    };
}

/// A page of one event, of one organizer or of all: texts of their own, since a condition that may
/// not apply keeps an index from being used.
macro_rules! page {
    ($of:literal) => {
        concat!(
            "select ",
            columns!(),
            "
        from tickets_orders
        where ",
            $of,
            "
          and (cast($3 as text) is null or status = $3)
          and (cast($4 as text) is null
               or lower(code) like $4 escape '!'
               or buyer_email_folded like $4 escape '!')
          and (created_at, id) < ($5, $6)
        order by created_at desc, id desc
        limit $7"
        )
    };
}

statements! {
    BY_ID = concat!("select ", columns!(), "
        from tickets_orders
        where id = $1");
    BY_SESSION = concat!("select ", columns!(), "
        from tickets_orders
        where stripe_session_id = $1");
    BY_CODE = concat!("select ", columns!(), "
        from tickets_orders
        where code = $1");
    BY_INTENT = concat!("select ", columns!(), "
        from tickets_orders
        where stripe_payment_intent = $1");
    BY_IDS = concat!("select ", columns!(), "
        from tickets_orders
        where id in (select r.id from {rows $1 r: id text})");
    ITEMS = concat!("select ", item_columns!(), "
        from tickets_order_items
        where order_id = $1
        order by id");
    ITEMS_OF = concat!("select ", item_columns!(), "
        from tickets_order_items
        where order_id in (select r.id from {rows $1 r: id text})
        order by order_id, id");
    PAGE_OF_EVENT = page!("event_id = $1
          and (cast($2 as text) is null or organizer_id = $2)");
    PAGE_OF_ORGANIZER = page!("cast($1 as text) is null
          and organizer_id = $2");
    PAGE_OF_ALL = page!("cast($1 as text) is null
          and cast($2 as text) is null");
}

/// One purchase. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Order {
    pub id: OrderId,
    pub event_id: EventId,
    pub organizer_id: OrganizerId,
    /// What a buyer reads out on the phone; unique.
    pub code: String,
    pub buyer_email: String,
    pub buyer_email_folded: String,
    pub buyer_name: String,
    pub locale: String,
    pub status: OrderStatus,
    pub places: Places,
    pub cancel_reason: Option<CancelReason>,
    pub subtotal_cents: i64,
    pub fees_cents: i64,
    pub tax_cents: i64,
    pub total_cents: i64,
    pub application_fee_cents: i64,
    pub discount_cents: i64,
    pub discount_id: Option<DiscountId>,
    /// The code as it stood when the order was placed; empty without one.
    pub discount_code: String,
    /// Where the use is that the order took of the code.
    pub discount_use: Option<DiscountUse>,
    pub currency: Currency,
    /// The priced order, unit by unit, as it was computed once.
    pub pricing_json: String,
    /// Who computes its taxes; with Stripe Tax they are added when it is paid.
    pub tax_engine: TaxEngine,
    /// Whether its tickets' prices had their taxes inside when it was placed.
    pub tax_included: bool,
    pub paid_cents: i64,
    pub refunded_cents: i64,
    pub charge_model: ChargeModel,
    pub stripe_session_id: Option<String>,
    pub stripe_session_expires_at: Option<Time>,
    pub stripe_payment_intent: Option<String>,
    /// How often a payment page was asked for.
    pub session_attempt: i64,
    pub source: String,
    pub hold_expires_at: Option<Time>,
    /// When Stripe was last asked about it.
    pub checked_at: Option<Time>,
    pub placed_at: Option<Time>,
    pub canceled_at: Option<Time>,
    /// The version of the terms that the buyer accepted; empty for orders from before it was kept.
    pub terms_version: String,
    /// Until when refunds on request were offered when it was begun.
    pub refunds_until_shown: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A line of an order. Amounts are in cents; taxes and fees are of the whole line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
    pub id: ItemId,
    pub order_id: OrderId,
    pub tier_id: TierId,
    /// The tier's name when it was bought.
    pub tier_name: String,
    pub qty: i64,
    pub unit_price_cents: i64,
    pub tax_cents: i64,
    pub fees_cents: i64,
    /// The names on its tickets, in their order, as a JSON array; empty if nobody was asked.
    pub holders_json: String,
}

fn order(row: &Row) -> Result<Order, StoreError> {
    Ok(Order {
        id: row.parsed("id", OrderId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        code: row.text("code")?,
        buyer_email: row.text("buyer_email")?,
        buyer_email_folded: row.text("buyer_email_folded")?,
        buyer_name: row.text("buyer_name")?,
        locale: row.text("locale")?,
        status: row.word("status", OrderStatus::parse)?,
        places: row.word("places", Places::parse)?,
        cancel_reason: row.opt_word("cancel_reason", CancelReason::parse)?,
        subtotal_cents: row.int("subtotal_cents")?,
        fees_cents: row.int("fees_cents")?,
        tax_cents: row.int("tax_cents")?,
        total_cents: row.int("total_cents")?,
        application_fee_cents: row.int("application_fee_cents")?,
        discount_cents: row.int("discount_cents")?,
        discount_id: row.opt_parsed("discount_id", DiscountId::parse)?,
        discount_code: row.text("discount_code")?,
        discount_use: row.opt_word("discount_use", DiscountUse::parse)?,
        currency: row.parsed("currency", Currency::parse)?,
        pricing_json: row.text("pricing_json")?,
        tax_engine: row.word("tax_engine", TaxEngine::parse)?,
        tax_included: row.bool("tax_included")?,
        paid_cents: row.int("paid_cents")?,
        refunded_cents: row.int("refunded_cents")?,
        charge_model: row.word("charge_model", ChargeModel::parse)?,
        stripe_session_id: row.opt_text("stripe_session_id")?,
        stripe_session_expires_at: row.opt_time("stripe_session_expires_at")?,
        stripe_payment_intent: row.opt_text("stripe_payment_intent")?,
        session_attempt: row.int("session_attempt")?,
        source: row.text("source")?,
        hold_expires_at: row.opt_time("hold_expires_at")?,
        checked_at: row.opt_time("checked_at")?,
        placed_at: row.opt_time("placed_at")?,
        canceled_at: row.opt_time("canceled_at")?,
        terms_version: row.text("terms_version")?,
        refunds_until_shown: row.opt_time("refunds_until_shown")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn item(row: &Row) -> Result<Item, StoreError> {
    Ok(Item {
        id: row.parsed("id", ItemId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        tier_id: row.parsed("tier_id", TierId::parse)?,
        tier_name: row.text("tier_name")?,
        qty: row.int("qty")?,
        unit_price_cents: row.int("unit_price_cents")?,
        tax_cents: row.int("tax_cents")?,
        fees_cents: row.int("fees_cents")?,
        holders_json: row.text("holders_json")?,
    })
}

/// The order of an id.
pub async fn by_id(s: &mut Session, id: &OrderId) -> Result<Option<Order>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(order)
        .transpose()
}

/// The orders of several ids, in no particular order.
pub async fn by_ids(s: &mut Session, orders: &[OrderId]) -> Result<Vec<Order>, StoreError> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let list = ids(orders.iter().map(OrderId::as_str));
    s.rows(&BY_IDS, args![list])
        .await?
        .iter()
        .map(order)
        .collect()
}

/// The order whose latest payment page this is.
pub async fn by_session(s: &mut Session, session: &str) -> Result<Option<Order>, StoreError> {
    s.maybe(&BY_SESSION, args![session])
        .await?
        .as_ref()
        .map(order)
        .transpose()
}

/// The order of a code, as it was written.
pub async fn by_code(s: &mut Session, code: &str) -> Result<Option<Order>, StoreError> {
    s.maybe(&BY_CODE, args![code])
        .await?
        .as_ref()
        .map(order)
        .transpose()
}

/// The order that a payment intent paid.
pub async fn by_intent(s: &mut Session, intent: &str) -> Result<Option<Order>, StoreError> {
    s.maybe(&BY_INTENT, args![intent])
        .await?
        .as_ref()
        .map(order)
        .transpose()
}

/// The lines of an order.
pub async fn items(s: &mut Session, id: &OrderId) -> Result<Vec<Item>, StoreError> {
    s.rows(&ITEMS, args![id.as_str()])
        .await?
        .iter()
        .map(item)
        .collect()
}

/// The lines of several orders, those of one order together.
pub async fn items_of(s: &mut Session, orders: &[OrderId]) -> Result<Vec<Item>, StoreError> {
    let list = ids(orders.iter().map(OrderId::as_str));
    s.rows(&ITEMS_OF, args![list])
        .await?
        .iter()
        .map(item)
        .collect()
}

/// Which orders a page shows; `None` is all.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    pub event_id: Option<EventId>,
    pub organizer_id: Option<OrganizerId>,
    pub status: Option<OrderStatus>,
    /// What the code or the buyer's address begins with, in small letters.
    pub q_folded: Option<String>,
    /// Continue before the order with this creation and id.
    pub before: Option<(Time, OrderId)>,
    /// At most so many.
    pub limit: i64,
}

/// One page of orders, newest first.
pub async fn page(s: &mut Session, f: &OrderFilter) -> Result<Vec<Order>, StoreError> {
    let pattern = f.q_folded.as_deref().map(prefix);
    let (created, id) = match &f.before {
        Some((created, id)) => (created.micros(), id.as_str()),
        None => (i64::MAX, ""),
    };
    let args = args![
        f.event_id.as_ref().map(EventId::as_str),
        f.organizer_id.as_ref().map(OrganizerId::as_str),
        f.status.map(OrderStatus::code),
        pattern.as_deref(),
        created,
        id,
        f.limit,
    ];
    let statement = match (&f.event_id, &f.organizer_id) {
        (Some(_), _) => &PAGE_OF_EVENT,
        (None, Some(_)) => &PAGE_OF_ORGANIZER,
        (None, None) => &PAGE_OF_ALL,
    };
    s.rows(statement, args).await?.iter().map(order).collect()
}

pub use crate::order_work::{
    Unheard, extend_hold, lapsed, mark_checked, next_session_attempt, page_closed, set_session,
    unheard,
};
