//! The lines of the payment page: the tickets at their net price, one line for each tier and amount,
//! then the service fee and each tax that we know. They add up to the order's total to the cent.
//!
//! With Stripe Tax the tickets' taxes are not among them: Stripe adds those. Our own fee and the taxes
//! on it always are, because they are the platform's supply and not the organizer's.

use super::pricing::is_untaxed;
use crate::catalogue::Listing;
use crate::error::Fault;
use crate::ports::{CheckoutLine, LineClass};
use model::pricing::{FeeMode, PricedOrder, TicketLine, ticket_lines};
use model::tax::{ItemClass, Province, TaxComponent};
use store::tiers::Tier;

/// The lines for an order; `items` are its lines, each with its tier, the tier's name and how many.
pub(super) fn lines_of<'a>(
    priced: &PricedOrder,
    listing: &Listing,
    items: impl Iterator<Item = (&'a str, &'a str, i64)>,
    locale: &str,
) -> Result<Vec<CheckoutLine>, Fault> {
    let items: Vec<(&str, &str, i64)> = items.collect();
    let quantities: Vec<i64> = items.iter().map(|(_, _, qty)| *qty).collect();
    let tickets = ticket_lines(priced, &quantities).into_iter().enumerate();
    let mut lines: Vec<CheckoutLine> = tickets
        .map(|(at, line)| ticket_line(at, &line, items[line.item], listing))
        .collect();
    let own = |name: String, cents| CheckoutLine {
        name,
        unit_cents: cents,
        qty: 1,
        class: LineClass::Untaxed,
        tickets: None,
    };
    if priced.mode == FeeMode::Pass && priced.fees_cents() > 0 {
        lines.push(own(fee_name(locale).to_owned(), priced.fees_cents()));
    }
    let taxes = priced.tax_lines().into_iter().filter(|t| t.cents > 0);
    lines.extend(taxes.map(|t| {
        let name = tax_name(t.component, listing.event.province, locale);
        let rate = if locale == "fr" {
            t.ppm.french()
        } else {
            t.ppm.to_string()
        };
        own(format!("{name} ({rate})"), t.cents)
    }));
    let sum: i64 = lines.iter().map(|l| l.unit_cents * l.qty).sum();
    if sum == priced.total_cents() {
        Ok(lines)
    } else {
        Err(Fault::Inconsistent(format!(
            "the payment page would ask for {sum} cents instead of {}",
            priced.total_cents()
        )))
    }
}

fn ticket_line(
    at: usize,
    line: &TicketLine,
    (tier_id, name, _): (&str, &str, i64),
    listing: &Listing,
) -> CheckoutLine {
    let tier = listing.tiers.iter().find(|t| t.id.as_str() == tier_id);
    CheckoutLine {
        name: name.to_owned(),
        unit_cents: line.unit_cents,
        qty: i64::try_from(line.units.len()).unwrap_or(i64::MAX),
        // A tier that is gone was an admission, as nearly all are.
        class: tier.map_or(LineClass::Admission, class_of),
        tickets: Some(at),
    }
}

fn class_of(tier: &Tier) -> LineClass {
    match tier.item_class {
        _ if is_untaxed(tier) => LineClass::Untaxed,
        ItemClass::Goods => LineClass::Goods,
        ItemClass::Admission | ItemClass::Donation | ItemClass::Exempt => LineClass::Admission,
    }
}

fn fee_name(locale: &str) -> &'static str {
    if locale == "fr" {
        "Frais de service"
    } else {
        "Service fee"
    }
}

/// A tax's name as the buyer's language has it.
fn tax_name(component: TaxComponent, province: Province, locale: &str) -> &'static str {
    match (locale, component) {
        ("fr", TaxComponent::Gst) => "TPS",
        ("fr", TaxComponent::Hst) => "TVH",
        ("fr", TaxComponent::Pst) => "TVP",
        ("fr", TaxComponent::Qst) => "TVQ",
        _ => component.name_in(province),
    }
}
