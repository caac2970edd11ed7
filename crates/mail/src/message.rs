//! One message, as the caller thinks of it, and its translation to the wire.
//!
//! The shape is always `mixed(alternative(text, html), attachments…)`, the one that every mail program shows well; with pictures,
//! `html` is `related(html, pictures…)` (RFC 2387), so that they belong to it and are no attachments. Attachments and pictures
//! travel as base64, so that their bytes arrive unchanged whatever they hold. Signing (DKIM) is the relay's work, not ours.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::{
    Attachment as AttachedPart, Body, MultiPart, SinglePart,
    header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
};

use crate::Mailbox;

/// A file that travels with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file name that the reader sees, in any script.
    pub name: String,
    /// The media type, such as `application/pdf`.
    pub mime: String,
    /// The content, delivered byte for byte.
    pub bytes: Vec<u8>,
}

/// A picture inside the HTML, which names it `cid:` and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// Its name without angle brackets, of the form `left@right` (RFC 2392).
    pub content_id: String,
    /// The media type, such as `image/png`.
    pub mime: String,
    /// The content, delivered byte for byte.
    pub bytes: Vec<u8>,
}

/// Everything that one reader gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The one reader.
    pub to: Mailbox,
    /// The sender that the reader sees; also the envelope's return path.
    pub from: Mailbox,
    /// Where an answer goes when not to `from`, usually the organizer.
    pub reply_to: Option<Mailbox>,
    /// The subject line, without line breaks.
    pub subject: String,
    /// The plain text body.
    pub text: String,
    /// The HTML body.
    pub html: String,
    /// Pictures that the HTML names.
    pub pictures: Vec<Inline>,
    /// Files in the order in which they are shown.
    pub attachments: Vec<Attachment>,
    /// The identity with its angle brackets, `<ord_…@tickets.example.ca>`; the same for every attempt at the same mail.
    pub message_id: String,
    /// When the mail was written, in microseconds UTC since 1970.
    pub date_micros: i64,
    /// Further headers such as `List-Unsubscribe` or `Auto-Submitted`, as name and value.
    pub headers: Vec<(String, String)>,
}

/// Why a message cannot be written; trying again cannot help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// A header value holds a line break or another control character.
    #[error("the header {0} holds a line break or another control character")]
    ControlInHeader(String),
    /// A header's name is not a name, or belongs to a field of the message.
    #[error("the header name “{0}” is not allowed here")]
    HeaderName(String),
    /// The Message-ID is not of the form `<left@right>`.
    #[error("the Message-ID “{0}” is not of the form <left@right>")]
    MessageId(String),
    /// A picture's id is not of the form `left@right`.
    #[error("the Content-ID “{0}” is not of the form left@right")]
    ContentId(String),
    /// The media type of an attachment or a picture cannot be read.
    #[error("“{0}” is not a media type")]
    MediaType(String),
    /// The date lies before 1970 or beyond what a calendar holds.
    #[error("the date {0} is not a time in microseconds since 1970")]
    Date(i64),
    /// The mail library refused the whole.
    #[error("the message cannot be composed: {0}")]
    Library(String),
}

/// Headers that the message's own fields write; a second copy would let one contradict the other.
const RESERVED: [&str; 10] = [
    "from",
    "to",
    "cc",
    "bcc",
    "sender",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "mime-version",
];

impl Message {
    /// The message as it goes over the wire (an `.eml` file).
    pub fn eml(&self) -> Result<Vec<u8>, ComposeError> {
        Ok(self.compose()?.formatted())
    }

