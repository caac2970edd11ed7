//! What an order costs: the listing's prices, fees and taxes, put through `model::pricing`.

use crate::catalogue::Listing;
use model::day::Day;
use model::discount::{Allowance, CartLine, Refusal, applies};
use model::event::EventStatus;
use model::ids::TierId;
use model::pricing::{PriceRequest, PricedOrder, PricingError, UnitRequest, fee_fits};
use model::tax::{self, ItemClass, Registration, TaxProfile, TaxRate};
use model::tax_engine::TaxEngine;
use model::tier::{SaleFacts, SaleState, quantity_allowed, sale_state};
use model::time::{Time, Zone};
use store::discounts::Discount;
use store::events::Event;
use store::tiers::Tier;

/// A priced order, line by line.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The price, unit by unit in the order of `lines`.
    pub priced: PricedOrder,
    /// The tiers with their quantities, each tier once.
    pub lines: Vec<(Tier, i64)>,
    /// The code that it was priced with.
    pub discount: Option<Discount>,
}

/// Why a selection has no price.
#[derive(Clone, Debug, thiserror::Error)]
pub enum QuoteError {
    /// Nothing was chosen.
    #[error("Choose at least one ticket.")]
    Empty,
    /// A tier is not this event's.
    #[error("This kind of ticket does not exist.")]
    UnknownTier,
    /// A quantity is out of range.
    #[error("You can buy between 1 and {most} of “{tier}” at once.")]
    Quantity {
        /// The tier's name.
        tier: String,
        /// The most at once.
        most: i64,
    },
    /// The order is too large.
    #[error("An order can have at most {most} tickets.")]
    TooMany {
        /// The most at once.
        most: i64,
    },
    /// A tier cannot be bought now.
    #[error("“{tier}” is not on sale.")]
    NotOnSale {
        /// The tier's name.
        tier: String,
        /// Why.
        state: SaleState,
    },
    /// The code does not hold for this selection.
    #[error("{0}")]
    Discount(Refusal),
    /// The price cannot be computed; its own words say why.
    #[error("{0}")]
    Price(#[from] PricingError),
}

/// The day that a time has where an event takes place: registrations begin and end by it.
pub fn sale_day(event: &Event, now: Time) -> Day {
    let zone = Zone::parse(&event.timezone).unwrap_or_else(|_| Zone::utc());
    Day::of(now, &zone)
}

/// The taxes that the organizer charges on a tier's tickets: by the table, the tier's own choice and
/// the registrations of the day. None where the event charges none, and where Stripe computes them.
pub fn tier_rates(event: &Event, tier: &Tier, profile: &TaxProfile, now: Time) -> Vec<TaxRate> {
    if event.tax_engine != TaxEngine::Table {
        return Vec::new();
    }
    let registered = profile.at(event.province, sale_day(event, now));
    let choice = tier.tax_choice.as_ref();
    tax::chosen_rates(event.province, tier.item_class, choice, now, &registered)
}

/// Whether tickets of a tier may carry a tax of the organizer's. Without the organizer's registrations
/// it may wherever the law knows one, and with Stripe Tax only Stripe knows.
pub fn may_carry_tax(event: &Event, tier: &Tier, profile: Option<&TaxProfile>, now: Time) -> bool {
    match (event.tax_engine, profile) {
        (TaxEngine::None, _) => false,
        (TaxEngine::Table, Some(profile)) => !tier_rates(event, tier, profile, now).is_empty(),
        (TaxEngine::Table | TaxEngine::Stripe, _) => !is_untaxed(tier),
    }
}

/// Whether a tier's tickets carry no tax whoever sells them: by their class, or by the organizer's choice.
pub fn is_untaxed(tier: &Tier) -> bool {
    let chosen = tier.tax_choice.as_ref();
    matches!(tier.item_class, ItemClass::Donation | ItemClass::Exempt)
        || chosen.is_some_and(|choice| choice.components().is_empty())
}

/// The taxes that the platform charges on its fee. No organizer's choice changes them: it is the
/// platform's own supply.
pub fn fee_rates(event: &Event, platform: Registration, now: Time) -> Vec<TaxRate> {
    tax::fee_rates(event.province, now, &platform)
}

/// Whether a tier can be bought now.
pub fn state_of(listing: &Listing, tier: &Tier, now: Time) -> SaleState {
    state_in(&listing.event, tier, now)
}

/// Whether a tier of an event can be bought now.
pub fn state_in(event: &Event, tier: &Tier, now: Time) -> SaleState {
    let facts = SaleFacts {
        event_open: event.status == EventStatus::Published,
        event_end: event.end_at,
        sales_start: tier.sales_start_at,
        sales_end: tier.sales_end_at,
        tier: tier.stock,
        event: event.stock,
    };
    sale_state(&facts, now)
}

/// Whether tickets of a tier can be priced: the fee and its taxes fit into the price, however many are
/// bought and whatever the organizer is registered for.
pub fn pricing_fits(listing: &Listing, tier: &Tier, platform: Registration, now: Time) -> bool {
    let event = &listing.event;
    let fee_taxes = fee_rates(event, platform, now);
    fee_fits(tier.price_cents, &event.fee, &fee_taxes).unwrap_or(false)
        && price_lines(listing, &[(tier.clone(), 1)], None, platform, now).is_ok()
}

/// Prices a selection. Room is not looked at, nor whether the code's last use is taken by then: these
/// are the lane's to say.
pub fn quote(
    listing: &Listing,
    wanted: &[(TierId, i64)],
    code: Option<&Discount>,
    platform: Registration,
    most: i64,
    now: Time,
) -> Result<Quote, QuoteError> {
    let lines = lines_of(listing, wanted, code, most, now)?;
    let allowance = code.map(|d| applies(&d.terms, &cart(&lines), now));
    let allowance = allowance.transpose().map_err(QuoteError::Discount)?;
    let priced = price_lines(listing, &lines, allowance.as_ref(), platform, now)?;
    Ok(Quote {
        priced,
        lines,
        discount: code.cloned(),
    })
}

fn cart(lines: &[(Tier, i64)]) -> Vec<CartLine> {
    let line = |(tier, qty): &(Tier, i64)| CartLine {
        tier: tier.id.clone(),
        qty: *qty,
        price_cents: tier.price_cents,
    };
    lines.iter().map(line).collect()
}

fn price_lines(
    listing: &Listing,
    lines: &[(Tier, i64)],
    allowance: Option<&Allowance>,
    platform: Registration,
    now: Time,
) -> Result<PricedOrder, PricingError> {
    let mut units = Vec::new();
    for (at, (tier, qty)) in lines.iter().enumerate() {
        let discountable = allowance.is_some_and(|a| a.eligible.get(at) == Some(&true));
        let taxes = tier_rates(&listing.event, tier, &listing.organizer.tax, now);
        units.extend((0..*qty).map(|_| UnitRequest {
            price_cents: tier.price_cents,
            taxes: taxes.clone(),
            discountable,
        }));
    }
    let event = &listing.event;
    model::pricing::price(&PriceRequest {
        currency: event.currency,
        units,
        discount_cents: allowance.map_or(0, |a| a.cents),
        fee: event.fee.clone(),
        fee_taxes: fee_rates(event, platform, now),
        tax_inclusive: event.tax_inclusive,
    })
}

/// The chosen tiers, each once, in the listing's order. One that is locked is answered like one that
/// does not exist.
fn lines_of(
    listing: &Listing,
    wanted: &[(TierId, i64)],
    code: Option<&Discount>,
    most: i64,
    now: Time,
) -> Result<Vec<(Tier, i64)>, QuoteError> {
    if wanted.iter().any(|(id, _)| {
        !listing
            .tiers
            .iter()
            .any(|t| t.id == *id && listing.opens(t, code))
    }) {
        return Err(QuoteError::UnknownTier);
    }
    let mut lines = Vec::new();
    for tier in &listing.tiers {
        let mut chosen = wanted
            .iter()
            .filter(|(id, _)| *id == tier.id)
            .map(|(_, qty)| *qty)
            .peekable();
        if chosen.peek().is_none() {
            continue;
        }
        let qty = chosen.try_fold(
            0i64,
            |sum, qty| if qty < 1 { None } else { sum.checked_add(qty) },
        );
        let Some(qty) = qty.filter(|q| quantity_allowed(*q, tier.max_per_order)) else {
            return Err(QuoteError::Quantity {
                tier: tier.name.clone(),
                most: tier.max_per_order,
            });
        };
        match state_of(listing, tier, now) {
            SaleState::OnSale { .. } | SaleState::SoldOut => lines.push((tier.clone(), qty)),
            state => {
                return Err(QuoteError::NotOnSale {
                    tier: tier.name.clone(),
                    state,
                });
            }
        }
    }
    if lines.is_empty() {
        return Err(QuoteError::Empty);
    }
    if lines.iter().map(|(_, qty)| qty).sum::<i64>() > most {
        return Err(QuoteError::TooMany { most });
    }
    Ok(lines)
}
