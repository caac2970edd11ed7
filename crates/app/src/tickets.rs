//! Tickets: their codes, their papers, and the door.

mod codes;
mod find;
mod validate;

pub use codes::{CodeError, Codes, pdf_of_order, qr_of_ticket};
pub use find::{order_of, shown_alone};
pub use validate::{SeenTicket, Validate, ValidateError, Validated, validate};
