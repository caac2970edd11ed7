//! The pages of whoever has signed in, as data: the frame around them, their parts, and one file for each area.

pub mod admin;
pub mod analytics;
pub mod desk;
pub mod door;
pub mod event_parts;
pub mod events;
pub mod icon;
pub mod input;
pub mod messages;
pub mod mine;
pub mod parts;
pub mod passkeys;
pub mod settings;
pub mod shell;
pub mod sign_in;
pub mod start;
