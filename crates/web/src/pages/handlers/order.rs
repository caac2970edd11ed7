//! An order's page and what hangs on it: its status, its papers, its codes.

use super::cookie::{Opened, locked, remember};
use super::faces::logo_for_name;
use super::stage::{self, waits};
use super::{html, see};
use crate::api::orders::{calendar, pdf};
use crate::api::tickets::{Format, qrcode};
use crate::extract::{PathId, Search};
use crate::pages::views::order::{Notice, OrderPage, Stage};
use crate::pages::views::parts::Logo;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::Cx;
use app::access::opens_order;
use app::checkout::confirm_order;
use app::orders::{OrderView, show_for};
use app::ports::{CheckoutSession, SessionState};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use model::ids::{OrderId, TicketId};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// How long a page waits for Stripe before it shows what we know.
const PATIENCE: Duration = Duration::from_secs(2);

/// The secret, if the mail's link was opened.
#[derive(Debug, Default, Deserialize)]
pub struct KeySearch {
    key: Option<String>,
    #[serde(default)]
    done: String,
}

/// GET `/tickets/order/{id}`: the buyer; with `?key=` the browser learns the secret and forgets the address.
pub async fn order_page(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Search(search): Search<KeySearch>,
    opened: Result<Opened, Response>,
) -> Result<Response, Response> {
    if let Some(key) = search.key {
        return if opens_order(&state.house, &id, &key) {
            enter(&state, &id).map_err(IntoResponse::into_response)
        } else {
            Err(locked(&state))
        };
    }
    let mut opened = opened?;
    show(&state, &mut opened.cx, &id, &search.done)
        .await
        .map_err(IntoResponse::into_response)
}

fn enter(state: &WebState, id: &OrderId) -> Result<Response, Problem> {
    let mut response = see(state.urls.order(id))?;
    remember(state, id, &mut response);
    security::secret(&mut response);
    Ok(response)
}

async fn show(
    state: &WebState,
    cx: &mut Cx,
    id: &OrderId,
    done: &str,
) -> Result<Response, Problem> {
    let view = show_for(&state.house, cx, id).await?;
    let logo = logo_for_name(state, &view.organizer);
    let heart = match news(state, cx, &view).await {
        Some(session) => after_news(state, cx, view, &session).await?,
        None => stage::stage(state, cx, &view, None).await?,
    };
    page(state, logo, heart.noted(Notice::of(done)))
}

/// The page of a stage.
pub(super) fn page(
    state: &WebState,
    logo: Option<Logo>,
    heart: Stage,
) -> Result<Response, Problem> {
    let mut response = html(&OrderPage {
        shell: state.shell.clone(),
        logo,
        stage: heart,
    })?;
    security::secret(&mut response);
    Ok(response)
}

/// What Stripe says of a page that waits to be paid; nothing if it cannot say so quickly, because then
/// what we know ourselves is still worth showing.
async fn news(state: &WebState, cx: &Cx, view: &OrderView) -> Option<CheckoutSession> {
    let session_id = view
        .order
        .stripe_session_id
        .as_deref()
        .filter(|_| waits(view, cx.now))?;
    tokio::time::timeout(PATIENCE, state.house.payments.checkout(session_id))
        .await
        .ok()?
        .ok()
}

async fn after_news(
    state: &WebState,
    cx: &mut Cx,
    view: OrderView,
    session: &CheckoutSession,
) -> Result<Stage, Problem> {
    match session.state {
        SessionState::Open => stage::stage(state, cx, &view, session.last_error.clone()).await,
        SessionState::Processing => Ok(stage::processing(state, &view)?),
        SessionState::Paid | SessionState::Expired => {
            let id = view.order.id.clone();
            if let Err(fault) = confirm_order(&state.house, cx, &id).await {
                tracing::warn!(target: "tickets::web", order = %id, %fault, "a payment is confirmed later");
                return Ok(stage::processing(state, &view)?);
            }
            let view = show_for(&state.house, cx, &id).await?;
            stage::stage(state, cx, &view, None).await
        }
    }
}

/// GET `/tickets/order/{id}/status`: the stage's word, for the page that waits; the buyer.
pub async fn order_status(
    State(state): State<WebState>,
    opened: Opened,
) -> Result<Response, Problem> {
    let view = show_for(&state.house, &opened.cx, &opened.id).await?;
    let mut response = Json(json!({"stage": stage::code(&view, opened.cx.now)})).into_response();
    security::secret(&mut response);
    Ok(response)
}

/// GET `/tickets/order/{id}/tickets.pdf`: the buyer.
pub async fn order_pdf(State(state): State<WebState>, opened: Opened) -> Result<Response, Problem> {
    pdf(&state, &opened.cx, &opened.id).await
}

/// GET `/tickets/order/{id}/calendar.ics`: the buyer.
pub async fn order_calendar(
    State(state): State<WebState>,
    opened: Opened,
) -> Result<Response, Problem> {
    calendar(&state, &opened.cx, &opened.id).await
}

/// GET `/tickets/order/{id}/tickets/{ticket}/qr.svg`: the buyer.
pub async fn order_qr_svg(
    State(state): State<WebState>,
    PathId(ticket): PathId<TicketId>,
    opened: Opened,
) -> Result<Response, Problem> {
    qrcode(&state, &opened.cx, &ticket, Format::Svg).await
}

/// GET `/tickets/order/{id}/tickets/{ticket}/qr.png`: the buyer.
pub async fn order_qr_png(
    State(state): State<WebState>,
    PathId(ticket): PathId<TicketId>,
    opened: Opened,
) -> Result<Response, Problem> {
    qrcode(&state, &opened.cx, &ticket, Format::Png).await
}
