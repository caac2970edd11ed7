//! Errors as Stripe words them: a status and an `error` object with type, code, message and param.
//!
//! Shapes after docs.stripe.com/api/errors and the 2026-10-28.endive types of the official SDKs (read November 2026).
//! Whether an error is kept for its idempotency key is part of it: refusals before execution are not kept.

use serde_json::{Map, Value, json};

/// An error answer of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The fields of the `error` object.
    pub body: Map<String, Value>,
    /// False when Stripe refuses before it begins to execute, so that the idempotency key stays unused.
    pub saved: bool,
}

pub(crate) type Answer = Result<Value, ApiError>;

impl ApiError {
    fn new(status: u16, kind: &str, message: impl Into<String>, saved: bool) -> Self {
        let mut body = Map::new();
        body.insert("type".into(), kind.into());
        body.insert("message".into(), message.into().into());
        Self {
            status,
            body,
            saved,
        }
    }

    /// A request that is well formed and refused by the state of things (400, kept for the key).
    pub(crate) fn refused(code: &str, message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message, true).code(code)
    }

    /// The same without a code: many of Stripe's refusals have none.
    pub(crate) fn plain(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message, true)
    }

    /// A parameter that does not parse (400, not kept for the key).
    pub(crate) fn param(code: Option<&str>, param: &str, message: impl Into<String>) -> Self {
        let error = Self::new(400, "invalid_request_error", message, false).with("param", param);
        match code {
            Some(code) => error.code(code),
            None => error,
        }
    }

    pub(crate) fn missing_param(param: &str) -> Self {
        Self::param(
            Some("parameter_missing"),
            param,
            format!("Missing required param: {param}."),
        )
    }

    pub(crate) fn no_such(kind: &str, id: &str, param: &str) -> Self {
        Self::new(
            404,
            "invalid_request_error",
            format!("No such {kind}: '{id}'"),
            true,
        )
        .code("resource_missing")
        .with("param", param)
    }

    /// The object named inside a parameter does not exist: Stripe answers 400 here, 404 only for the path.
    pub(crate) fn no_such_param(kind: &str, id: &str, param: &str) -> Self {
        Self {
            status: 400,
            ..Self::no_such(kind, id, param)
        }
    }

    pub(crate) fn unrecognized(method: &str, path: &str) -> Self {
        let message =
            format!("Unrecognized request URL ({method}: {path}). The stand-in has no such route.");
        Self::new(404, "invalid_request_error", message, false)
    }

    pub(crate) fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(401, "invalid_request_error", message, false)
    }

    pub(crate) fn forbidden(account: &str) -> Self {
        let message = format!(
            "The provided key does not have access to account '{account}' (or that account does not exist). Application access may have been revoked."
        );
        Self::new(403, "invalid_request_error", message, false).code("account_invalid")
    }

    pub(crate) fn card(code: &str, decline_code: Option<&str>, message: &str) -> Self {
        let error = Self::new(402, "card_error", message, true).code(code);
        match decline_code {
            Some(decline) => error.with("decline_code", decline),
            None => error,
        }
    }

    pub(crate) fn idempotency(message: impl Into<String>) -> Self {
        Self::new(400, "idempotency_error", message, false)
    }

    pub(crate) fn key_in_use(key: &str) -> Self {
        let message = format!(
            "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): {key}. Please try again later."
        );
        Self::new(409, "idempotency_error", message, false).code("idempotency_key_in_use")
    }

    pub(crate) fn too_many(code: &str) -> Self {
        let message = match code {
            "lock_timeout" => {
                "This object cannot be accessed right now because another API request or Stripe process is currently accessing it."
            }
            _ => "Request rate limit exceeded. Too many requests hit the API too quickly.",
        };
        Self::new(429, "invalid_request_error", message, false).code(code)
    }

    pub(crate) fn internal(status: u16) -> Self {
        Self::new(status, "api_error", "An unknown error occurred.", false)
    }

    pub(crate) fn code(self, code: &str) -> Self {
        let url = format!(
            "https://docs.stripe.com/error-codes/{}",
            code.replace('_', "-")
        );
        self.with("code", code).with("doc_url", url)
    }

    pub(crate) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.body.insert(field.into(), value.into());
        self
    }

    pub(crate) fn unsaved(mut self) -> Self {
        self.saved = false;
        self
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({ "error": self.body })
    }
}
