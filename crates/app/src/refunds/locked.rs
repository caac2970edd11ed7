//! An order under lock, with everything that a refund of it looks at.
//!
//! Locked in the order that the lanes keep (orders, events, tiers, tickets), so that the two never wait
//! for each other in a circle.

use crate::error::Fault;
use model::event::EventStatus;
use model::ids::{OrderId, TicketId, TierId};
use model::pricing::{FeeMode, PricedOrder};
use model::refund::{Part, PartBalance, RefundableOrder, RefundableTicket};
use model::ticket::TicketStatus;
use std::collections::{BTreeMap, BTreeSet};
use store::WriteTx;
use store::lanes::load::{self, EventRow, TierRow};
use store::orders::Order;
use store::payments::{Payment, PaymentOutcome};
use store::tickets::{Ticket, TicketPart};

/// An order under lock.
pub(crate) struct Locked {
    pub order: Order,
    /// Its tickets, by number.
    pub tickets: Vec<Ticket>,
    /// Its tickets as `model` sees them.
    pub refundable: RefundableOrder,
    /// The payment that paid it; `None` for a free order.
    pub payment: Option<Payment>,
    pub event: EventRow,
    pub tiers: BTreeMap<TierId, TierRow>,
}

impl Locked {
    /// Whether the event was called off.
    pub fn called_off(&self) -> bool {
        self.event.status == EventStatus::Canceled
    }

    /// The ticket of an id.
    pub fn ticket(&self, id: &TicketId) -> Option<&Ticket> {
        self.tickets.iter().find(|t| t.id == *id)
    }
}

/// Locks an order; `None` if there is none.
pub(crate) async fn lock_order(tx: &mut WriteTx, id: &OrderId) -> Result<Option<Locked>, Fault> {
    let ids = [id.clone()];
    let Some(row) = load::orders(tx, &ids).await?.pop() else {
        return Ok(None);
    };
    let event = load::events(tx, std::slice::from_ref(&row.event_id))
        .await?
        .pop();
    let items = load::items(tx, &ids).await?;
    let tier_ids: BTreeSet<TierId> = items.into_iter().map(|i| i.tier_id).collect();
    let tier_ids: Vec<TierId> = tier_ids.into_iter().collect();
    let tiers = load::tiers(tx, &tier_ids).await?;
    // Its code before its tickets: the order in which all servers lock.
    if let Some(code) = &row.discount_id {
        load::discounts(tx, std::slice::from_ref(code)).await?;
    }
    let tickets = store::tickets::lock_of_order(tx, id).await?;
    let parts = store::tickets::parts_of_order(tx, id).await?;
    let payments = store::payments::of_order(tx, id).await?;
    let order = store::orders::by_id(tx, id).await?;
    let (Some(event), Some(order)) = (event, order) else {
        return Err(Fault::Inconsistent(format!("order {id} has no event")));
    };
    Ok(Some(Locked {
        refundable: refundable(&order, &tickets, &parts)?,
        payment: payments
            .into_iter()
            .find(|p| p.outcome == PaymentOutcome::Fulfilled),
        tiers: tiers.into_iter().map(|t| (t.id.clone(), t)).collect(),
        order,
        tickets,
        event,
    }))
}

/// An order's tickets with what is left of each part.
pub(super) fn refundable(
    order: &Order,
    tickets: &[Ticket],
    parts: &[TicketPart],
) -> Result<RefundableOrder, Fault> {
    let mut by_ticket: BTreeMap<&TicketId, Vec<PartBalance>> = BTreeMap::new();
    for part in parts {
        let balance = PartBalance {
            part: Part::parse(&part.part)
                .map_err(|e| Fault::Inconsistent(format!("ticket {}: {e}", part.ticket_id)))?,
            amount_cents: part.amount_cents,
            refunded_cents: part.refunded_cents,
        };
        by_ticket.entry(&part.ticket_id).or_default().push(balance);
    }
    let tickets = tickets.iter().map(|t| RefundableTicket {
        id: t.id.clone(),
        item: t.order_item_id.clone(),
        alive: matches!(t.status, TicketStatus::Valid | TicketStatus::Used),
        used: t.status == TicketStatus::Used,
        parts: by_ticket.remove(&t.id).unwrap_or_default(),
    });
    Ok(RefundableOrder {
        mode: fee_mode(order)?,
        tickets: tickets.collect(),
    })
}

/// Who bore the fee of an order.
pub(super) fn fee_mode(order: &Order) -> Result<FeeMode, Fault> {
    let priced: PricedOrder = serde_json::from_str(&order.pricing_json)
        .map_err(|e| Fault::Inconsistent(format!("order {}: {e}", order.id)))?;
    Ok(priced.mode)
}
