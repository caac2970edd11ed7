//! What Rust hands to a statement as one argument: rows as JSON, and patterns for `like`.

use crate::error::StoreError;
use serde::Serialize;

/// Rows as the JSON array that `{rows $1 r: …}` reads.
pub(crate) fn json<T: Serialize>(rows: &[T]) -> Result<String, StoreError> {
    serde_json::to_string(rows).map_err(StoreError::inconsistent)
}

/// Values of one column as the JSON array that `{rows $1 r: id text}` reads.
pub(crate) fn ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let rows: Vec<_> = ids
        .into_iter()
        .map(|id| serde_json::json!({ "id": id }))
        .collect();
    serde_json::Value::Array(rows).to_string()
}

/// A pattern for `like … escape '!'` that finds the text anywhere.
pub(crate) fn anywhere(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// A pattern for `like … escape '!'` that finds what begins with the text.
pub(crate) fn prefix(text: &str) -> String {
    format!("{}%", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_never_a_wildcard() {
        assert_eq!(anywhere("50%_off!"), "%50!%!_off!!%");
        assert_eq!(prefix("a_b"), "a!_b%");
    }
}
