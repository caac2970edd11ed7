//! `/tickets/organizer/events/{id}/check-in`: the devices at the door and their keys.

use super::faces::short;
use super::own::{OwnEvent, said};
use crate::extract::{Form, PathId, Search};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::portal::Done;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::event_parts::{CheckInPage, KeyRow, NewKeyPage};
use crate::pages::views::portal::parts::Input;
use crate::problem::Problem;
use crate::router::has_page;
use crate::security;
use crate::state::WebState;
use app::Fault;
use app::records::Key;
use app::scanner_keys::{self, ScannerKeyError};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::ids::KeyId;

/// The page.
pub async fn check_in_page(
    State(state): State<WebState>,
    own: OwnEvent,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let mut page = page(&state, &own, "", None).await?;
    page.frame = page.frame.done(said(&search.done));
    html(&page)
}

/// POST: a new key, which is shown this once and stands in no address.
pub async fn make_key_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let id = own.event().id.clone();
    let name = form.get("name");
    let why = match scanner_keys::create(&state.house, &mut own.portal.cx, &id, name).await {
        Ok(issued) => {
            let page = NewKeyPage {
                frame: own.frame(&state),
                back: own.part(&state, "check-in"),
                code: picture(&state, &issued.secret)?,
                name: issued.key.name,
                secret: issued.secret,
            };
            let mut response = html(&page)?;
            security::secret(&mut response);
            return Ok(response);
        }
        Err(ScannerKeyError::Invalid(invalid)) => {
            let first = invalid.0.into_iter().next();
            first.map_or_else(String::new, |fault| fault.message)
        }
        Err(refused @ ScannerKeyError::TooMany) => refused.to_string(),
        Err(other) => return Err(other.into()),
    };
    let mut response = html(&page(&state, &own, name, Some(why)).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// What the device's camera reads: the door's page with the key behind a `#`, which no server ever sees;
/// the key alone where this house has no such page.
fn picture(state: &WebState, secret: &str) -> Result<String, Fault> {
    let text = if has_page("/tickets/checkin") {
        format!("{}#key={secret}", state.urls.checkin().absolute())
    } else {
        secret.to_owned()
    };
    state
        .house
        .papers
        .qr_svg(&text)
        .map_err(|why| Fault::Workshop {
            what: "a key's QR code",
            why: why.to_string(),
        })
}

/// POST `…/check-in/{key}/end`: a key opens nothing any more.
pub async fn revoke_key_step(
    State(state): State<WebState>,
    PathId(key): PathId<KeyId>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let id = own.event().id.clone();
    scanner_keys::revoke(&state.house, &mut own.portal.cx, &id, &key).await?;
    see(state.urls.own_event_done(&id, "check-in", "key-ended"))
}

async fn page(
    state: &WebState,
    own: &OwnEvent,
    typed: &str,
    error: Option<String>,
) -> Result<CheckInPage, Problem> {
    let keys = scanner_keys::list(&state.house, &own.portal.cx, &own.event().id).await?;
    let (ended, works): (Vec<&Key>, Vec<&Key>) = keys.iter().partition(|k| k.revoked_at.is_some());
    let rows = |keys: Vec<&Key>| -> Vec<KeyRow> {
        keys.into_iter().map(|key| row(state, own, key)).collect()
    };
    Ok(CheckInPage {
        frame: own.frame(state),
        tabs: own.tabs(state, "check-in"),
        back: own.home(state),
        title: own.event().title.clone(),
        action: own.part(state, "check-in"),
        name: Input::text("name", "Name of the device")
            .value(typed)
            .hint("For example “Front door” or “Amrit’s phone”.")
            .most(60)
            .required()
            .error(error),
        rows: rows(works),
        ended: rows(ended),
    })
}

fn row(state: &WebState, own: &OwnEvent, key: &Key) -> KeyRow {
    let told = |time| short(time, &own.zone);
    KeyRow {
        name: key.name.clone(),
        made: told(key.created_at),
        used: key.last_used_at.map_or_else(|| "Never".to_owned(), told),
        ended: key.revoked_at.map_or_else(String::new, told),
        revoke_url: own.part(state, &format!("check-in/{}/end", key.id)),
    }
}
