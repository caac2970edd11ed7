//! Reading a caught message: what a person or a test wants to know of it.
//!
//! `mail-parser` does the MIME; it never fails on garbage, it only finds less. What it cannot read at all is shown as text.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use jiff::Timestamp;
use mail_parser::{
    Address, HeaderForm, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType,
};
use serde::Serialize;

use super::Summary;

/// A caught message in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Caught {
    /// The catcher's name for the message.
    pub id: String,
    /// The bare addresses that it was delivered to, separated by a comma and a space.
    pub to: String,
    /// The bare address that it says it is from.
    pub from: String,
    /// The subject, decoded.
    pub subject: String,
    /// When it came, ISO 8601 in UTC.
    pub received_at: String,
    /// The plain text body, empty when there is none.
    pub text: String,
    /// The HTML body, empty when there is none.
    pub html: String,
    /// Headers by lower-case name, decoded; repeated ones joined by line breaks.
    pub headers: BTreeMap<String, String>,
    /// Pictures that the HTML names, in order.
    pub pictures: Vec<CaughtPicture>,
    /// Attachments in order.
    pub attachments: Vec<CaughtAttachment>,
}

/// A picture that travels inside the HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaughtPicture {
    /// Its Content-ID without angle brackets.
    pub content_id: String,
    /// Its media type without parameters.
    pub mime: String,
    /// Its content in base64.
    #[serde(rename = "base64", serialize_with = "as_base64")]
    pub bytes: Vec<u8>,
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaughtAttachment {
    /// Its file name, decoded.
    pub name: String,
    /// Its media type without parameters.
    pub mime: String,
    /// Its size in bytes.
    pub size: usize,
    /// Its content in base64.
    #[serde(rename = "base64", serialize_with = "as_base64")]
    pub bytes: Vec<u8>,
}

#[expect(
    clippy::ptr_arg,
    reason = "serde hands over a reference to the field's own type"
)]
fn as_base64<S: serde::Serializer>(bytes: &Vec<u8>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&BASE64.encode(bytes))
}

/// Recipients and subject, for the list.
pub fn headline(raw: &[u8]) -> (String, String) {
    MessageParser::default().parse_headers(raw).map_or_else(
        || (String::new(), String::new()),
        |parsed| {
            let subject = parsed.subject().unwrap_or_default().to_owned();
            (recipients(&parsed), subject)
        },
    )
}

/// The whole message; bytes without any header at all are shown as text.
pub fn whole(raw: &[u8], summary: Summary) -> Caught {
    let mut caught = Caught {
        id: summary.id,
        to: summary.to,
        from: String::new(),
        subject: summary.subject,
        received_at: summary.received_at,
        text: String::new(),
        html: String::new(),
        headers: BTreeMap::new(),
        pictures: Vec::new(),
        attachments: Vec::new(),
    };
    if let Some(parsed) = MessageParser::default().parse(raw) {
        caught.from = parsed.from().map(addresses).unwrap_or_default();
        caught.text = own_body(&parsed, parsed.text_body.first(), false);
        caught.html = own_body(&parsed, parsed.html_body.first(), true);
        caught.headers = headers(&parsed);
        let (inside, beside): (Vec<_>, Vec<_>) =
            parsed.attachments().partition(|part| is_inside(part));
        caught.pictures = inside.into_iter().map(picture).collect();
        caught.attachments = beside.into_iter().map(attachment).collect();
    } else {
        caught.text = String::from_utf8_lossy(raw).into_owned();
    }
    caught
}

/// Microseconds UTC as ISO 8601; a time beyond the calendar is shown as its number.
pub fn iso(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map_or_else(|_| micros.to_string(), |time| time.to_string())
}

fn recipients(message: &Message<'_>) -> String {
    let delivered = HeaderName::parse("Delivered-To").unwrap_or(HeaderName::To);
    let values: Vec<String> = message
        .header_as(delivered, HeaderForm::Raw)
        .iter()
        .filter_map(|value| value.as_text().map(|text| text.trim().to_owned()))
        .collect();
    values.join(", ")
}

fn addresses(list: &Address<'_>) -> String {
    let bare: Vec<&str> = list.iter().filter_map(|one| one.address()).collect();
    bare.join(", ")
}

/// The body as it was sent: the parser would also convert one kind into the other, which would hide that a kind is missing.
fn own_body(message: &Message<'_>, part: Option<&u32>, html: bool) -> String {
    let part = part.and_then(|number| message.part(*number));
    match part.map(|part| &part.body) {
        Some(PartType::Html(text)) if html => text.to_string(),
        Some(PartType::Text(text)) if !html => text.to_string(),
        _ => String::new(),
    }
}

fn headers(message: &Message<'_>) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for header in message.headers() {
        let value = match &header.value {
            HeaderValue::Text(text) => text.to_string(),
            HeaderValue::TextList(list) => list.join(" "),
            HeaderValue::Address(list) => named(list),
            _ => message
                .header_raw(header.name.clone())
                .unwrap_or_default()
                .trim()
                .to_owned(),
        };
        found
            .entry(header.name().to_ascii_lowercase())
            .and_modify(|old| {
                old.push('\n');
                old.push_str(&value);
            })
            .or_insert(value);
    }
    found
}

fn named(list: &Address<'_>) -> String {
    let all: Vec<String> = list
        .iter()
        .map(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => address.or(name).unwrap_or_default().to_owned(),
        })
        .collect();
    all.join(", ")
}

/// Whether a part belongs to the HTML: it has a name for it and is not meant to be saved.
fn is_inside(part: &mail_parser::MessagePart<'_>) -> bool {
    let saved = part
        .content_disposition()
        .is_some_and(mail_parser::ContentType::is_attachment);
    part.content_id().is_some() && !saved
}

fn picture(part: &mail_parser::MessagePart<'_>) -> CaughtPicture {
    let id = part.content_id().unwrap_or_default();
    CaughtPicture {
        content_id: id.trim_matches(['<', '>']).to_owned(),
        mime: mime(part),
        bytes: part.contents().to_vec(),
    }
}

fn attachment(part: &mail_parser::MessagePart<'_>) -> CaughtAttachment {
    let bytes = part.contents().to_vec();
    CaughtAttachment {
        name: part.attachment_name().unwrap_or("unnamed").to_owned(),
        mime: mime(part),
        size: bytes.len(),
        bytes,
    }
}

fn mime(part: &mail_parser::MessagePart<'_>) -> String {
    part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| match kind.subtype() {
            Some(subtype) => format!("{}/{subtype}", kind.ctype()).to_ascii_lowercase(),
            None => kind.ctype().to_ascii_lowercase(),
        },
    )
}
