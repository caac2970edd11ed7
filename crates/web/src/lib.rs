//! How it is reached: pages, API, widget, templates and typed URLs.

pub mod assets;
pub mod mails;
pub mod markdown;
pub mod money_text;
pub mod pages;
pub mod papers;
pub mod urls;
pub mod when;
