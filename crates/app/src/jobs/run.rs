//! Running one job: which use case a kind calls, and what its outcome means for the queue.

use super::kind;
use crate::cx::Cx;
use crate::delivery::{self, Sent};
use crate::error::Fault;
use crate::house::House;
use crate::{
    cancellation, checkout, disputes, messages, organizers, payouts, reconciliation, refunds,
    reminders, webhooks,
};
use model::ids::{EmailId, EventId, MessageId, RefundId, WebhookId};
use model::time::Time;
use store::jobs::Job;

/// What a job's run means for the queue.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is done.
    Done,
    /// It is to run again at this time, as timed work does.
    Again(Time),
    /// It failed and may succeed later.
    Retry(String),
    /// It will never succeed.
    Fail(String),
}

/// Runs a job.
pub(super) async fn run(house: &House, cx: &mut Cx, job: &Job) -> Outcome {
    if let Some((_, every_s)) = kind::TIMED.iter().find(|(k, _)| *k == job.kind) {
        if let Err(fault) = timed(house, cx, &job.kind).await {
            tracing::warn!(target: "tickets::jobs", kind = job.kind, %fault, "timed work failed; it comes round again");
        }
        return Outcome::Again(kind::again_at(*every_s, house.now()));
    }
    match once(house, cx, job).await {
        Ok(outcome) => outcome,
        Err(Fault::Inconsistent(why)) => Outcome::Fail(why),
        Err(fault) => Outcome::Retry(fault.to_string()),
    }
}

async fn timed(house: &House, cx: &mut Cx, kind: &str) -> Result<(), Fault> {
    match kind {
        kind::RELEASE_HOLDS => checkout::release_lapsed(house).await.map(drop),
        kind::RECONCILE_PAYMENTS => checkout::ask_stripe_about_open_orders(house)
            .await
            .map(drop),
        kind::RECONCILE_REFUNDS => refunds::look_after_open_refunds(house).await.map(drop),
        kind::RECONCILE_DISPUTES => disputes::ask_stripe_about_open_disputes(house)
            .await
            .map(drop),
        kind::CATCH_UP => webhooks::catch_up(house, cx).await.map(drop),
        kind::LOOK_AT_PAYOUTS => payouts::look_at_payouts(house, cx).await.map(drop),
        kind::PAY_ORGANIZERS => payouts::pay_organizers(house, cx).await.map(drop),
        kind::READ_MOVEMENTS => reconciliation::read_movements(house, cx, None)
            .await
            .map(drop),
        kind::COMPARE_BOOKS => reconciliation::compare_nightly(house, cx).await,
        kind::REMIND => reminders::remind(house, cx).await.map(drop),
        kind::REFRESH_ONBOARDING => organizers::refresh_onboarding(house, cx).await.map(drop),
        _ => sweep(house, cx).await,
    }
}

async fn once(house: &House, cx: &mut Cx, job: &Job) -> Result<Outcome, Fault> {
    let bad = |e: model::ids::BadId| Fault::Inconsistent(e.to_string());
    match job.kind.as_str() {
        kind::PROCESS_WEBHOOK => {
            webhooks::process(house, cx, &WebhookId::parse(&job.subject).map_err(bad)?).await?;
            Ok(Outcome::Done)
        }
        kind::SEND_EMAIL => {
            let id = EmailId::parse(&job.subject).map_err(bad)?;
            Ok(match delivery::send_email(house, cx, &id).await? {
                Sent::Yes => Outcome::Done,
                Sent::Never(why) => Outcome::Fail(why),
                Sent::Later(why) => Outcome::Retry(why),
            })
        }
        kind::MAKE_REFUND => Ok(
            match refunds::make(house, cx, &RefundId::parse(&job.subject).map_err(bad)?).await? {
                // A slow one is followed by its webhook, or by the reconciler.
                refunds::Made::Done | refunds::Made::Pending => Outcome::Done,
                refunds::Made::Stuck(why) => Outcome::Fail(why),
            },
        ),
        kind::CANCEL_EVENT => {
            let id = EventId::parse(&job.subject).map_err(bad)?;
            Ok(match cancellation::work(house, cx, &id).await? {
                cancellation::Round::Finished => Outcome::Done,
                cancellation::Round::More => Outcome::Again(house.now()),
                cancellation::Round::Wait => Outcome::Again(house.now().plus_seconds(1)),
            })
        }
        kind::SEND_MESSAGE => {
            let id = MessageId::parse(&job.subject).map_err(bad)?;
            Ok(match messages::work(house, cx, &id).await? {
                messages::Round::Finished => Outcome::Done,
                messages::Round::More(at) => Outcome::Again(at),
            })
        }
        kind::IMPORT_PAYOUT => {
            let Some((account, payout)) = job.subject.split_once('/') else {
                return Ok(Outcome::Fail("the subject names no payout".to_owned()));
            };
            payouts::import(house, cx, account, payout).await?;
            Ok(Outcome::Done)
        }
        other => Ok(Outcome::Fail(format!(
            "there is no job of the kind {other:?}"
        ))),
    }
}

/// Finished jobs are kept for three days, idempotency keys for 24 hours (as the API promises), links that
/// sign in for a day, what mails tell of passkeys for a month.
async fn sweep(house: &House, cx: &Cx) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    store::jobs::sweep(&mut tx, cx.now.plus_seconds(-3 * 86_400)).await?;
    store::idempotency::sweep(&mut tx, cx.now.plus_seconds(-86_400)).await?;
    store::rate::sweep(&mut tx, cx.now.plus_seconds(-7_200)).await?;
    store::sessions::sweep(&mut tx, cx.now).await?;
    store::hand_overs::sweep(&mut tx, cx.now).await?;
    store::sign_in_links::sweep(&mut tx, cx.now.plus_seconds(-86_400)).await?;
    store::passkeys::sweep(&mut tx, cx.now, cx.now.plus_seconds(-30 * 86_400)).await?;
    store::servers::sweep(&mut tx, cx.now.plus_seconds(-86_400)).await?;
    Ok(tx.commit().await?)
}
