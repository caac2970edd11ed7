//! An order as its papers show it: mails, PDF, calendar.

use super::show::{OrderView, ShowError, show};
use crate::checkout::sale_day;
use crate::error::Fault;
use crate::house::House;
use crate::organizers::logo_paper;
use crate::ports::{OrderPaper, PaperLine, TicketPaper};
use model::day::Day;
use model::ids::OrderId;
use model::order::OrderStatus;
use model::pricing::{FeeMode, PricedOrder, PricedUnit};
use model::tax_engine::TaxEngine;
use model::ticket::TicketStatus;
use model::time::Zone;
use store::orders::{Item, Order};
use store::tickets::Ticket;

/// Loads an order for its papers.
pub async fn order_paper(house: &House, id: &OrderId) -> Result<OrderPaper, ShowError> {
    Ok(paper_of(house, &show(house, id).await?).await?)
}

/// The papers' view of an order that is at hand; tickets that were refunded or canceled are left out.
pub async fn paper_of(house: &House, view: &OrderView) -> Result<OrderPaper, Fault> {
    Ok(OrderPaper {
        logo: logo_paper(house, &view.organizer).await?,
        ..plain_paper_of(house, view)?
    })
}

/// The same without the logo, for whoever prints nothing and sends nothing.
pub fn plain_paper_of(house: &House, view: &OrderView) -> Result<OrderPaper, Fault> {
    let (order, event, organizer) = (&view.order, &view.event, &view.organizer);
    let priced: PricedOrder = serde_json::from_str(&order.pricing_json)
        .map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let zone = Zone::parse(&event.timezone)
        .map_err(|e| Fault::Inconsistent(format!("event {}: {e}", event.id)))?;
    Ok(OrderPaper {
        id: order.id.clone(),
        code: order.code.clone(),
        locale: order.locale.clone(),
        order_token: house.keyring.order_token(&order.id),
        buyer_name: order.buyer_name.clone(),
        buyer_email: order.buyer_email.clone(),
        placed_at: order.placed_at.unwrap_or(order.created_at),
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
        zone,
        event_revision: event.revision,
        organizer_name: organizer.name.clone(),
        organizer_legal_name: organizer.legal_name.clone(),
        organizer_address: organizer.address.clone(),
        organizer_email: organizer.support_email.clone(),
        organizer_tax_numbers: organizer
            .tax
            .on(sold_on(view))
            .map(|held| (held.tax.name(), held.number.clone()))
            .collect(),
        brand_color: organizer.brand_color.clone(),
        brand_footer: organizer.brand_footer.clone(),
        logo: None,
        currency: order.currency.as_str().to_owned(),
        lines: view.items.iter().map(line).collect(),
        discount_cents: order.discount_cents,
        discount_code: order.discount_code.clone(),
        tax_included: order.tax_included,
        refunds_until: event.allow_refunds_until,
        subtotal_cents: order.subtotal_cents,
        fees_cents: order.fees_cents,
        taxes: priced.shown_taxes(order.tax_included),
        tax_at_payment: tax_at_payment(order),
        total_cents: order.total_cents,
        refunded_cents: order.refunded_cents,
        tickets: ticket_papers(house, view, &priced),
    })
}

/// Whether Stripe computes an order's taxes and has not yet, because it is not paid.
pub fn tax_at_payment(order: &Order) -> bool {
    let unpaid = matches!(order.status, OrderStatus::Pending | OrderStatus::Canceled);
    order.tax_engine == TaxEngine::Stripe && unpaid
}

/// The day on which an order was sold, where its event takes place: its registrations hold on it.
pub fn sold_on(view: &OrderView) -> Day {
    let order = &view.order;
    sale_day(&view.event, order.placed_at.unwrap_or(order.created_at))
}

fn line(item: &Item) -> PaperLine {
    PaperLine {
        name: item.tier_name.clone(),
        qty: item.qty,
        each_cents: item.unit_price_cents + item.fees_cents / item.qty.max(1),
        amount_cents: item.unit_price_cents * item.qty,
    }
}

/// Units and tickets were made in the same order: by item, then by number.
fn ticket_papers(house: &House, view: &OrderView, priced: &PricedOrder) -> Vec<TicketPaper> {
    let live = |t: &Ticket| matches!(t.status, TicketStatus::Valid | TicketStatus::Used);
    let pairs = view
        .tickets
        .iter()
        .zip(&priced.units)
        .filter(|(t, _)| live(t));
    pairs
        .map(|(ticket, unit)| ticket_paper(house, view, priced.mode, ticket, unit))
        .collect()
}

fn ticket_paper(
    house: &House,
    view: &OrderView,
    mode: FeeMode,
    ticket: &Ticket,
    unit: &PricedUnit,
) -> TicketPaper {
    let tier_name = view
        .items
        .iter()
        .find(|i| i.id == ticket.order_item_id)
        .map_or_else(String::new, |i| i.tier_name.clone());
    let passed = mode == FeeMode::Pass;
    TicketPaper {
        token: house.keyring.ticket_token(&ticket.id, ticket.qr_generation),
        link_secret: house.keyring.ticket_link(&ticket.id, ticket.qr_generation),
        id: ticket.id.clone(),
        serial: ticket.serial.clone(),
        tier_name,
        holder_name: ticket.holder_name.clone(),
        face_cents: unit.net_cents,
        fee_cents: if passed { unit.fee_cents } else { 0 },
        tax_cents: unit.tax_cents() + if passed { unit.fee_tax_cents() } else { 0 },
    }
}
