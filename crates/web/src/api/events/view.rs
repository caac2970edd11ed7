//! An event as the API shows it.

use crate::api::discounts::CodeOut;
use crate::api::tiers::TierOut;
use crate::api::words::{
    EventIdText, EventStatusWord, FeeModeWord, OrganizerIdText, ProvinceWord, TaxEngineWord,
};
use crate::api::{iso, iso_maybe, zone_of};
use crate::problem::Problem;
use crate::urls::Urls;
use app::Fault;
use app::catalogue::Listing;
use app::events::tier_view_with;
use app::records::{Discount, Event, Tier};
use model::tier::Visibility;
use model::time::{Time, Zone};
use serde::Serialize;
use utoipa::ToSchema;

/// Who sells.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizerRef {
    /// The organizer.
    #[schema(value_type = OrganizerIdText)]
    id: String,
    /// The name that people know.
    name: String,
    /// The address of their logo on our site; null without one.
    #[schema(required = true)]
    logo_url: Option<String>,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventOut {
    /// The event.
    #[schema(value_type = EventIdText)]
    id: String,
    /// The last part of its page's address.
    slug: String,
    /// The address of its page.
    #[schema(format = "uri")]
    url: String,
    /// The title.
    title: String,
    /// One or two sentences.
    summary: String,
    /// The description, in Markdown.
    description: String,
    /// The name of the place.
    venue: String,
    /// Its street.
    address: String,
    /// Its city.
    city: String,
    /// Its province.
    #[schema(value_type = ProvinceWord)]
    province: &'static str,
    /// The zone of the place.
    timezone: String,
    /// When it starts.
    #[schema(format = DateTime)]
    start_at: String,
    /// When it ends.
    #[schema(format = DateTime)]
    end_at: String,
    /// Where it is in its life.
    #[schema(value_type = EventStatusWord)]
    status: &'static str,
    /// Its picture.
    #[schema(required = true)]
    cover_url: Option<String>,
    /// Until when the organizer refunds on request.
    #[schema(format = DateTime, required = true)]
    allow_refunds_until: Option<String>,
    /// The currency of all its prices.
    currency: String,
    /// Places of the whole event, besides those of its tiers.
    #[schema(required = true)]
    capacity: Option<i64>,
    /// Who bears the service fee.
    #[schema(value_type = FeeModeWord)]
    fee_mode: &'static str,
    /// The fee's share of the price, in parts per million.
    fee_percent_ppm: u32,
    /// The fee's fixed part per ticket, in cents.
    fee_fixed_cents: i64,
    /// The least fee per ticket, in cents.
    fee_min_cents: i64,
    /// The most fee per ticket, in cents.
    #[schema(required = true)]
    fee_cap_cents: Option<i64>,
    /// Who computes the taxes.
    #[schema(value_type = TaxEngineWord)]
    tax_engine: &'static str,
    /// Whether prices contain their taxes.
    tax_inclusive: bool,
    /// Whether checkout asks for a name on each ticket.
    ask_names: bool,
    /// From when tickets are admitted.
    #[schema(format = DateTime, required = true)]
    door_opens_at: Option<String>,
    /// Until when tickets are admitted.
    #[schema(format = DateTime, required = true)]
    door_closes_at: Option<String>,
    /// Whether a used ticket lets its holder in again.
    door_reentry: bool,
    /// Who sells.
    organizer: OrganizerRef,
    /// Its tiers; hidden ones only for its organizer and for whoever shows a code that unlocks them.
    tiers: Vec<TierOut>,
    /// The code that was shown; null without one. Prices are with it where it says what one ticket costs.
    #[schema(required = true)]
    discount: Option<CodeOut>,
    /// Rises with each change.
    revision: i64,
    /// When it was first published.
    #[schema(format = DateTime, required = true)]
    published_at: Option<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    updated_at: String,
}

impl EventOut {
    /// An event with its tiers; `own` shows what only its organizer sees.
    pub fn of(listing: &Listing, own: bool, urls: &Urls, now: Time) -> Result<Self, Problem> {
        Self::shown_with(listing, own, None, urls, now)
    }

