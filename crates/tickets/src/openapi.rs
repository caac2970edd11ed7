//! The API's description without a running house: for the verb `openapi` and for generated clients.

use web::urls::{BadUrls, Urls};

/// The OpenAPI 3.1 document as JSON, for a house at `public_url` that is mounted at the root.
pub fn openapi_json(public_url: &str) -> Result<String, BadUrls> {
    let urls = Urls::new(public_url, "")?;
    Ok(format!("{:#}", web::openapi::document(&urls)))
}
