//! Checkout: places held for a buyer, with or without opening the payment page at once.

use crate::api::words::{EventIdText, OrderIdText, OrderStatusWord, TierIdText};
use crate::codes;
use crate::extract::{Address, Body, Context};
use crate::problem::Problem;
use crate::state::WebState;
use app::checkout::{self, Checkout, StartCheckout, StartCheckoutError};
use app::idempotency::Deed;
use axum::extract::State;
use axum::{Extension, Json};
use http::StatusCode;
use model::text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// So many of a tier.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CheckoutItem {
    /// The tier.
    #[schema(value_type = TierIdText)]
    tier_id: String,
    /// How many.
    #[schema(minimum = 1, maximum = 100)]
    qty: i64,
    /// Names on the tickets, in their order; asked for by some events (`ask_names`), else the buyer's if absent.
    #[schema(max_items = 100)]
    names: Option<Vec<String>>,
}

/// Who buys.
#[derive(Debug, Deserialize, ToSchema)]
pub struct BuyerIn {
    /// Where the tickets are mailed.
    #[schema(format = Email, max_length = 254)]
    email: String,
    /// The name on the tickets.
    #[schema(max_length = 120, min_length = 1)]
    name: String,
}

/// What a buyer asks for.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CheckoutIn {
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// What is chosen.
    #[schema(min_items = 1)]
    items: Vec<CheckoutItem>,
    /// Who buys.
    buyer: BuyerIn,
    /// A discount code.
    #[schema(max_length = 200)]
    discount_code: Option<String>,
    /// The buyer's language: `en` or `fr`; `en` if absent.
    locale: Option<String>,
    /// Where the buyer came from, in a word for the organizer's analytics; `api` if absent.
    #[schema(max_length = 200)]
    source: Option<String>,
}

impl CheckoutItem {
    /// The same as the use cases take it.
    pub(super) fn pair(self) -> (String, i64) {
        (self.tier_id, self.qty)
    }

    fn holders(&self) -> Option<(String, Vec<String>)> {
        let names = self.names.clone()?;
        Some((self.tier_id.clone(), names))
    }
}

impl CheckoutIn {
    fn start(self, deed: Option<Extension<Deed>>) -> StartCheckout {
        let input = self;
        StartCheckout {
            event_id: input.event_id,
            holders: input
                .items
                .iter()
                .filter_map(CheckoutItem::holders)
                .collect(),
            items: input.items.into_iter().map(CheckoutItem::pair).collect(),
            email: input.buyer.email,
            name: input.buyer.name,
            discount_code: input.discount_code,
            locale: input.locale.unwrap_or_default(),
            source: Some(text::tag(&input.source.unwrap_or_default()))
                .filter(|tag| !tag.is_empty())
                .unwrap_or_else(|| "api".to_owned()),
            deed: deed.map(|Extension(deed)| deed),
            consents: Vec::new(),
        }
    }
}

/// A checkout that has begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckoutOut {
    /// The order.
    #[schema(value_type = OrderIdText)]
    order_id: String,
    /// The secret that opens the order; a bearer token.
    order_token: String,
    /// `pending`, or `paid` for a free order.
    #[schema(value_type = OrderStatusWord)]
    status: &'static str,
    /// What the buyer pays, in cents.
    total_cents: i64,
    /// ISO currency code.
    currency: String,
    /// Stripe's payment page; null for a free order and for a bare hold.
    #[schema(format = "uri", required = true)]
    url: Option<String>,
    /// When the hold lapses; null for a free order.
    #[schema(format = DateTime, required = true)]
    expires_at: Option<String>,
}

impl From<Checkout> for CheckoutOut {
    fn from(checkout: Checkout) -> Self {
        Self {
            order_id: checkout.order_id.into(),
            order_token: checkout.order_token,
            status: checkout.status.code(),
            total_cents: checkout.total_cents,
            currency: checkout.currency,
            url: checkout.url,
            expires_at: checkout.expires_at.map(model::time::Time::to_iso),
        }
    }
}

/// Holds places and opens the payment page; a free order is complete at once.
#[utoipa::path(post, path = "/api/tickets/checkout/session", tag = "checkout", request_body = CheckoutIn,
    responses((status = 201, description = "The order, and where to pay.", body = CheckoutOut)))]
pub async fn start_checkout(
    State(state): State<WebState>,
    Context(mut cx): Context,
    deed: Option<Extension<Deed>>,
    Extension(address): Extension<Address>,
    Body(input): Body<CheckoutIn>,
) -> Result<(StatusCode, Json<CheckoutOut>), Problem> {
    let input = input.start(deed);
    codes::before(&state, address, &input).await?;
    let result = checkout::start(&state.house, &mut cx, input).await;
    answer(&state, address, result).await
}

/// Holds places without opening the payment page yet; `orders/{id}/continue` opens it.
#[utoipa::path(post, path = "/api/tickets/checkout/hold", tag = "checkout", request_body = CheckoutIn,
    responses((status = 201, description = "The order.", body = CheckoutOut)))]
pub async fn hold_checkout(
    State(state): State<WebState>,
    Context(mut cx): Context,
    deed: Option<Extension<Deed>>,
    Extension(address): Extension<Address>,
    Body(input): Body<CheckoutIn>,
) -> Result<(StatusCode, Json<CheckoutOut>), Problem> {
    let input = input.start(deed);
    codes::before(&state, address, &input).await?;
    let result = checkout::hold(&state.house, &mut cx, input).await;
    answer(&state, address, result).await
}

async fn answer(
    state: &WebState,
    address: Address,
    result: Result<Checkout, StartCheckoutError>,
) -> Result<(StatusCode, Json<CheckoutOut>), Problem> {
    codes::after(state, address, &result).await?;
    Ok((StatusCode::CREATED, Json(result?.into())))
}
