//! Asking for a sign-in link, and signing out.

use super::passkeys::show_button;
use super::provider::provider_button;
use crate::extract::{Address, Browser, Context, Form, Search, SignedIn, session_cookie};
use crate::limits::too_many;
use crate::pages::handlers::csrf::{check_portal, portal_token};
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::parts::Input;
use crate::pages::views::portal::sign_in::{Known, LinkSentPage, SignInPage};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use crate::words;
use app::Cx;
use app::rate;
use app::sign_in::{
    Asked, LINK_S, Purpose, SignInError, Signed, ask_for_link, become_organizer, sign_out,
};
use axum::extract::State;
use axum::response::Response;
use http::header;
use serde::Deserialize;

/// Links that one connection may ask for in a minute.
const ASKS_A_MINUTE: i64 = 6;

/// What stands behind the question mark of the sign-in page.
#[derive(Debug, Default, Deserialize)]
pub struct NextSearch {
    /// Where to go on.
    #[serde(default)]
    pub next: String,
}

/// GET `/tickets/sign-in`.
pub async fn sign_in_page(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Browser(signed): Browser,
    Search(search): Search<NextSearch>,
) -> Result<Response, Problem> {
    let next = state.urls.own_path(&search.next).unwrap_or_default();
    if let Some(signed) = &signed {
        let selling = purpose(&state, &next) == Purpose::Organizer;
        if signed.account.is_some() || !selling {
            return see(goal(&state, signed, &next));
        }
        cx.session = Some(signed.session.clone());
    }
    page(&state, &cx, signed.as_ref(), &next, "", None)
}

/// POST `/tickets/sign-in`: a link goes out, and the answer is the same for every address.
pub async fn sign_in_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    axum::Extension(address): axum::Extension<Address>,
    form: Form,
) -> Result<Response, Problem> {
    let subject = format!("sign-in:{}", address.0);
    if let Some(seconds) = rate::hit(&state.house, &cx, &subject, ASKS_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    let next = state.urls.own_path(form.get("next")).unwrap_or_default();
    let purpose = purpose(&state, &next);
    let asked = Asked {
        email: form.get("email"),
        purpose,
        next: &next,
        locale: words::lang().code(),
    };
    match ask_for_link(&state.house, &mut cx, asked).await {
        Ok(email) => {
            let mut response = html(&LinkSentPage {
                shell: state.shell.clone(),
                email: email.as_str().to_owned(),
                minutes: LINK_S / 60,
                again: state.urls.sign_in(&next).to_string(),
            })?;
            security::secret(&mut response);
            Ok(response)
        }
        Err(SignInError::Invalid(invalid)) => {
            let error = (!invalid.is_fine()).then(|| words::t("field-email"));
            let mut response = page(&state, &cx, None, &next, form.get("email"), error)?;
            *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(SignInError::Fault(fault)) => Err(fault.into()),
    }
}

fn page(
    state: &WebState,
    cx: &Cx,
    signed: Option<&Signed>,
    next: &str,
    typed: &str,
    error: Option<String>,
) -> Result<Response, Problem> {
    let selling = purpose(state, next) == Purpose::Organizer;
    let passkey = show_button(state, next, true);
    // The browser offers the passkeys that it has right in the field.
    let filled = if passkey.is_some() {
        "email webauthn"
    } else {
        "email"
    };
    html(&SignInPage {
        shell: state.shell.clone(),
        action: state.urls.sign_in("").to_string(),
        next: next.to_owned(),
        selling,
        other: if selling {
            state.urls.sign_in_for_tickets().to_string()
        } else {
            state.urls.sign_in("").to_string()
        },
        email: Input::email("email", &words::t("sign-in-address"))
            .value(typed)
            .autocomplete(filled)
            .required()
            .error(error),
        known: signed.map(|signed| Known {
            email: signed.email.clone(),
            action: state.urls.account_sell().to_string(),
            csrf: portal_token(state, cx),
        }),
        passkey,
        provider: provider_button(state, next),
    })
}

/// Whoever is on the way to their tickets is a buyer; everybody else wants to sell.
pub(super) fn purpose(state: &WebState, next: &str) -> Purpose {
    let path = next.split('?').next().unwrap_or_default();
    let buyers = [
        state.urls.my_tickets().to_string(),
        state.urls.account().to_string(),
    ];
    if buyers.iter().any(|own| path == own) {
        Purpose::Buyer
    } else {
        Purpose::Organizer
    }
}

/// Where somebody goes on who has signed in.
pub(super) fn goal(state: &WebState, signed: &Signed, next: &str) -> String {
    if let Some(own) = state.urls.own_path(next) {
        return own;
    }
    if signed.account.is_some() {
        state.urls.organizer().to_string()
    } else {
        state.urls.my_tickets().to_string()
    }
}

/// POST `/tickets/account/sell`: a buyer who has signed in begins to sell.
pub async fn sell_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    become_organizer(&state.house, &mut cx, &signed).await?;
    let next = state.urls.own_path(form.get("next"));
    see(next.unwrap_or_else(|| state.urls.organizer().to_string()))
}

/// POST `/tickets/sign-out`.
pub async fn sign_out_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    sign_out(&state.house, &mut cx, &signed, &signed.session).await?;
    let mut response = see(state.urls.events())?;
    if let Some(cookie) = session_cookie(&state, "") {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
