//! What is done at an order in one step: mail again, correct, name, note, decline.

use super::order::{Wrong, done, refused};
use crate::extract::{Form, PathId};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::portal::Portal;
use crate::problem::Problem;
use crate::state::WebState;
use app::desk::{self, ChangeError, NoteError, ResendError};
use app::error::Invalid;
use app::refund_requests::{self, DecideError};
use axum::extract::State;
use axum::response::Response;
use model::ids::{OrderId, RefundRequestId, TicketId};

fn first(invalid: &Invalid) -> String {
    let fault = invalid.0.first();
    fault.map_or_else(String::new, |fault| fault.message.clone())
}

/// POST `/tickets/organizer/orders/{id}/resend`.
pub async fn resend_step(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    match desk::resend(&state.house, &mut portal.cx, &id).await {
        Ok(()) => done(&state, &id, "resent"),
        Err(error @ (ResendError::TooSoon | ResendError::NoTickets)) => {
            let wrong = Wrong {
                step: Some(error.to_string()),
                ..Wrong::default()
            };
            refused(&state, &portal, &id, wrong).await
        }
        Err(error) => Err(error.into()),
    }
}

/// POST `/tickets/organizer/orders/{id}/email`.
pub async fn email_step(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let typed = form.get("buyer_email");
    match desk::correct_email(&state.house, &mut portal.cx, &id, typed).await {
        Ok(()) => done(&state, &id, "corrected"),
        Err(ChangeError::Invalid(invalid)) => {
            let wrong = Wrong {
                email: Some((typed.to_owned(), first(&invalid))),
                ..Wrong::default()
            };
            refused(&state, &portal, &id, wrong).await
        }
        Err(error) => Err(error.into()),
    }
}

/// POST `/tickets/organizer/orders/{id}/notes`.
pub async fn note_step(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let typed = form.get("text");
    match desk::add_note(&state.house, &mut portal.cx, &id, typed).await {
        Ok(_) => done(&state, &id, "noted"),
        Err(NoteError::Invalid(invalid)) => {
            let wrong = Wrong {
                note: Some((typed.to_owned(), first(&invalid))),
                ..Wrong::default()
            };
            refused(&state, &portal, &id, wrong).await
        }
        Err(error) => Err(error.into()),
    }
}

/// POST `/tickets/organizer/orders/{id}/tickets/{ticket}`. The field is called after the ticket's serial,
/// because a page has one for each ticket.
pub async fn name_step(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    PathId(ticket): PathId<TicketId>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let field = form
        .0
        .iter()
        .find(|(name, _)| name.starts_with("holder_name"));
    let typed = field.map_or("", |(_, value)| value.as_str());
    let renamed = desk::rename_holder(&state.house, &mut portal.cx, &ticket, typed).await;
    let wrong = match renamed {
        Ok(()) => return done(&state, &id, "named"),
        Err(ChangeError::Invalid(invalid)) => Wrong {
            name: Some((ticket, typed.to_owned(), first(&invalid))),
            ..Wrong::default()
        },
        Err(error @ ChangeError::Dead) => Wrong {
            step: Some(error.to_string()),
            ..Wrong::default()
        },
        Err(error) => return Err(error.into()),
    };
    refused(&state, &portal, &id, wrong).await
}

/// POST `/tickets/organizer/refund-requests/{id}/decline`.
pub async fn decline_step(
    State(state): State<WebState>,
    PathId(id): PathId<RefundRequestId>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let request = refund_requests::show_for(&state.house, &portal.cx, &id).await?;
    let order = request.ok_or_else(Problem::not_found)?.order_id;
    let typed = form.get("answer");
    let wrong = match refund_requests::decline(&state.house, &mut portal.cx, &id, typed).await {
        Ok(_) => return done(&state, &order, "declined"),
        Err(DecideError::Invalid(invalid)) => Wrong {
            answer: Some((typed.to_owned(), first(&invalid))),
            ..Wrong::default()
        },
        Err(error @ DecideError::Decided) => Wrong {
            step: Some(error.to_string()),
            ..Wrong::default()
        },
        Err(error) => return Err(error.into()),
    };
    refused(&state, &portal, &order, wrong).await
}
