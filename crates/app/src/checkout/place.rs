//! Placing an order: what was asked for is read, priced and handed to the lane.

use super::draft::{new_items, new_order};
use super::fulfilment::{self, Sold};
use super::holders;
use super::pricing::{Quote, QuoteError, quote};
use super::start::{Checkout, StartCheckout, StartCheckoutError};
use crate::buyers::{ConsentGiven, consent};
use crate::catalogue::{self, Listing};
use crate::cx::Cx;
use crate::discounts;
use crate::error::{Fault, Invalid};
use crate::house::House;
use crate::lanes::LaneError;
use crate::lanes::command::{Place, PlaceDiscount, PlaceLine, PlaceRefusal};
use model::email::Email;
use model::event::EventStatus;
use model::ids::{EventId, OrderId, TierId};
use model::order::OrderStatus;
use model::pricing::PricingError;
use model::text;
use model::time::Time;
use std::sync::Arc;
use store::discounts::Discount;
use store::lanes::write::{NewItem, NewOrder};
use store::tiers::Tier;

/// The least that Stripe charges in Canadian dollars, in cents (docs.stripe.com/currencies, read 2026-11).
const STRIPE_LEAST_CENTS: i64 = 50;

/// A pending order that was just placed.
pub(super) struct Placed {
    pub order: NewOrder,
    pub order_id: OrderId,
    pub items: Vec<NewItem>,
    pub listing: Arc<Listing>,
    pub quote: Quote,
}

/// What a buyer asks for, read.
pub(super) struct Wanted {
    pub event_id: EventId,
    pub tiers: Vec<(TierId, i64)>,
    pub email: Email,
    pub name: String,
    /// The discount code as it was typed.
    pub code: Option<String>,
    pub locale: &'static str,
    /// Names on the tickets, by tier.
    pub holders: Vec<(TierId, Vec<String>)>,
    pub consents: Vec<ConsentGiven>,
    pub source: String,
    pub order_id: Option<OrderId>,
}

fn read(input: StartCheckout) -> Result<Wanted, StartCheckoutError> {
    let mut invalid = Invalid::default();
    let event_id = EventId::parse(&input.event_id).map_err(|_| StartCheckoutError::NotFound)?;
    let tiers = read_items(&input.items, &mut invalid);
    let email = invalid.check("buyer.email", Email::parse(&input.email));
    let name = invalid.check("buyer.name", text::line(&input.name, 120));
    let holders = holders::read(&input.holders);
    let code = input.discount_code.filter(|code| !code.trim().is_empty());
    let locale = if input.locale.starts_with("fr") {
        "fr"
    } else {
        "en"
    };
    match (email, name) {
        (Some(email), Some(name)) if invalid.is_fine() => Ok(Wanted {
            event_id,
            tiers,
            email,
            name,
            code,
            locale,
            holders,
            consents: input.consents,
            source: input.source,
            order_id: None,
        }),
        _ => Err(StartCheckoutError::Invalid(invalid)),
    }
}

/// The tiers that are asked for, each with its number; notes what is wrong.
pub(super) fn read_items(items: &[(String, i64)], invalid: &mut Invalid) -> Vec<(TierId, i64)> {
    let mut tiers = Vec::with_capacity(items.len());
    for (at, (tier, qty)) in items.iter().enumerate() {
        if let Some(tier) = invalid.check(&format!("items[{at}].tier_id"), TierId::parse(tier)) {
            tiers.push((tier, *qty));
        }
    }
    if items.is_empty() {
        invalid.note("items", "Choose at least one ticket.");
    }
    tiers
}

/// Tries with the listing that is at hand, and once more with a fresh one if that was out of date.
pub(super) async fn place(
    house: &House,
    cx: &mut Cx,
    input: StartCheckout,
    order_id: Option<OrderId>,
) -> Result<(Checkout, Option<Placed>), StartCheckoutError> {
    let wanted = Wanted {
        order_id,
        ..read(input)?
    };
    let recent = catalogue::recent(house, &wanted.event_id)
        .await?
        .ok_or(StartCheckoutError::NotFound)?;
    match place_from(house, cx, &wanted, recent).await {
        Err(
            Attempt::Outdated
            | Attempt::Refused(StartCheckoutError::NotFound | StartCheckoutError::NotOnSale { .. }),
        ) => {}
        Err(Attempt::Refused(error)) => return Err(error),
        Ok(done) => return Ok(done),
    }
    let fresh = catalogue::fresh(house, &wanted.event_id)
        .await?
        .ok_or(StartCheckoutError::NotFound)?;
    match place_from(house, cx, &wanted, fresh).await {
        Ok(done) => Ok(done),
        Err(Attempt::Refused(error)) => Err(error),
        Err(Attempt::Outdated) => Err(Fault::Lane(LaneError::Busy { retry_after_s: 1 }).into()),
    }
}

enum Attempt {
    Outdated,
    Refused(StartCheckoutError),
}

