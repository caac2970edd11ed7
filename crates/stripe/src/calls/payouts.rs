//! Payouts: money on its way to a bank. Ask as the account whose bank it is
//! ([`Client::on_behalf_of`]); without that they are the platform's own.

use serde::Serialize;

use super::{Page, Range};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::{List, Metadata, Payout, PayoutStatus};
use crate::transport::Nothing;

/// `POST /v1/payouts`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CreatePayout {
    /// Cents; Stripe refuses what is not available.
    pub amount: i64,
    pub currency: String,
    pub description: Option<String>,
    pub metadata: Metadata,
}

/// `GET /v1/payouts`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListPayouts {
    pub status: Option<PayoutStatus>,
    pub created: Option<Range>,
    pub arrival_date: Option<Range>,
    #[serde(flatten)]
    pub page: Page,
}

/// The calls on payouts.
#[derive(Debug, Clone, Copy)]
pub struct Payouts<'a>(&'a Client);

impl Client {
    /// Payouts.
    pub fn payouts(&self) -> Payouts<'_> {
        Payouts(self)
    }
}

impl Payouts<'_> {
    /// Sends money to the account's bank.
    pub async fn create(
        &self,
        request: &CreatePayout,
        key: &IdempotencyKey,
    ) -> Result<Payout, Error> {
        let endpoint = Endpoint::post("/v1/payouts");
        self.0.post(endpoint, None, request, key).await
    }

    /// The payout as it is now.
    pub async fn retrieve(&self, id: &str) -> Result<Payout, Error> {
        let endpoint = Endpoint::get("/v1/payouts/{id}");
        self.0.get(endpoint, Some(id), &Nothing {}).await
    }

    /// A page of payouts, newest first.
    pub async fn list(&self, request: &ListPayouts) -> Result<List<Payout>, Error> {
        let endpoint = Endpoint::get("/v1/payouts");
        self.0.get(endpoint, None, request).await
    }
}
