//! GET `/tickets/my-tickets`: everything that an address has bought.

use crate::extract::{Context, Search, SignedIn};
use crate::money_text::price;
use crate::pages::handlers::csrf::portal_token;
use crate::pages::handlers::faces::joined;
use crate::pages::handlers::html;
use crate::pages::views::parts::Occasion;
use crate::pages::views::portal::mine::{MyTicketsPage, OwnOrder};
use crate::pages::views::portal::parts::{Badge, Pager, Tone};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use crate::when::When;
use crate::words::{t, t1};
use app::Fault;
use app::orders::own_orders;
use app::records::BuyerOrder;
use axum::extract::State;
use axum::response::Response;
use model::ids::OrderId;
use model::money::{Currency, Money};
use model::order::OrderStatus;
use model::time::{Time, Zone};
use serde::Deserialize;

/// Where the page before ended.
#[derive(Debug, Default, Deserialize)]
pub struct BeforeSearch {
    #[serde(default)]
    before: String,
}

/// The page.
pub async fn my_tickets_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
    Search(search): Search<BeforeSearch>,
) -> Result<Response, Problem> {
    let before = read_cursor(&search.before);
    let page = own_orders(&state.house, &signed, before.as_ref()).await?;
    let (upcoming, past): (Vec<_>, Vec<_>) =
        page.orders.iter().partition(|order| order.end_at > cx.now);
    let rows = |orders: Vec<&BuyerOrder>| {
        orders
            .into_iter()
            .map(|order| row(&state, order))
            .collect::<Result<Vec<_>, Fault>>()
    };
    let next = page.next.map(|(at, id)| {
        let cursor = format!("{}.{id}", at.micros());
        state.urls.my_tickets_before(&cursor).to_string()
    });
    let mut response = html(&MyTicketsPage {
        shell: state.shell.clone(),
        csrf: portal_token(&state, &cx),
        email: signed.email,
        upcoming: rows(upcoming)?,
        past: rows(past)?,
        pager: Pager {
            first: before.map(|_| state.urls.my_tickets().to_string()),
            next,
        },
    })?;
    security::secret(&mut response);
    Ok(response)
}

/// A cursor that is none begins anew.
fn read_cursor(text: &str) -> Option<(Time, OrderId)> {
    let (micros, id) = text.split_once('.')?;
    Some((
        Time::from_micros(micros.parse().ok()?),
        OrderId::parse(id).ok()?,
    ))
}

fn row(state: &WebState, order: &BuyerOrder) -> Result<OwnOrder, Fault> {
    let bad = |e: &dyn std::fmt::Display| Fault::Inconsistent(format!("order {}: {e}", order.id));
    let zone = Zone::parse(&order.timezone).map_err(|e| bad(&e))?;
    let currency = Currency::parse(&order.currency).map_err(|e| bad(&e))?;
    let secret = state.house.keyring.order_token(&order.id);
    let cost = price(Money::new(order.total_cents, currency));
    let line = match order.tickets {
        0 => cost,
        n => format!("{} · {cost}", t1("mine-count", "n", n)),
    };
    Ok(OwnOrder {
        url: state.urls.order_secret(&order.id, &secret).to_string(),
        code: order.code.clone(),
        occasion: Occasion {
            title: order.title.clone(),
            url: state.urls.event(&order.slug).to_string(),
            when: When {
                start: order.start_at,
                end: order.end_at,
                zone,
            },
            place: joined(&[&order.venue, &order.city]),
        },
        line,
        badge: badge(order),
        go: go(order),
    })
}

/// What one does with an order: its tickets are shown if there are any to come in with.
fn go(order: &BuyerOrder) -> String {
    t(match order.status {
        OrderStatus::Pending => "mine-pay",
        _ if order.called_off => "mine-open",
        OrderStatus::Paid | OrderStatus::PartiallyRefunded => "mine-show",
        OrderStatus::Refunded | OrderStatus::Canceled => "mine-open",
    })
}

fn badge(order: &BuyerOrder) -> Option<Badge> {
    let (tone, words) = match order.status {
        _ if order.called_off => (Tone::Bad, "mine-called-off"),
        OrderStatus::Pending => (Tone::Glow, "mine-unpaid"),
        OrderStatus::Refunded => (Tone::Plain, "mine-refunded"),
        OrderStatus::PartiallyRefunded => (Tone::Plain, "mine-part-refunded"),
        OrderStatus::Paid | OrderStatus::Canceled => return None,
    };
    Some(Badge::new(tone, t(words)))
}
