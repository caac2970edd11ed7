//! The client against a scripted server on this machine, on a clock that only sleeping moves.

#![expect(clippy::unwrap_used, reason = "a helper of a test may end the test")]

mod books;
mod calls;
mod config;
mod events;
mod form;
mod objects;
mod pace;
mod retries;
mod server;
mod signature;
