//! Ids in paths: each kind is told by its prefix, and what is no id is an address that does not exist.

use crate::problem::Problem;
use crate::state::WebState;
use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use model::ids::BadId;

/// The id of its kind in the path.
pub struct PathId<T>(pub T);

impl<T> FromRequestParts<WebState> for PathId<T>
where
    T: TryFrom<String, Error = BadId>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        // What is not UTF-8 is no id either.
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Problem::not_found())?;
        let mut values = params.iter().map(|(_, value)| value.to_owned());
        values
            .find_map(|value| T::try_from(value).ok())
            .map(Self)
            .ok_or_else(Problem::not_found)
    }
}
