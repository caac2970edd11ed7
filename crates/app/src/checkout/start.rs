//! Starting a checkout: validate, price, hold, and open the payment page.
//!
//! A free order skips Stripe and is paid at once. Whatever fails after the hold gives it back.

use super::fulfilment::{self, Sold};
use super::pricing::{Quote, QuoteError, quote};
use super::session;
use crate::catalogue::{self, Listing};
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::idempotency::Deed;
use crate::lanes::command::{Place, PlaceLine, PlaceRefusal};
use model::email::Email;
use model::event::EventStatus;
use model::ids::{EventId, ItemId, OrderId, TierId};
use model::order::{CancelReason, OrderStatus, Places};
use model::serial;
use model::text;
use model::time::Time;
use std::sync::Arc;
use store::lanes::write::{NewItem, NewOrder};
use store::orders::Order;

/// What a buyer asks for, as it came in.
#[derive(Clone, Debug, Default)]
pub struct StartCheckout {
    /// The event's id.
    pub event_id: String,
    /// Tier ids with quantities.
    pub items: Vec<(String, i64)>,
    /// The buyer's e-mail address.
    pub email: String,
    /// The buyer's name.
    pub name: String,
    /// A discount code, if any.
    pub discount_code: Option<String>,
    /// The buyer's language: `en` or `fr`; anything else is `en`.
    pub locale: String,
    /// Where the buyer came from: `page`, `api`, `widget`.
    pub source: &'static str,
    /// What the request stands for, if it carries an idempotency key: a repeat finds the same order.
    pub deed: Option<Deed>,
}

/// Why a checkout did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartCheckoutError {
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// There is no such event, or it is not published.
    #[error("This event does not exist.")]
    NotFound,
    /// Not enough is left.
    #[error("{}", sold_out_sentence(tier, *left))]
    SoldOut {
        /// The tier's name.
        tier: String,
        /// How many are left.
        left: i64,
    },
    /// A tier cannot be bought now.
    #[error("“{tier}” is not on sale right now.")]
    NotOnSale {
        /// The tier's name.
        tier: String,
        /// Why.
        state: model::tier::SaleState,
    },
    /// The organizer cannot take money.
    #[error(
        "The organizer of this event cannot take payments at the moment. Please try again later."
    )]
    PaymentsNotReady,
    /// Stripe takes no payments under 50 cents.
    #[error("The total of an order must be at least $0.50, or nothing at all.")]
    TotalTooSmall,
    /// The code is not known.
    #[error("This discount code is not valid for this event.")]
    UnknownDiscount,
    /// Nobody's input: see the fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

fn sold_out_sentence(tier: &str, left: i64) -> String {
    match left {
        0 => format!("“{tier}” is sold out."),
        1 => format!("Only 1 ticket of “{tier}” is left."),
        n => format!("Only {n} tickets of “{tier}” are left."),
    }
}

impl StartCheckoutError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::NotFound => "not-found",
            Self::SoldOut { .. } => "sold-out",
            Self::NotOnSale { .. } => "not-on-sale",
            Self::PaymentsNotReady => "payments-not-ready",
            Self::TotalTooSmall => "total-too-small",
            Self::UnknownDiscount => "unknown-discount",
            Self::Fault(fault) => fault.code(),
        }
    }
}

faults!(StartCheckoutError: store::StoreError, crate::lanes::LaneError, crate::ports::PaymentsError);

/// A checkout that has begun.
#[derive(Clone, Debug)]
pub struct Checkout {
    /// The order.
    pub order_id: OrderId,
    /// The secret that opens it.
    pub order_token: String,
    /// `pending`, or `paid` for a free order.
    pub status: OrderStatus,
    /// What the buyer pays, in cents.
    pub total_cents: i64,
    /// ISO currency code.
    pub currency: String,
    /// Stripe's payment page; `None` for a free order or a bare hold.
    pub url: Option<String>,
    /// When the hold lapses; `None` for a free order.
    pub expires_at: Option<Time>,
}

/// The least that Stripe charges in Canadian dollars, in cents (docs.stripe.com/currencies, read 2026-11).
const STRIPE_LEAST_CENTS: i64 = 50;

/// Holds places and opens the payment page; a free order is complete at once.
pub async fn start(
    house: &House,
    cx: &mut Cx,
    input: StartCheckout,
) -> Result<Checkout, StartCheckoutError> {
    let order_id = match resume(house, &input).await? {
        Resumed::Order(order) => return repeat(house, cx, &order, true).await,
        Resumed::Nothing(id) => id,
    };
    let (checkout, placed) = place(house, cx, input, order_id).await?;
    let Some(placed) = placed else {
        return Ok(checkout);
    };
    let url = session::open_first(house, cx, &placed).await?;
    Ok(Checkout {
        url: Some(url),
        ..checkout
    })
}

