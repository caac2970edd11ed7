//! GET `/tickets/assets/{file}`: style sheets, scripts, faces; and GET `/tickets/widget.js`, which other
//! sites' pages name, so that its address never changes.

use crate::assets;
use crate::problem::Problem;
use crate::security;
use axum::extract::RawPathParams;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

/// A file that was built; anybody may have it.
pub async fn asset(params: RawPathParams) -> Result<Response, Problem> {
    let name = params
        .iter()
        .next()
        .map(|(_, value)| value.to_owned())
        .unwrap_or_default();
    served(&name)
}

/// The script of the widget: whoever may name it may load it, and looks for a newer one soon.
pub async fn widget_script() -> Result<Response, Problem> {
    let mut response = served("widget.js")?;
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    security::for_other_sites(headers);
    Ok(response)
}

fn served(name: &str) -> Result<Response, Problem> {
    let file = assets::get(name).ok_or_else(Problem::not_found)?;
    let mut response = file.bytes.into_owned().into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(file.content_type),
    );
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(file.cache_control),
    );
    // A worker obeys the policy that its own script came with.
    if assets::is_door_decoder(name) {
        security::door(&mut response);
    }
    Ok(response)
}