    pub(crate) fn compose(&self) -> Result<lettre::Message, ComposeError> {
        no_controls("Subject", &self.subject)?;
        check_message_id(&self.message_id)?;
        let micros =
            u64::try_from(self.date_micros).map_err(|_| ComposeError::Date(self.date_micros))?;
        let date = UNIX_EPOCH
            .checked_add(Duration::from_micros(micros))
            .filter(|_| self.date_micros < LAST_MICROS)
            .ok_or(ComposeError::Date(self.date_micros))?;
        let mut builder = lettre::Message::builder()
            .date(date)
            .from(self.from.0.clone())
            .to(self.to.0.clone())
            .subject(self.subject.clone())
            .message_id(Some(self.message_id.clone()));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.0.clone());
        }
        for (name, value) in &self.headers {
            builder = builder.raw_header(extra_header(name, value)?);
        }
        builder
            .multipart(self.body()?)
            .map_err(|error| ComposeError::Library(error.to_string()))
    }

    fn body(&self) -> Result<MultiPart, ComposeError> {
        let html = SinglePart::html(self.html.clone());
        let words = MultiPart::alternative().singlepart(SinglePart::plain(self.text.clone()));
        let words = if self.pictures.is_empty() {
            words.singlepart(html)
        } else {
            let whole = MultiPart::related().singlepart(html);
            words.multipart(self.pictures.iter().try_fold(whole, |whole, picture| {
                Ok::<_, ComposeError>(whole.singlepart(picture.part()?))
            })?)
        };
        self.attachments
            .iter()
            .try_fold(MultiPart::mixed().multipart(words), |whole, attachment| {
                Ok(whole.singlepart(attachment.part()?))
            })
    }
}

impl Attachment {
    fn part(&self) -> Result<SinglePart, ComposeError> {
        no_controls("Content-Disposition", &self.name)?;
        let (kind, body) = typed(&self.mime, &self.bytes)?;
        Ok(AttachedPart::new(self.name.clone()).body(body, kind))
    }
}

impl Inline {
    fn part(&self) -> Result<SinglePart, ComposeError> {
        if !is_id(&self.content_id) {
            return Err(ComposeError::ContentId(self.content_id.clone()));
        }
        let (kind, body) = typed(&self.mime, &self.bytes)?;
        Ok(AttachedPart::new_inline(self.content_id.clone()).body(body, kind))
    }
}

/// Bytes with their type, as they travel.
fn typed(mime: &str, bytes: &[u8]) -> Result<(ContentType, Body), ComposeError> {
    no_controls("Content-Type", mime)?;
    let kind = ContentType::parse(mime).map_err(|_| ComposeError::MediaType(mime.to_owned()))?;
    let body = Body::new_with_encoding(bytes.to_vec(), ContentTransferEncoding::Base64)
        .map_err(|_| ComposeError::Library("base64 refused the attachment".to_owned()))?;
    Ok((kind, body))
}

/// The first microsecond of the year 10000, which the date header has no room for.
const LAST_MICROS: i64 = 253_402_300_800_000_000;

fn no_controls(header: &str, value: &str) -> Result<(), ComposeError> {
    if value.chars().any(char::is_control) {
        return Err(ComposeError::ControlInHeader(header.to_owned()));
    }
    Ok(())
}

fn check_message_id(id: &str) -> Result<(), ComposeError> {
    let inner = id.strip_prefix('<').and_then(|id| id.strip_suffix('>'));
    if inner.is_some_and(is_id) {
        Ok(())
    } else {
        Err(ComposeError::MessageId(id.to_owned()))
    }
}

/// Whether a text is an id of the form `left@right`, as the headers of messages and parts take one.
fn is_id(id: &str) -> bool {
    id.split_once('@').is_some_and(|(left, right)| {
        let word = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_graphic() && !b"<>@()\\\",:;".contains(&b))
        };
        word(left) && word(right) && id.len() <= 248
    })
}

fn extra_header(name: &str, value: &str) -> Result<HeaderValue, ComposeError> {
    let lower = name.to_ascii_lowercase();
    let token = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !token || lower.starts_with("content-") || RESERVED.contains(&lower.as_str()) {
        return Err(ComposeError::HeaderName(name.to_owned()));
    }
    no_controls(name, value)?;
    let name = HeaderName::new_from_ascii(name.to_owned())
        .map_err(|_| ComposeError::HeaderName(name.to_owned()))?;
    Ok(HeaderValue::new(name, value.to_owned()))
}
