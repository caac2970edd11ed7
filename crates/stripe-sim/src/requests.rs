//! What was asked, so that a test can assert on keys, parameters and rates.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::world::World;

/// One request to the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// `req_…`
    pub id: String,
    /// Milliseconds since 1970 on the stand-in's clock.
    pub at_ms: i64,
    /// `GET`, `POST` or `DELETE`.
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// The `Stripe-Account`.
    pub account: Option<String>,
    /// The `Stripe-Version`.
    pub version: Option<String>,
    /// Query and body, decoded to dotted paths.
    pub form: BTreeMap<String, String>,
    /// The status that was answered; none while it runs, or when the connection was cut.
    pub status: Option<u16>,
}

/// How many requests are remembered.
const KEPT: usize = 50_000;

impl World {
    pub(crate) fn log_request(&mut self, request: Request) {
        if self.requests.len() == KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    pub(crate) fn log_status(&mut self, id: &str, status: u16) {
        if let Some(request) = self
            .requests
            .iter_mut()
            .rev()
            .find(|request| request.id == id)
        {
            request.status = Some(status);
        }
    }
}
