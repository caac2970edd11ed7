//! `/tickets/account/second-factor`: set it up, or show it.

use super::passkeys::show_button;
use super::sign_in::NextSearch;
use crate::extract::{Context, Form, Search, SignedIn};
use crate::pages::handlers::csrf::{check_portal, portal_token};
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::mine::{FactorSetup, RecoveryCodesPage, SecondFactorPage};
use crate::pages::views::portal::parts::Input;
use crate::problem::{Kind, Problem};
use crate::security;
use crate::state::WebState;
use crate::words::{t, t1};
use app::Cx;
use app::sign_in::{FactorError, Signed, factor_state, show_factor};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

/// GET: the page; whoever has no account has no second factor either.
pub async fn second_factor_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
    Search(search): Search<NextSearch>,
) -> Result<Response, Problem> {
    page(&state, &cx, &signed, &search.next, None).await
}

/// POST: the code.
pub async fn second_factor_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let next = state.urls.own_path(form.get("next"));
    let next = next.unwrap_or_else(|| state.urls.account_done("factor").to_string());
    match show_factor(&state.house, &mut cx, &signed, form.get("code")).await {
        Ok(Some(codes)) => {
            let mut response = html(&RecoveryCodesPage {
                shell: state.shell.clone(),
                codes,
                next,
            })?;
            security::secret(&mut response);
            Ok(response)
        }
        Ok(None) => see(next),
        Err(
            error @ (FactorError::Wrong | FactorError::Locked { .. } | FactorError::PasskeyFirst),
        ) => {
            let words = Some(why(&error));
            let mut response = page(&state, &cx, &signed, form.get("next"), words).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(refused(error)),
    }
}

/// Why a code was not taken, in the reader's language.
fn why(error: &FactorError) -> String {
    match error {
        FactorError::Wrong => t("factor-wrong"),
        FactorError::Locked { minutes } => t1("factor-locked", "minutes", *minutes),
        FactorError::PasskeyFirst => t("factor-passkey-first"),
        FactorError::NoAccount | FactorError::Fault(_) => error.to_string(),
    }
}

fn refused(error: FactorError) -> Problem {
    match error {
        FactorError::Fault(fault) => fault.into(),
        other => Problem::new(Kind::NotFound, other),
    }
}

async fn page(
    state: &WebState,
    cx: &Cx,
    signed: &Signed,
    next: &str,
    error: Option<String>,
) -> Result<Response, Problem> {
    let factor = factor_state(&state.house, signed).await.map_err(refused)?;
    let setup = match factor.setup {
        Some(setup) => Some(FactorSetup {
            qr: drawn(state, &setup.address)?,
            secret: setup.secret,
        }),
        None => None,
    };
    let next = state.urls.own_path(next).unwrap_or_default();
    let asks = factor.on || setup.is_some();
    let passkey = if factor.passkeys && !signed.proved {
        show_button(state, &next, false)
    } else {
        None
    };
    let hint = if factor.on {
        t("factor-lost")
    } else {
        String::new()
    };
    let mut response = html(&SecondFactorPage {
        shell: state.shell.clone(),
        csrf: portal_token(state, cx),
        action: state.urls.second_factor("").to_string(),
        next,
        setup,
        asks,
        passkey,
        code: Input::digits("code", &t("factor-code"))
            .hint(hint)
            .autocomplete("one-time-code")
            .most(20)
            .required()
            .focus()
            .error(error),
        account: state.urls.account().to_string(),
    })?;
    security::secret(&mut response);
    Ok(response)
}

/// The code as a drawing that says nothing by itself: the words beside it say what it is, and what the
/// press calls it is a ticket's.
fn drawn(state: &WebState, address: &str) -> Result<String, Problem> {
    let svg = state.house.papers.qr_svg(address).map_err(|why| {
        Problem::new(Kind::Internal, "The code could not be drawn.").caused_by(why)
    })?;
    let (start, rest) = svg.split_once("<title>").unwrap_or((&svg, ""));
    let rest = rest.split_once("</title>").map_or("", |(_, rest)| rest);
    Ok(format!("{start}{rest}").replace("role=\"img\"", "aria-hidden=\"true\""))
}
