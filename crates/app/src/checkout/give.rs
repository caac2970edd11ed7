//! Tickets that an organizer gives away: a free order, made at the desk.
//!
//! It takes its places through the lane like every other, so it can no more oversell than a buyer can; but
//! neither the sales window nor the limit of an order counts for it, since those are rules for buyers. It
//! costs nothing, so there is no fee and no tax.

use super::draft::{new_items, new_order};
use super::fulfilment::{self, Sold};
use super::place::Wanted;
use super::pricing::{Quote, QuoteError, quote};
use crate::access;
use crate::catalogue::{self, Listing};
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::lanes::LaneError;
use crate::lanes::command::{Place, PlaceLine, PlaceRefusal};
use model::email::Email;
use model::event::EventStatus;
use model::ids::{EventId, NoteId, OrderId, TierId};
use model::money::Ppm;
use model::pricing::FeeRule;
use model::text;
use store::order_notes::Note;

/// The most tickets that are given away at once.
pub const MOST_GIVEN: i64 = 100;
/// What stands in an order's source if it was given away.
pub const GIVEN: &str = "comp";

/// What is given away, as it came in.
#[derive(Clone, Debug, Default)]
pub struct GiveTickets {
    /// The tier's id.
    pub tier_id: String,
    /// How many tickets.
    pub qty: i64,
    /// Who gets them.
    pub name: String,
    /// Where they are mailed.
    pub email: String,
    /// Why, for the organizer's own books.
    pub note: String,
}

/// Tickets that were given away.
#[derive(Clone, Debug)]
pub struct Given {
    /// The order.
    pub order_id: OrderId,
    /// Its code for people.
    pub code: String,
}

/// Why nothing was given away.
#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Not enough is left.
    #[error("Only {left} of these places are left.")]
    SoldOut {
        /// How many are left.
        left: i64,
    },
    /// The event is not published, or it is over.
    #[error("Tickets can be given away once the event is published, and until it is over.")]
    Closed,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(GiveError: store::StoreError, crate::lanes::LaneError);

impl GiveError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::SoldOut { .. } => "sold-out",
            Self::Closed => "not-on-sale",
            Self::Fault(fault) => fault.code(),
        }
    }
}

/// Gives tickets of an event away; its organizer or an admin.
pub async fn give(
    house: &House,
    cx: &mut Cx,
    event: &EventId,
    input: &GiveTickets,
) -> Result<Given, GiveError> {
    access::own_event(house, cx, event)
        .await?
        .ok_or(GiveError::NotFound)?;
    let (wanted, note) = read(event, input)?;
    // Once more, if somebody has changed the event meanwhile.
    for _ in 0..2 {
        let listing = catalogue::fresh(house, event).await?;
        let listing = listing.ok_or(GiveError::NotFound)?;
        if listing.event.status != EventStatus::Published || cx.now >= listing.event.end_at {
            return Err(GiveError::Closed);
        }
        let gift = as_gift(&listing);
        match placed(house, cx, &wanted, &gift).await? {
            Ok(given) => return written_down(house, cx, given, &note).await,
            Err(PlaceRefusal::Stale) => {}
            Err(PlaceRefusal::SoldOut { left, .. }) => return Err(GiveError::SoldOut { left }),
            Err(PlaceRefusal::NotOnSale { .. } | PlaceRefusal::Discount(_)) => {
                return Err(GiveError::Closed);
            }
        }
    }
    Err(Fault::Lane(LaneError::Busy { retry_after_s: 1 }).into())
}

