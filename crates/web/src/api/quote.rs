//! What a selection costs, without holding anything.

use crate::api::checkout::CheckoutItem;
use crate::api::discounts::CodeOut;
use crate::api::orders::TaxOut;
use crate::api::words::{EventIdText, TierIdText};
use crate::codes;
use crate::extract::{Address, Body, Context};
use crate::problem::Problem;
use crate::state::WebState;
use app::checkout::{self, Quote};
use app::records::Event;
use axum::extract::State;
use axum::{Extension, Json};
use model::ids::EventId;
use model::tax_engine::TaxEngine;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody would like to buy.
#[derive(Debug, Deserialize, ToSchema)]
pub struct QuoteIn {
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// What is chosen.
    #[schema(min_items = 1)]
    items: Vec<CheckoutItem>,
    /// A discount code.
    #[schema(max_length = 200)]
    discount_code: Option<String>,
}

/// So many of a tier, with what they cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteLineOut {
    /// The tier.
    #[schema(value_type = TierIdText)]
    tier_id: String,
    /// Its name.
    name: String,
    /// How many.
    qty: i64,
    /// The list price of one, in cents.
    unit_price_cents: i64,
    /// The line's share of the discount, in cents.
    discount_cents: i64,
    /// The line without fees and taxes, after its share of the discount, in cents.
    subtotal_cents: i64,
}

/// What a selection costs, to the cent; nothing is held.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteOut {
    /// ISO currency code.
    currency: String,
    /// The lines, in the event's order.
    lines: Vec<QuoteLineOut>,
    /// Tickets without fees and taxes, after the discount, in cents.
    subtotal_cents: i64,
    /// What the code takes off, in cents.
    discount_cents: i64,
    /// Fees that the buyer pays, in cents.
    fees_cents: i64,
    /// Taxes that the buyer pays, in cents.
    tax_cents: i64,
    /// What the buyer pays, in cents.
    total_cents: i64,
    /// Whether list prices have their taxes inside.
    tax_included: bool,
    /// Whether Stripe adds the tickets' taxes at payment, so that they are not here.
    tax_at_payment: bool,
    /// The taxes by name and rate.
    taxes: Vec<TaxOut>,
    /// The code that was used; null without one.
    #[schema(required = true)]
    discount: Option<CodeOut>,
}

impl QuoteOut {
    fn of(quote: &Quote, event: &Event) -> Self {
        let priced = &quote.priced;
        let mut units = priced.units.iter();
        let mut lines = Vec::with_capacity(quote.lines.len());
        for (tier, qty) in &quote.lines {
            let own = units
                .by_ref()
                .take(usize::try_from(*qty).unwrap_or_default());
            let (mut discount_cents, mut subtotal_cents) = (0, 0);
            for unit in own {
                discount_cents += unit.discount_cents;
                subtotal_cents += unit.net_cents;
            }
            lines.push(QuoteLineOut {
                tier_id: tier.id.to_string(),
                name: tier.name.clone(),
                qty: *qty,
                unit_price_cents: tier.price_cents,
                discount_cents,
                subtotal_cents,
            });
        }
        Self {
            currency: priced.currency.as_str().to_owned(),
            lines,
            subtotal_cents: priced.subtotal_cents(),
            discount_cents: priced.discount_cents(),
            fees_cents: priced.fees_cents(),
            tax_cents: priced.tax_cents(),
            total_cents: priced.total_cents(),
            tax_included: event.tax_inclusive,
            tax_at_payment: event.tax_engine == TaxEngine::Stripe,
            taxes: priced
                .tax_lines()
                .iter()
                .map(|line| TaxOut::of(line, event.province))
                .collect(),
            discount: quote.discount.as_ref().map(CodeOut::from),
        }
    }
}

/// Says what a selection costs; nothing is held and no use of the code is taken.
#[utoipa::path(post, path = "/api/tickets/checkout/quote", tag = "checkout", request_body = QuoteIn,
    responses((status = 200, description = "The price, line by line.", body = QuoteOut)))]
pub async fn quote_checkout(
    State(state): State<WebState>,
    Context(cx): Context,
    Extension(address): Extension<Address>,
    Body(input): Body<QuoteIn>,
) -> Result<Json<QuoteOut>, Problem> {
    let event = EventId::parse(&input.event_id).map_err(|_| Problem::not_found())?;
    let typed = input.discount_code.unwrap_or_default();
    let code = codes::find(&state, address, &event, &typed).await?;
    let code = code.transpose()?;
    let items: Vec<(String, i64)> = input.items.into_iter().map(CheckoutItem::pair).collect();
    let (listing, quote) =
        checkout::price_selection(&state.house, &cx, &event, &items, code.as_ref()).await?;
    Ok(Json(QuoteOut::of(&quote, &listing.event)))
}