impl<E: Into<StartCheckoutError>> From<E> for Attempt {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

async fn place_from(
    house: &House,
    cx: &mut Cx,
    wanted: &Wanted,
    listing: Arc<Listing>,
) -> Result<(Checkout, Option<Placed>), Attempt> {
    let quote = priced(house, cx, wanted, &listing).await?;
    let names = holders::of_order(&listing.event, &quote, &wanted.holders)
        .map_err(StartCheckoutError::Invalid)?;
    let order_id = wanted.order_id.clone();
    let order_id = order_id.unwrap_or_else(|| cx.mint(OrderId::mint));
    let order = new_order(house, cx, wanted, &listing, &quote, &order_id)?;
    let items = new_items(cx, &order_id, &quote, &names);
    let free = order.total_cents == 0;
    let sold = Sold {
        order: &order,
        items: &items,
        priced: &quote.priced,
    };
    let fulfilment = if free {
        Some(fulfilment::make(house, cx, &sold)?)
    } else {
        None
    };
    let command = Place {
        event_id: wanted.event_id.clone(),
        event_revision: listing.event.revision,
        lines: quote.lines.iter().map(place_line).collect(),
        discount: quote.discount.as_ref().map(|d| PlaceDiscount {
            id: d.id.clone(),
            revision: d.revision,
        }),
        given: false,
        order: order.clone(),
        items: items.clone(),
        fulfilment,
        now: cx.now,
    };
    let answer = house.lanes.place(command).await.map_err(Fault::from)?;
    answer.map_err(|refusal| refused_place(&quote, refusal))?;
    consent::keep(house, cx, &order, &wanted.consents).await;
    let word = if free { "yes" } else { "no" };
    metrics::counter!("tickets_orders_placed", "free" => word).increment(1);
    let checkout = begun(house, &order_id, &order);
    let placed = (!free).then_some(Placed {
        order,
        order_id,
        items,
        listing,
        quote,
    });
    Ok((checkout, placed))
}

/// Prices what is wanted, with the code as it stands now, if it can be sold at all.
async fn priced(
    house: &House,
    cx: &Cx,
    wanted: &Wanted,
    listing: &Listing,
) -> Result<Quote, StartCheckoutError> {
    let code = match &wanted.code {
        Some(typed) => {
            let found = discounts::find(house, &wanted.event_id, typed, cx.now).await?;
            Some(found.map_err(StartCheckoutError::Discount)?)
        }
        None => None,
    };
    priced_with(house, cx.now, listing, &wanted.tiers, code.as_ref())
}

/// Prices tiers with a code, if they can be sold at all.
pub(super) fn priced_with(
    house: &House,
    now: Time,
    listing: &Listing,
    tiers: &[(TierId, i64)],
    code: Option<&Discount>,
) -> Result<Quote, StartCheckoutError> {
    if listing.event.status != EventStatus::Published {
        return Err(StartCheckoutError::NotFound);
    }
    let settings = &house.settings;
    let (platform, most) = (
        settings.platform_registration,
        settings.max_tickets_per_order,
    );
    let quote = quote(listing, tiers, code, platform, most, now).map_err(refused_quote)?;
    let total = quote.priced.total_cents();
    if total > 0 && !listing.organizer.status.can_charge() {
        return Err(StartCheckoutError::PaymentsNotReady);
    }
    if (1..STRIPE_LEAST_CENTS).contains(&total) {
        return Err(StartCheckoutError::TotalTooSmall);
    }
    Ok(quote)
}

fn place_line((tier, qty): &(Tier, i64)) -> PlaceLine {
    PlaceLine {
        tier_id: tier.id.clone(),
        revision: tier.revision,
        qty: *qty,
    }
}

fn begun(house: &House, order_id: &OrderId, order: &NewOrder) -> Checkout {
    let free = order.total_cents == 0;
    Checkout {
        order_id: order_id.clone(),
        order_token: house.keyring.order_token(order_id),
        status: if free {
            OrderStatus::Paid
        } else {
            OrderStatus::Pending
        },
        total_cents: order.total_cents,
        currency: order.currency.clone(),
        url: None,
        expires_at: order.hold_expires_at.map(Time::from_micros),
    }
}

fn refused_quote(error: QuoteError) -> StartCheckoutError {
    let field = |name: &str, error: &QuoteError| {
        let mut invalid = Invalid::default();
        invalid.note(name, error);
        StartCheckoutError::Invalid(invalid)
    };
    match error {
        QuoteError::NotOnSale { tier, state } => StartCheckoutError::NotOnSale { tier, state },
        QuoteError::Discount(refusal) => StartCheckoutError::Discount(refusal),
        QuoteError::Price(PricingError::FeeExceedsPrice) => StartCheckoutError::FeeExceedsPrice,
        QuoteError::Price(why) if !matches!(why, PricingError::Overflow) => {
            Fault::Inconsistent(format!("a published event has no price: {why}")).into()
        }
        QuoteError::Price(_)
        | QuoteError::Empty
        | QuoteError::UnknownTier
        | QuoteError::Quantity { .. }
        | QuoteError::TooMany { .. } => field("items", &error),
    }
}

fn refused_place(quote: &Quote, refusal: PlaceRefusal) -> Attempt {
    let name = |id: &TierId| {
        quote
            .lines
            .iter()
            .find(|(t, _)| t.id == *id)
            .map_or_else(String::new, |(t, _)| t.name.clone())
    };
    match refusal {
        PlaceRefusal::Stale => Attempt::Outdated,
        PlaceRefusal::Discount(refusal) => StartCheckoutError::Discount(refusal).into(),
        PlaceRefusal::SoldOut { tier_id, left } => StartCheckoutError::SoldOut {
            tier: name(&tier_id),
            left,
        }
        .into(),
        PlaceRefusal::NotOnSale { tier_id, state } => StartCheckoutError::NotOnSale {
            tier: name(&tier_id),
            state,
        }
        .into(),
    }
}
