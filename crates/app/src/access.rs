//! Who somebody is, and what they may touch.
//!
//! Bearer keys are random, stored as keyed hashes and shown once. A stranger's resource is answered
//! like one that does not exist.

use crate::cx::{Actor, Cx};
use crate::error::Fault;
use crate::house::House;
use data_encoding::BASE32_NOPAD;
use model::checkin::DoorRole;
use model::ids::{AccountId, AuditId, EventId, KeyId, OrderId};
use model::time::Time;
use store::accounts::Role;
use store::audit::{ActorType, Line};
use store::events::Event;
use store::keys::{Key, KeyKind};
use store::organizers::Organizer;

/// Who holds a bearer key; `None` if it is unknown or revoked.
pub async fn who_holds(house: &House, secret: &str) -> Result<Option<Actor>, Fault> {
    if !secret.starts_with("jt_") || secret.len() > 200 {
        return Ok(None);
    }
    let hash = house.keyring.bearer_hash(secret);
    let mut read = house.read().await?;
    let Some(key) = store::keys::by_secret(&mut read, &hash)
        .await?
        .filter(|k| k.revoked_at.is_none())
    else {
        return Ok(None);
    };
    match (key.kind, key.event_id, key.account_id) {
        (KeyKind::Scanner, Some(event), _) => {
            drop(read);
            note_use(house, &key.id, key.last_used_at).await;
            Ok(Some(Actor::Scanner {
                key: key.id,
                event,
                name: key.name,
                role: key.role,
                tiers: key.tiers,
            }))
        }
        (KeyKind::Organizer, _, Some(account)) => Ok(Some(Actor::User(account))),
        (KeyKind::Admin | KeyKind::Service, _, Some(account)) => {
            let account = store::accounts::by_id(&mut read, &account).await?;
            Ok(account
                .filter(|a| a.role == Role::Admin)
                .map(|a| Actor::Admin(a.id)))
        }
        _ => Ok(None),
    }
}

/// An organizer sees which of their devices are at work; to the minute is enough, so that a rush at the
/// door writes nothing more for it.
const USE_NOTED_EVERY_S: i64 = 60;

/// Notes that a device's key is in use. That it could not be noted is no reason to stop a door.
async fn note_use(house: &House, key: &KeyId, last: Option<Time>) {
    let now = house.now();
    if last.is_some_and(|last| now.seconds_since(last) < USE_NOTED_EVERY_S) {
        return;
    }
    let noted = async {
        let mut tx = house.write().await?;
        store::keys::touch(&mut tx, key, now).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(target: "tickets::access", %key, %error, "the use of a key could not be noted");
    }
}

/// Whether a device's key still works; asked while a device listens, which is one request for minutes.
pub async fn still_works(house: &House, key: &KeyId) -> Result<bool, Fault> {
    let key = store::keys::by_id(&mut *house.read().await?, key).await?;
    Ok(key.is_some_and(|key| key.revoked_at.is_none()))
}

/// Whether a text opens an order.
pub fn opens_order(house: &House, order: &OrderId, secret: &str) -> bool {
    house.keyring.is_order_token(order, secret)
}

/// A new bearer key: the record, and the secret that is shown once.
pub struct Issued {
    /// The key.
    pub key: Key,
    /// Its secret.
    pub secret: String,
}

/// What a new key is for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// An organizer's programs.
    Organizer(AccountId),
    /// An admin's programs.
    Admin(AccountId),
    /// A device at an event's door.
    Scanner(EventId),
}

/// Makes a bearer key. Whoever calls has checked that the actor may.
pub async fn issue_key(
    house: &House,
    cx: &mut Cx,
    purpose: Purpose,
    name: &str,
) -> Result<Issued, Fault> {
    let issued = new_key(house, cx, purpose, name);
    keep_key(house, cx, &issued).await?;
    Ok(issued)
}

/// A bearer key that is not written yet; a scanner's is a steward's for all tiers.
pub(crate) fn new_key(house: &House, cx: &mut Cx, purpose: Purpose, name: &str) -> Issued {
    let (kind, word, account_id, event_id) = match purpose {
        Purpose::Organizer(account) => (KeyKind::Organizer, "org", Some(account), None),
        Purpose::Admin(account) => (KeyKind::Admin, "adm", Some(account), None),
        Purpose::Scanner(event) => (KeyKind::Scanner, "scan", None, Some(event)),
    };
    let secret = format!(
        "jt_{word}_{}",
        BASE32_NOPAD
            .encode(&house.secret_bytes())
            .to_ascii_lowercase()
    );
    let key = Key {
        id: cx.mint(KeyId::mint),
        kind,
        account_id,
        event_id,
        name: name.to_owned(),
        role: DoorRole::Steward,
        tiers: None,
        device: String::new(),
        created_at: cx.now,
        last_used_at: None,
        revoked_at: None,
    };
    Issued { key, secret }
}

/// Writes a new key, with its line in the audit trail.
pub(crate) async fn keep_key(house: &House, cx: &mut Cx, issued: &Issued) -> Result<(), Fault> {
    let line = audit_line(cx, "key.issued", "key", issued.key.id.as_str());
    let hash = house.keyring.bearer_hash(&issued.secret);
    let mut tx = house.write().await?;
    store::keys::insert(&mut tx, &issued.key, &hash).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    Ok(tx.commit().await?)
}

/// A line of the audit trail about what the context's actor does.
pub fn audit_line(cx: &mut Cx, action: &str, target_type: &str, target_id: &str) -> Line {
    let actor_type = match cx.actor {
        Actor::Admin(_) => ActorType::Admin,
        Actor::User(_) => ActorType::Organizer,
        Actor::System => ActorType::System,
        Actor::Public | Actor::Buyer(_) | Actor::Scanner { .. } => ActorType::User,
    };
    Line {
        id: cx.mint(AuditId::mint),
        actor_type,
        actor_id: cx.actor.label(),
        action: action.to_owned(),
        target_type: target_type.to_owned(),
        target_id: target_id.to_owned(),
        meta_json: "{}".to_owned(),
    }
}

/// The organizer that the actor is; `None` for everybody else.
pub async fn own_organizer(house: &House, cx: &Cx) -> Result<Option<Organizer>, Fault> {
    let Actor::User(account) = &cx.actor else {
        return Ok(None);
    };
    Ok(store::organizers::by_user(&mut *house.read().await?, account).await?)
}

/// An event that the actor may change: their own, or any for an admin.
pub async fn own_event(house: &House, cx: &Cx, id: &EventId) -> Result<Option<Event>, Fault> {
    let event = store::events::by_id(&mut *house.read().await?, id).await?;
    match &cx.actor {
        Actor::Admin(_) | Actor::System => Ok(event),
        Actor::User(_) => {
            let own = own_organizer(house, cx).await?;
            Ok(event.filter(|e| own.is_some_and(|o| o.id == e.organizer_id)))
        }
        Actor::Public | Actor::Buyer(_) | Actor::Scanner { .. } => Ok(None),
    }
}
