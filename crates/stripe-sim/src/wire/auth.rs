//! Who asks, and for which account.

use data_encoding::BASE64;
use http::HeaderMap;

use crate::error::ApiError;
use crate::objects::text;
use crate::world::{API_VERSION, PLATFORM, World};

/// The account that a request acts on.
pub(crate) fn account(
    world: &World,
    headers: &HeaderMap,
    accepted: Option<&[String]>,
) -> Result<String, ApiError> {
    let Some(key) = key(headers) else {
        return Err(ApiError::unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        ));
    };
    if key.starts_with("sk_live_") || key.starts_with("rk_live_") {
        return Err(ApiError::unauthorized(
            "This is a simulator: it never takes a live key. Use a key that begins with sk_test_.",
        ));
    }
    let known = accepted.map_or_else(|| key.starts_with("sk_test_"), |keys| keys.contains(&key));
    if !known {
        return Err(ApiError::unauthorized(format!(
            "Invalid API Key provided: {}",
            masked(&key)
        )));
    }
    match header(headers, "stripe-account") {
        None => Ok(PLATFORM.to_owned()),
        Some(id) if id == PLATFORM || is_linked(world, &id) => Ok(id),
        Some(id) => Err(ApiError::forbidden(&id)),
    }
}

fn is_linked(world: &World, id: &str) -> bool {
    let found = world.objects.find(PLATFORM, "account", id);
    found.is_some_and(|account| !account.hidden.contains_key("deauthorized"))
}

/// The key of a Bearer or Basic header.
fn key(headers: &HeaderMap) -> Option<String> {
    let given = header(headers, "authorization")?;
    if let Some(key) = given.strip_prefix("Bearer ") {
        return Some(key.trim().to_owned());
    }
    let decoded = BASE64
        .decode(given.strip_prefix("Basic ")?.trim().as_bytes())
        .ok()?;
    let pair = String::from_utf8(decoded).ok()?;
    Some(pair.split(':').next().unwrap_or_default().to_owned())
}

fn masked(key: &str) -> String {
    let shown: String = key
        .chars()
        .rev()
        .take(4)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    format!("{}****{shown}", key.chars().take(8).collect::<String>())
}

pub(crate) fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// Refuses versions whose objects would look different.
pub(crate) fn check_version(headers: &HeaderMap) -> Result<String, ApiError> {
    match header(headers, "stripe-version") {
        None => Ok(API_VERSION.to_owned()),
        Some(version) if version == API_VERSION => Ok(version),
        Some(version) => Err(ApiError::plain(format!(
            "Invalid Stripe API version: {version}. The stand-in speaks {API_VERSION} only."
        ))
        .unsaved()),
    }
}

/// The name of an account for messages, from its dashboard settings.
pub(crate) fn display_name(world: &World, account: &str) -> String {
    let body = world.objects.body(account);
    let name = text(&body["business_profile"], "name");
    if name.is_empty() {
        account.to_owned()
    } else {
        name.to_owned()
    }
}
