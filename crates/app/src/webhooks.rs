//! Stripe's webhooks: taken in at once, acted on later.
//!
//! Intake checks the signature, keeps the event once (its id is unique) and answers; it works even
//! while ticketing is off, because money does not pause. A job then reads the *current* state from
//! Stripe and applies it: the order of events and the age of their payloads never matter.

use crate::checkout::{self, Confirmed, job};
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use crate::jobs::kind;
use crate::ports::SignedEvent;
use crate::refunds::Followed;
use crate::{disputes, organizers, refunds};
use model::ids::WebhookId;
use store::webhooks::{Webhook, WebhookStatus};

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The signature is missing, wrong or stale.
    #[error("The signature is not valid: {0}")]
    BadSignature(String),
    /// Live events on a test house, or the reverse.
    #[error("This event is of the other mode (live or test).")]
    WrongMode,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ReceiveError: store::StoreError);

/// Keeps a webhook whose signature is right; `false` if it was kept before.
pub async fn receive(
    house: &House,
    cx: &mut Cx,
    payload: &[u8],
    signature: &str,
) -> Result<bool, ReceiveError> {
    let event = house
        .payments
        .verify_webhook(payload, signature, cx.now)
        .map_err(ReceiveError::BadSignature)?;
    if event.livemode != house.settings.livemode {
        return Err(ReceiveError::WrongMode);
    }
    Ok(keep(house, cx, event, payload).await?)
}

/// Keeps an event once and has it acted on if something depends on it; `false` if it was kept before.
async fn keep(
    house: &House,
    cx: &mut Cx,
    event: SignedEvent,
    payload: &[u8],
) -> Result<bool, Fault> {
    // Most of what Stripe tells us changes nothing here: kept, but nobody needs to look at it again.
    let ours = acts_on(&event.kind);
    let webhook = Webhook {
        id: cx.mint(WebhookId::mint),
        stripe_event_id: event.id,
        kind: event.kind,
        object_id: event.object_id,
        stripe_account: event.account.unwrap_or_default(),
        livemode: event.livemode,
        payload_json: String::from_utf8_lossy(payload).into_owned(),
        status: if ours {
            WebhookStatus::Received
        } else {
            WebhookStatus::Ignored
        },
        attempts: 0,
        error: None,
        received_at: cx.now,
        processed_at: (!ours).then_some(cx.now),
    };
    let follow_up = job(cx, kind::PROCESS_WEBHOOK, webhook.id.as_str());
    let mut tx = house.write().await?;
    let new = store::webhooks::insert_new(&mut tx, &webhook).await?;
    if new && ours {
        store::jobs::enqueue(&mut tx, &[follow_up], cx.now).await?;
    }
    tx.commit().await?;
    house.bell.notify_one();
    metrics::counter!("tickets_webhooks", "kind" => webhook.kind, "new" => if new { "yes" } else { "no" }).increment(1);
    Ok(new)
}

/// Acts on a kept webhook.
pub async fn process(house: &House, cx: &mut Cx, id: &WebhookId) -> Result<(), Fault> {
    let webhook = store::webhooks::by_id(&mut *house.read().await?, id).await?;
    let Some(webhook) = webhook.filter(|w| w.status != WebhookStatus::Processed) else {
        return Ok(());
    };
    let (status, note) = match act(house, cx, &webhook).await {
        Ok(Acted::Done) => (WebhookStatus::Processed, None),
        Ok(Acted::Ignored(why)) => (WebhookStatus::Ignored, Some(why.to_owned())),
        Err(fault) => {
            let mut tx = house.write().await?;
            store::webhooks::finish(
                &mut tx,
                id,
                WebhookStatus::Failed,
                Some(&fault.to_string()),
                cx.now,
            )
            .await?;
            tx.commit().await?;
            return Err(fault);
        }
    };
    let mut tx = house.write().await?;
    store::webhooks::finish(&mut tx, id, status, note.as_deref(), cx.now).await?;
    Ok(tx.commit().await?)
}

/// The kinds of event on our own account that something of ours depends on; at most 20, since that is
/// how many Stripe lists at a time.
const OURS: &[&str] = &[
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "payment_intent.succeeded",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.refund.updated",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
];

/// Whether something of ours depends on a kind of event; the arms of [`act`].
fn acts_on(kind: &str) -> bool {
    OURS.contains(&kind)
        || kind.starts_with("payout.")
        || matches!(kind, "account.updated" | "capability.updated")
}

/// The list of events in the table of cursors.
const CURSOR: &str = "stripe_events";
/// The list is read again from so long before where it was read to, in seconds: events may be listed
/// a little out of order.
const OVERLAP_S: i64 = 300;
/// How far back the first reading goes, in seconds.
const FIRST_S: i64 = 3_600;

