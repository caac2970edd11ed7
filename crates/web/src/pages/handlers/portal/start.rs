//! GET and POST `/tickets/organizer/start`: an organization gets its name, and exists.

use crate::extract::{Context, Form, SignedIn};
use crate::pages::handlers::csrf::{check_portal, portal_token};
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::parts::Input;
use crate::pages::views::portal::shell::Frame;
use crate::pages::views::portal::start::StartPage;
use crate::problem::Problem;
use crate::state::WebState;
use app::organizers::{ConnectError, ConnectOrganizer, found};
use app::sign_in::Signed;
use app::{Cx, access};
use axum::extract::State;
use axum::response::Response;

/// The page; whoever has an organization already is led home.
pub async fn start_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
) -> Result<Response, Problem> {
    if access::own_organizer(&state.house, &cx).await?.is_some() {
        return see(state.urls.organizer());
    }
    page(&state, &cx, &signed, "", None)
}

/// The form.
pub async fn start_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let typed = form.get("name");
    let input = ConnectOrganizer {
        name: Some(typed.to_owned()),
        ..ConnectOrganizer::default()
    };
    match found(&state.house, &mut cx, input).await {
        Ok(_) => see(state.urls.organizer_done("founded")),
        Err(ConnectError::Invalid(invalid)) => {
            let error = invalid.0.into_iter().next().map(|e| e.message);
            let mut response = page(&state, &cx, &signed, typed, error)?;
            *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

fn page(
    state: &WebState,
    cx: &Cx,
    signed: &Signed,
    typed: &str,
    error: Option<String>,
) -> Result<Response, Problem> {
    html(&StartPage {
        frame: Frame::bare(&state.shell, &signed.email, portal_token(state, cx)),
        action: state.urls.organizer_start().to_string(),
        name: Input::text("name", "Name of the organization")
            .value(typed)
            .hint("For example “Surrey Bhangra Club”.")
            .autocomplete("organization")
            .most(120)
            .required()
            .focus()
            .error(error),
    })
}
