//! `/tickets/organizer/events/{id}/tickets`: the kinds of tickets, listed, made, changed, arranged, taken away.

use super::faces::{money, price_words as words_of, sale, sales_of_tier, seen, view};
use super::overview::next_of;
use super::own::{OwnEvent, said};
use super::tier_form::{self, Kept, Shown};
use crate::extract::{Form, PathId, Search};
use crate::money_text::price;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::portal::Done;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::event_parts::{TierRow, TiersPage};
use crate::pages::views::portal::events::PriceWords;
use crate::pages::views::portal::parts::Empty;
use crate::problem::Problem;
use crate::state::WebState;
use app::Fault;
use app::error::Invalid;
use app::events;
use app::records::Tier;
use app::tiers::{
    self, ChangeTierError, CreateTierError, DeleteTierError, TierFields, TryPriceError,
};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use model::ids::TierId;
use model::money::Money;
use model::tier::Visibility;
use serde::Deserialize;
use serde_json::json;

/// The list.
pub async fn tiers_page(
    State(state): State<WebState>,
    own: OwnEvent,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let mut page = list(&state, &own)?;
    page.frame = page.frame.done(said(&search.done));
    html(&page)
}

fn list(state: &WebState, own: &OwnEvent) -> Result<TiersPage, Fault> {
    let new_url = own.part(state, "tickets/new");
    let tiers = &own.listing.tiers;
    // Where there are none yet, the page itself says what comes next.
    let next = next_of(state, own).filter(|_| !tiers.is_empty());
    Ok(TiersPage {
        frame: own.frame(state).leading(next),
        tabs: own.tabs(state, "tickets"),
        title: own.event().title.clone(),
        order_url: own.part(state, "tickets/order"),
        rows: tiers
            .iter()
            .map(|t| row(state, own, t))
            .collect::<Result<_, _>>()?,
        empty: tiers.is_empty().then(|| {
            let words =
                "Most events begin with one: a name, a price (or none), and how many there are.";
            Empty::new("No tickets yet", words).step("Add a kind of ticket", &new_url)
        }),
        new_url,
    })
}

fn row(state: &WebState, own: &OwnEvent, tier: &Tier) -> Result<TierRow, Fault> {
    let now = own.portal.cx.now;
    let view = view(&own.listing, tier, now)?;
    let seen = seen(state, &own.listing, &view, now);
    let is_free = tier.price_cents == 0;
    let seen = format!("Buyers see {} {}", seen.headline, seen.note);
    Ok(TierRow {
        id: tier.id.to_string(),
        name: tier.name.clone(),
        url: own.part(state, &format!("tickets/{}", tier.id)),
        price: price(Money::new(tier.price_cents, own.event().currency)),
        seen: if is_free {
            String::new()
        } else {
            seen.trim().to_owned()
        },
        sales: sales_of_tier(tier),
        held: tier.stock.held,
        left: tier.stock.left(),
        badge: sale(view.state, &own.zone),
        is_hidden: tier.visibility == Visibility::Hidden,
    })
}

/// The form of a new tier.
pub async fn new_tier_page(
    State(state): State<WebState>,
    mut own: OwnEvent,
) -> Result<Response, Problem> {
    let form = Form(vec![("max_per_order".to_owned(), "10".to_owned())]);
    let invalid = Invalid::default();
    let shown = Shown::typed(&form, &invalid, None);
    page(&state, &mut own, &shown, StatusCode::OK).await
}

/// POST `…/tickets`: a new tier.
pub async fn new_tier_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let (fields, mut invalid) = tier_form::read(&form, &own.zone, own.event().currency);
    let (id, mut alert) = (own.event().id.clone(), None);
    if invalid.is_fine() {
        match tiers::create(&state.house, &mut own.portal.cx, &id, &fields).await {
            Ok(_) => return see(state.urls.own_event_done(&id, "tickets", "tier-made")),
            Err(CreateTierError::Invalid(more)) => invalid = more,
            Err(refused @ (CreateTierError::NotSellable(_) | CreateTierError::TooMany)) => {
                alert = Some(refused.to_string());
            }
            Err(other) => return Err(other.into()),
        }
    }
    let shown = Shown::typed(&form, &invalid, alert);
    page(&state, &mut own, &shown, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn tier_of<'a>(own: &'a OwnEvent, id: &TierId) -> Result<&'a Tier, Problem> {
    let tier = own.listing.tiers.iter().find(|t| t.id == *id);
    tier.ok_or_else(Problem::not_found)
}

/// The form of a tier.
pub async fn tier_page(
    State(state): State<WebState>,
    PathId(id): PathId<TierId>,
    mut own: OwnEvent,
) -> Result<Response, Problem> {
    let tier = tier_of(&own, &id)?.clone();
    let zone = own.zone.clone();
    let kept = Kept(&tier, &zone);
    page(&state, &mut own, &Shown::kept(&kept), StatusCode::OK).await
}

