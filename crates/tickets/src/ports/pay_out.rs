//! Payouts that we ask for: from an organizer's balance to their bank, each once.

use super::stripe::{key, metadata};
use super::stripe_objects::failed;
use app::ports::{PayOut, PaymentsError};
use model::ids::DisbursementId;
use model::time::Time;
use stripe::Client;
use stripe::calls::{CreatePayout, ListPayouts, Page, Range};

/// The name of our own id in the metadata of what we make.
const OURS: &str = "disbursement_id";

/// Asks for a payout; Stripe's id of it. The client acts for the organizer's account.
pub(super) async fn pay_out(theirs: &Client, order: &PayOut) -> Result<String, PaymentsError> {
    let request = CreatePayout {
        amount: order.cents,
        currency: order.currency.as_str().to_ascii_lowercase(),
        description: None,
        metadata: metadata(&[(OURS, order.disbursement.as_str())]),
    };
    let key = key(format!("payout:{}:{}", order.disbursement, order.attempt))?;
    let made = theirs.payouts().create(&request, &key).await;
    made.map(|payout| payout.id).map_err(|e| failed(&e))
}

/// The payout that an earlier try made, if it made one.
pub(super) async fn find_payout(
    theirs: &Client,
    ours: &DisbursementId,
    since: Time,
) -> Result<Option<String>, PaymentsError> {
    let mut after: Option<String> = None;
    loop {
        let request = ListPayouts {
            created: Some(Range {
                gte: Some(since.seconds()),
                lte: None,
            }),
            page: Page {
                limit: Some(100),
                starting_after: after,
            },
            ..ListPayouts::default()
        };
        let page = theirs.payouts().list(&request).await;
        let page = page.map_err(|e| failed(&e))?;
        let next = page.next().map(str::to_owned);
        let own = |p: &stripe::objects::Payout| {
            p.metadata.get(OURS).is_some_and(|id| id == ours.as_str())
        };
        if let Some(found) = page.data.into_iter().find(own) {
            return Ok(Some(found.id));
        }
        if next.is_none() {
            return Ok(None);
        }
        after = next;
    }
}
