//! Stripe over HTTP: the calls a ticket seller makes, webhook signatures, and small types of our own.
//!
//! It is a thin client on purpose. Stripe's generated types are megabytes, and one new enum value
//! in a webhook has made whole payloads unreadable elsewhere; here every enum keeps what it does
//! not know (`Other`), and every object ignores the fields it has no use for.
//!
//! The shape: [`Client`] holds the key, the paces and the connections; each family of calls is one
//! file under [`calls`]; what Stripe answers is under [`objects`]; [`signature`] proves a webhook
//! and [`Event`] reads it. Every write takes an [`IdempotencyKey`], so that a repeat is harmless.
//!
//! Deliberately not here: orders, holds, refund policy, or any other word of ticketing; the v2 API
//! (JSON bodies, thin events); card data of any kind.

mod bucket;
pub mod calls;
mod client;
mod config;
mod endpoint;
mod error;
mod event;
pub mod form;
mod hidden;
mod key;
mod lenient;
pub mod objects;
mod open_enum;
mod pace;
mod retry;
pub mod signature;
mod transport;

pub use client::Client;
pub use config::{API_VERSION, Config, ConfigError, DEFAULT_API_BASE};
pub use error::{Error, ErrorKind};
pub use event::{Event, EventError, EventType};
pub use hidden::Hidden;
pub use key::{IdempotencyKey, KeyError};
pub use pace::{Pace, Pause, TokioPace};
pub use reqwest::Url;
pub use secrecy::SecretString;
