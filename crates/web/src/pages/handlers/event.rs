//! GET `/tickets/e/{slug}`: one event.

use super::checkout::{Chosen, source_in};
use super::code::{self, Typed};
use super::faces::{address, all_in, cover, logo, seller, tax_note, when, zone};
use super::html;
use crate::extract::{Address, Context, Search};
use crate::markdown::to_html;
use crate::pages::views::event::{EventPage, Organizer, Stand, TierRow};
use crate::pages::views::parts::{Badge, CodeBox};
use crate::problem::Problem;
use crate::refund_rule::refund_rule;
use crate::state::WebState;
use app::catalogue::Listing;
use app::events::{PublicEvent, TierView, page_of_slug, tier_view_with};
use app::records::Tier;
use app::{Cx, Fault};
use axum::Extension;
use axum::extract::{RawPathParams, State};
use axum::response::Response;
use model::event::EventStatus;
use model::flags::Flag;
use model::ids::TierId;
use model::money::Money;
use model::tier::{SaleState, Visibility};

/// An event's page; anybody, once it is published.
pub async fn event_page(
    State(state): State<WebState>,
    params: RawPathParams,
    Context(cx): Context,
    Extension(address): Extension<Address>,
    Search(pairs): Search<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let slug = slug(&params)?;
    let found = page_of_slug(&state.house, &slug).await?;
    let PublicEvent { listing, note } = found.ok_or_else(Problem::not_found)?;
    let typed = pairs.iter().find(|(name, _)| name == code::FIELD);
    let typed = typed.map_or("", |(_, value)| value);
    let shown = Shown {
        code: Typed::look_up(&state, address, &listing.event.id, typed).await?,
        chosen: Chosen::of(&pairs).0,
        alert: None,
        source: source_in(&pairs, ""),
    };
    let said = note.lines().map(str::trim).filter(|line| !line.is_empty());
    html(&EventPage {
        canceled_note: said.map(str::to_owned).collect(),
        ..page(&state, &cx, &listing, &shown)?
    })
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

/// What a reader of the page brings along.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// The code that was typed, or that the link carried.
    pub code: Typed,
    /// What was chosen before.
    pub chosen: Vec<(TierId, i64)>,
    /// What went wrong on the way to checkout.
    pub alert: Option<String>,
    /// Where the link said that the reader came from.
    pub source: String,
}

impl Shown {
    /// Whether a tier is on this page: a hidden one is for whoever has its link or a code for it.
    fn has(&self, listing: &Listing, tier: &Tier) -> bool {
        let code = self.code.discount();
        let called = tier.visibility == Visibility::Public
            || code.is_some_and(|d| d.terms.unlocks(&tier.id))
            || self.chosen.iter().any(|(id, _)| *id == tier.id);
        called && listing.opens(tier, code)
    }
}

/// The page of a listing, as one reader sees it.
pub(super) fn page(
    state: &WebState,
    cx: &Cx,
    listing: &Listing,
    shown: &Shown,
) -> Result<EventPage, Fault> {
    let (event, organizer) = (&listing.event, &listing.organizer);
    let code = shown.code.discount();
    let on_page = listing.tiers.iter().filter(|t| shown.has(listing, t));
    let views: Vec<TierView> = on_page
        .map(|tier| tier_view_with(listing, tier, code, cx.now))
        .collect::<Result<_, _>>()?;
    let only = views.len() == 1;
    let tiers = views
        .iter()
        .map(|view| row(state, cx, listing, view, only, &shown.chosen))
        .collect::<Result<_, _>>()?;
    let stand = match (event.status, event.end_at <= cx.now) {
        (EventStatus::Canceled, _) => Stand::Canceled,
        (_, true) => Stand::Over,
        (_, false) => Stand::Coming,
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
        address_parts: [
            event.address.clone(),
            event.city.clone(),
            event.province.code().to_owned(),
        ],
        doors: event.door_opens_at,
        description: to_html(&event.description),
        organizer: Organizer {
            name: organizer.name.clone(),
            legal_name: Some(seller(organizer)).filter(|legal| *legal != organizer.name),
            email: Some(organizer.support_email.clone()).filter(|email| !email.is_empty()),
            logo: logo(state, organizer),
        },
        tiers,
        currency: event.currency,
        form_action: state.urls.checkout(&event.id).to_string(),
        stand,
        paused: !cx.flags.is_on(Flag::Checkout),
        canceled_note: Vec::new(),
        code: code_box(state, listing, shown),
        alert: shown.alert.clone(),
        source: shown.source.clone(),
        refund_policy: refund_rule(event.allow_refunds_until, &zone(event)?),
        refund_words: organizer
            .refund_policy
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        calendar_url: state.urls.event_calendar(&event.slug).to_string(),
        preview: None,
    })
}

/// The field for a code; the page opens at it if the code does not hold and nothing else is wrong.
fn code_box(state: &WebState, listing: &Listing, shown: &Shown) -> Option<CodeBox> {
    let to = state.urls.event(&listing.event.slug).to_string();
    let code = shown.code.field(listing, to)?;
    Some(CodeBox {
        answers: code.field.error.is_some() && shown.alert.is_none(),
        ..code
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
        was: (view.display_cents < view.list_display_cents)
            .then(|| Money::new(view.list_display_cents, event.currency)),
        badge: Badge::of(view.state, &zone(event)?),
        sales_start: view.tier.sales_start_at,
        max,
        qty: wanted.unwrap_or(i64::from(only)).clamp(0, max),
    })
}
