//! Stripe's own books, line by line, to hold ours against.

use serde::Serialize;

use super::{Page, Range};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::objects::{BalanceTransaction, List};

/// `GET /v1/balance_transactions`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListBalanceTransactions {
    pub created: Option<Range>,
    /// Only those of one payout (`po_…`).
    pub payout: Option<String>,
    /// Only those caused by one object.
    pub source: Option<String>,
    #[serde(flatten)]
    pub page: Page,
}

/// The calls on balance transactions.
#[derive(Debug, Clone, Copy)]
pub struct BalanceTransactions<'a>(&'a Client);

impl Client {
    /// Balance transactions.
    pub fn balance_transactions(&self) -> BalanceTransactions<'_> {
        BalanceTransactions(self)
    }
}

impl BalanceTransactions<'_> {
    /// A page of movements, newest first.
    pub async fn list(
        &self,
        request: &ListBalanceTransactions,
    ) -> Result<List<BalanceTransaction>, Error> {
        let endpoint = Endpoint::get("/v1/balance_transactions");
        self.0.get(endpoint, None, request).await
    }
}
