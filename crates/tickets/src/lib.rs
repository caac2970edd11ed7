//! The door for a host: configuration in, routes and a worker out.
//!
//! A Rust host calls [`open`] with a [`Config`], merges [`Tickets::routes`] into its own router and runs
//! [`Tickets::worker`] beside it; that is all that the two share. This crate plugs the leaves (Stripe,
//! mail, the press) into the ports of `app`, in small files; it decides nothing.

pub mod config;
mod door;
mod openapi;
pub mod ports;
pub mod uninstall;
mod world;

pub use config::{Config, ConfigFault};
pub use door::{OpenError, Override, Tickets, open, open_with};
pub use openapi::openapi_json;
pub use ports::MARGIN_MM as PAPER_MARGIN_MM;
pub use world::{OsEntropy, SystemClock};
