//! The page as data.

use super::super::faces::short;
use super::super::form::{Kept, Values, filled};
use super::super::own::OwnEvent;
use crate::pages::views::portal::door::{
    CheckInPage, ConflictRow, KeyRow, PairForm, PassphraseForm, RulesForm, TierCame,
};
use crate::pages::views::portal::events::Sales;
use crate::pages::views::portal::parts::{Badge, Input, Tone};
use crate::problem::Problem;
use crate::state::WebState;
use app::door::status::{self, Counts};
use app::door::{conflicts, passphrase};
use app::records::{Conflict, Key};
use app::scanner_keys;
use model::checkin::DoorRole;
use model::ids::TierId;

/// The page as it stands, with nothing typed into it.
pub(super) async fn page(state: &WebState, own: &OwnEvent) -> Result<CheckInPage, Problem> {
    let (house, cx, id) = (&state.house, &own.portal.cx, &own.event().id);
    let keys = scanner_keys::list(house, cx, id).await?;
    let (ended, works): (Vec<&Key>, Vec<&Key>) = keys.iter().partition(|k| k.revoked_at.is_some());
    let rows = |keys: Vec<&Key>| -> Vec<KeyRow> {
        keys.into_iter().map(|key| row(state, own, key)).collect()
    };
    let counts = status::counts(house, &own.listing).await?;
    let found = conflicts::of_event(house, cx, id).await?;
    let found = found.unwrap_or_default();
    let kept = Kept(own.event(), &own.zone);
    Ok(CheckInPage {
        frame: own.frame(state),
        tabs: own.tabs(state, "check-in"),
        title: own.event().title.clone(),
        came: came(counts.admitted, counts.expected),
        tiers: tiers_came(own, &counts),
        pair: pair_form(state, own, "", DoorRole::Steward, &[]),
        rows: rows(works),
        ended: rows(ended),
        conflicts: found.into_iter().map(|c| conflict(own, c)).collect(),
        rules: rules_form(state, own, &kept, own.event().door_reentry),
        passphrase: PassphraseForm {
            action: own.part(state, "check-in/passphrase"),
            is_set: passphrase::is_set(house, id).await?,
            input: passphrase_input(),
        },
    })
}

const fn came(admitted: i64, expected: i64) -> Sales {
    Sales {
        sold: admitted,
        capacity: if expected > 0 { Some(expected) } else { None },
    }
}

fn tiers_came(own: &OwnEvent, counts: &Counts) -> Vec<TierCame> {
    let of = |(id, admitted, expected): (&TierId, i64, i64)| TierCame {
        name: tier_name(own, id),
        came: came(admitted, expected),
    };
    let sold = counts.tiers.iter().filter(|tier| tier.expected > 0);
    sold.map(|tier| of((&tier.tier_id, tier.admitted, tier.expected)))
        .collect()
}

fn tier_name(own: &OwnEvent, id: &TierId) -> String {
    let tier = own.listing.tiers.iter().find(|tier| tier.id == *id);
    tier.map_or_else(|| id.to_string(), |tier| tier.name.clone())
}

/// The form that pairs a device, as it was typed.
pub(super) fn pair_form(
    state: &WebState,
    own: &OwnEvent,
    name: &str,
    role: DoorRole,
    ticked: &[String],
) -> PairForm {
    let tiers = own.listing.tiers.iter().map(|tier| {
        let on = ticked.iter().any(|id| id == tier.id.as_str());
        (tier.id.to_string(), tier.name.clone(), on)
    });
    PairForm {
        action: own.part(state, "check-in"),
        name: Input::text("name", "Name of the gate")
            .value(name)
            .hint("For example “Front door” or “Amrit’s phone”.")
            .most(60)
            .required(),
        supervisor: role == DoorRole::Supervisor,
        tiers: tiers.collect(),
        tiers_wrong: None,
    }
}

/// The form of the door's rules.
pub(super) fn rules_form(
    state: &WebState,
    own: &OwnEvent,
    values: &dyn Values,
    reentry: bool,
) -> RulesForm {
    let opens = filled(values, "door_opens_at", |n| {
        Input::date_time(n, "Tickets are let in from")
    });
    let closes = filled(values, "door_closes_at", |n| Input::date_time(n, "Until"));
    RulesForm {
        action: own.part(state, "check-in/rules"),
        revision: own.event().revision,
        hours: [
            opens.hint("If empty: at any time."),
            closes.hint("If empty: with no end."),
        ],
        reentry: Input::tick("door_reentry", "Let people out and in again", reentry).hint(
            "A ticket that was used lets its holder in again. Without it, each ticket admits once.",
        ),
        alert: None,
    }
}

/// The field of a new passphrase.
pub(super) fn passphrase_input() -> Input {
    Input::text("passphrase", "Passphrase")
        .hint("8 characters or more; a few words are best. We do not keep it, so write it down.")
        .most(200)
        .required()
}

fn row(state: &WebState, own: &OwnEvent, key: &Key) -> KeyRow {
    let told = |time| short(time, &own.zone);
    let tiers = key.tiers.as_ref().map(|ids| {
        let names: Vec<String> = ids.iter().map(|id| tier_name(own, id)).collect();
        names.join(", ")
    });
    KeyRow {
        name: key.name.clone(),
        device: key.device.clone(),
        role: match key.role {
            DoorRole::Steward => Badge::new(Tone::Plain, "Steward"),
            DoorRole::Supervisor => Badge::new(Tone::Glow, "Supervisor"),
        },
        tiers: tiers.unwrap_or_else(|| "All tickets".to_owned()),
        used: key.last_used_at.map_or_else(|| "Never".to_owned(), told),
        ended: key.revoked_at.map_or_else(String::new, told),
        revoke_url: own.part(state, &format!("check-in/{}/end", key.id)),
    }
}

fn conflict(own: &OwnEvent, conflict: Conflict) -> ConflictRow {
    let told = |time| short(time, &own.zone);
    let at = conflict.answer_at.map(told).unwrap_or_default();
    let truth = match (conflict.result.as_str(), conflict.answer_by) {
        ("already_used", Some(by)) => format!("Somebody came in with it before: {by}, {at}."),
        ("already_used", None) => format!("Somebody came in with it before: {at}."),
        ("refunded", _) => "Its money had gone back.".to_owned(),
        ("canceled", _) => "It had been cancelled.".to_owned(),
        ("wrong_event", _) => "It is for another event, or for another gate.".to_owned(),
        ("not_yet", _) => format!("The door opened later: {at}."),
        ("too_late", _) => format!("The door had closed: {at}."),
        _ => "No ticket has this code.".to_owned(),
    };
    let (ticket, holder) = match conflict.ticket {
        Some(ticket) => (ticket.serial, ticket.holder_name),
        None => ("Not a ticket of this event".to_owned(), String::new()),
    };
    ConflictRow {
        ticket,
        holder,
        told: format!("{}, {}", conflict.device, told(conflict.at)),
        truth,
    }
}
