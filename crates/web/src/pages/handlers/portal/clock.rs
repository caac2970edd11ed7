//! How moments are told on pages that are about an account.

pub(super) use crate::when::told;
