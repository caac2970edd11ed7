//! Showing an order: to whoever holds its secret, to its organizer, to an admin, and to nobody else.

use super::receipt::credit_line;
use crate::access;
use crate::cx::{Actor, Cx};
use crate::error::{Fault, faults};
use crate::house::House;
use crate::ports::CreditLine;
use model::ids::{EventId, OrderId};
use model::pricing::{PricedOrder, TaxLine};
use model::time::Time;
use store::events::Event;
use store::orders::{Item, Order, OrderFilter};
use store::organizers::Organizer;
use store::payments::{Payment, PaymentOutcome};
use store::refunds::Refund;
use store::tickets::Ticket;

/// An order with everything around it.
#[derive(Clone, Debug)]
pub struct OrderView {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub items: Vec<Item>,
    /// Its tickets, by number; none before it is paid.
    pub tickets: Vec<Ticket>,
    /// Its taxes by name and rate, as the buyer pays them.
    pub taxes: Vec<TaxLine>,
    /// Its event.
    pub event: Event,
    /// Who sells.
    pub organizer: Organizer,
    /// Money that came in.
    pub payments: Vec<Payment>,
    /// Money that goes or went back.
    pub refunds: Vec<Refund>,
    /// The papers about money that went back, by number.
    pub credit_notes: Vec<CreditLine>,
}

impl OrderView {
    /// The payment that the order stands on; `None` for a free order and before it is paid.
    pub fn taken(&self) -> Option<&Payment> {
        let mut payments = self.payments.iter();
        payments.find(|payment| payment.outcome == PaymentOutcome::Fulfilled)
    }
}

/// Why an order is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// There is no such order, or it is somebody else's: the same answer.
    #[error("This order does not exist, or you need its link to see it.")]
    NotFound,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ShowError: store::StoreError);

/// Loads an order, whoever asks.
pub async fn show(house: &House, id: &OrderId) -> Result<OrderView, ShowError> {
    let mut read = house.read().await?;
    let order = store::orders::by_id(&mut read, id)
        .await?
        .ok_or(ShowError::NotFound)?;
    let items = store::orders::items(&mut read, id).await?;
    let tickets = store::tickets::of_order(&mut read, id).await?;
    let event = store::events::by_id(&mut read, &order.event_id).await?;
    let organizer = store::organizers::by_id(&mut read, &order.organizer_id).await?;
    let payments = store::payments::of_order(&mut read, id).await?;
    let refunds = store::refunds::of_order(&mut read, id).await?;
    let notes = store::credit_notes::of_order(&mut read, id).await?;
    let (Some(event), Some(organizer)) = (event, organizer) else {
        return Err(Fault::Inconsistent(format!("order {id} has no event or organizer")).into());
    };
    let priced: PricedOrder = serde_json::from_str(&order.pricing_json)
        .map_err(|e| Fault::Inconsistent(e.to_string()))?;
    Ok(OrderView {
        taxes: priced.tax_lines(),
        order,
        items,
        tickets,
        event,
        organizer,
        payments,
        refunds,
        credit_notes: notes.iter().map(credit_line).collect(),
    })
}

/// Loads an order for the context's actor; a stranger is told that it does not exist.
pub async fn show_for(house: &House, cx: &Cx, id: &OrderId) -> Result<OrderView, ShowError> {
    let view = match &cx.actor {
        Actor::Buyer(own) if own == id => show(house, id).await?,
        Actor::Admin(_) | Actor::System => show(house, id).await?,
        Actor::User(_) => {
            let organizer = access::own_organizer(house, cx)
                .await?
                .ok_or(ShowError::NotFound)?;
            let view = show(house, id).await?;
            if view.order.organizer_id != organizer.id {
                return Err(ShowError::NotFound);
            }
            view
        }
        Actor::Buyer(_) | Actor::Public | Actor::Scanner { .. } => return Err(ShowError::NotFound),
    };
    Ok(view)
}

/// Several orders by their ids. Whoever calls has checked that the actor may see them.
pub async fn of_ids(house: &House, ids: &[OrderId]) -> Result<Vec<Order>, Fault> {
    Ok(store::orders::by_ids(&mut *house.read().await?, ids).await?)
}

/// A page of an event's orders, newest first; `before` is the last one of the page before.
pub async fn page_of_event(
    house: &House,
    event: &EventId,
    before: Option<(Time, OrderId)>,
    limit: i64,
) -> Result<Vec<Order>, Fault> {
    let filter = OrderFilter {
        event_id: Some(event.clone()),
        organizer_id: None,
        status: None,
        q_folded: None,
        before,
        limit,
    };
    Ok(store::orders::page(&mut *house.read().await?, &filter).await?)
}
