use super::TierInput;
use crate::api::orders::TaxOut;
use crate::api::words::EventIdText;
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::tiers::{self, PriceTried};
use axum::Json;
use axum::extract::State;
use model::ids::EventId;
use model::tax_engine::TaxEngine;
use serde::Serialize;
use utoipa::ToSchema;

/// What one ticket costs whoever buys it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceTriedOut {
    /// The price of the tier, in cents.
    price_cents: i64,
    /// What buyers see first: with every fee, in cents.
    display_price_cents: i64,
    /// The fee that the buyer pays, in cents.
    fees_cents: i64,
    /// The taxes that the buyer pays, in cents.
    tax_cents: i64,
    /// What the buyer pays, in cents.
    total_cents: i64,
    /// ISO currency code.
    currency: String,
    /// The taxes by name and rate.
    taxes: Vec<TaxOut>,
    /// Whether Stripe adds the ticket's taxes at payment, so that they are not here.
    tax_at_payment: bool,
}

impl From<&PriceTried> for PriceTriedOut {
    fn from(tried: &PriceTried) -> Self {
        let (priced, event) = (&tried.quote.priced, &tried.listing.event);
        let lines = priced.tax_lines();
        Self {
            price_cents: tried.view.price_cents,
            display_price_cents: tried.view.display_cents,
            fees_cents: priced.fees_cents(),
            tax_cents: priced.tax_cents(),
            total_cents: priced.total_cents(),
            currency: priced.currency.as_str().to_owned(),
            taxes: lines
                .iter()
                .map(|line| TaxOut::of(line, event.province))
                .collect(),
            tax_at_payment: event.tax_engine == TaxEngine::Stripe,
        }
    }
}

/// Says what one ticket of a tier would cost its buyer; nothing is kept.
#[utoipa::path(post, path = "/api/tickets/events/{id}/price", tag = "tiers", request_body = TierInput,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "The price, part by part.", body = PriceTriedOut)))]
pub async fn try_price(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<TierInput>,
) -> Result<Json<PriceTriedOut>, Problem> {
    let tried = tiers::try_price(&state.house, &mut cx, &id, &input.into()).await?;
    Ok(Json(PriceTriedOut::from(&tried)))
}
