//! What goes wrong, as the outside sees it: a stable code, a sentence, and nothing of our inside.
//!
//! Under the API a problem is `application/problem+json` (RFC 9457), on pages it is a page with a way
//! out. A handler only returns it; `front` dresses it, because only there the request's id and the
//! skin are known. What caused it stays in `cause`, for the log, and is written there once.

use crate::api::words::ProblemCode;
use app::error::Invalid;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

mod from_app;
mod from_desk;
mod from_door;
mod from_numbers;
mod kind;

pub use kind::Kind;

/// A field and what to do about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field's path: `items[0].qty`.
    pub field: String,
    /// What to do about it, in a sentence.
    pub message: String,
}

/// Why a request was not done.
#[derive(Clone, Debug)]
pub struct Problem(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    kind: Kind,
    detail: String,
    fields: Vec<FieldProblem>,
    extra: Map<String, Value>,
    retry_after_s: Option<i64>,
    cause: Option<String>,
}

/// The body of every answer that is not a success.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(title = "Problem")]
pub struct ProblemBody {
    /// Where the code is explained.
    #[serde(rename = "type")]
    pub about: String,
    /// What kind of problem it is, always the same words for a code.
    pub title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What to do about it, in a sentence.
    pub detail: String,
    /// The stable code, for programs.
    #[schema(value_type = ProblemCode)]
    pub code: &'static str,
    /// The fields that are wrong, if any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub fields: Vec<FieldProblem>,
    /// The request's id, to be quoted to us.
    pub request_id: String,
    /// More facts, by the code: `left` and `tier` of a sold-out one, `missing` of an unready event.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub extra: Map<String, Value>,
}

impl Problem {
    /// A problem of a kind, with a sentence that says what to do.
    pub fn new(kind: Kind, detail: impl std::fmt::Display) -> Self {
        Self(Box::new(Inner {
            kind,
            detail: detail.to_string(),
            fields: Vec::new(),
            extra: Map::new(),
            retry_after_s: None,
            cause: None,
        }))
    }

    /// There is nothing here, or it is somebody else's.
    pub fn not_found() -> Self {
        Self::new(
            Kind::NotFound,
            "There is nothing here, or it is not yours to see.",
        )
    }

    /// Fields are wrong.
    pub fn invalid(invalid: Invalid) -> Self {
        let fields = invalid.0.into_iter().map(|e| FieldProblem {
            field: e.field,
            message: e.message,
        });
        Self::new(Kind::Invalid, "Some fields need another look.").with_fields(fields.collect())
    }

    /// One field is wrong.
    pub fn field(field: &str, message: impl std::fmt::Display) -> Self {
        let mut invalid = Invalid::default();
        invalid.note(field, message);
        Self::invalid(invalid)
    }

    /// The same, with wrong fields.
    #[must_use]
    pub fn with_fields(mut self, fields: Vec<FieldProblem>) -> Self {
        self.0.fields = fields;
        self
    }

    /// The same, with one more fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.extra.insert(name.to_owned(), value.into());
        self
    }

    /// The same, to be tried again after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.0.retry_after_s = Some(seconds.max(1));
        self
    }

    /// The same, with its cause for the log.
    #[must_use]
    pub fn caused_by(mut self, cause: impl std::fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// What kind it is.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What to do about it.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The wrong fields.
    pub fn fields(&self) -> &[FieldProblem] {
        &self.0.fields
    }

    /// Seconds after which trying again makes sense.
    pub fn retry_after_s(&self) -> Option<i64> {
        self.0.retry_after_s
    }

    /// What caused it, for the log and for nobody else.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// The body of the API's answer; `docs` is where codes are explained.
    pub fn body(&self, docs: &str, request_id: &str) -> ProblemBody {
        let inner = &self.0;
        ProblemBody {
            about: if docs.is_empty() {
                "about:blank".to_owned()
            } else {
                format!("{docs}#{}", inner.kind.code())
            },
            title: inner.kind.title(),
            status: inner.kind.status().as_u16(),
            detail: inner.detail.clone(),
            code: inner.kind.code(),
            fields: inner.fields.clone(),
            request_id: request_id.to_owned(),
            extra: inner.extra.clone(),
        }
    }

    /// The API's answer.
    pub fn answer(&self, docs: &str, request_id: &str) -> Response {
        let json = serde_json::to_vec(&self.body(docs, request_id)).unwrap_or_default();
        let mut response = (self.kind().status(), json).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        self.headers(&mut response);
        response
    }

    /// The headers that belong to it in either skin.
    pub fn headers(&self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.0.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.kind().status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
    }
}

/// Undressed: `front` finds the problem among the answer's extensions and dresses it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.answer("", "");
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_has_a_code_a_sentence_its_fields_and_no_cause() {
        let problem = Problem::field("items[0].qty", "Write a number from 1 to 8.")
            .caused_by("row 7 of secrets");
        let body = serde_json::to_value(problem.body("https://x.ca/docs", "req_1")).unwrap();
        assert_eq!(body["code"], "invalid");
        assert_eq!(body["status"], 422);
        assert_eq!(body["type"], "https://x.ca/docs#invalid");
        assert_eq!(body["fields"][0]["field"], "items[0].qty");
        assert_eq!(body["request_id"], "req_1");
        assert!(!body.to_string().contains("secrets"));
    }

    #[test]
    fn waiting_and_signing_in_are_said_in_headers_too() {
        let busy = Problem::new(Kind::Busy, "Try again.")
            .retry_after(0)
            .into_response();
        assert_eq!(busy.headers()[header::RETRY_AFTER], "1");
        let who = Problem::new(Kind::Unauthorized, "Show a key.").into_response();
        assert_eq!(who.headers()[header::WWW_AUTHENTICATE], "Bearer");
        assert_eq!(
            who.headers()[header::CONTENT_TYPE],
            "application/problem+json"
        );
    }
}
