//! The pages as data: a page is a struct, its look a template that is checked when compiled.
//!
//! Views hold what is shown and nothing else: money and times as the model has them, addresses as
//! text, and never an order or an event as the database knows it. Handlers fill them.

pub mod art;
pub mod checkout;
pub mod connected;
pub mod docs;
pub mod door_app;
pub mod event;
pub mod events;
pub mod order;
pub mod parts;
pub mod plain;
pub mod portal;
pub mod receipt;
pub mod shell;
pub mod ticket;
pub mod unsubscribe;