/// POST `…/tickets/{tier}`: a tier is changed.
pub async fn change_tier_step(
    State(state): State<WebState>,
    PathId(id): PathId<TierId>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let tier = tier_of(&own, &id)?.clone();
    let (fields, mut invalid) = tier_form::read(&form, &own.zone, own.event().currency);
    let (event, mut alert) = (own.event().id.clone(), None);
    if invalid.is_fine() {
        match tiers::change(&state.house, &mut own.portal.cx, &id, &fields).await {
            Ok(_) => return see(state.urls.own_event_done(&event, "tickets", "tier-saved")),
            Err(ChangeTierError::Invalid(more)) => invalid = more,
            Err(refused @ ChangeTierError::CapacityTooSmall { .. }) => {
                invalid.note("capacity", refused);
            }
            Err(ChangeTierError::NotSellable(why)) => alert = Some(why.to_owned()),
            Err(ChangeTierError::Stale) => {
                alert = Some("These tickets were changed in another tab or by somebody else since you opened this page. Save again to keep what stands below.".to_owned());
            }
            Err(other) => return Err(other.into()),
        }
    }
    let shown = Shown::typed(&form, &invalid, alert).of(&tier);
    page(&state, &mut own, &shown, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn page(
    state: &WebState,
    own: &mut OwnEvent,
    shown: &Shown<'_>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let words = match shown.price_fields(own) {
        Some(fields) => try_words(state, own, &fields).await?,
        None => PriceWords::default(),
    };
    let mut response = html(&tier_form::page(state, own, shown, words))?;
    *response.status_mut() = status;
    Ok(response)
}

/// What a buyer would see and pay; what cannot be priced is told instead.
async fn try_words(
    state: &WebState,
    own: &mut OwnEvent,
    fields: &TierFields,
) -> Result<PriceWords, Problem> {
    let id = own.event().id.clone();
    let now = own.portal.cx.now;
    let said = |words: String| PriceWords {
        headline: words,
        note: String::new(),
    };
    match tiers::try_price(&state.house, &mut own.portal.cx, &id, fields).await {
        Ok(tried) => Ok(words_of(
            state,
            &tried.listing,
            &tried.view,
            &tried.quote,
            now,
        )),
        Err(TryPriceError::Invalid(invalid)) => {
            let first = invalid.0.into_iter().next();
            Ok(said(first.map_or_else(String::new, |f| f.message)))
        }
        Err(refused @ TryPriceError::Price(_)) => Ok(said(refused.to_string())),
        Err(other) => Err(other.into()),
    }
}

/// What the page's script asks while somebody types.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PriceSearch {
    price: String,
    item_class: String,
    taxes: String,
}

/// GET `…/price`: what a buyer would see and pay, as JSON for the page's script.
pub async fn price_words(
    State(state): State<WebState>,
    mut own: OwnEvent,
    Search(search): Search<PriceSearch>,
) -> Result<Response, Problem> {
    let pairs = [
        ("price", search.price),
        ("item_class", search.item_class),
        ("taxes", search.taxes),
    ];
    let form = Form(Vec::from(pairs.map(|(n, v)| (n.to_owned(), v))));
    let invalid = Invalid::default();
    let currency = own.event().currency;
    let words = match Shown::typed(&form, &invalid, None).price_fields(&own) {
        Some(fields) if fields.price_cents > Some(events::MOST) => PriceWords {
            headline: tier_form::too_dear(currency),
            note: String::new(),
        },
        Some(fields) => try_words(&state, &mut own, &fields).await?,
        None => PriceWords {
            headline: "Write a price like 25 or 25.50; 0 is free.".to_owned(),
            note: String::new(),
        },
    };
    let mut response =
        Json(json!({ "headline": words.headline, "note": words.note })).into_response();
    let no = http::HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(http::header::CACHE_CONTROL, no);
    Ok(response)
}

/// POST `…/tickets/order`: one up, or one down.
pub async fn move_tier_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let event = own.event().id.clone();
    let mut order: Vec<String> = own.listing.tiers.iter().map(|t| t.id.to_string()).collect();
    let at = order.iter().position(|id| id == form.get("tier"));
    let at = at.ok_or_else(Problem::not_found)?;
    let to = if form.get("move") == "up" {
        at.checked_sub(1)
    } else {
        Some(at + 1)
    };
    if let Some(to) = to.filter(|to| *to < order.len()) {
        order.swap(at, to);
        tiers::arrange(&state.house, &mut own.portal.cx, &event, &order).await?;
    }
    see(state.urls.own_event_done(&event, "tickets", "moved"))
}

/// POST `…/tickets/{tier}/delete`: a tier that nobody bought goes.
pub async fn delete_tier_step(
    State(state): State<WebState>,
    PathId(id): PathId<TierId>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    tier_of(&own, &id)?;
    let event = own.event().id.clone();
    match tiers::delete(&state.house, &mut own.portal.cx, &id).await {
        Ok(()) => see(state.urls.own_event_done(&event, "tickets", "tier-gone")),
        Err(refused @ DeleteTierError::InUse) => {
            own.listing = own.again(&state).await?;
            let words = format!("{refused} You can also hide them.");
            let mut page = list(&state, &own)?;
            page.frame = page.frame.wrong(Some(&words));
            let mut response = html(&page)?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

/// An amount of an event's currency, for codes.
pub(super) fn amount(own: &OwnEvent, cents: i64) -> String {
    money(own.event(), cents)
}
