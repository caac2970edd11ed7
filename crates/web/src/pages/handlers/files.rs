//! GET `/tickets/files/{id}`: pictures that organizers gave their events, in two widths.

use crate::extract::PathId;
use crate::problem::Problem;
use crate::state::WebState;
use app::files::{self, FileSize};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use model::ids::FileId;

/// A picture; anybody may have it.
pub async fn file(
    State(state): State<WebState>,
    PathId(id): PathId<FileId>,
) -> Result<Response, Problem> {
    served(&state, &id, FileSize::Wide).await
}

/// The same for small screens.
pub async fn narrow_file(
    State(state): State<WebState>,
    PathId(id): PathId<FileId>,
) -> Result<Response, Problem> {
    served(&state, &id, FileSize::Narrow).await
}

async fn served(state: &WebState, id: &FileId, size: FileSize) -> Result<Response, Problem> {
    let file = files::serve(&state.house, id, size).await?;
    let file = file.ok_or_else(Problem::not_found)?;
    let content_type = HeaderValue::from_str(&file.content_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let mut response = file.bytes.clone().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type);
    // Nothing is ever kept under the same id again.
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline"),
    );
    Ok(response)
}
