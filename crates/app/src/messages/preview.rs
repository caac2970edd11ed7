//! An order that nobody placed, so that a mail can be looked at before it goes to anybody.

use crate::error::Fault;
use crate::house::House;
use crate::organizers::logo_paper;
use crate::ports::OrderPaper;
use model::ids::OrderId;
use model::time::{Time, Zone};
use store::events::Event;

/// The papers of an order of the event that does not exist.
pub(super) async fn sample_paper(house: &House, event: &Event) -> Result<OrderPaper, Fault> {
    let organizer =
        store::organizers::by_id(&mut *house.read().await?, &event.organizer_id).await?;
    let organizer = organizer
        .ok_or_else(|| Fault::Inconsistent(format!("event {} has no organizer", event.id)))?;
    let logo = logo_paper(house, &organizer).await?;
    Ok(OrderPaper {
        id: OrderId::mint(Time::from_seconds(0), 0),
        code: "ABCD-1234".to_owned(),
        order_token: "preview".to_owned(),
        buyer_name: "Harpreet Kaur".to_owned(),
        locale: "en".to_owned(),
        buyer_email: "harpreet@example.com".to_owned(),
        placed_at: event.created_at,
        event_id: event.id.clone(),
        event_slug: event.slug.clone(),
        event_title: event.title.clone(),
        event_summary: event.summary.clone(),
        venue: event.venue.clone(),
        address: event.address.clone(),
        city: event.city.clone(),
        province: event.province.code().to_owned(),
        start_at: event.start_at,
        end_at: event.end_at,
        zone: Zone::parse(&event.timezone)
            .map_err(|e| Fault::Inconsistent(format!("event {}: {e}", event.id)))?,
        event_revision: event.revision,
        organizer_name: organizer.name,
        organizer_legal_name: organizer.legal_name,
        organizer_address: organizer.address,
        organizer_email: organizer.support_email,
        organizer_tax_numbers: Vec::new(),
        brand_color: organizer.brand_color,
        brand_footer: organizer.brand_footer,
        logo,
        currency: event.currency.as_str().to_owned(),
        lines: Vec::new(),
        discount_cents: 0,
        discount_code: String::new(),
        tax_included: event.tax_inclusive,
        refunds_until: event.allow_refunds_until,
        subtotal_cents: 0,
        fees_cents: 0,
        taxes: Vec::new(),
        tax_at_payment: false,
        total_cents: 0,
        refunded_cents: 0,
        tickets: Vec::new(),
    })
}
