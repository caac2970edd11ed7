//! One page of a list. The next page starts after the last object of this one.

use serde::Deserialize;

use super::Identified;

/// A page, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct List<T> {
    /// The objects of this page.
    pub data: Vec<T>,
    /// Whether there are older ones.
    #[serde(default)]
    pub has_more: bool,
}

impl<T: Identified> List<T> {
    /// What to pass as `starting_after` for the next page; none when this is the last.
    pub fn next(&self) -> Option<&str> {
        if !self.has_more {
            return None;
        }
        self.data.last().map(Identified::id)
    }
}
