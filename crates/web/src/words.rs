//! The words of the buyers' pages, mails and papers, in the reader's language.
//!
//! Texts stand in Project Fluent files (`locales/en`, `locales/fr`), built into the binary; templates and
//! sentences name them by key. The language is ambient, like the paper that one writes on: it decides
//! nothing, is never stored from here, and would otherwise be an argument of every function that says
//! anything (`docs/adr/0009-the-language-is-ambient.md`). Whoever sets no language writes English.
//!
//! Deliberately not here: the API, whose sentences are English for programs, and the organizer's pages.

mod browsers;
mod cards;
mod format;
mod lang;
mod reader;
mod refusal;
mod texts;

pub use browsers::browser;
pub use cards::card;
pub use format::{Amount, digits, money, percent, tax_name};
pub use lang::Lang;
pub use reader::{Reader, during, lang, other_url, tag, within};
pub use refusal::{field, give_back, quote_error, refusal, start_error};
pub use texts::{Arg, Value, h, h1, h2, h3, t, t1, t2, t3};
