//! Finding orders.

use super::{id, word};
use crate::api::words::{EventIdText, OrderIdText, OrderStatusWord, TierIdText};
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::desk::{OrderSearch, OrdersPage, search};
use app::records::OrderRow;
use axum::Json;
use axum::extract::State;
use model::ids::{EventId, TierId};
use model::order::OrderStatus;
use model::time::Time;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many orders stand on a page if nobody says.
pub(crate) const PAGE: i64 = 50;

/// What is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrdersSearch {
    /// The beginning of the buyer's name (first or last) or address; or a whole order code, ticket serial,
    /// or id of a payment, charge or refund at Stripe.
    #[param(max_length = 200)]
    pub(crate) q: Option<String>,
    /// In one state.
    #[param(value_type = Option<OrderStatusWord>)]
    pub(crate) status: Option<String>,
    /// With tickets of one tier; not beside `q`.
    #[param(value_type = Option<TierIdText>)]
    pub(crate) tier: Option<String>,
    /// `yes`: only those that were given away.
    #[param(max_length = 10)]
    pub(crate) given: Option<String>,
    /// Begun on this day or later, where the event takes place.
    #[param(format = Date)]
    pub(crate) from: Option<String>,
    /// Begun on this day or before.
    #[param(format = Date)]
    pub(crate) to: Option<String>,
    /// Where the page before ended: its `next_cursor`.
    #[param(max_length = 600)]
    pub(crate) cursor: Option<String>,
    /// How many at most, 1 to 100; 50 if absent.
    #[param(minimum = 1, maximum = 100)]
    pub(crate) limit: Option<i64>,
}

impl OrdersSearch {
    /// What the use case is asked.
    pub(crate) fn read(self, event: Option<EventId>) -> Result<OrderSearch, Problem> {
        Ok(OrderSearch {
            event,
            status: word("status", self.status.as_deref(), OrderStatus::parse)?,
            tier: id("tier", self.tier.as_deref(), TierId::parse)?,
            given: self.given.as_deref() == Some("yes"),
            q: self.q.unwrap_or_default(),
            from: self.from.unwrap_or_default(),
            to: self.to.unwrap_or_default(),
            cursor: self.cursor.unwrap_or_default(),
            limit: self.limit.unwrap_or(PAGE),
        })
    }
}

/// An order on a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderRowOut {
    /// The order.
    #[schema(value_type = OrderIdText)]
    id: String,
    /// The number for people.
    code: String,
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// The event's title.
    event_title: String,
    /// Where it is in its life.
    #[schema(value_type = OrderStatusWord)]
    status: &'static str,
    /// Who bought.
    buyer_name: String,
    /// Where the tickets were mailed.
    buyer_email: String,
    /// How many tickets it is about.
    tickets: i64,
    /// What it costs, in cents.
    total_cents: i64,
    /// What went back, in cents.
    refunded_cents: i64,
    /// ISO currency code.
    currency: &'static str,
    /// Where it came from: `page`, `widget`, `api`, or `comp` if it was given away.
    source: String,
    /// When it was paid.
    #[schema(format = DateTime, required = true)]
    placed_at: Option<String>,
    /// When it was begun.
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<OrderRow> for OrderRowOut {
    fn from(row: OrderRow) -> Self {
        Self {
            id: row.id.into(),
            code: row.code,
            event_id: row.event_id.into(),
            event_title: row.event_title,
            status: row.status.code(),
            buyer_name: row.buyer_name,
            buyer_email: row.buyer_email,
            tickets: row.tickets,
            total_cents: row.total_cents,
            refunded_cents: row.refunded_cents,
            currency: row.currency.as_str(),
            source: row.source,
            placed_at: row.placed_at.map(Time::to_iso),
            created_at: row.created_at.to_iso(),
        }
    }
}

/// A page of orders.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrdersPageOut {
    /// The orders: newest first, or by what was found.
    orders: Vec<OrderRowOut>,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

impl From<OrdersPage> for OrdersPageOut {
    fn from(page: OrdersPage) -> Self {
        Self {
            orders: page.orders.into_iter().map(OrderRowOut::from).collect(),
            next_cursor: page.next,
        }
    }
}

/// Finds orders over all of the caller's events.
#[utoipa::path(get, path = "/api/tickets/organizers/me/orders", tag = "organizers", params(OrdersSearch),
    responses((status = 200, description = "The orders.", body = OrdersPageOut),
        (status = 409, description = "The caller is no organizer yet.")))]
pub async fn my_orders(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(asked): Search<OrdersSearch>,
) -> Result<Json<OrdersPageOut>, Problem> {
    let found = search(&state.house, &cx, &asked.read(None)?).await?;
    Ok(Json(found.into()))
}

/// Finds orders of an event.
#[utoipa::path(get, path = "/api/tickets/events/{id}/orders", tag = "events",
    params(("id" = EventIdText, Path, description = "The event."), OrdersSearch),
    responses((status = 200, description = "The orders.", body = OrdersPageOut)))]
pub async fn event_orders(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    Context(cx): Context,
    Search(asked): Search<OrdersSearch>,
) -> Result<Json<OrdersPageOut>, Problem> {
    let found = search(&state.house, &cx, &asked.read(Some(event))?).await?;
    Ok(Json(found.into()))
}
