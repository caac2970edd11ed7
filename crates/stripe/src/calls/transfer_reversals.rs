//! Taking the organizer's share back, when a destination charge is refunded or disputed.

use serde::Serialize;

use super::Page;
use super::paging::walk;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::{List, Metadata, TransferReversal};

/// `POST /v1/transfers/{id}/reversals`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CreateTransferReversal {
    /// Cents; absent means all that is left.
    pub amount: Option<i64>,
    pub description: Option<String>,
    pub metadata: Metadata,
}

/// The calls on one transfer's reversals.
#[derive(Debug, Clone, Copy)]
pub struct TransferReversals<'a>(&'a Client);

impl Client {
    /// Reversals of transfers.
    pub fn transfer_reversals(&self) -> TransferReversals<'_> {
        TransferReversals(self)
    }
}

impl TransferReversals<'_> {
    /// Takes money back from the account that the transfer (`tr_…`) went to.
    pub async fn create(
        &self,
        transfer: &str,
        request: &CreateTransferReversal,
        key: &IdempotencyKey,
    ) -> Result<TransferReversal, Error> {
        let endpoint = Endpoint::post("/v1/transfers/{id}/reversals");
        self.0.post(endpoint, Some(transfer), request, key).await
    }

    /// A page of the transfer's reversals, newest first.
    pub async fn list(&self, transfer: &str, page: &Page) -> Result<List<TransferReversal>, Error> {
        let endpoint = Endpoint::get("/v1/transfers/{id}/reversals");
        self.0.get(endpoint, Some(transfer), page).await
    }
    /// All reversals of the transfer, newest first, page after page.
    pub async fn all(&self, transfer: &str) -> Result<Vec<TransferReversal>, Error> {
        walk(async |page| self.list(transfer, &page).await).await
    }
}
