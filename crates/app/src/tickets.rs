//! Tickets: their codes, their papers, their passes for wallets, and the door.

mod codes;
mod find;
mod passes;
mod validate;

pub use codes::{CodeError, Codes, pdf_of_order, qr_of_ticket};
pub use find::{order_of, shown_alone};
pub use passes::{Claim, apple_bundle, apple_pass, bundled, google_link, wallets_for};
pub use validate::{SeenTicket, Validate, ValidateError, Validated, validate};
