//! The rows of a new order, as the lane writes them.

use super::place::Wanted;
use super::pricing::Quote;
use crate::catalogue::Listing;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::discount::DiscountUse;
use model::ids::{ItemId, OrderId};
use model::order::{OrderStatus, Places};
use model::pricing::{FeeMode, PricedUnit};
use model::serial;
use store::lanes::write::{NewItem, NewOrder};

/// The order, priced: held, or sold at once if it costs nothing.
pub(super) fn new_order(
    house: &House,
    cx: &mut Cx,
    wanted: &Wanted,
    listing: &Listing,
    quote: &Quote,
    id: &OrderId,
) -> Result<NewOrder, Fault> {
    let priced = &quote.priced;
    let free = priced.total_cents() == 0;
    let (status, places, taken) = if free {
        (OrderStatus::Paid, Places::Sold, DiscountUse::Used)
    } else {
        (OrderStatus::Pending, Places::Held, DiscountUse::Held)
    };
    let code = quote.discount.as_ref();
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
        discount_id: code.map(|d| d.id.as_str().to_owned()),
        discount_code: code.map_or_else(String::new, |d| d.code.clone()),
        discount_use: code.map(|_| taken.code()),
        currency: priced.currency.as_str().to_owned(),
        pricing_json: serde_json::to_string(priced)
            .map_err(|e| Fault::Inconsistent(e.to_string()))?,
        tax_engine: listing.event.tax_engine.code(),
        tax_included: i64::from(listing.event.tax_inclusive),
        charge_model: listing.organizer.charge_model.code(),
        source: wanted.source.clone(),
        hold_expires_at: (!free).then(|| cx.now.plus_seconds(house.settings.hold_s).micros()),
        placed_at: free.then(|| cx.now.micros()),
        terms_version: crate::terms::VERSION.to_owned(),
        refunds_until_shown: listing
            .event
            .allow_refunds_until
            .map(model::time::Time::micros),
        created_at: cx.now.micros(),
    })
}

/// The taxes that the buyer pays on some units, in cents.
pub(super) fn taxes_paid<'a>(mode: FeeMode, units: impl Iterator<Item = &'a PricedUnit>) -> i64 {
    let of = |unit: &PricedUnit| match mode {
        FeeMode::Pass => unit.tax_cents() + unit.fee_tax_cents(),
        FeeMode::Absorb => unit.tax_cents(),
    };
    units.map(of).sum()
}

/// Its lines, with ids in the order of the price's units: whoever reads them back by id pairs them rightly.
pub(super) fn new_items(
    cx: &mut Cx,
    order: &OrderId,
    quote: &Quote,
    holders: &[String],
) -> Vec<NewItem> {
    let mut units = quote.priced.units.iter();
    let mode = quote.priced.mode;
    let mut items = Vec::with_capacity(quote.lines.len());
    let ids = cx.mint_in_order(quote.lines.len(), ItemId::mint);
    let names = holders
        .iter()
        .cloned()
        .chain(std::iter::repeat(String::new()));
    for (((tier, qty), id), holders_json) in quote.lines.iter().zip(ids).zip(names) {
        let of_line: Vec<_> = units
            .by_ref()
            .take(usize::try_from(*qty).unwrap_or_default())
            .collect();
        let passed = mode == FeeMode::Pass;
        items.push(NewItem {
            id: id.into(),
            order_id: order.as_str().to_owned(),
            tier_id: tier.id.as_str().to_owned(),
            tier_name: tier.name.clone(),
            qty: *qty,
            holders_json,
            unit_price_cents: tier.price_cents,
            tax_cents: taxes_paid(mode, of_line.iter().copied()),
            fees_cents: if passed {
                of_line.iter().map(|u| u.fee_cents).sum()
            } else {
                0
            },
        });
    }
    items
}
