//! Reading what Stripe sends without falling over an absent or null field.
//!
//! A field that is missing in one API version and null in the next means the same to us: the
//! default. Only what a decision rests on (ids, amounts, states) is required to be there.

use serde::{Deserialize, Deserializer};

/// Reads null as the default; together with `#[serde(default)]` a missing field is the default too.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}
