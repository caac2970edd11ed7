//! The pages of whoever has signed in: organizers, admins, and buyers who look at their tickets.
//!
//! The gate has decided who may come in; a handler takes [`Portal`] and has the organizer. Forms are
//! sent once, answered by a redirect, and say what happened by a code in the address, never by words.

mod enter;
mod frame;
mod home;
mod sign_in;
mod start;

pub use enter::{enter_page, enter_step};
pub use frame::{Done, Portal};
pub use home::home_page;
pub use sign_in::{sell_step, sign_in_page, sign_in_step, sign_out_step};
pub use start::{start_page, start_step};
