//! A form of ours: the pairs as a browser sent them.

use super::read;
use crate::problem::{Kind, Problem};
use crate::route::BODY_MOST;
use crate::state::WebState;
use axum::extract::{FromRequest, Request};
use http::header;
use url::form_urlencoded;

/// The pairs of a form, in its order.
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// The value of a field; empty if it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| value)
    }
}

impl FromRequest<WebState> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &WebState) -> Result<Self, Problem> {
        let text = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        if !text
            .to_ascii_lowercase()
            .starts_with("application/x-www-form-urlencoded")
        {
            return Err(Problem::new(
                Kind::WrongType,
                "Send this form from its own page.",
            ));
        }
        let bytes = read(request.into_body(), BODY_MOST).await?;
        Ok(Self(form_urlencoded::parse(&bytes).into_owned().collect()))
    }
}
