//! How it is reached: pages, API, widget, templates and typed URLs.

pub mod api;
pub mod assets;
mod codes;
pub mod extract;
mod front;
mod gate;
mod idempotency;
mod limits;
pub mod mails;
pub mod markdown;
pub mod money_text;
pub mod openapi;
pub mod pages;
pub mod papers;
pub mod problem;
pub mod refund_rule;
pub mod route;
pub mod router;
mod security;
pub mod state;
pub mod urls;
pub mod when;
pub mod words;

pub use router::{app, routes};
pub use state::{RenderMetrics, WebState};