/// Holds places without opening the payment page yet; the buyer continues from the order's page.
pub async fn hold(
    house: &House,
    cx: &mut Cx,
    input: StartCheckout,
) -> Result<Checkout, StartCheckoutError> {
    match resume(house, &input).await? {
        Resumed::Order(order) => repeat(house, cx, &order, false).await,
        Resumed::Nothing(id) => Ok(place(house, cx, input, id).await?.0),
    }
}

/// What an earlier run of the same deed has left.
enum Resumed {
    /// An order that stands.
    Order(Box<Order>),
    /// Nothing, or only orders that a fault of ours undid; the next one is to have this id.
    Nothing(Option<OrderId>),
}

/// Looks for the order of an earlier run that died before its answer was kept.
async fn resume(house: &House, input: &StartCheckout) -> Result<Resumed, Fault> {
    let Some(deed) = input.deed else {
        return Ok(Resumed::Nothing(None));
    };
    let mut read = house.read().await?;
    for attempt in 0.. {
        let id = deed.order_id(attempt);
        match store::orders::by_id(&mut read, &id).await? {
            Some(order) if order.cancel_reason == Some(CancelReason::PaymentUnavailable) => {}
            Some(order) => return Ok(Resumed::Order(Box::new(order))),
            None => return Ok(Resumed::Nothing(Some(id))),
        }
    }
    Ok(Resumed::Nothing(None))
}

/// The answer of an earlier run, made anew from its order.
async fn repeat(
    house: &House,
    cx: &mut Cx,
    order: &Order,
    with_page: bool,
) -> Result<Checkout, StartCheckoutError> {
    let url = if with_page && order.places == Places::Held {
        session::page_of(house, cx, &order.id).await?
    } else {
        None
    };
    Ok(Checkout {
        order_id: order.id.clone(),
        order_token: house.keyring.order_token(&order.id),
        status: order.status,
        total_cents: order.total_cents,
        currency: order.currency.as_str().to_owned(),
        url,
        expires_at: order
            .hold_expires_at
            .filter(|_| order.places == Places::Held),
    })
}

/// A pending order that was just placed.
pub(super) struct Placed {
    pub order: NewOrder,
    pub order_id: OrderId,
    pub items: Vec<NewItem>,
    pub listing: Arc<Listing>,
    pub quote: Quote,
}

struct Wanted {
    event_id: EventId,
    tiers: Vec<(TierId, i64)>,
    email: Email,
    name: String,
    locale: &'static str,
    source: &'static str,
    order_id: Option<OrderId>,
}

fn read(input: StartCheckout) -> Result<Wanted, StartCheckoutError> {
    let mut invalid = Invalid::default();
    let event_id = EventId::parse(&input.event_id).map_err(|_| StartCheckoutError::NotFound)?;
    let mut tiers = Vec::with_capacity(input.items.len());
    for (at, (tier, qty)) in input.items.iter().enumerate() {
        if let Some(tier) = invalid.check(&format!("items[{at}].tier_id"), TierId::parse(tier)) {
            tiers.push((tier, *qty));
        }
    }
    if input.items.is_empty() {
        invalid.note("items", "Choose at least one ticket.");
    }
    let email = invalid.check("buyer.email", Email::parse(&input.email));
    let name = invalid.check("buyer.name", text::line(&input.name, 120));
    if input
        .discount_code
        .is_some_and(|code| !code.trim().is_empty())
    {
        return Err(StartCheckoutError::UnknownDiscount);
    }
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
            locale,
            source: input.source,
            order_id: None,
        }),
        _ => Err(StartCheckoutError::Invalid(invalid)),
    }
}

