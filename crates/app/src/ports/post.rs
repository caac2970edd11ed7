//! Mail.

use async_trait::async_trait;

/// A file that goes with a letter.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The file's name.
    pub name: String,
    /// Its type, such as `application/pdf`.
    pub mime: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A mail that is ready to go.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The id under which it goes out; the same letter sent again keeps it.
    pub message_id: String,
    /// The recipient's address.
    pub to_email: String,
    /// The recipient's name.
    pub to_name: String,
    /// Where answers go; empty for the sender's own address.
    pub reply_to: String,
    /// The subject.
    pub subject: String,
    /// The body as plain text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// Where a mail program leaves the list that it came by, with one POST (RFC 8058); empty if there is none.
    pub unsubscribe: String,
}

/// Why a mail did not go.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// It will never go: the address or the mail itself is refused.
    #[error("the mail was refused: {0}")]
    Refused(String),
    /// It may go later.
    #[error("the mail could not be handed over: {0}")]
    Later(String),
}

/// Whoever takes our mail.
#[async_trait]
pub trait Post: Send + Sync {
    /// Hands a letter over.
    async fn send(&self, letter: &Letter) -> Result<(), PostError>;
    /// Whether the mail server answers: used by health.
    async fn ping(&self) -> Result<(), PostError>;
}
