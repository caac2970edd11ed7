//! The API as it looks from outside: routes, authentication, idempotency, faults, lists and expansion.

pub(crate) mod auth;
pub(crate) mod call;
pub(crate) mod dispatch;
pub(crate) mod expand;
pub(crate) mod page;
pub(crate) mod routes;
