//! Disputes: read, and answered with evidence before the network's deadline.
//!
//! Evidence can be sent in pieces; with `submit` it goes to the bank, and what goes there is final.
//! Fields that name a file (`file_…`) are here because Stripe takes them; uploading one is not.

use serde::Serialize;

use super::paging::walk;
use super::{Page, Range};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::{Dispute, List, Metadata};
use crate::transport::Nothing;

/// What speaks for the seller. Texts together may have 150,000 characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What was sold, and that it was an admission on a date.
    pub product_description: Option<String>,
    pub customer_name: Option<String>,
    pub customer_email_address: Option<String>,
    pub customer_purchase_ip: Option<String>,
    pub billing_address: Option<String>,
    /// The day of the event, as a person writes it.
    pub service_date: Option<String>,
    /// A file: proof that the service was given.
    pub service_documentation: Option<String>,
    /// Log lines that show the buyer using what was bought: mails opened, the scan at the door.
    pub access_activity_log: Option<String>,
    /// A file: letters between buyer and seller.
    pub customer_communication: Option<String>,
    /// A file: the receipt.
    pub receipt: Option<String>,
    /// A file: the rule on refunds.
    pub refund_policy: Option<String>,
    /// How and when the buyer was shown that rule.
    pub refund_policy_disclosure: Option<String>,
    pub refund_refusal_explanation: Option<String>,
    pub cancellation_policy_disclosure: Option<String>,
    /// A file with anything else.
    pub uncategorized_file: Option<String>,
    /// Anything else in words.
    pub uncategorized_text: Option<String>,
}

/// `POST /v1/disputes/{id}`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UpdateDispute {
    pub evidence: Option<Evidence>,
    /// Whether it goes to the bank now. Stripe's own default is yes, so say which.
    pub submit: Option<bool>,
    pub metadata: Metadata,
}

/// `GET /v1/disputes`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListDisputes {
    pub payment_intent: Option<String>,
    pub charge: Option<String>,
    pub created: Option<Range>,
    #[serde(flatten)]
    pub page: Page,
}

/// The calls on disputes.
#[derive(Debug, Clone, Copy)]
pub struct Disputes<'a>(&'a Client);

impl Client {
    /// Disputes.
    pub fn disputes(&self) -> Disputes<'_> {
        Disputes(self)
    }
}

impl Disputes<'_> {
    /// The dispute as it is now.
    pub async fn retrieve(&self, id: &str) -> Result<Dispute, Error> {
        let endpoint = Endpoint::get("/v1/disputes/{id}");
        self.0.get(endpoint, Some(id), &Nothing {}).await
    }

    /// Adds evidence, and hands it in when it says so.
    pub async fn update(
        &self,
        id: &str,
        request: &UpdateDispute,
        key: &IdempotencyKey,
    ) -> Result<Dispute, Error> {
        let endpoint = Endpoint::post("/v1/disputes/{id}");
        self.0.post(endpoint, Some(id), request, key).await
    }

    /// Gives in: the money stays with the buyer, and nothing can be said any more.
    pub async fn close(&self, id: &str, key: &IdempotencyKey) -> Result<Dispute, Error> {
        let endpoint = Endpoint::post("/v1/disputes/{id}/close");
        self.0.post(endpoint, Some(id), &Nothing {}, key).await
    }

    /// A page of disputes, newest first.
    pub async fn list(&self, request: &ListDisputes) -> Result<List<Dispute>, Error> {
        let endpoint = Endpoint::get("/v1/disputes");
        self.0.get(endpoint, None, request).await
    }

    /// All disputes that fit, newest first, page after page.
    pub async fn all(&self, request: &ListDisputes) -> Result<Vec<Dispute>, Error> {
        walk(async |page| {
            let request = ListDisputes {
                page,
                ..request.clone()
            };
            self.list(&request).await
        })
        .await
    }
}