/// Tries with the listing that is at hand, and once more with a fresh one if that was out of date.
async fn place(
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
        Err(Attempt::Outdated) => {
            Err(Fault::Lane(crate::lanes::LaneError::Busy { retry_after_s: 1 }).into())
        }
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
    if listing.event.status != EventStatus::Published {
        return Err(StartCheckoutError::NotFound.into());
    }
    let settings = &house.settings;
    let quote = quote(
        &listing,
        &wanted.tiers,
        &settings.platform_registration,
        settings.max_tickets_per_order,
        cx.now,
    )
    .map_err(refused_quote)?;
    let total = quote.priced.total_cents();
    if total > 0 && !listing.organizer.status.can_charge() {
        return Err(StartCheckoutError::PaymentsNotReady.into());
    }
    if (1..STRIPE_LEAST_CENTS).contains(&total) {
        return Err(StartCheckoutError::TotalTooSmall.into());
    }
    let order_id = wanted
        .order_id
        .clone()
        .unwrap_or_else(|| cx.mint(OrderId::mint));
    let order = new_order(house, cx, wanted, &listing, &quote, &order_id)?;
    let items = new_items(cx, &order_id, &quote);
    let fulfilment = if total == 0 {
        let sold = Sold {
            order: &order,
            items: &items,
            priced: &quote.priced,
        };
        Some(fulfilment::make(house, cx, &sold)?)
    } else {
        None
    };
    let lines = quote
        .lines
        .iter()
        .map(|(t, qty)| PlaceLine {
            tier_id: t.id.clone(),
            revision: t.revision,
            qty: *qty,
        })
        .collect();
    let free = fulfilment.is_some();
    let command = Place {
        event_id: wanted.event_id.clone(),
        event_revision: listing.event.revision,
        lines,
        order: order.clone(),
        items: items.clone(),
        fulfilment,
        now: cx.now,
    };
    house
        .lanes
        .place(command)
        .await
        .map_err(Fault::from)?
        .map_err(|refusal| refused_place(&quote, refusal))?;
    metrics::counter!("tickets_orders_placed", "free" => if free { "yes" } else { "no" })
        .increment(1);
    let checkout = Checkout {
        order_id: order_id.clone(),
        order_token: house.keyring.order_token(&order_id),
        status: if free {
            OrderStatus::Paid
        } else {
            OrderStatus::Pending
        },
        total_cents: total,
        currency: order.currency.clone(),
        url: None,
        expires_at: order.hold_expires_at.map(Time::from_micros),
    };
    let placed = (!free).then_some(Placed {
        order,
        order_id,
        items,
        listing,
        quote,
    });
    Ok((checkout, placed))
}

fn refused_quote(error: QuoteError) -> StartCheckoutError {
    let field = |name: &str, error: &QuoteError| {
        let mut invalid = Invalid::default();
        invalid.note(name, error);
        StartCheckoutError::Invalid(invalid)
    };
    match error {
        QuoteError::NotOnSale { tier, state } => StartCheckoutError::NotOnSale { tier, state },
        QuoteError::Price(model::pricing::PricingError::Overflow) => field("items", &error),
        QuoteError::Price(why) => {
            Fault::Inconsistent(format!("a published event has no price: {why}")).into()
        }
        QuoteError::Empty
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

fn new_order(
    house: &House,
    cx: &mut Cx,
    wanted: &Wanted,
    listing: &Listing,
    quote: &Quote,
    id: &OrderId,
) -> Result<NewOrder, Fault> {
    let priced = &quote.priced;
    let free = priced.total_cents() == 0;
    let (status, places) = if free {
        (OrderStatus::Paid, Places::Sold)
    } else {
        (OrderStatus::Pending, Places::Held)
    };
    Ok(NewOrder {
        id: id.as_str().to_owned(),
        event_id: listing.event.id.as_str().to_owned(),
        organizer_id: listing.organizer.id.as_str().to_owned(),
        code: serial::order_code(cx.bits()),
        buyer_email: wanted.email.as_str().to_owned(),
        buyer_email_folded: wanted.email.folded(),
        buyer_name: wanted.name.clone(),
        locale: wanted.locale.to_owned(),
        status: status.code(),
        places: places.code(),
        subtotal_cents: priced.subtotal_cents(),
        fees_cents: priced.fees_cents(),
        tax_cents: priced.tax_cents(),
        total_cents: priced.total_cents(),
        application_fee_cents: priced.application_fee_cents(),
        discount_cents: priced.discount_cents(),
        currency: priced.currency.as_str().to_owned(),
        pricing_json: serde_json::to_string(priced)
            .map_err(|e| Fault::Inconsistent(e.to_string()))?,
        charge_model: listing.organizer.charge_model.code(),
        source: wanted.source.to_owned(),
        hold_expires_at: (!free).then(|| cx.now.plus_seconds(house.settings.hold_s).micros()),
        placed_at: free.then(|| cx.now.micros()),
        created_at: cx.now.micros(),
    })
}

fn new_items(cx: &mut Cx, order: &OrderId, quote: &Quote) -> Vec<NewItem> {
    let mut units = quote.priced.units.iter();
    let mode = quote.priced.mode;
    let mut items = Vec::with_capacity(quote.lines.len());
    for (tier, qty) in &quote.lines {
        let of_line: Vec<_> = units
            .by_ref()
            .take(usize::try_from(*qty).unwrap_or_default())
            .collect();
        let passed = mode == model::pricing::FeeMode::Pass;
        let fee_tax: i64 = if passed {
            of_line.iter().map(|u| u.fee_tax_cents()).sum()
        } else {
            0
        };
        items.push(NewItem {
            id: cx.mint(ItemId::mint).as_str().to_owned(),
            order_id: order.as_str().to_owned(),
            tier_id: tier.id.as_str().to_owned(),
            tier_name: tier.name.clone(),
            qty: *qty,
            unit_price_cents: tier.price_cents,
            tax_cents: of_line.iter().map(|u| u.tax_cents()).sum::<i64>() + fee_tax,
            fees_cents: if passed {
                of_line.iter().map(|u| u.fee_cents).sum()
            } else {
                0
            },
        });
    }
    items
}
