//! GET `/tickets/e/{slug}`: one event.

use super::faces::{address, all_in, cover, seller, tax_note, when, zone};
use super::html;
use crate::extract::Context;
use crate::markdown::to_html;
use crate::pages::views::event::{EventPage, Organizer, TierRow};
use crate::pages::views::parts::Badge;
use crate::problem::Problem;
use crate::refund_rule::refund_rule;
use crate::state::WebState;
use app::catalogue::Listing;
use app::events::{TierView, by_slug, tier_view};
use app::{Cx, Fault};
use axum::extract::{RawPathParams, State};
use axum::response::Response;
use model::flags::Flag;
use model::ids::TierId;
use model::tier::{SaleState, Visibility};

/// An event's page; anybody, once it is published.
pub async fn event_page(
    State(state): State<WebState>,
    params: RawPathParams,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let slug = slug(&params)?;
    let listing = by_slug(&state.house, &slug)
        .await?
        .ok_or_else(Problem::not_found)?;
    html(&page(&state, &cx, &listing, None, &[])?)
}

/// The slug in a path: nothing else is asked of the database.
pub(super) fn slug(params: &RawPathParams) -> Result<String, Problem> {
    let slug = params
        .iter()
        .next()
        .map(|(_, value)| value)
        .unwrap_or_default();
    let fits = (1..=200).contains(&slug.len()) && !slug.chars().any(char::is_control);
    if fits {
        Ok(slug.to_owned())
    } else {
        Err(Problem::not_found())
    }
}

/// The page of a listing; `alert` says what went wrong on the way to checkout, and `chosen` what was wanted.
pub(super) fn page(
    state: &WebState,
    cx: &Cx,
    listing: &Listing,
    alert: Option<String>,
    chosen: &[(TierId, i64)],
) -> Result<EventPage, Fault> {
    let (event, organizer) = (&listing.event, &listing.organizer);
    let shown = listing
        .tiers
        .iter()
        .filter(|t| t.visibility == Visibility::Public || chosen.iter().any(|(id, _)| *id == t.id));
    let views: Vec<TierView> = shown
        .map(|tier| tier_view(listing, tier, cx.now))
        .collect::<Result<_, _>>()?;
    let only = views.len() == 1;
    let tiers = views
        .iter()
        .map(|view| row(state, cx, listing, view, only, chosen))
        .collect::<Result<_, _>>()?;
    let closed = match (event.end_at <= cx.now, cx.flags.is_on(Flag::Checkout)) {
        (true, _) => Some("This event is over."),
        (false, false) => {
            Some("Ticket sales are paused for the moment. Please come back a little later.")
        }
        (false, true) => None,
    };
    Ok(EventPage {
        shell: state.shell.clone(),
        canonical: state.urls.event(&event.slug).absolute(),
        title: event.title.clone(),
        summary: event.summary.clone(),
        cover: cover(state, event),
        when: when(event)?,
        venue: event.venue.clone(),
        address: address(event),
        description: to_html(&event.description),
        organizer: Organizer {
            name: organizer.name.clone(),
            legal_name: Some(seller(organizer)).filter(|legal| *legal != organizer.name),
            email: Some(organizer.support_email.clone()).filter(|email| !email.is_empty()),
        },
        tiers,
        currency: event.currency,
        form_action: state.urls.checkout(&event.id).to_string(),
        closed: closed.map(str::to_owned),
        alert,
        refund_policy: refund_rule(event.allow_refunds_until, &zone(event)?),
        calendar_url: state.urls.event_calendar(&event.slug).to_string(),
    })
}

fn row(
    state: &WebState,
    cx: &Cx,
    listing: &Listing,
    view: &TierView,
    only: bool,
    chosen: &[(TierId, i64)],
) -> Result<TierRow, Fault> {
    let event = &listing.event;
    let platform = state.house.settings.platform_registration;
    let tax = tax_note(event, view, Some((&listing.organizer, &platform)), cx.now);
    let left = if let SaleState::OnSale { left } = view.state {
        left
    } else {
        0
    };
    let max = view.tier.max_per_order.min(left);
    let wanted = chosen
        .iter()
        .find(|(id, _)| *id == view.tier.id)
        .map(|(_, qty)| *qty);
    Ok(TierRow {
        id: view.tier.id.clone(),
        name: view.tier.name.clone(),
        about: view.tier.description.clone(),
        price: all_in(event, view, tax),
        badge: Badge::of(view.state, &zone(event)?),
        max,
        qty: wanted.unwrap_or(i64::from(only)).clamp(0, max),
    })
}
