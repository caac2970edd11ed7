//! Tickets: their codes, their papers, and the door.

mod codes;
mod validate;

pub use codes::{CodeError, Codes, pdf_of_order, qr_of_ticket};
pub use validate::{Validate, ValidateError, Validated, validate};
