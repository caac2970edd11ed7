//! Checkout: what was chosen on the event's page, who buys, and off to pay.

mod attempt;
mod buy;
mod chosen;

pub use buy::buy;

use super::event::page as event_view;
use super::faces::{occasion, seller, sum_of_quote};
use super::{csrf, html};
use crate::extract::{Context, PathId, Search};
use crate::pages::views::checkout::CheckoutPage;
use crate::pages::views::parts::Field;
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::catalogue::{self, Listing};
use app::checkout::{Quote, QuoteError, quote, state_of};
use app::events::{TierView, tier_view};
use app::{Cx, Fault};
use axum::extract::State;
use axum::response::Response;
use chosen::Chosen;
use data_encoding::BASE32_NOPAD;
use model::event::EventStatus;
use model::ids::{EventId, TierId};
use model::tier::SaleState;
use std::sync::Arc;

/// GET `/tickets/checkout/{event}`: the form for what was chosen; anybody.
pub async fn checkout_page(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
    Search(pairs): Search<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let listing = published(&state, &id).await?;
    form(&state, &cx, &listing, &Chosen::of(&pairs))
}

/// GET `/tickets/checkout/{event}/{tier}`: the same for one ticket of a tier; anybody.
pub async fn checkout_tier_page(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    PathId(tier): PathId<TierId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let listing = published(&state, &id).await?;
    if listing.tiers.iter().all(|t| t.id != tier) {
        return Err(Problem::not_found());
    }
    form(&state, &cx, &listing, &Chosen(vec![(tier, 1)]))
}

async fn published(state: &WebState, id: &EventId) -> Result<Arc<Listing>, Problem> {
    let listing = catalogue::recent(&state.house, id).await?;
    listing
        .filter(|l| l.event.status == EventStatus::Published)
        .ok_or_else(Problem::not_found)
}

/// A new form, or the event's page again if nothing can be bought that way.
fn form(
    state: &WebState,
    cx: &Cx,
    listing: &Listing,
    chosen: &Chosen,
) -> Result<Response, Problem> {
    let quote = match priced(state, cx, listing, chosen) {
        Ok(quote) => quote,
        Err((kind, sentence)) => {
            let mut response = html(&event_view(state, cx, listing, Some(sentence), &chosen.0)?)?;
            *response.status_mut() = kind.status();
            return Ok(response);
        }
    };
    let attempt = BASE32_NOPAD
        .encode(&state.house.secret_bytes()[..15])
        .to_ascii_lowercase();
    html(&view(
        state,
        cx,
        listing,
        &quote,
        Filled {
            attempt,
            ..Filled::default()
        },
    )?)
}

/// The price of what was chosen, or why it cannot be bought.
fn priced(
    state: &WebState,
    cx: &Cx,
    listing: &Listing,
    chosen: &Chosen,
) -> Result<Quote, (Kind, String)> {
    let settings = &state.house.settings;
    let quote = quote(
        listing,
        &chosen.0,
        settings.platform_registration,
        settings.max_tickets_per_order,
        cx.now,
    );
    let quote = quote.map_err(|error| {
        let kind = if matches!(error, QuoteError::NotOnSale { .. }) {
            Kind::NotOnSale
        } else {
            Kind::Invalid
        };
        (kind, error.to_string())
    })?;
    for (tier, qty) in &quote.lines {
        let left = if let SaleState::OnSale { left } = state_of(listing, tier, cx.now) {
            left
        } else {
            0
        };
        if left < *qty {
            let words = match left {
                0 => format!("“{}” is sold out.", tier.name),
                _ => format!("Only {left} of “{}” can be had right now.", tier.name),
            };
            return Err((Kind::SoldOut, words));
        }
    }
    Ok(quote)
}

/// What the form is filled with.
#[derive(Default)]
struct Filled {
    attempt: String,
    name: Field,
    email: Field,
    error: Option<String>,
}

fn view(
    state: &WebState,
    cx: &Cx,
    listing: &Listing,
    quote: &Quote,
    filled: Filled,
) -> Result<CheckoutPage, Fault> {
    let lines: Vec<(TierView, i64)> = quote
        .lines
        .iter()
        .map(|(tier, qty)| Ok((tier_view(listing, tier, cx.now)?, *qty)))
        .collect::<Result<_, Fault>>()?;
    Ok(CheckoutPage {
        shell: state.shell.clone(),
        action: state.urls.checkout(&listing.event.id).to_string(),
        csrf: csrf::token(state, &filled.attempt),
        attempt: filled.attempt,
        chosen: quote
            .lines
            .iter()
            .map(|(tier, qty)| (tier.id.to_string(), *qty))
            .collect(),
        occasion: occasion(state, &listing.event)?,
        sum: sum_of_quote(&listing.event, &quote.priced, &lines),
        name: filled.name,
        email: filled.email,
        error: filled.error,
        hold_minutes: state.house.settings.hold_s / 60,
        seller: seller(&listing.organizer),
    })
}