    /// The same for whoever has shown a code: with the tiers that it unlocks, and the prices with it.
    pub fn shown_with(
        listing: &Listing,
        own: bool,
        code: Option<&Discount>,
        urls: &Urls,
        now: Time,
    ) -> Result<Self, Problem> {
        let event = &listing.event;
        let zone = zone_of(event)
            .ok_or_else(|| Fault::Inconsistent("there is no time zone".to_owned()))?;
        let unlocked = |t: &Tier| code.is_some_and(|d| d.terms.unlocks(&t.id));
        let seen = listing
            .tiers
            .iter()
            .filter(|t| own || t.visibility == Visibility::Public || unlocked(t));
        let tiers = seen
            .map(|tier| {
                Ok(TierOut::of(
                    &tier_view_with(listing, tier, code, now)?,
                    event,
                    &zone,
                    own,
                ))
            })
            .collect::<Result<_, Fault>>()?;
        Ok(Self {
            discount: code.map(CodeOut::from),
            ..Self::with(listing, urls, &zone, tiers)
        })
    }

    fn with(listing: &Listing, urls: &Urls, zone: &Zone, tiers: Vec<TierOut>) -> Self {
        let Event { fee, .. } = &listing.event;
        let event = listing.event.clone();
        Self {
            url: urls.event(&event.slug).absolute(),
            id: event.id.into(),
            slug: event.slug,
            title: event.title,
            summary: event.summary,
            description: event.description,
            venue: event.venue,
            address: event.address,
            city: event.city,
            province: event.province.code(),
            timezone: event.timezone,
            start_at: iso(event.start_at, zone),
            end_at: iso(event.end_at, zone),
            status: event.status.code(),
            cover_url: Some(event.cover_url).filter(|url| !url.is_empty()),
            allow_refunds_until: iso_maybe(event.allow_refunds_until, zone),
            currency: event.currency.as_str().to_owned(),
            capacity: event.stock.capacity,
            fee_mode: fee.mode.code(),
            fee_percent_ppm: fee.percent.0,
            fee_fixed_cents: fee.fixed_cents,
            fee_min_cents: fee.min_cents,
            fee_cap_cents: fee.cap_cents,
            tax_engine: event.tax_engine.code(),
            tax_inclusive: event.tax_inclusive,
            ask_names: event.ask_names,
            door_opens_at: iso_maybe(event.door_opens_at, zone),
            door_closes_at: iso_maybe(event.door_closes_at, zone),
            door_reentry: event.door_reentry,
            organizer: OrganizerRef {
                id: listing.organizer.id.to_string(),
                name: listing.organizer.name.clone(),
                logo_url: listing
                    .organizer
                    .logo
                    .as_ref()
                    .map(|logo| urls.file(&logo.file).to_string()),
            },
            tiers,
            discount: None,
            revision: event.revision,
            published_at: iso_maybe(event.published_at, zone),
            created_at: iso(event.created_at, zone),
            updated_at: iso(event.updated_at, zone),
        }
    }
}

/// An event in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventRef {
    /// The event.
    #[schema(value_type = EventIdText)]
    id: String,
    /// The last part of its page's address.
    slug: String,
    /// The title.
    title: String,
    /// The name of the place.
    venue: String,
    /// Its city.
    city: String,
    /// When it starts.
    #[schema(format = DateTime)]
    start_at: String,
    /// When it ends.
    #[schema(format = DateTime)]
    end_at: String,
    /// Where it is in its life.
    #[schema(value_type = EventStatusWord)]
    status: &'static str,
    /// Its public tiers.
    tiers: Vec<TierOut>,
}

impl EventRef {
    /// An event with the tiers that are shown of it.
    pub fn of(event: Event, zone: &Zone, tiers: Vec<TierOut>) -> Self {
        Self {
            start_at: iso(event.start_at, zone),
            end_at: iso(event.end_at, zone),
            status: event.status.code(),
            id: event.id.into(),
            slug: event.slug,
            title: event.title,
            venue: event.venue,
            city: event.city,
            tiers,
        }
    }
}
