//! What an order costs: the listing's prices, fees and taxes, put through `model::pricing`.

use crate::catalogue::Listing;
use model::discount::{Allowance, CartLine, Refusal, applies};
use model::event::EventStatus;
use model::ids::TierId;
use model::pricing::{PriceRequest, PricedOrder, PricingError, UnitRequest};
use model::tax::{self, Registration, TaxRate};
use model::tax_engine::TaxEngine;
use model::tier::{SaleFacts, SaleState, quantity_allowed, sale_state};
use model::time::Time;
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

/// The tax rates on a tier's admissions: the table's, unless the event charges none.
pub fn tier_rates(listing: &Listing, tier: &Tier, now: Time) -> Vec<TaxRate> {
    match listing.event.tax_engine {
        TaxEngine::None => Vec::new(),
        // Stripe Tax is the other engine behind this port; until it is plugged in, publishing refuses it.
        TaxEngine::Table | TaxEngine::Stripe => {
            let organizer = &listing.organizer;
            let registration = Registration {
                gst_hst: organizer.registered_gst_hst,
                pst: organizer.registered_pst,
                qst: organizer.registered_qst,
            };
            tax::rates(listing.event.province, tier.item_class, now, &registration)
        }
    }
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

/// Whether one ticket of a tier can be priced: the fee and its taxes fit into what the buyer pays.
pub fn pricing_fits(listing: &Listing, tier: &Tier, platform: Registration, now: Time) -> bool {
    price_lines(listing, &[(tier.clone(), 1)], None, platform, now).is_ok()
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
        let taxes = tier_rates(listing, tier, now);
        units.extend((0..*qty).map(|_| UnitRequest {
            price_cents: tier.price_cents,
            taxes: taxes.clone(),
            discountable,
        }));
    }
    let event = &listing.event;
    let fee_taxes = match event.tax_engine {
        TaxEngine::None => Vec::new(),
        TaxEngine::Table | TaxEngine::Stripe => tax::fee_rates(event.province, now, &platform),
    };
    model::pricing::price(&PriceRequest {
        currency: event.currency,
        units,
        discount_cents: allowance.map_or(0, |a| a.cents),
        fee: event.fee.clone(),
        fee_taxes,
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
