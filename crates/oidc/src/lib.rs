//! OpenID Connect, as much of it as signing somebody in takes: where the provider is, the way to it, the
//! exchange of a code, and the check of what comes back.
//!
//! The authorization code flow with PKCE, for a client that has a secret (OpenID Connect Core 1.0, sections
//! 3.1 and 5.3; Discovery 1.0; RFC 7636; RFC 9207; all read in 2026-11). What decides is pure: the check of a token
//! takes texts, keys and the time, and every refusal has its name. `docs/adr/0015-openid-connect-without-a-library.md`
//! says why by ourselves. Deliberately not here: who somebody becomes with us, and the state that brings an
//! answer back to the browser that asked (whoever calls makes and checks both); signing out at the provider,
//! refresh tokens, and registering ourselves.

mod client;
mod config;
mod error;
mod http;
mod keys;
mod metadata;
mod token;
#[cfg(test)]
mod token_tests;

pub use client::{Client, Coming, Leaving};
pub use config::{Config, ConfigError};
pub use error::Error;
pub use token::{Person, Refusal};
