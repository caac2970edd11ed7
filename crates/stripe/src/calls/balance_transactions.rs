//! Stripe's own books, line by line, to hold ours against. As a connected account
//! ([`Client::on_behalf_of`]) they are that account's.

use serde::Serialize;

use super::paging::walk;
use super::{Page, Range};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::objects::{BalanceTransaction, List};
use crate::transport::Nothing;

/// `GET /v1/balance_transactions`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListBalanceTransactions {
    pub created: Option<Range>,
    /// Only those of one payout (`po_…`).
    pub payout: Option<String>,
    /// Only those caused by one object.
    pub source: Option<String>,
    /// Only those of one type, such as `charge`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What comes back whole instead of as an id: see [`Self::with_sources`].
    pub expand: Vec<&'static str>,
    #[serde(flatten)]
    pub page: Page,
}

impl ListBalanceTransactions {
    /// The same, with the object behind each movement.
    #[must_use]
    pub fn with_sources(mut self) -> Self {
        self.expand = vec!["data.source"];
        self
    }
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

    /// One movement.
    pub async fn retrieve(&self, id: &str) -> Result<BalanceTransaction, Error> {
        let endpoint = Endpoint::get("/v1/balance_transactions/{id}");
        self.0.get(endpoint, Some(id), &Nothing {}).await
    }

    /// All movements that fit, newest first, page after page: those of one payout or one object.
    pub async fn all(
        &self,
        request: &ListBalanceTransactions,
    ) -> Result<Vec<BalanceTransaction>, Error> {
        walk(async |page| {
            let request = ListBalanceTransactions {
                page,
                ..request.clone()
            };
            self.list(&request).await
        })
        .await
    }
}
