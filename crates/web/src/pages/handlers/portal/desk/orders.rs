//! GET `/tickets/organizer/orders` and `/tickets/organizer/events/{id}/orders`: finding orders.

use super::words::{fault_of, home_zone, narrowing, short, tickets, zone_of};
use crate::api::desk::OrdersSearch;
use crate::extract::{PathId, Search};
use crate::pages::handlers::html;
use crate::pages::handlers::portal::Portal;
use crate::pages::handlers::portal::events::event_tabs;
use crate::pages::views::portal::desk::orders::{OrderLine, OrdersPage, status_badge};
use crate::pages::views::portal::parts::{Empty, Input, Pager};
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use crate::urls::portal::OrdersQuery;
use app::catalogue::{self, Listing};
use app::checkout::GIVEN;
use app::desk::{OrderSearch, OrdersError, OrdersPage as Found, search};
use app::error::Invalid;
use app::records::OrderRow;
use axum::extract::State;
use axum::response::Response;
use model::ids::EventId;
use model::money::Money;
use model::order::OrderStatus;
use model::time::{Time, Zone};
use std::sync::Arc;

/// GET `/tickets/organizer/orders`.
pub async fn orders_page(
    State(state): State<WebState>,
    portal: Portal,
    Search(asked): Search<OrdersSearch>,
) -> Result<Response, Problem> {
    page(&state, &portal, None, asked.read(None)?).await
}

/// GET `/tickets/organizer/events/{id}/orders`.
pub async fn event_orders_page(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    portal: Portal,
    Search(asked): Search<OrdersSearch>,
) -> Result<Response, Problem> {
    let listing = catalogue::fresh(&state.house, &event).await?;
    let listing = listing.ok_or_else(Problem::not_found)?;
    page(&state, &portal, Some(listing), asked.read(Some(event))?).await
}

async fn page(
    state: &WebState,
    portal: &Portal,
    listing: Option<Arc<Listing>>,
    asked: OrderSearch,
) -> Result<Response, Problem> {
    let (found, invalid) = match search(&state.house, &portal.cx, &asked).await {
        Ok(found) => (found, None),
        Err(OrdersError::Invalid(invalid)) => (nothing(), Some(invalid)),
        Err(error) => return Err(error.into()),
    };
    let event = listing.as_deref().map(|l| &l.event);
    let zone = event.map_or_else(home_zone, zone_of);
    let event_id = asked.event.as_ref();
    let section = if event.is_some() {
        Section::Events
    } else {
        Section::Orders
    };
    let filters = filters(listing.as_deref(), &asked, invalid.as_ref());
    html(&OrdersPage {
        frame: portal.frame(state, section),
        event: event.map_or_else(String::new, |e| e.title.clone()),
        tabs: event.map(|e| event_tabs(state, e, "orders")),
        action: state.urls.desk_orders(event_id).to_string(),
        q: asked.q.trim().to_owned(),
        narrowed: filters.iter().filter(|f| f.is_set()).count(),
        filters,
        wrong: fault_of(invalid.as_ref(), "cursor"),
        comps: event_id.map(|id| state.urls.desk_comps(id).to_string()),
        news: event_id
            .is_none()
            .then(|| state.urls.desk_news().to_string()),
        orders: found
            .orders
            .iter()
            .map(|row| line(state, row, portal.cx.now, &zone, event.is_some()))
            .collect(),
        empty: empty(state, &asked),
        pager: pager(state, &asked, found.next.as_deref()),
    })
}

fn nothing() -> Found {
    Found {
        orders: Vec::new(),
        next: None,
    }
}

/// An order as a line of a list.
pub(super) fn line(
    state: &WebState,
    row: &OrderRow,
    now: Time,
    zone: &Zone,
    one_event: bool,
) -> OrderLine {
    let money = |cents| Money::new(cents, row.currency);
    let title = if one_event { "" } else { &row.event_title };
    OrderLine {
        href: state.urls.desk_order(&row.id).to_string(),
        code: row.code.clone(),
        buyer: row.buyer_name.clone(),
        email: row.buyer_email.clone(),
        event: title.to_owned(),
        when: short(row.placed_at.unwrap_or(row.created_at), now, zone),
        tickets: tickets(row.tickets),
        total: crate::money_text::price(money(row.total_cents)),
        refunded: if row.refunded_cents > 0 {
            money(row.refunded_cents).to_string()
        } else {
            String::new()
        },
        badge: status_badge(row.status, row.source == GIVEN),
    }
}

fn filters(
    listing: Option<&Listing>,
    asked: &OrderSearch,
    invalid: Option<&Invalid>,
) -> Vec<Input> {
    let states = [
        (OrderStatus::Paid, "Paid"),
        (OrderStatus::PartiallyRefunded, "Partly refunded"),
        (OrderStatus::Refunded, "Refunded"),
        (OrderStatus::Pending, "Being paid"),
        (OrderStatus::Canceled, "Not completed"),
    ];
    let states: Vec<_> = states
        .iter()
        .map(|(status, words)| (status.code().to_owned(), (*words).to_owned()))
        .collect();
    let chosen = asked.status.map_or("", OrderStatus::code);
    let mut filters = vec![narrowing("status", "State", "Any", &states, chosen)];
    if let Some(listing) = listing {
        let tiers: Vec<_> = listing
            .tiers
            .iter()
            .map(|tier| (tier.id.to_string(), tier.name.clone()))
            .collect();
        let tier = asked.tier.as_ref().map(ToString::to_string);
        let tier = tier.unwrap_or_default();
        filters.push(narrowing("tier", "Tickets", "Any", &tiers, &tier));
    }
    let given = [("yes".to_owned(), "Only those given away".to_owned())];
    let only = if asked.given { "yes" } else { "" };
    filters.push(narrowing("given", "Given away", "All orders", &given, only));
    for (name, label, value) in [("from", "From", &asked.from), ("to", "To", &asked.to)] {
        filters.push(
            Input::date(name, label)
                .value(value.as_str())
                .error(fault_of(invalid, name)),
        );
    }
    filters
}

fn is_narrowed(asked: &OrderSearch) -> bool {
    !asked.q.trim().is_empty()
        || asked.status.is_some()
        || asked.tier.is_some()
        || asked.given
        || !asked.from.is_empty()
        || !asked.to.is_empty()
}

fn empty(state: &WebState, asked: &OrderSearch) -> Empty {
    if is_narrowed(asked) {
        Empty::new(
            "No order fits",
            "Names and addresses are found by how they begin; an order, a ticket or a payment by its whole number.",
        )
        .step(
            "Show all orders",
            state.urls.desk_orders(asked.event.as_ref()),
        )
    } else {
        Empty::new(
            "No orders yet",
            "Each order stands here from the moment somebody begins to buy: who, what, and how it was paid.",
        )
    }
}

fn pager(state: &WebState, asked: &OrderSearch, next: Option<&str>) -> Pager {
    let tier = asked.tier.as_ref().map(ToString::to_string);
    let tier = tier.unwrap_or_default();
    let to = |cursor: &str| {
        let by = OrdersQuery {
            q: asked.q.trim(),
            status: asked.status.map_or("", OrderStatus::code),
            tier: &tier,
            given: if asked.given { "yes" } else { "" },
            from: &asked.from,
            to: &asked.to,
            cursor,
        };
        let address = state.urls.desk_orders_by(asked.event.as_ref(), &by);
        address.to_string()
    };
    Pager {
        first: (!asked.cursor.is_empty()).then(|| to("")),
        next: next.map(to),
    }
}
