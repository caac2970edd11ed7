//! Checkout: what was chosen on the event's page, who buys, and off to pay.

mod buy;
mod chosen;
mod consents;
mod holders;

pub use buy::buy;
pub(super) use chosen::Chosen;

use super::code::{self, Typed};
use super::event::{Shown, page as event_view};
use super::faces::{occasion, seller, sum_of_quote};
use super::{attempt, csrf, html};
use crate::extract::{Address, Context, PathId, Search};
use crate::pages::views::checkout::CheckoutPage;
use crate::pages::views::parts::{Field, Occasion};
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use crate::words::{self, t1, t2};
use app::catalogue::{self, Listing};
use app::checkout::{Quote, QuoteError, quote, state_of};
use app::events::{TierView, tier_view};
use app::{Cx, Fault};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use holders::Holders;
use model::event::EventStatus;
use model::ids::{EventId, TierId};
use model::text;
use model::tier::SaleState;
use std::sync::Arc;

/// The name of the parameter that says where a buyer came from.
const SOURCE: &str = "src";

/// GET `/tickets/checkout/{event}`: the form for what was chosen; anybody.
pub async fn checkout_page(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
    Extension(address): Extension<Address>,
    Search(pairs): Search<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let listing = published(&state, &id).await?;
    let typed = Typed::look_up(&state, address, &id, code_in(&pairs)).await?;
    let from = (Chosen::of(&pairs), source_in(&pairs, ""));
    form(&state, &cx, &listing, from, typed)
}

/// GET `/tickets/checkout/{event}/{tier}`: the same for one ticket of a tier; anybody.
pub async fn checkout_tier_page(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    PathId(tier): PathId<TierId>,
    Context(cx): Context,
    Extension(address): Extension<Address>,
    Search(pairs): Search<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let listing = published(&state, &id).await?;
    if listing.tiers.iter().all(|t| t.id != tier) {
        return Err(Problem::not_found());
    }
    let typed = Typed::look_up(&state, address, &id, code_in(&pairs)).await?;
    let from = (Chosen(vec![(tier, 1)]), source_in(&pairs, ""));
    form(&state, &cx, &listing, from, typed)
}

/// The code that a link or a form carries.
fn code_in(pairs: &[(String, String)]) -> &str {
    let typed = pairs.iter().find(|(name, _)| name == code::FIELD);
    typed.map_or("", |(_, value)| value)
}

/// Where the buyer came from, as the link or the form says; `or` if it does not say.
pub(super) fn source_in(pairs: &[(String, String)], or: &str) -> String {
    let said = pairs.iter().find(|(name, _)| name == SOURCE);
    let tag = said.map_or_else(String::new, |(_, value)| text::tag(value));
    if tag.is_empty() { or.to_owned() } else { tag }
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
    (chosen, source): (Chosen, String),
    typed: Typed,
) -> Result<Response, Problem> {
    let (quote, code) = match priced(state, cx, listing, &chosen, typed) {
        Ok(priced) => priced,
        Err(no) => return no.page(state, cx, listing, (chosen, source)),
    };
    let attempt = attempt::fresh(state);
    html(&view(
        state,
        cx,
        listing,
        &quote,
        Filled {
            attempt,
            code,
            source,
            ..Filled::default()
        },
    )?)
}

/// Why what was chosen cannot be bought.
struct No {
    kind: Kind,
    sentence: String,
    code: Typed,
}

impl No {
    /// The event's page again, with the reason.
    fn page(
        self,
        state: &WebState,
        cx: &Cx,
        listing: &Listing,
        (chosen, source): (Chosen, String),
    ) -> Result<Response, Problem> {
        let shown = Shown {
            code: self.code,
            chosen: chosen.0,
            alert: Some(self.sentence),
            source,
        };
        let mut response = html(&event_view(state, cx, listing, &shown)?)?;
        *response.status_mut() = self.kind.status();
        Ok(response)
    }
}

/// The price of what was chosen, or why it cannot be bought. A code that does not hold is told beside its
/// field, and the price is the one without it.
fn priced(
    state: &WebState,
    cx: &Cx,
    listing: &Listing,
    chosen: &Chosen,
    typed: Typed,
) -> Result<(Quote, Typed), Box<No>> {
    let settings = &state.house.settings;
    let with = |code| {
        quote(
            listing,
            &chosen.0,
            code,
            settings.platform_registration,
            settings.max_tickets_per_order,
            cx.now,
        )
    };
    let (result, code) = match with(typed.discount()) {
        Err(QuoteError::Discount(refusal)) => (with(None), typed.refused(refusal)),
        result => (result, typed),
    };
    let quote = match result {
        Ok(quote) => quote,
        Err(error) => {
            let kind = if matches!(error, QuoteError::NotOnSale { .. }) {
                Kind::NotOnSale
            } else {
                Kind::Invalid
            };
            // What a code would have unlocked does not exist without it: the code is what to speak of.
            let sentence = match (&error, code.refusal()) {
                (QuoteError::UnknownTier, Some(refusal)) => words::refusal(refusal),
                _ => words::quote_error(&error),
            };
            return Err(Box::new(No {
                kind,
                sentence,
                code,
            }));
        }
    };
    match short_of(listing, &quote, cx) {
        None => Ok((quote, code)),
        Some(sentence) => Err(Box::new(No {
            kind: Kind::SoldOut,
            sentence,
            code,
        })),
    }
}

/// The first tier that has fewer places left than were chosen, in a sentence.
fn short_of(listing: &Listing, quote: &Quote, cx: &Cx) -> Option<String> {
    quote.lines.iter().find_map(|(tier, qty)| {
        let left = if let SaleState::OnSale { left } = state_of(listing, tier, cx.now) {
            left
        } else {
            0
        };
        (left < *qty).then(|| match left {
            0 => t1("choose-sold-out", "tier", &tier.name),
            _ => t2("choose-few-now", "tier", &tier.name, "left", left),
        })
    })
}

/// What the form is filled with.
#[derive(Default)]
struct Filled {
    attempt: String,
    name: Field,
    email: Field,
    code: Typed,
    source: String,
    holders: Holders,
    ticked: Vec<&'static str>,
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
    let event = &listing.event;
    let chosen: Vec<(String, i64)> = quote
        .lines
        .iter()
        .map(|(tier, qty)| (tier.id.to_string(), *qty))
        .collect();
    let back = state
        .urls
        .event_again(&event.slug, &chosen, filled.code.text(), &filled.source);
    let occasion = Occasion {
        url: back.to_string(),
        ..occasion(state, event)?
    };
    Ok(CheckoutPage {
        shell: state.shell.clone(),
        action: state.urls.checkout(&listing.event.id).to_string(),
        csrf: csrf::token(state, &filled.attempt),
        attempt: filled.attempt,
        chosen,
        occasion,
        sum: sum_of_quote(&listing.event, quote, &lines),
        source: filled.source,
        name: filled.name,
        email: filled.email,
        holders: holders::fields(listing, quote, &filled.holders),
        consents: consents::boxes(&listing.organizer, &filled.ticked),
        code: filled.code.field(listing, None),
        error: filled.error,
        hold_minutes: state.house.settings.hold_s / 60,
        seller: seller(&listing.organizer),
    })
}
