//! Money sent to a connected account outside of a destination charge: to pay an organizer back what
//! was taken for a dispute that was won, or for a reversal that turned out too large.

use serde::Serialize;

use super::{Page, Range};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::{List, Metadata, Transfer};
use crate::transport::Nothing;

/// `POST /v1/transfers`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CreateTransfer {
    /// Cents.
    pub amount: i64,
    pub currency: String,
    /// `acct_…`
    pub destination: String,
    /// The charge that pays for it. Without one, the platform's available balance does, and Stripe
    /// refuses what that does not hold.
    pub source_transaction: Option<String>,
    pub transfer_group: Option<String>,
    pub description: Option<String>,
    pub metadata: Metadata,
}

/// `GET /v1/transfers`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListTransfers {
    pub destination: Option<String>,
    pub transfer_group: Option<String>,
    pub created: Option<Range>,
    #[serde(flatten)]
    pub page: Page,
}

/// The calls on transfers.
#[derive(Debug, Clone, Copy)]
pub struct Transfers<'a>(&'a Client);

impl Client {
    /// Transfers.
    pub fn transfers(&self) -> Transfers<'_> {
        Transfers(self)
    }
}

impl Transfers<'_> {
    /// Sends money.
    pub async fn create(
        &self,
        request: &CreateTransfer,
        key: &IdempotencyKey,
    ) -> Result<Transfer, Error> {
        let endpoint = Endpoint::post("/v1/transfers");
        self.0.post(endpoint, None, request, key).await
    }

    /// The transfer as it is now, with its newest reversals.
    pub async fn retrieve(&self, id: &str) -> Result<Transfer, Error> {
        let endpoint = Endpoint::get("/v1/transfers/{id}");
        self.0.get(endpoint, Some(id), &Nothing {}).await
    }

    /// A page of transfers, newest first; by group, to learn whether an ambiguous one happened.
    pub async fn list(&self, request: &ListTransfers) -> Result<List<Transfer>, Error> {
        let endpoint = Endpoint::get("/v1/transfers");
        self.0.get(endpoint, None, request).await
    }
}
