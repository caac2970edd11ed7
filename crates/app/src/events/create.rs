//! Making an event: a draft that only its organizer sees.

use super::fields::{EventFields, FeeSetter};
use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::dispute::DisputePolicy;
use model::event::EventStatus;
use model::ids::EventId;
use model::money::Currency;
use model::pricing::FeeRule;
use model::slug;
use model::stock::Stock;
use model::tax::Province;
use model::tax_engine::TaxEngine;
use store::events::Event;
use store::organizers::Organizer;

/// Why an event was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateEventError {
    /// Whoever asks is no organizer.
    #[error("Connect your organizer account first: POST /api/tickets/organizers/connect.")]
    NotAnOrganizer,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(CreateEventError: store::StoreError);

/// Makes a draft.
pub async fn create(
    house: &House,
    cx: &mut Cx,
    fields: &EventFields,
) -> Result<Event, CreateEventError> {
    let organizer = access::own_organizer(house, cx)
        .await?
        .ok_or(CreateEventError::NotAnOrganizer)?;
    let mut invalid = Invalid::default();
    for (field, given) in [
        ("title", &fields.title),
        ("start_at", &fields.start_at),
        ("end_at", &fields.end_at),
    ] {
        if given.is_none() {
            invalid.note(field, "This is needed.");
        }
    }
    if fields.status.as_deref().is_some_and(|s| s != "draft") {
        invalid.note(
            "status",
            "A new event is a draft; publish it once it has tickets.",
        );
    }
    let mut event = blank(cx, &organizer, &house.settings.fee);
    fields.apply(&mut event, FeeSetter::of(cx), &mut invalid);
    if !invalid.is_fine() {
        return Err(CreateEventError::Invalid(invalid));
    }
    event.slug = slug::from_title(&event.title);
    insert(house, cx, event).await
}

fn blank(cx: &mut Cx, organizer: &Organizer, fee: &FeeRule) -> Event {
    Event {
        id: cx.mint(EventId::mint),
        organizer_id: organizer.id.clone(),
        slug: String::new(),
        title: String::new(),
        summary: String::new(),
        description: String::new(),
        venue: String::new(),
        address: String::new(),
        city: String::new(),
        city_folded: String::new(),
        province: Province::Bc,
        timezone: "America/Vancouver".to_owned(),
        start_at: cx.now,
        end_at: cx.now.plus_seconds(1),
        status: EventStatus::Draft,
        cover_url: String::new(),
        allow_refunds_until: None,
        currency: Currency::CAD,
        stock: Stock {
            capacity: None,
            held: 0,
            sold: 0,
        },
        fee: FeeRule {
            mode: organizer.fee_mode,
            ..fee.clone()
        },
        tax_engine: TaxEngine::Table,
        tax_inclusive: false,
        ask_names: false,
        door_reentry: false,
        door_opens_at: None,
        door_closes_at: None,
        search_folded: String::new(),
        dispute_policy: DisputePolicy::Freeze,
        revision: 1,
        published_at: None,
        created_at: cx.now,
        updated_at: cx.now,
    }
}

/// The plain slug if it is free; otherwise one with the end of the event's id.
async fn insert(house: &House, cx: &mut Cx, mut event: Event) -> Result<Event, CreateEventError> {
    let line = access::audit_line(cx, "event.created", "event", event.id.as_str());
    if store::events::by_slug(&mut *house.read().await?, &event.slug)
        .await?
        .is_some()
    {
        event.slug = unique_slug(&event);
    }
    let mut tx = house.write().await?;
    match store::events::insert(&mut tx, &event).await {
        Ok(()) => {}
        Err(error) if error.is_conflict_on("slug") => {
            drop(tx);
            event.slug = unique_slug(&event);
            tx = house.write().await?;
            store::events::insert(&mut tx, &event).await?;
        }
        Err(error) => return Err(error.into()),
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(event)
}

fn unique_slug(event: &Event) -> String {
    let id = event.id.as_str();
    slug::numbered(&event.slug, &id[id.len().saturating_sub(6)..])
}
