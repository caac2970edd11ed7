//! Giving a part of the platform's fee back to the organizer, in explicit cents.

use serde::Serialize;

use super::Page;
use super::paging::walk;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::{FeeRefund, List, Metadata};

/// `POST /v1/application_fees/{id}/refunds`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CreateFeeRefund {
    /// Cents; absent means all that is left.
    pub amount: Option<i64>,
    pub metadata: Metadata,
}

/// The calls on one fee's refunds.
#[derive(Debug, Clone, Copy)]
pub struct ApplicationFeeRefunds<'a>(&'a Client);

impl Client {
    /// Refunds of the platform's fees.
    pub fn application_fee_refunds(&self) -> ApplicationFeeRefunds<'_> {
        ApplicationFeeRefunds(self)
    }
}

impl ApplicationFeeRefunds<'_> {
    /// Gives a part of the fee (`fee_…`) back.
    pub async fn create(
        &self,
        fee: &str,
        request: &CreateFeeRefund,
        key: &IdempotencyKey,
    ) -> Result<FeeRefund, Error> {
        let endpoint = Endpoint::post("/v1/application_fees/{id}/refunds");
        self.0.post(endpoint, Some(fee), request, key).await
    }

    /// A page of the fee's refunds, newest first.
    pub async fn list(&self, fee: &str, page: &Page) -> Result<List<FeeRefund>, Error> {
        let endpoint = Endpoint::get("/v1/application_fees/{id}/refunds");
        self.0.get(endpoint, Some(fee), page).await
    }
    /// All refunds of the fee, newest first, page after page.
    pub async fn all(&self, fee: &str) -> Result<Vec<FeeRefund>, Error> {
        walk(async |page| self.list(fee, &page).await).await
    }
}
