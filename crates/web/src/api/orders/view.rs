//! An order as the API shows it to its buyer and its organizer.

use crate::api::words::{
    EventIdText, GiveBackReasonWord, ItemIdText, OrderIdText, OrderStatusWord, RefundStatusWord,
    TaxWord, TicketIdText, TicketStatusWord, TierIdText,
};
use crate::api::{iso, iso_maybe, zone_of};
use crate::problem::Problem;
use app::orders::{OrderView, tax_at_payment};
use app::records::{Item, PaymentOutcome, Refund, Ticket};
use app::{Fault, House};
use model::pricing::TaxLine;
use model::tax::Province;
use model::ticket::TicketStatus;
use model::time::Zone;
use serde::Serialize;
use utoipa::ToSchema;

/// One tax.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxOut {
    /// Its name.
    #[schema(value_type = TaxWord)]
    name: &'static str,
    /// Its rate in parts per million.
    rate_ppm: u32,
    /// Its amount in cents.
    amount_cents: i64,
}

impl TaxOut {
    /// A tax by the name that people of the event's province know.
    pub fn of(line: &TaxLine, province: Province) -> Self {
        Self {
            name: line.component.name_in(province),
            rate_ppm: line.ppm.0,
            amount_cents: line.cents,
        }
    }
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemOut {
    /// The line.
    #[schema(value_type = ItemIdText)]
    id: String,
    /// The tier.
    #[schema(value_type = TierIdText)]
    tier_id: String,
    /// The tier's name when it was bought.
    tier_name: String,
    /// How many tickets.
    qty: i64,
    /// The list price of one, in cents.
    unit_price_cents: i64,
    /// Fees that the buyer pays for the line, in cents.
    fees_cents: i64,
    /// Taxes that the buyer pays for the line, in cents.
    tax_cents: i64,
}

impl From<&Item> for ItemOut {
    fn from(item: &Item) -> Self {
        Self {
            id: item.id.to_string(),
            tier_id: item.tier_id.to_string(),
            tier_name: item.tier_name.clone(),
            qty: item.qty,
            unit_price_cents: item.unit_price_cents,
            fees_cents: item.fees_cents,
            tax_cents: item.tax_cents,
        }
    }
}

/// A ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketOut {
    /// The ticket.
    #[schema(value_type = TicketIdText)]
    id: String,
    /// The number for people.
    serial: String,
    /// Its tier.
    #[schema(value_type = TierIdText)]
    tier_id: String,
    /// Whose it is.
    holder_name: String,
    /// Where it is in its life.
    #[schema(value_type = TicketStatusWord)]
    status: &'static str,
    /// What its QR code says; null once it admits nobody.
    #[schema(required = true)]
    qr_token: Option<String>,
    /// When somebody came in with it.
    #[schema(format = DateTime, required = true)]
    used_at: Option<String>,
}

/// Money that goes or went back.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenBackOut {
    /// How much, in cents.
    amount_cents: i64,
    /// Why.
    #[schema(value_type = GiveBackReasonWord)]
    reason: String,
    /// Where it is.
    #[schema(value_type = RefundStatusWord)]
    status: &'static str,
}

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderOut {
    /// The order.
    #[schema(value_type = OrderIdText)]
    id: String,
    /// The number for people.
    code: String,
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// Where it is in its life.
    #[schema(value_type = OrderStatusWord)]
    status: &'static str,
    /// Who bought.
    buyer_name: String,
    /// Where the tickets were mailed.
    buyer_email: String,
    /// ISO currency code.
    currency: String,
    /// Tickets without fees and taxes, in cents.
    subtotal_cents: i64,
    /// What a code took off, in cents.
    discount_cents: i64,
    /// The discount code; null without one.
    #[schema(required = true)]
    discount_code: Option<String>,
    /// Fees that the buyer pays, in cents.
    fees_cents: i64,
    /// Taxes that the buyer pays, in cents.
    tax_cents: i64,
    /// Whether Stripe adds the tickets' taxes when the order is paid, and it is not: then they are not yet
    /// in `tax_cents` and, unless the prices contain them, in `total_cents`.
    tax_at_payment: bool,
    /// What the buyer pays, in cents.
    total_cents: i64,
    /// What went back, in cents.
    refunded_cents: i64,
    /// The taxes by name and rate.
    taxes: Vec<TaxOut>,
    /// The lines.
    items: Vec<ItemOut>,
    /// The tickets; none before it is paid.
    tickets: Vec<TicketOut>,
    /// Payments that could not be taken, and so go or went back.
    given_back: Vec<GivenBackOut>,
    /// When the hold lapses; null once the order holds none.
    #[schema(format = DateTime, required = true)]
    expires_at: Option<String>,
    /// When it was paid.
    #[schema(format = DateTime, required = true)]
    placed_at: Option<String>,
    /// When it was begun.
    #[schema(format = DateTime)]
    created_at: String,
}