fn read(event: &EventId, input: &GiveTickets) -> Result<(Wanted, String), GiveError> {
    let mut invalid = Invalid::default();
    let tier = invalid.check("tier_id", TierId::parse(&input.tier_id));
    if !(1..=MOST_GIVEN).contains(&input.qty) {
        invalid.note("qty", format!("Write a number from 1 to {MOST_GIVEN}."));
    }
    let name = invalid.check("name", text::line(&input.name, 120));
    let email = invalid.check("email", Email::parse(&input.email));
    let note = invalid.check("note", text::paragraphs(&input.note, 2_000));
    match (tier, name, email, note) {
        (Some(tier), Some(name), Some(email), Some(note)) if invalid.is_fine() => Ok((
            Wanted {
                event_id: event.clone(),
                tiers: vec![(tier, input.qty)],
                email,
                name,
                code: None,
                locale: "en",
                holders: Vec::new(),
                consents: Vec::new(),
                source: GIVEN.to_owned(),
                order_id: None,
            },
            note,
        )),
        _ => Err(GiveError::Invalid(invalid)),
    }
}

/// The event as it is for whoever gets its tickets as a gift: everything is free, at any time.
fn as_gift(listing: &Listing) -> Listing {
    let mut gift = listing.clone();
    gift.event.fee = FeeRule {
        percent: Ppm(0),
        fixed_cents: 0,
        min_cents: 0,
        cap_cents: None,
        ..gift.event.fee
    };
    gift.locked.clear();
    for tier in &mut gift.tiers {
        tier.price_cents = 0;
        tier.max_per_order = MOST_GIVEN;
        tier.sales_start_at = None;
        tier.sales_end_at = None;
    }
    gift
}

async fn placed(
    house: &House,
    cx: &mut Cx,
    wanted: &Wanted,
    gift: &Listing,
) -> Result<Result<Given, PlaceRefusal>, GiveError> {
    let platform = house.settings.platform_registration;
    let quote = quote(gift, &wanted.tiers, None, platform, MOST_GIVEN, cx.now);
    let quote: Quote = quote.map_err(refused)?;
    let order_id = cx.mint(OrderId::mint);
    let mut order = new_order(house, cx, wanted, gift, &quote, &order_id)?;
    // Nobody accepted anything to get them.
    order.terms_version = String::new();
    let items = new_items(cx, &order_id, &quote, &[]);
    let sold = Sold {
        order: &order,
        items: &items,
        priced: &quote.priced,
    };
    let fulfilment = fulfilment::make(house, cx, &sold)?;
    let line = |(tier, qty): &(store::tiers::Tier, i64)| PlaceLine {
        tier_id: tier.id.clone(),
        revision: tier.revision,
        qty: *qty,
    };
    let command = Place {
        event_id: wanted.event_id.clone(),
        event_revision: gift.event.revision,
        lines: quote.lines.iter().map(line).collect(),
        discount: None,
        given: true,
        order: order.clone(),
        items,
        fulfilment: Some(fulfilment),
        now: cx.now,
    };
    let answer = house.lanes.place(command).await?;
    metrics::counter!("tickets_orders_given").increment(1);
    Ok(answer.map(|()| Given {
        order_id,
        code: order.code,
    }))
}

fn refused(error: QuoteError) -> GiveError {
    match error {
        QuoteError::NotOnSale { .. } => GiveError::Closed,
        QuoteError::Price(why) => Fault::Inconsistent(format!("a gift has no price: {why}")).into(),
        QuoteError::UnknownTier => {
            let mut invalid = Invalid::default();
            invalid.note("tier_id", QuoteError::UnknownTier);
            GiveError::Invalid(invalid)
        }
        other => {
            let mut invalid = Invalid::default();
            invalid.note("qty", other);
            GiveError::Invalid(invalid)
        }
    }
}

async fn written_down(
    house: &House,
    cx: &mut Cx,
    given: Given,
    note: &str,
) -> Result<Given, GiveError> {
    let line = access::audit_line(cx, "order.given", "order", given.order_id.as_str());
    let mut tx = house.write().await?;
    if !note.is_empty() {
        let note = Note {
            id: cx.mint(NoteId::mint),
            order_id: given.order_id.clone(),
            author: cx.actor.label(),
            text: note.to_owned(),
            created_at: cx.now,
        };
        store::order_notes::insert(&mut tx, &note).await?;
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(given)
}
