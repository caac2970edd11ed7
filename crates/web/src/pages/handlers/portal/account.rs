//! `/tickets/account`: where one is signed in, the way to end that, and one's passkeys.

use super::clock::told;
use super::frame::Done;
use super::passkeys::show_button;
use crate::extract::{Context, Form, Search, SignedIn, session_cookie};
use crate::pages::handlers::csrf::{check_portal, portal_token};
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::mine::{AccountPage, SessionRow};
use crate::pages::views::portal::passkeys::{Another, MakePasskey, OwnPasskeys, PasskeyRow};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use crate::words::{self, t};
use app::Cx;
use app::passkeys::{self, Adding, Mine, NAME_MOST, Party};
use app::sign_in::{Session, Signed, Way, factor_is_on, sessions, sign_out, sign_out_elsewhere};
use axum::extract::State;
use axum::response::Response;
use http::header;
use model::ids::SessionId;

/// GET: the page.
pub async fn account_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let factor_on = match &signed.account {
        Some(account) => factor_is_on(&state.house, account).await?,
        None => false,
    };
    let rows = sessions(&state.house, &cx, &signed).await?;
    let passkeys = passkeys::mine(&state.house, &cx, &signed).await?;
    let mut response = html(&AccountPage {
        shell: state.shell.clone(),
        csrf: portal_token(&state, &cx),
        done: done_words(&search.done),
        trouble: (search.done == "passkey-nameless").then(|| t("account-passkey-nameless")),
        passkeys: passkeys.map(|mine| own_passkeys(&state, &cx, mine)),
        sessions: rows.iter().map(|s| row(s, &signed)).collect(),
        end: state.urls.end_session().to_string(),
        end_others: state.urls.end_other_sessions().to_string(),
        second_factor: state.urls.second_factor("").to_string(),
        factor_on,
        account: signed.account.is_some(),
        email: signed.email,
    })?;
    security::secret(&mut response);
    Ok(response)
}

fn done_words(done: &str) -> Option<String> {
    let key = match done {
        "ended" => "account-ended",
        "others-ended" => "account-others-ended",
        "passkey-added" => "account-passkey-added",
        "passkey-renamed" => "account-passkey-renamed",
        "passkey-removed" => "account-passkey-removed",
        "factor" => "factor-done",
        _ => return None,
    };
    Some(t(key))
}

fn row(session: &Session, signed: &Signed) -> SessionRow {
    SessionRow {
        id: session.id.to_string(),
        browser: if session.browser.is_empty() {
            t("account-a-browser")
        } else {
            words::browser(&session.browser)
        },
        since: told(session.created_at),
        way: t(match session.way {
            Way::Link => "account-by-mail",
            Way::Passkey => "account-by-passkey",
            Way::Host => "account-by-host",
            Way::Provider => "account-by-provider",
        }),
        seen: told(session.seen_at),
        here: session.id == signed.session,
    }
}

fn own_passkeys(state: &WebState, cx: &Cx, mine: Mine) -> OwnPasskeys {
    let here = state.urls.account().to_string();
    let shown_first = matches!(mine.adding, Adding::SignIn | Adding::Passkey);
    let show = (shown_first && !mine.passkeys.is_empty()).then(|| show_button(state, &here, false));
    let site = Party::of(&state.house.settings.public_url).map(|party| party.id);
    let another = match mine.adding {
        Adding::Now => Another::Make(MakePasskey {
            begin: state.urls.new_passkey_begin().to_string(),
            finish: state.urls.new_passkey().to_string(),
            site: site.unwrap_or_default(),
            csrf: portal_token(state, cx),
        }),
        Adding::SignIn => Another::SignIn {
            action: state.urls.sign_in("").to_string(),
            next: here.clone(),
        },
        Adding::Code => Another::Code(state.urls.second_factor(&here).to_string()),
        Adding::Passkey => Another::Passkey,
    };
    OwnPasskeys {
        rows: mine
            .passkeys
            .into_iter()
            .map(|passkey| PasskeyRow {
                id: passkey.id.to_string(),
                name: passkey.name,
                added: told(passkey.created_at),
                used: passkey.used_at.map(told),
            })
            .collect(),
        rename: state.urls.rename_passkey().to_string(),
        name_most: NAME_MOST,
        remove: state.urls.remove_passkey().to_string(),
        another,
        show: show.flatten(),
    }
}

/// POST `/tickets/account/sessions/end`: one of one's own, this one too. A stranger's is not there.
pub async fn end_session_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let id = SessionId::parse(form.get("session")).map_err(|_| Problem::not_found())?;
    if !sign_out(&state.house, &mut cx, &signed, &id).await? {
        return Err(Problem::not_found());
    }
    if id != signed.session {
        return see(state.urls.account_done("ended"));
    }
    let mut response = see(state.urls.events())?;
    if let Some(cookie) = session_cookie(&state, "") {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// POST `/tickets/account/sessions/end-others`.
pub async fn end_others_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    sign_out_elsewhere(&state.house, &mut cx, &signed).await?;
    see(state.urls.account_done("others-ended"))
}
