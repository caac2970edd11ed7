//! Checkout Sessions: opened for an order, looked at until they are settled, closed when the hold lapses.

use serde::Serialize;

use super::{CreateSession, Page, Range};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::{LineItem, List, Session, SessionStatus};
use crate::transport::Nothing;

/// Which references come back as whole objects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Expand {
    expand: Vec<&'static str>,
}

impl Expand {
    /// Ids only.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// The payment with its latest charge: all that confirming an order needs.
    pub fn payment() -> Self {
        Self {
            expand: vec!["payment_intent.latest_charge"],
        }
    }

    /// The same, and the lines that were paid for.
    pub fn payment_and_line_items() -> Self {
        Self {
            expand: vec!["payment_intent.latest_charge", "line_items"],
        }
    }

    /// What a charge cost and which refunds it had: all that holding it against the books needs.
    pub fn books() -> Self {
        Self {
            expand: vec!["balance_transaction", "refunds"],
        }
    }

    pub(super) fn latest_charge() -> Self {
        Self {
            expand: vec!["latest_charge"],
        }
    }
}

/// `GET /v1/checkout/sessions`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListSessions {
    pub payment_intent: Option<String>,
    pub status: Option<SessionStatus>,
    pub created: Option<Range>,
    #[serde(flatten)]
    pub page: Page,
}

/// `GET /v1/checkout/sessions/{id}/line_items`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListLineItems {
    #[serde(flatten)]
    pub page: Page,
    expand: Vec<&'static str>,
}

impl ListLineItems {
    /// A page of lines with the taxes on each.
    pub fn with_taxes(page: Page) -> Self {
        Self {
            page,
            expand: vec!["data.taxes"],
        }
    }
}

/// The calls on Checkout Sessions.
#[derive(Debug, Clone, Copy)]
pub struct CheckoutSessions<'a>(&'a Client);

impl Client {
    /// Checkout Sessions.
    pub fn checkout_sessions(&self) -> CheckoutSessions<'_> {
        CheckoutSessions(self)
    }
}

impl CheckoutSessions<'_> {
    /// Opens a session.
    pub async fn create(
        &self,
        request: &CreateSession,
        key: &IdempotencyKey,
    ) -> Result<Session, Error> {
        let endpoint = Endpoint::post("/v1/checkout/sessions");
        self.0.post(endpoint, None, request, key).await
    }

    /// The session as it is now.
    pub async fn retrieve(&self, id: &str, expand: &Expand) -> Result<Session, Error> {
        let endpoint = Endpoint::get("/v1/checkout/sessions/{id}");
        self.0.get(endpoint, Some(id), expand).await
    }

    /// Closes an open session. `InvalidRequest` means that it is not open any more: somebody paid,
    /// or it ran out; retrieve it to learn which.
    pub async fn expire(&self, id: &str, key: &IdempotencyKey) -> Result<Session, Error> {
        let endpoint = Endpoint::post("/v1/checkout/sessions/{id}/expire");
        self.0.post(endpoint, Some(id), &Nothing {}, key).await
    }

    /// A page of a session's lines, in the order in which they were sent.
    pub async fn line_items(
        &self,
        id: &str,
        request: &ListLineItems,
    ) -> Result<List<LineItem>, Error> {
        let endpoint = Endpoint::get("/v1/checkout/sessions/{id}/line_items");
        self.0.get(endpoint, Some(id), request).await
    }

    /// A page of sessions, newest first; by payment, to find the session behind one.
    pub async fn list(&self, request: &ListSessions) -> Result<List<Session>, Error> {
        let endpoint = Endpoint::get("/v1/checkout/sessions");
        self.0.get(endpoint, None, request).await
    }
}
