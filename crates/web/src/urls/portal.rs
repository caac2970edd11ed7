//! The addresses of whoever has signed in: organizers, admins, and buyers who look at their tickets.
//!
//! One file for each area, so that they grow apart.

mod admin;
mod desk;
mod editor;
mod home;
mod numbers;
mod settings;
mod sign_in;

pub use desk::OrdersQuery;
