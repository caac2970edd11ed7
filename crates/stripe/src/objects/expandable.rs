//! A reference that is an id until it is asked for (`expand`), and then the object itself.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// An object of Stripe's that has an id.
pub trait Identified {
    /// The id, such as `pi_…`.
    fn id(&self) -> &str;
}

/// An id, or the object where it was expanded.
#[derive(Debug, Clone, PartialEq)]
pub enum Expandable<T> {
    /// Not expanded.
    Id(String),
    /// Expanded.
    Object(Box<T>),
}

impl<T: Identified> Expandable<T> {
    /// The id, either way.
    pub fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Object(object) => object.id(),
        }
    }
}

impl<T> Expandable<T> {
    /// The object, if it was expanded.
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Expandable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(id) => Ok(Self::Id(id)),
            object => T::deserialize(object)
                .map(|object| Self::Object(Box::new(object)))
                .map_err(D::Error::custom),
        }
    }
}
