//! Compose and send: one message type, one transport trait, and a catcher for demos.
//!
//! A leaf: it knows nothing of tickets. A caller builds a [`Message`] and hands it to a [`Transport`]; the answer says whether a
//! queue should try again ([`SendError::is_permanent`]). Retrying, templates and who gets what are deliberately not here.
//!
//! One message has one reader, so that nobody ever learns another buyer's address. The caller gives the Message-ID and the date, so
//! that a repeat after a crash carries the same identity and mail programs fold the two into one.

mod address;
mod file_drop;
mod memory;
mod message;
mod smtp;
mod transport;

pub mod catcher;

pub use address::{AddressError, Mailbox};
pub use file_drop::FileDrop;
pub use memory::{Failure, Memory};
pub use message::{Attachment, ComposeError, Inline, Message};
pub use smtp::{Smtp, SmtpUrlError};
pub use transport::{Receipt, SendError, Transport};
