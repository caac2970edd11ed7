//! The catcher's pages, compiled from `templates/`; no script, one style sheet, light and dark.

use askama::Template;
use serde::Deserialize;

use super::{Caught, Summary};

/// The one style sheet.
pub const STYLE: &str = include_str!("../../templates/catcher.css");

/// Which body of a message is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tab {
    /// As a mail program shows it.
    Html,
    /// The plain text.
    Text,
    /// Every header.
    Headers,
}

#[derive(Template)]
#[template(path = "catcher_list.html")]
struct ListPage<'a> {
    base: &'a str,
    messages: &'a [Summary],
}

#[derive(Template)]
#[template(path = "catcher_message.html")]
struct MessagePage<'a> {
    base: &'a str,
    message: &'a Caught,
    tab: Tab,
}

#[derive(Template)]
#[template(path = "catcher_missing.html")]
struct MissingPage<'a> {
    base: &'a str,
}

/// The list of messages.
pub fn list(base: &str, messages: &[Summary]) -> askama::Result<String> {
    ListPage { base, messages }.render()
}

/// One message; without a wish the HTML is shown when there is any.
pub fn message(base: &str, message: &Caught, wanted: Option<Tab>) -> askama::Result<String> {
    let usual = if message.html.is_empty() {
        Tab::Text
    } else {
        Tab::Html
    };
    let tab = wanted.unwrap_or(usual);
    MessagePage { base, message, tab }.render()
}

/// The page for a message that is not there.
pub fn missing(base: &str) -> askama::Result<String> {
    MissingPage { base }.render()
}

/// A mail's HTML with a base element, so that its links leave the frame. It goes behind the head's tag, or else in front of all.
pub fn with_links_in_new_tabs(html: &str) -> String {
    const BASE: &str = "<base target=\"_blank\">";
    let lower = html.to_ascii_lowercase();
    let place = lower.find("<head>").map_or(0, |at| at + "<head>".len());
    let (before, after) = html.split_at(place);
    format!("{before}{BASE}{after}")
}

/// A mail's HTML with its pictures in it, because a browser does not know where to look for `cid:`.
pub fn with_pictures(message: &Caught) -> String {
    let shown = message.html.clone();
    message.pictures.iter().fold(shown, |html, picture| {
        let named = format!("\"cid:{}\"", picture.content_id);
        let data = data_encoding::BASE64.encode(&picture.bytes);
        html.replace(&named, &format!("\"data:{};base64,{data}\"", picture.mime))
    })
}

/// A Content-Disposition with the name in ASCII and, by RFC 8187, in full.
pub fn disposition(shown: bool, name: &str) -> String {
    let kind = if shown { "inline" } else { "attachment" };
    let safe = |c: char| c.is_ascii_alphanumeric() || "._- ".contains(c);
    let plain: String = name
        .chars()
        .map(|c| if safe(c) { c } else { '_' })
        .collect();
    let full: String = name
        .bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() || b"._-".contains(&b) => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

/// A size for people.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "templates pass references"
)]
fn size(bytes: &usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

/// An ISO time for people: the seconds are enough.
fn when(iso: &str) -> String {
    let seconds = iso.get(..19).unwrap_or(iso).replace('T', " ");
    format!("{seconds} UTC")
}
