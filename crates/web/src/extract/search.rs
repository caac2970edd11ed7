//! What stands behind the question mark.

use super::body::fault_of;
use crate::problem::Problem;
use crate::state::WebState;
use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

/// The query, read into a type; what does not fit is named field by field.
pub struct Search<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<WebState> for Search<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|e| fault_of(&e.path().to_string(), &e.inner().to_string()))
    }
}
