//! One kind of call: a verb and a path with at most one id in it.
//!
//! Limits and log lines go by the template, never by the filled path: Stripe counts
//! `GET /v1/payment_intents/{id}` over all ids as one endpoint.

use std::fmt;

use http::Method;

use crate::error::{Error, ErrorKind};

/// A verb and a path template, such as `POST /v1/checkout/sessions/{id}/expire`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    pub method: Method,
    pub template: &'static str,
}

impl Endpoint {
    pub fn get(template: &'static str) -> Self {
        Self {
            method: Method::GET,
            template,
        }
    }

    pub fn post(template: &'static str) -> Self {
        Self {
            method: Method::POST,
            template,
        }
    }

    /// Whether a call may change something at Stripe.
    pub fn writes(&self) -> bool {
        self.method != Method::GET
    }

    /// The path with its id filled in.
    ///
    /// Ids can come from outside (a webhook, a return address), so one that is not an id is refused
    /// here: `../accounts` in its place would be another call.
    pub fn path(&self, id: Option<&str>) -> Result<String, Error> {
        match id {
            None => Ok(self.template.to_owned()),
            Some(id) => Ok(self.template.replace("{id}", checked_id(id)?)),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}

/// Passes an id of Stripe's (letters, digits, underscore) and refuses everything else.
pub fn checked_id(id: &str) -> Result<&str, Error> {
    let shaped = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if shaped && (1..=255).contains(&id.len()) {
        return Ok(id);
    }
    Err(Error::local(ErrorKind::InvalidRequest {
        code: Some("malformed_id".to_owned()),
        param: Some("id".to_owned()),
        message: "This is not an id of Stripe's, so the call was not made.".to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::Endpoint;

    #[test]
    fn an_id_that_could_change_the_path_is_refused() {
        let endpoint = Endpoint::get("/v1/refunds/{id}");
        assert_eq!(endpoint.path(Some("re_1A")).unwrap(), "/v1/refunds/re_1A");
        for bad in ["", "..", "a/b", "a?b", "a%2fb", "é", " re_1"] {
            let error = endpoint.path(Some(bad)).unwrap_err();
            assert_eq!(error.code(), Some("malformed_id"), "{bad:?}");
        }
    }
}
