//! The steps: a device is paired, a key is ended, rules are saved, a passphrase is set.

use super::super::faces::short;
use super::super::form::{self, Typed};
use super::super::own::OwnEvent;
use super::page::{self, page, pair_form, rules_form};
use crate::extract::{Form, PathId};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::door::{CheckInPage, PairingPage};
use crate::problem::Problem;
use crate::router::has_page;
use crate::security;
use crate::state::WebState;
use app::Fault;
use app::door::pairing::{self, Code, Gateway, PairingError};
use app::door::passphrase::{self, PassphraseError};
use app::error::Invalid;
use app::events::{self, ChangeEventError};
use app::scanner_keys;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::checkin::DoorRole;
use model::ids::{KeyId, TierId};

/// POST: a code for a new device, which is shown this once and stands in no address.
pub async fn pair_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let id = own.event().id.clone();
    let name = form.get("name").to_owned();
    let role = DoorRole::parse(form.get("role")).unwrap_or(DoorRole::Steward);
    let sent = form.0.iter().filter(|(field, _)| field == "tier");
    let ticked: Vec<String> = sent.map(|(_, value)| value.clone()).collect();
    let tiers: Vec<TierId> = ticked
        .iter()
        .filter_map(|t| TierId::parse(t).ok())
        .collect();
    let gateway = Gateway {
        name: name.clone(),
        role,
        // All of them are all, those that are added later too.
        tiers: Some(tiers).filter(|t| !t.is_empty() && t.len() < own.listing.tiers.len()),
    };
    let mut pair = pair_form(&state, &own, &name, role, &ticked);
    match pairing::begin(&state.house, &mut own.portal.cx, &id, gateway).await {
        Ok(code) => return shown(&state, &own, &code),
        Err(PairingError::Invalid(invalid)) => {
            let fault = |field: &str| {
                let found = invalid.0.iter().find(|fault| fault.field == field);
                found.map(|fault| fault.message.clone())
            };
            pair.name = pair.name.error(fault("name"));
            pair.tiers_wrong = fault("tiers");
        }
        Err(refused @ PairingError::TooMany) => {
            pair.name = pair.name.error(Some(refused.to_string()));
        }
        Err(other) => return Err(other.into()),
    }
    let page = page(&state, &own).await?;
    wrong(&CheckInPage { pair, ..page })
}

/// The code in letters and as a picture.
fn shown(state: &WebState, own: &OwnEvent, code: &Code) -> Result<Response, Problem> {
    let has_app = has_page("/tickets/checkin");
    let text = if has_app {
        state.urls.checkin_pairing(&code.code)
    } else {
        code.code.clone()
    };
    let picture = state.house.papers.qr_svg(&text);
    let picture = picture.map_err(|why| Fault::Workshop {
        what: "a code's picture",
        why: why.to_string(),
    })?;
    let page = PairingPage {
        frame: own.frame(state),
        back: own.part(state, "check-in"),
        name: code.pairing.name.clone(),
        may: match code.pairing.role {
            DoorRole::Steward => "A steward’s device: it scans tickets for this event only.",
            DoorRole::Supervisor => {
                "A supervisor’s device: it scans, finds people by name and lets them in by hand, for this event only."
            }
        },
        code: code.code.clone(),
        page: if has_app {
            state.urls.checkin().absolute()
        } else {
            String::new()
        },
        picture,
        until: short(code.pairing.expires_at, &own.zone),
    };
    let mut response = html(&page)?;
    security::secret(&mut response);
    Ok(response)
}

/// POST `…/check-in/{key}/end`: a key opens nothing any more.
pub async fn end_key_step(
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

/// POST `…/check-in/rules`: hours and re-entry.
pub async fn rules_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let (mut fields, mut invalid) = form::read(&form, &own.zone);
    let reentry = form.get("door_reentry") == "yes";
    fields.door_reentry = Some(reentry);
    let id = own.event().id.clone();
    let mut alert = None;
    if invalid.is_fine() {
        match events::change(&state.house, &mut own.portal.cx, &id, &fields).await {
            Ok(_) => return see(state.urls.own_event_done(&id, "check-in", "rules")),
            Err(ChangeEventError::Invalid(faults)) => invalid = faults,
            Err(refused @ ChangeEventError::Stale) => alert = Some(refused.to_string()),
            Err(other) => return Err(other.into()),
        }
    }
    let mut rules = rules_form(&state, &own, &Typed(&form, &invalid), reentry);
    rules.alert = alert;
    let page = page(&state, &own).await?;
    wrong(&CheckInPage { rules, ..page })
}

/// POST `…/check-in/passphrase`: set, replaced, or taken away.
pub async fn passphrase_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let id = own.event().id.clone();
    let removes = form.get("step") == "remove";
    let typed = (!removes).then(|| form.get("passphrase").trim());
    let why: Invalid = match passphrase::set(&state.house, &mut own.portal.cx, &id, typed).await {
        Ok(()) => {
            let done = if removes {
                "passphrase-gone"
            } else {
                "passphrase"
            };
            return see(state.urls.own_event_done(&id, "check-in", done));
        }
        Err(PassphraseError::Invalid(invalid)) => invalid,
        Err(refused @ PassphraseError::Stale) => {
            let mut invalid = Invalid::default();
            invalid.note("passphrase", refused);
            invalid
        }
        Err(other) => return Err(other.into()),
    };
    let first = why.0.into_iter().next().map(|fault| fault.message);
    let mut page = page(&state, &own).await?;
    page.passphrase.input = page::passphrase_input().error(first);
    wrong(&page)
}

fn wrong(page: &CheckInPage) -> Result<Response, Problem> {
    let mut response = html(page)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
