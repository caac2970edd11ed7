//! Files of an event's orders or tickets: read a page at a time, however many there are.
//!
//! Only what was sold is in them: carts that were given up are no orders to anybody but the analytics.

use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use model::ids::{EventId, OrderId};
use model::money::Currency;
use model::time::{Time, Zone};
use std::collections::VecDeque;
use store::events::Event;
pub use store::exports::{ExportOrder, ExportTicket};

/// Orders in a page.
const PAGE: i64 = 1_000;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is no such event, or it is somebody else's: the same answer.
    #[error("This event does not exist, or it is not yours.")]
    NotFound,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ExportError: store::StoreError);

/// An order with its tickets, if those were asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExportRow {
    /// The order.
    pub order: ExportOrder,
    /// Its tickets, by number.
    pub tickets: Vec<ExportTicket>,
}

/// A file, being read.
pub struct Export {
    house: House,
    /// The event.
    pub event: Event,
    /// The zone that its times are told in.
    pub zone: Zone,
    /// The currency of all amounts.
    pub currency: Currency,
    with_tickets: bool,
    after: Option<(Time, OrderId)>,
}

/// Opens the file of an event's orders, with their tickets or without, for its organizer and for admins.
pub async fn export(
    house: &House,
    cx: &Cx,
    id: &EventId,
    with_tickets: bool,
) -> Result<Export, ExportError> {
    let event = access::own_event(house, cx, id).await?;
    let event = event.ok_or(ExportError::NotFound)?;
    Ok(Export {
        house: house.clone(),
        zone: Zone::parse(&event.timezone)
            .map_err(|e| Fault::Inconsistent(format!("event {id}: {e}")))?,
        currency: event.currency,
        event,
        with_tickets,
        after: None,
    })
}

impl Export {
    /// The next rows, oldest first; `None` after the last.
    ///
    /// The connection is given back before anybody writes them out: a slow reader must not hold one.
    pub async fn next(&mut self) -> Result<Option<Vec<ExportRow>>, Fault> {
        let mut read = self.house.read().await?;
        let orders =
            store::exports::orders(&mut read, &self.event.id, self.after.as_ref(), PAGE).await?;
        let Some(last) = orders.last() else {
            return Ok(None);
        };
        self.after = Some((last.created_at, last.id.clone()));
        let tickets = if self.with_tickets {
            store::exports::tickets(&mut read, &orders).await?
        } else {
            Vec::new()
        };
        drop(read);
        Ok(Some(together(orders, tickets)))
    }
}

fn together(orders: Vec<ExportOrder>, tickets: Vec<ExportTicket>) -> Vec<ExportRow> {
    let mut by_order: std::collections::HashMap<OrderId, VecDeque<ExportTicket>> =
        std::collections::HashMap::new();
    for ticket in tickets {
        by_order
            .entry(ticket.order_id.clone())
            .or_default()
            .push_back(ticket);
    }
    orders
        .into_iter()
        .map(|order| ExportRow {
            tickets: by_order.remove(&order.id).unwrap_or_default().into(),
            order,
        })
        .collect()
}
