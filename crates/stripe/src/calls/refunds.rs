//! Refunds to buyers.
//!
//! The flags `refund_application_fee` and `reverse_transfer` are proportional on a partial refund,
//! and how Stripe rounds the proportion is not documented. They exist here for whole refunds; a
//! partial one makes three explicit calls (refund, transfer reversal, fee refund), each with its key.

use serde::Serialize;

use super::paging::walk;
use super::{Page, Range};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::{List, Metadata, Refund};
use crate::open_enum::open_enum;
use crate::transport::Nothing;

open_enum! {
    /// Why the money goes back.
    RefundReason {
        Duplicate = "duplicate",
        Fraudulent = "fraudulent",
        RequestedByCustomer = "requested_by_customer",
    }
}

/// `POST /v1/refunds`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CreateRefund {
    /// `pi_…`; this or the charge.
    pub payment_intent: Option<String>,
    /// `ch_…`; this or the payment.
    pub charge: Option<String>,
    /// Cents; absent means all that is left.
    pub amount: Option<i64>,
    pub reason: Option<RefundReason>,
    /// Leave absent when the charge has no fee: Stripe refuses the flag then.
    pub refund_application_fee: Option<bool>,
    pub reverse_transfer: Option<bool>,
    pub metadata: Metadata,
}

/// `GET /v1/refunds`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListRefunds {
    pub payment_intent: Option<String>,
    pub charge: Option<String>,
    pub created: Option<Range>,
    #[serde(flatten)]
    pub page: Page,
}

/// The calls on refunds.
#[derive(Debug, Clone, Copy)]
pub struct Refunds<'a>(&'a Client);

impl Client {
    /// Refunds.
    pub fn refunds(&self) -> Refunds<'_> {
        Refunds(self)
    }
}

impl Refunds<'_> {
    /// Gives money back.
    pub async fn create(
        &self,
        request: &CreateRefund,
        key: &IdempotencyKey,
    ) -> Result<Refund, Error> {
        let endpoint = Endpoint::post("/v1/refunds");
        self.0.post(endpoint, None, request, key).await
    }

    /// The refund as it is now.
    pub async fn retrieve(&self, id: &str) -> Result<Refund, Error> {
        let endpoint = Endpoint::get("/v1/refunds/{id}");
        self.0.get(endpoint, Some(id), &Nothing {}).await
    }

    /// A page of refunds, newest first; by payment, to learn whether an ambiguous one happened.
    pub async fn list(&self, request: &ListRefunds) -> Result<List<Refund>, Error> {
        let endpoint = Endpoint::get("/v1/refunds");
        self.0.get(endpoint, None, request).await
    }
    /// All refunds that fit, newest first, page after page.
    pub async fn all(&self, request: &ListRefunds) -> Result<Vec<Refund>, Error> {
        walk(async |page| {
            let request = ListRefunds {
                page,
                ..request.clone()
            };
            self.list(&request).await
        })
        .await
    }
}