impl OrderOut {
    /// An order with everything around it.
    pub fn of(house: &House, view: &OrderView) -> Result<Self, Problem> {
        let order = &view.order;
        let zone = zone_of(&view.event)
            .ok_or_else(|| Fault::Inconsistent("there is no time zone".to_owned()))?;
        let held = order
            .hold_expires_at
            .filter(|_| order.places == model::order::Places::Held);
        Ok(Self {
            id: order.id.to_string(),
            code: order.code.clone(),
            event_id: order.event_id.to_string(),
            status: order.status.code(),
            buyer_name: order.buyer_name.clone(),
            buyer_email: order.buyer_email.clone(),
            currency: order.currency.as_str().to_owned(),
            subtotal_cents: order.subtotal_cents,
            discount_cents: order.discount_cents,
            discount_code: Some(order.discount_code.clone()).filter(|c| !c.is_empty()),
            fees_cents: order.fees_cents,
            tax_cents: order.tax_cents,
            tax_at_payment: tax_at_payment(order),
            total_cents: order.total_cents,
            refunded_cents: order.refunded_cents,
            taxes: view
                .taxes
                .iter()
                .map(|line| TaxOut::of(line, view.event.province))
                .collect(),
            items: view.items.iter().map(ItemOut::from).collect(),
            tickets: view
                .tickets
                .iter()
                .map(|t| ticket(house, t, &zone))
                .collect(),
            given_back: given_back(view),
            expires_at: iso_maybe(held, &zone),
            placed_at: iso_maybe(order.placed_at, &zone),
            created_at: iso(order.created_at, &zone),
        })
    }
}

fn ticket(house: &House, ticket: &Ticket, zone: &Zone) -> TicketOut {
    let live = matches!(ticket.status, TicketStatus::Valid | TicketStatus::Used);
    TicketOut {
        id: ticket.id.to_string(),
        serial: ticket.serial.clone(),
        tier_id: ticket.tier_id.to_string(),
        holder_name: ticket.holder_name.clone(),
        status: ticket.status.code(),
        qr_token: live.then(|| house.keyring.ticket_token(&ticket.id, ticket.qr_generation)),
        used_at: iso_maybe(ticket.used_at, zone),
    }
}

/// Each payment that could not be taken, with the refund that brings it back.
fn given_back(view: &OrderView) -> Vec<GivenBackOut> {
    let payments = view
        .payments
        .iter()
        .filter(|p| p.outcome == PaymentOutcome::GivenBack);
    let pairs = payments.filter_map(|p| {
        view.refunds
            .iter()
            .find(|r| r.payment_id.as_ref() == Some(&p.id))
            .map(|refund| (p.give_back_reason, refund))
    });
    pairs
        .map(|(reason, refund): (_, &Refund)| GivenBackOut {
            amount_cents: refund.amount_cents,
            reason: reason.map_or_else(|| refund.reason.clone(), |r| r.code().to_owned()),
            status: refund.status.code(),
        })
        .collect()
}
