//! GET `/tickets/order/{id}/return`: the buyer is back from Stripe.
//!
//! Nothing is believed because of the address: Stripe is asked. The payment page's id is known only to
//! whoever was on it, so it also opens the order for this browser.

use super::cookie::{Opened, locked, remember};
use super::faces::logo_for_name;
use super::order::page;
use super::{see, stage};
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::checkout::{confirm_order, confirm_session};
use app::orders::{OrderView, ShowError, show};
use app::{Actor, Cx};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use model::ids::OrderId;
use model::order::OrderStatus;
use serde::Deserialize;
use subtle::ConstantTimeEq;

/// What Stripe fills into the address.
#[derive(Debug, Default, Deserialize)]
pub struct BackSearch {
    #[serde(default)]
    session_id: String,
}

/// Back from paying; whoever was on the payment page, or has opened the order before.
pub async fn return_page(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Search(search): Search<BackSearch>,
    Context(cx): Context,
    opened: Result<Opened, Response>,
) -> Result<Response, Response> {
    let view = match show(&state.house, &id).await {
        Ok(view) => view,
        Err(ShowError::NotFound) => return Err(locked(&state)),
        Err(error) => return Err(Problem::from(error).into_response()),
    };
    let own_page = view
        .order
        .stripe_session_id
        .as_deref()
        .is_some_and(|known| bool::from(known.as_bytes().ct_eq(search.session_id.as_bytes())));
    if !own_page && opened.is_err() {
        return Err(locked(&state));
    }
    let mut cx = cx.acting_as(Actor::Buyer(id.clone()));
    let earlier = Some(search.session_id).filter(|session| !own_page && session.starts_with("cs_"));
    let mut response = back(&state, &mut cx, &view, earlier)
        .await
        .map_err(IntoResponse::into_response)?;
    remember(&state, &id, &mut response);
    security::secret(&mut response);
    Ok(response)
}

/// Confirms what Stripe says, and shows the order; if Stripe is away, the page that waits.
async fn back(
    state: &WebState,
    cx: &mut Cx,
    view: &OrderView,
    earlier: Option<String>,
) -> Result<Response, Problem> {
    let id = &view.order.id;
    if view.order.status == OrderStatus::Pending || earlier.is_some() {
        let confirmed = match earlier {
            Some(session) => confirm_session(&state.house, cx, &session).await,
            None => confirm_order(&state.house, cx, id).await,
        };
        if let Err(fault) = confirmed {
            tracing::warn!(target: "tickets::web", order = %id, %fault, "a payment is confirmed later");
            return page(
                state,
                logo_for_name(state, &view.organizer),
                stage::processing(state, view)?,
            );
        }
    }
    see(state.urls.order(id))
}
