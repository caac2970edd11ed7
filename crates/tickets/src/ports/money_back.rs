//! The steps of a refund at Stripe, each of which happens once.
//!
//! Stripe keeps the first answer to a key for a day, failures included. Where an outcome is unknown, the
//! object is looked up by our own id in its metadata before anything is asked for a second time; and where
//! we may have asked before (a crash, another worker, another day), it is looked up first.

use super::stripe::{key, metadata};
use super::stripe_objects::{failed, refund as facts_of};
use app::ports::{MoneyBack, PaymentsError, RefundFacts, RefundTrail};
use stripe::calls::{
    CreateFeeRefund, CreateRefund, CreateTransfer, CreateTransferReversal, ListRefunds,
    ListTransfers, Page,
};
use stripe::objects::Metadata;
use stripe::{Client, Error, IdempotencyKey};

/// How often a write is asked for under a new key after its outcome was looked up.
const KEYS: u32 = 5;
/// The name of our own id in the metadata of what we make.
const OURS: &str = "refund_id";

fn most() -> Page {
    Page {
        limit: Some(100),
        starting_after: None,
    }
}

fn ours(step: &MoneyBack) -> Metadata {
    metadata(&[(OURS, step.refund.as_str())])
}

fn is_ours(metadata: &Metadata, step: &MoneyBack) -> bool {
    metadata
        .get(OURS)
        .is_some_and(|id| id == step.refund.as_str())
}

/// Makes something once: `find` looks for what an earlier try may have made, `create` tries under a key.
///
/// Every try has a key of its own, counted from 1, so that two workers that try at the same time use the
/// same keys in the same order and cannot make two.
async fn once<T, F, C>(
    step: &MoneyBack,
    leg: &str,
    find: impl Fn() -> F,
    create: impl Fn(IdempotencyKey) -> C,
) -> Result<T, PaymentsError>
where
    F: Future<Output = Result<Option<T>, Error>>,
    C: Future<Output = Result<T, Error>>,
{
    if step.asked_before
        && let Some(made) = find().await.map_err(|e| failed(&e))?
    {
        return Ok(made);
    }
    let mut last = PaymentsError::NotFound;
    for attempt in 1..=KEYS {
        let key = key(format!("refund:{}:{leg}:{attempt}", step.refund))?;
        match create(key).await {
            Ok(made) => return Ok(made),
            Err(error) if error.is_ambiguous() => last = failed(&error),
            Err(error) => return Err(failed(&error)),
        }
        if let Some(made) = find().await.map_err(|e| failed(&e))? {
            return Ok(made);
        }
    }
    Err(last)
}

/// The buyer's refund.
pub(super) async fn refund(
    client: &Client,
    step: &MoneyBack,
    intent_id: &str,
) -> Result<RefundFacts, PaymentsError> {
    let request = &CreateRefund {
        payment_intent: Some(intent_id.to_owned()),
        amount: Some(step.cents),
        metadata: ours(step),
        ..CreateRefund::default()
    };
    let listed = &ListRefunds {
        payment_intent: Some(intent_id.to_owned()),
        page: most(),
        ..ListRefunds::default()
    };
    let find = || async move {
        let found = client.refunds().list(listed).await?;
        Ok(found.data.into_iter().find(|r| is_ours(&r.metadata, step)))
    };
    let create = |key| async move { client.refunds().create(request, &key).await };
    once(step, "r", find, create).await.map(|r| facts_of(&r))
}

/// A refund as it is now.
pub(super) async fn refund_state(
    client: &Client,
    refund_id: &str,
) -> Result<RefundFacts, PaymentsError> {
    let found = client.refunds().retrieve(refund_id).await;
    found.map(|r| facts_of(&r)).map_err(|e| failed(&e))
}