/// Reads Stripe's list of events and takes in those whose webhook never came; says how many.
pub async fn catch_up(house: &House, cx: &mut Cx) -> Result<u64, Fault> {
    let read_until = store::cursors::read_until(&mut *house.read().await?, CURSOR).await?;
    let since = read_until.map_or(cx.now.plus_seconds(-FIRST_S), |t| {
        t.plus_seconds(-OVERLAP_S)
    });
    let listed = house.payments.events_since(OURS, since).await?;
    let mut latest = read_until.unwrap_or(since);
    let mut missed = 0;
    for entry in listed {
        latest = latest.max(entry.created);
        if entry.event.livemode != house.settings.livemode {
            continue;
        }
        let payload = entry.payload_json.into_bytes();
        if keep(house, cx, entry.event, &payload).await? {
            missed += 1;
        }
    }
    let mut tx = house.write().await?;
    store::cursors::move_to(&mut tx, CURSOR, latest, cx.now).await?;
    tx.commit().await?;
    metrics::counter!("tickets_webhooks_missed").increment(missed);
    Ok(missed)
}

enum Acted {
    Done,
    Ignored(&'static str),
}

async fn act(house: &House, cx: &mut Cx, webhook: &Webhook) -> Result<Acted, Fault> {
    match webhook.kind.as_str() {
        "checkout.session.completed"
        | "checkout.session.expired"
        | "checkout.session.async_payment_succeeded"
        | "checkout.session.async_payment_failed" => confirm(house, cx, &webhook.object_id).await,
        "payment_intent.succeeded" => match house
            .payments
            .checkout_of_payment(&webhook.object_id)
            .await?
        {
            Some(session_id) => confirm(house, cx, &session_id).await,
            None => Ok(Acted::Ignored("no payment page belongs to this payment")),
        },
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            follow_refund(house, cx, &webhook.object_id).await
        }
        "charge.refunded" => {
            let mut acted = Acted::Ignored("this charge has no refund");
            for refund in house.payments.refunds_of_charge(&webhook.object_id).await? {
                acted = follow_refund(house, cx, &refund).await?;
            }
            Ok(acted)
        }
        "charge.dispute.created"
        | "charge.dispute.updated"
        | "charge.dispute.closed"
        | "charge.dispute.funds_withdrawn"
        | "charge.dispute.funds_reinstated" => {
            let ours = disputes::follow(house, cx, &webhook.object_id).await?;
            Ok(if ours {
                Acted::Done
            } else {
                Acted::Ignored("no payment of ours is disputed")
            })
        }
        "account.updated" => {
            let ours = organizers::refresh_account(house, cx, &webhook.object_id).await?;
            Ok(known(ours))
        }
        kind if kind.starts_with("payout.") => import_payout(house, cx, webhook).await,
        "capability.updated" => {
            let ours = organizers::refresh_account(house, cx, &webhook.stripe_account).await?;
            Ok(known(ours))
        }
        _ => Ok(Acted::Ignored(
            "nothing of ours depends on this kind of event",
        )),
    }
}

/// Our own payouts are between us and our bank; an organizer's is read by a job that waits for its flag.
async fn import_payout(house: &House, cx: &mut Cx, webhook: &Webhook) -> Result<Acted, Fault> {
    if webhook.stripe_account.is_empty() {
        return Ok(Acted::Ignored("this payout goes to our own bank"));
    }
    let subject = format!("{}/{}", webhook.stripe_account, webhook.object_id);
    let mut follow_up = job(cx, kind::IMPORT_PAYOUT, &subject);
    follow_up.dedupe = Some(format!("payout:{subject}"));
    let mut tx = house.write().await?;
    store::jobs::enqueue(&mut tx, &[follow_up], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    Ok(Acted::Done)
}

fn known(known: bool) -> Acted {
    if known {
        Acted::Done
    } else {
        Acted::Ignored("no organizer has this account")
    }
}

async fn confirm(house: &House, cx: &mut Cx, session_id: &str) -> Result<Acted, Fault> {
    match checkout::confirm_session(house, cx, session_id).await? {
        Confirmed::Unknown => Ok(Acted::Ignored("no order belongs to this payment page")),
        _ => Ok(Acted::Done),
    }
}

/// A refund of ours goes on where it stopped; one that was made elsewhere is imported.
async fn follow_refund(house: &House, cx: &mut Cx, stripe_refund: &str) -> Result<Acted, Fault> {
    Ok(match refunds::follow(house, cx, stripe_refund).await? {
        Followed::Ours | Followed::Imported => Acted::Done,
        Followed::NotOurs => Acted::Ignored("this refund concerns no payment of ours"),
    })
}
