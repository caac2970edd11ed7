//! Stripe Tax: what Stripe is told so that it computes an order's taxes, and what is made of its answer.
//!
//! Stripe computes the organizer's taxes on the tickets; the organizer's account at Stripe owes them,
//! and its registrations there decide. Our fee is our own supply, so its taxes stay ours by the table,
//! whoever computes the rest.
//!
//! An amount that does not fit goes back to the buyer, like any other; that is the lane's to say. A
//! breakdown that we cannot book (a tax that we have no account for, a tax on our fee) is a fault that
//! stops the confirmation: the money stays where it is and the order keeps its places, through every
//! round, until somebody has looked. Giving such money back would take tickets from a buyer who has
//! paid rightly.

use super::draft::taxes_paid;
use crate::catalogue::Listing;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{CheckoutSession, LineTax, StripeTax, VenueAddress};
use model::order::OrderStatus;
use model::pricing::{PaidTax, PricedOrder, settle, ticket_lines};
use model::tax_engine::TaxEngine;
use model::time::Time;
use store::lanes::write::{ItemTax, NewItem, TaxedOrder};
use store::orders::Order;

/// What a page's request says about taxes: nothing, unless Stripe is to compute them.
pub(super) async fn asked_for(
    house: &House,
    now: Time,
    listing: &Listing,
    engine: TaxEngine,
    included: bool,
) -> Result<Option<StripeTax>, Fault> {
    if engine != TaxEngine::Stripe {
        return Ok(None);
    }
    let liable = listing.organizer.stripe_account_id.clone();
    Ok(Some(StripeTax {
        liable: liable.unwrap_or_default(),
        included,
        location_id: location(house, now, listing).await?,
    }))
}

/// The venue as Stripe knows it; made there once for each address.
async fn location(house: &House, now: Time, listing: &Listing) -> Result<String, Fault> {
    let event = &listing.event;
    let address = VenueAddress {
        line1: event.address.clone(),
        city: event.city.clone(),
        province: event.province.code(),
    };
    let text = serde_json::to_string(&address).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let known = store::tax_locations::of_address(&mut *house.read().await?, &text).await?;
    if let Some(id) = known {
        return Ok(id);
    }
    // Keyed by the event, so that two buyers at once make one venue.
    let key = format!("event:{}:{}:location", event.id, event.revision);
    let id = house.payments.tax_location(&address, &key).await?;
    let mut tx = house.write().await?;
    store::tax_locations::keep(&mut tx, &text, &id, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// An order's price once its payment is looked at.
pub(super) struct Settled {
    /// The price, with Stripe's taxes where it computed them.
    pub priced: PricedOrder,
    /// What the order costs with them, in cents; `None` if that cannot be said of this payment.
    pub total_cents: Option<i64>,
    /// What changes in the order's row.
    pub taxed: TaxedOrder,
    /// What changes in its lines' rows.
    pub item_taxes: Vec<ItemTax>,
}

/// Puts the taxes that came with a payment into the order's price.
pub(super) async fn settled(
    house: &House,
    order: &Order,
    session: &CheckoutSession,
    items: &[NewItem],
    priced: PricedOrder,
    paid_cents: i64,
) -> Result<Settled, Fault> {
    let total_cents = total_with_tax(house, order, session).await?;
    let unpaid = matches!(order.status, OrderStatus::Pending | OrderStatus::Canceled);
    let asks = order.tax_engine == TaxEngine::Stripe && unpaid;
    if !asks || total_cents != Some(paid_cents) {
        return Ok(Settled {
            priced,
            total_cents,
            taxed: TaxedOrder::default(),
            item_taxes: Vec::new(),
        });
    }
    let priced = with_taxes(house, order, session, items, &priced).await?;
    let taxed = TaxedOrder {
        subtotal_cents: Some(priced.subtotal_cents()),
        tax_cents: Some(priced.tax_cents()),
        total_cents: Some(priced.total_cents()),
        pricing_json: Some(
            serde_json::to_string(&priced).map_err(|e| Fault::Inconsistent(e.to_string()))?,
        ),
    };
    Ok(Settled {
        item_taxes: item_taxes(items, &priced),
        priced,
        total_cents,
        taxed,
    })
}

/// What the order costs with the taxes that Stripe says it took; `None` if the page computed none, or
/// for another account than the one that sells.
async fn total_with_tax(
    house: &House,
    order: &Order,
    session: &CheckoutSession,
) -> Result<Option<i64>, Fault> {
    let Some(tax) = session
        .tax
        .as_ref()
        .filter(|_| order.tax_engine == TaxEngine::Stripe)
    else {
        return Ok(None);
    };
    let organizer =
        store::organizers::by_id(&mut *house.read().await?, &order.organizer_id).await?;
    let account = organizer.and_then(|o| o.stripe_account_id);
    if tax.liable.is_none() || tax.liable != account || tax.cents < 0 {
        return Ok(None);
    }
    let on_top = if order.tax_included { 0 } else { tax.cents };
    Ok(order.total_cents.checked_add(on_top))
}

async fn with_taxes(
    house: &House,
    order: &Order,
    session: &CheckoutSession,
    items: &[NewItem],
    priced: &PricedOrder,
) -> Result<PricedOrder, Fault> {
    let tax_cents = session.tax.as_ref().map_or(0, |tax| tax.cents);
    let quantities: Vec<i64> = items.iter().map(|i| i.qty).collect();
    let lines = ticket_lines(priced, &quantities);
    let taxes = house.payments.checkout_taxes(&session.id).await?;
    let paid: Vec<PaidTax> = taxes.into_iter().map(paid_tax).collect();
    let settled = settle(priced, &lines, &paid, tax_cents, order.tax_included);
    let settled = settled.map_err(|why| {
        metrics::counter!("tickets_unknown_taxes").increment(1);
        Fault::UnknownTax {
            order: order.id.as_str().to_owned(),
            why: why.to_string(),
        }
    })?;
    if tax_cents == 0 {
        tracing::info!(target: "tickets::checkout", order = %order.id, "Stripe Tax collected nothing: is the organizer registered there?");
    }
    Ok(settled)
}

fn paid_tax(tax: LineTax) -> PaidTax {
    PaidTax {
        // A tax on no line of tickets finds none, and is refused unless it is nothing.
        line: tax.tickets.unwrap_or(usize::MAX),
        name: tax.name,
        ppm: tax.ppm.unwrap_or_default(),
        cents: tax.cents,
    }
}

fn item_taxes(items: &[NewItem], priced: &PricedOrder) -> Vec<ItemTax> {
    let mut units = priced.units.iter();
    let of_item = |item: &NewItem| {
        let qty = usize::try_from(item.qty).unwrap_or_default();
        ItemTax {
            id: item.id.clone(),
            tax_cents: taxes_paid(priced.mode, units.by_ref().take(qty)),
        }
    };
    items.iter().map(of_item).collect()
}
