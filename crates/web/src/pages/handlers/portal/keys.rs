//! `/tickets/organizer/settings/keys`: keys for programs, shown once and revoked at once.

use super::clock::told;
use super::frame::{Done, Portal};
use super::settings::tabs;
use crate::extract::{Form, PathId, Search};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::parts::{Confirm, Empty, Input};
use crate::pages::views::portal::settings::{ConfirmPage, KeyRow, KeysPage};
use crate::pages::views::portal::shell::Section;
use crate::problem::{Kind, Problem};
use crate::security;
use crate::state::WebState;
use app::organizers::{KeyError, make_key, own_key, own_keys, revoke_key};
use app::records::Key;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::ids::KeyId;

/// GET: the keys.
pub async fn keys_page(
    State(state): State<WebState>,
    portal: Portal,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let done =
        (search.done == "revoked").then_some("The key is revoked. It opens nothing any more.");
    let view = page(&state, &portal, "", None).await?;
    html(&KeysPage {
        frame: view.frame.clone().done(done),
        ..view
    })
}

/// POST: makes a key. Its secret is in this answer and nowhere else, so nothing is led on from here.
pub async fn keys_step(
    State(state): State<WebState>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let typed = form.get("name");
    match make_key(&state.house, &mut portal.cx, typed).await {
        Ok(issued) => {
            let view = page(&state, &portal, "", None).await?;
            let mut response = html(&KeysPage {
                fresh: Some(issued.secret),
                ..view
            })?;
            security::secret(&mut response);
            Ok(response)
        }
        Err(KeyError::Invalid(invalid)) => {
            let error = invalid.0.into_iter().next().map(|fault| fault.message);
            let mut response = html(&page(&state, &portal, typed, error).await?)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(KeyError::NotAUser) => Err(Problem::new(Kind::Forbidden, KeyError::NotAUser)),
        Err(KeyError::Fault(fault)) => Err(fault.into()),
    }
}

async fn page(
    state: &WebState,
    portal: &Portal,
    typed: &str,
    error: Option<String>,
) -> Result<KeysPage, Problem> {
    let keys = own_keys(&state.house, &portal.cx).await?;
    Ok(KeysPage {
        frame: portal.frame(state, Section::Settings),
        tabs: tabs(state, 2),
        fresh: None,
        keys: keys.iter().map(|key| row(state, key)).collect(),
        none: Empty::new(
            "No keys yet",
            "You need one only if a program of yours should create events or read sales.",
        ),
        action: state.urls.settings_keys("").to_string(),
        name: Input::text("name", "What is it for?")
            .hint("A name that you will recognize later, such as “Our website”.")
            .value(typed)
            .most(80)
            .required()
            .error(error),
        docs: state.urls.api_docs().to_string(),
    })
}

fn row(state: &WebState, key: &Key) -> KeyRow {
    KeyRow {
        name: key.name.clone(),
        made: told(key.created_at),
        used: key.last_used_at.map_or_else(|| "Never".to_owned(), told),
        revoke: key
            .revoked_at
            .is_none()
            .then(|| state.urls.settings_key_revoke(&key.id).to_string()),
    }
}

/// GET `…/keys/{id}/revoke`: asks first.
pub async fn revoke_page(
    State(state): State<WebState>,
    portal: Portal,
    PathId(id): PathId<KeyId>,
) -> Result<Response, Problem> {
    let key = own_key(&state.house, &portal.cx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let frame = portal.frame(&state, Section::Settings);
    html(&ConfirmPage {
        confirm: Confirm {
            title: format!("Revoke “{}”?", key.name),
            words: "Programs that use this key are turned away from now on. This cannot be undone."
                .to_owned(),
            action: state.urls.settings_key_revoke(&id).to_string(),
            csrf: frame.csrf.clone(),
            hidden: Vec::new(),
            button: "Revoke the key".to_owned(),
            grave: true,
            back: state.urls.settings_keys("").to_string(),
        },
        frame,
    })
}

/// POST: does it.
pub async fn revoke_step(
    State(state): State<WebState>,
    mut portal: Portal,
    PathId(id): PathId<KeyId>,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    if revoke_key(&state.house, &mut portal.cx, &id).await? {
        see(state.urls.settings_keys("revoked"))
    } else {
        Err(Problem::not_found())
    }
}