/// The refunds of a charge, by their ids.
pub(super) async fn refunds_of_charge(
    client: &Client,
    charge_id: &str,
) -> Result<Vec<String>, PaymentsError> {
    let listed = ListRefunds {
        charge: Some(charge_id.to_owned()),
        page: most(),
        ..ListRefunds::default()
    };
    let found = client.refunds().list(&listed).await;
    let found = found.map_err(|e| failed(&e))?;
    Ok(found.data.into_iter().map(|r| r.id).collect())
}

/// The organizer's part comes back to us.
pub(super) async fn reverse_transfer(
    client: &Client,
    step: &MoneyBack,
    transfer_id: &str,
) -> Result<String, PaymentsError> {
    let request = &CreateTransferReversal {
        amount: Some(step.cents),
        description: None,
        metadata: ours(step),
    };
    let find = || async move {
        let found = client
            .transfer_reversals()
            .list(transfer_id, &most())
            .await?;
        Ok(found.data.into_iter().find(|r| is_ours(&r.metadata, step)))
    };
    let create = |key| async move {
        client
            .transfer_reversals()
            .create(transfer_id, request, &key)
            .await
    };
    once(step, &format!("t:{transfer_id}"), find, create)
        .await
        .map(|r| r.id)
}

/// Our fee goes back to the organizer.
pub(super) async fn refund_fee(
    client: &Client,
    step: &MoneyBack,
    fee_id: &str,
) -> Result<String, PaymentsError> {
    let request = &CreateFeeRefund {
        amount: Some(step.cents),
        metadata: ours(step),
    };
    let find = || async move {
        let found = client
            .application_fee_refunds()
            .list(fee_id, &most())
            .await?;
        Ok(found.data.into_iter().find(|r| is_ours(&r.metadata, step)))
    };
    let create = |key| async move {
        client
            .application_fee_refunds()
            .create(fee_id, request, &key)
            .await
    };
    once(step, "f", find, create).await.map(|r| r.id)
}

/// The organizer's part goes back to the organizer, after a refund that failed.
pub(super) async fn return_transfer(
    client: &Client,
    step: &MoneyBack,
    account_id: &str,
    currency: &str,
    group: &str,
) -> Result<String, PaymentsError> {
    let request = &CreateTransfer {
        amount: step.cents,
        currency: currency.to_ascii_lowercase(),
        destination: account_id.to_owned(),
        source_transaction: None,
        transfer_group: Some(group.to_owned()),
        description: None,
        metadata: ours(step),
    };
    let listed = &ListTransfers {
        transfer_group: Some(group.to_owned()),
        page: most(),
        ..ListTransfers::default()
    };
    let find = || async move {
        let found = client.transfers().list(listed).await?;
        Ok(found.data.into_iter().find(|t| is_ours(&t.metadata, step)))
    };
    let create = |key| async move { client.transfers().create(request, &key).await };
    once(step, "b", find, create).await.map(|t| t.id)
}

/// What somebody did in the dashboard together with a refund: how much of the transfer that refund took
/// back, and how much of our fee was returned by anybody but us.
pub(super) async fn refund_trail(
    client: &Client,
    refund: &RefundFacts,
    transfer_id: Option<&str>,
    fee_id: Option<&str>,
) -> Result<RefundTrail, PaymentsError> {
    let mut trail = RefundTrail::default();
    if let (Some(reversal_id), Some(transfer_id)) = (&refund.reversal_id, transfer_id) {
        let found = client.transfer_reversals().list(transfer_id, &most()).await;
        let found = found.map_err(|e| failed(&e))?;
        let own = found.data.iter().filter(|r| r.id == *reversal_id);
        trail.reversed_cents = own.map(|r| r.amount).sum();
    }
    if let Some(fee_id) = fee_id {
        let found = client.application_fee_refunds().list(fee_id, &most()).await;
        let found = found.map_err(|e| failed(&e))?;
        let foreign = found.data.iter().filter(|r| !r.metadata.contains_key(OURS));
        trail.foreign_fee_cents = foreign.map(|r| r.amount).sum();
    }
    Ok(trail)
}
