//! Arguments of statements: the closed set of kinds that both databases share.

use model::time::Time;

/// An argument of a statement: the closed set of kinds that both databases share.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Text, or null.
    Text(Option<&'a str>),
    /// Text that we own: JSON, mostly.
    Owned(String),
    /// A 64-bit integer, or null.
    Int(Option<i64>),
    /// A truth value.
    Bool(bool),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(v: &'a str) -> Self {
        Self::Text(Some(v))
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(v: &'a String) -> Self {
        Self::Text(Some(v))
    }
}
impl<'a> From<Option<&'a str>> for Arg<'a> {
    fn from(v: Option<&'a str>) -> Self {
        Self::Text(v)
    }
}
impl From<String> for Arg<'_> {
    fn from(v: String) -> Self {
        Self::Owned(v)
    }
}
impl From<i64> for Arg<'_> {
    fn from(v: i64) -> Self {
        Self::Int(Some(v))
    }
}
impl From<Option<i64>> for Arg<'_> {
    fn from(v: Option<i64>) -> Self {
        Self::Int(v)
    }
}
impl From<Time> for Arg<'_> {
    fn from(v: Time) -> Self {
        Self::Int(Some(v.micros()))
    }
}
impl From<Option<Time>> for Arg<'_> {
    fn from(v: Option<Time>) -> Self {
        Self::Int(v.map(Time::micros))
    }
}
impl From<bool> for Arg<'_> {
    fn from(v: bool) -> Self {
        Self::Bool(v)
    }
}

/// Lists arguments: `args![id, now, true]`.
#[macro_export]
macro_rules! args {
    ($($arg:expr),* $(,)?) => { &[$($crate::db::Arg::from($arg)),*] };
}
