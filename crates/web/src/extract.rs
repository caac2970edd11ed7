//! What handlers ask for: each extractor proves something or is a problem.
//!
//! Who calls was decided before (`gate`, by the table of routes); [`Context`] carries it.

mod address;
mod body;
mod browser;
mod context;
mod cookie;
mod form;
mod key;
mod path;
mod proxies;
mod search;
mod upload;

pub use address::Address;
pub use body::{Body, MaybeBody, read};
pub use browser::{Browser, SignedIn, session_cookie, signed_in};
pub use context::{Context, Who};
pub use cookie::cookie;
pub use form::Form;
pub use key::{bearer, holder, order_of};
pub use path::PathId;
pub use proxies::{BadProxy, Proxies};
pub use search::Search;
pub use upload::{TOO_LARGE, Upload};
