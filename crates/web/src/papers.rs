//! What is printed: HTML for the engine behind `press`, which knows less than a browser.
//!
//! The engine's limits are told in `press::engine`. Deliberately not here: how HTML becomes a PDF.

pub mod evidence;
pub mod logo;
pub mod receipt;
pub mod ticket;
