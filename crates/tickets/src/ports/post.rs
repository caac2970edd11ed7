//! Mail, by the `mail` crate.

use app::ports::{Letter, Post, PostError};
use async_trait::async_trait;
use mail::{Attachment, Mailbox, Message, SendError, Transport};
use std::sync::Arc;

/// Sends letters over a transport, from one sender.
pub struct MailPost {
    transport: Arc<dyn Transport>,
    from: Mailbox,
    clock: Arc<dyn app::ports::Clock>,
}

impl MailPost {
    /// A post office over a transport; `from` is like `Jugnu Tickets <tickets@example.ca>`.
    pub fn new(
        transport: Arc<dyn Transport>,
        from: &str,
        clock: Arc<dyn app::ports::Clock>,
    ) -> Result<Self, mail::AddressError> {
        Ok(Self {
            transport,
            from: from.parse()?,
            clock,
        })
    }

    fn message(&self, letter: &Letter) -> Result<Message, mail::AddressError> {
        let reply_to = if letter.reply_to.is_empty() {
            None
        } else {
            Some(Mailbox::new(None, &letter.reply_to)?)
        };
        let attach = |a: &app::ports::Attachment| Attachment {
            name: a.name.clone(),
            mime: a.mime.to_owned(),
            bytes: a.bytes.clone(),
        };
        Ok(Message {
            to: Mailbox::new(
                Some(letter.to_name.as_str()).filter(|n| !n.is_empty()),
                &letter.to_email,
            )?,
            from: self.from.clone(),
            reply_to,
            subject: letter.subject.clone(),
            text: letter.text.clone(),
            html: letter.html.clone(),
            attachments: letter.attachments.iter().map(attach).collect(),
            message_id: format!("<{}>", letter.message_id),
            date_micros: self.clock.now().micros(),
            headers: headers(letter),
        })
    }
}

fn headers(letter: &Letter) -> Vec<(String, String)> {
    let mut all = vec![("Auto-Submitted", "auto-generated".to_owned())];
    if !letter.unsubscribe.is_empty() {
        all.push(("List-Unsubscribe", format!("<{}>", letter.unsubscribe)));
        all.push((
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        ));
    }
    all.into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn failed(error: &SendError) -> PostError {
    if error.is_permanent() {
        PostError::Refused(error.to_string())
    } else {
        PostError::Later(error.to_string())
    }
}

#[async_trait]
impl Post for MailPost {
    async fn send(&self, letter: &Letter) -> Result<(), PostError> {
        let message = self
            .message(letter)
            .map_err(|e| PostError::Refused(e.to_string()))?;
        self.transport
            .send(&message)
            .await
            .map(drop)
            .map_err(|e| failed(&e))
    }

    async fn ping(&self) -> Result<(), PostError> {
        self.transport.check().await.map_err(|e| failed(&e))
    }
}
