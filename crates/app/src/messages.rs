//! What an organizer writes to the people who hold tickets: checked, counted, queued and paced.
//!
//! Such a mail needs no consent because it is about a purchase that was made (Canada's anti-spam law,
//! s. 6(6)(c): "factual information about the ongoing use"), so it may speak of this event only: whoever
//! writes is told so, and cannot write often. It says all the same how to leave, and whoever left hears
//! only of what changes (`buyers/unsubscribe.rs`). The mails themselves are rows, each once for each address.

mod preview;
mod work;
mod write;

pub use store::messages::{Audience, Message, MessageKind, MessageStatus, Progress};
pub(crate) use work::paced;
pub use work::{Round, work};
pub(crate) use write::kind_of;
pub use write::{MessageView, MessagesPage, WriteMessage, WriteMessageError, Written, list, write};
