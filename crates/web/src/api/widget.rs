//! What the widget on other sites' pages shows: what can be bought now, in the words of its reader.
//!
//! The script has no words and no prices of its own, so that a site that copied it years ago still says
//! what is right today. An event that cannot be bought is not in the list, whatever the reason: a page
//! that is not ours is no place to explain it. Anybody's script may read this, and no cookie is looked at.

use crate::extract::{Context, Search};
use crate::money_text::AllIn;
use crate::pages::handlers::faces::{all_in, joined, tax_note, when};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use crate::words::{self, Lang, t, t1};
use app::Cx;
use app::Fault;
use app::events::{Card, PublicQuery, TierView, public_page, recent_by_slug, tier_view};
use app::records::{Event, Organizer};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use model::flags::Flag;
use model::text;
use model::tier::{SaleState, Visibility};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// As long as a flag that is switched off takes to hold everywhere.
const KEPT: &str = "public, max-age=5";
/// How many events a list has if it does not say.
const LISTED: i64 = 6;
/// The most that it may have.
const LISTED_MOST: i64 = 20;
/// How many events are looked at for a list: some of them may be sold out.
const LOOKED_AT: i64 = 60;

/// What a page wants to show.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WidgetSearch {
    /// One event, by its slug; without it the events to come are listed.
    #[param(max_length = 200)]
    event: Option<String>,
    /// A city, for the list; all if absent.
    #[param(max_length = 80)]
    city: Option<String>,
    /// The language of the page, such as `fr-CA`; English for what we do not speak.
    #[param(max_length = 35)]
    lang: Option<String>,
    /// How many events are listed at most, 1 to 20; 6 if absent.
    #[param(minimum = 1, maximum = 20)]
    limit: Option<i64>,
}

/// What can be bought now.
#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetOut {
    /// The language of the texts.
    lang: &'static str,
    /// The events that can be bought now; empty if there are none, or if nothing is for sale at present.
    events: Vec<OfferOut>,
}

/// An event that can be bought now.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferOut {
    /// The last part of its page's address.
    slug: String,
    /// The address of its page.
    #[schema(format = "uri")]
    url: String,
    /// The title.
    title: String,
    /// When it starts.
    #[schema(format = DateTime)]
    starts_at: String,
    /// The same in a few words.
    when: String,
    /// Venue and city.
    place: String,
    /// The first price of what is cheapest, with every mandatory fee, in cents.
    from_cents: i64,
    /// Its currency.
    currency: String,
    /// The same in words: `From $15.90`, or the price alone if there is only one.
    price: String,
    /// What becomes of tax, in words; empty where there is nothing to say.
    note: String,
    /// What a button to the event's page says.
    action: String,
}

/// Says what a page may show of an event, or of the events of a city.
#[utoipa::path(get, path = "/api/tickets/widget", tag = "events", params(WidgetSearch),
    responses((status = 200, description = "What can be bought now.", body = WidgetOut)))]
pub async fn show_widget(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<WidgetSearch>,
) -> Result<Response, Problem> {
    let lang = Lang::of(&line("lang", search.lang.as_deref(), 35)?);
    let slug = line("event", search.event.as_deref(), 200)?;
    let events = if !cx.flags.is_on(Flag::Checkout) {
        Vec::new()
    } else if slug.is_empty() {
        several(&state, &cx, &search, lang).await?
    } else {
        one(&state, &cx, &slug, lang).await?
    };
    let lang = lang.tag();
    let mut response = Json(WidgetOut { lang, events }).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    security::for_other_sites(headers);
    Ok(response)
}

/// One line without control characters.
fn line(field: &str, given: Option<&str>, most: usize) -> Result<String, Problem> {
    text::optional_line(given.unwrap_or_default(), most).map_err(|e| Problem::field(field, e))
}

async fn one(state: &WebState, cx: &Cx, slug: &str, lang: Lang) -> Result<Vec<OfferOut>, Problem> {
    let Some(listing) = recent_by_slug(&state.house, slug).await? else {
        return Ok(Vec::new());
    };
    let public = listing
        .tiers
        .iter()
        .filter(|tier| tier.visibility == Visibility::Public);
    let tiers = public
        .map(|tier| tier_view(&listing, tier, cx.now))
        .collect::<Result<Vec<_>, Fault>>()?;
    let offer = words::within(lang, || {
        offer(state, cx, &listing.event, &tiers, Some(&listing.organizer))
    })?;
    Ok(offer.into_iter().collect())
}

async fn several(
    state: &WebState,
    cx: &Cx,
    search: &WidgetSearch,
    lang: Lang,
) -> Result<Vec<OfferOut>, Problem> {
    let most = search.limit.unwrap_or(LISTED);
    if !(1..=LISTED_MOST).contains(&most) {
        return Err(Problem::field("limit", "Write a number from 1 to 20."));
    }
    let query = PublicQuery {
        city: line("city", search.city.as_deref(), 80)?,
        limit: LOOKED_AT,
        ..PublicQuery::default()
    };
    let page = public_page(&state.house, &query, cx.now).await?;
    let offers = words::within(lang, || {
        let offer = |card: &Card| offer(state, cx, &card.event, &card.tiers, None).transpose();
        page.cards
            .iter()
            .filter_map(offer)
            .take(usize::try_from(most).unwrap_or_default())
            .collect::<Result<Vec<_>, Fault>>()
    })?;
    Ok(offers)
}

/// An event with its cheapest tier that is on sale; `None` if none is. In the language of whoever reads.
fn offer(
    state: &WebState,
    cx: &Cx,
    event: &Event,
    tiers: &[TierView],
    organizer: Option<&Organizer>,
) -> Result<Option<OfferOut>, Fault> {
    let mut on_sale = tiers
        .iter()
        .filter(|tier| matches!(tier.state, SaleState::OnSale { .. }));
    let Some(cheapest) = on_sale.clone().min_by_key(|tier| tier.display_cents) else {
        return Ok(None);
    };
    let several = on_sale.any(|tier| tier.display_cents > cheapest.display_cents);
    let platform = &state.house.settings.platform_registration;
    let tax = tax_note(event, cheapest, organizer.map(|o| (o, platform)), cx.now);
    let all_in = all_in(event, cheapest, tax);
    let when = when(event)?;
    Ok(Some(OfferOut {
        url: state.urls.event(&event.slug).absolute(),
        slug: event.slug.clone(),
        title: event.title.clone(),
        starts_at: when.start_iso(),
        when: when.short(),
        place: joined(&[&event.venue, &event.city]),
        from_cents: cheapest.display_cents,
        currency: event.currency.as_str().to_owned(),
        price: price(&all_in, several),
        note: all_in.tax_words(),
        action: t(if all_in.price.is_zero() && !several {
            "widget-get"
        } else {
            "widget-buy"
        }),
    }))
}

/// `From $15.90`, `$15.90`, or `Free`.
fn price(all_in: &AllIn, several: bool) -> String {
    if several && !all_in.price.is_zero() {
        t1("events-price-from", "price", all_in.price)
    } else {
        all_in.headline()
    }
}
