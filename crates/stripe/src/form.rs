//! The bracket form that Stripe's v1 API reads: `line_items[0][price_data][currency]=cad`.
//!
//! A request is serialised to a JSON tree first and flattened from there. The tree is the same for
//! the wire, for a test that prints what we send, and for the check against Stripe's own types.
//! Fields that are null vanish; floats are refused, because no amount is one.

use serde::Serialize;
use serde_json::Value;

/// Why a request could not be written as a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Serialisation itself failed.
    #[error("The request could not be serialised: {0}")]
    Serialise(String),
    /// The outermost value must have named fields.
    #[error("A form is made of named fields.")]
    NotAnObject,
    /// A number with a fraction or outside 64 bits.
    #[error("The field {0} is a number that is not a 64-bit integer.")]
    NotAnInteger(String),
    /// A name that the bracket form cannot carry.
    #[error("The field name {0:?} is empty or has a square bracket.")]
    BadName(String),
}

/// The request as a JSON tree without its nulls.
pub fn to_tree<T: Serialize + ?Sized>(request: &T) -> Result<Value, FormError> {
    let mut tree =
        serde_json::to_value(request).map_err(|error| FormError::Serialise(error.to_string()))?;
    prune(&mut tree);
    match tree {
        Value::Object(_) => Ok(tree),
        _ => Err(FormError::NotAnObject),
    }
}

/// The request as pairs of bracketed name and value, in a stable order.
pub fn to_pairs<T: Serialize + ?Sized>(request: &T) -> Result<Vec<(String, String)>, FormError> {
    let mut pairs = Vec::new();
    flatten(String::new(), &to_tree(request)?, &mut pairs)?;
    Ok(pairs)
}

/// The request as `application/x-www-form-urlencoded`, for a body or a query.
pub fn encode<T: Serialize + ?Sized>(request: &T) -> Result<String, FormError> {
    serde_urlencoded::to_string(to_pairs(request)?)
        .map_err(|error| FormError::Serialise(error.to_string()))
}

fn prune(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(prune);
        }
        Value::Array(items) => {
            items.retain(|item| !item.is_null());
            items.iter_mut().for_each(prune);
        }
        _ => {}
    }
}

fn flatten(
    name: String,
    value: &Value,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), FormError> {
    let text = match value {
        Value::Null => return Ok(()),
        Value::Object(fields) => {
            for (field, value) in fields {
                flatten(nested(&name, field)?, value, pairs)?;
            }
            return Ok(());
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(format!("{name}[{index}]"), item, pairs)?;
            }
            return Ok(());
        }
        Value::Bool(flag) => flag.to_string(),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        Value::Number(_) => return Err(FormError::NotAnInteger(name)),
    };
    pairs.push((name, text));
    Ok(())
}

fn nested(name: &str, field: &str) -> Result<String, FormError> {
    if field.is_empty() || field.contains(['[', ']']) {
        return Err(FormError::BadName(field.to_owned()));
    }
    if name.is_empty() {
        return Ok(field.to_owned());
    }
    Ok(format!("{name}[{field}]"))
}
