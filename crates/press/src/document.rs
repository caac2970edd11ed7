//! What is handed to the press.

/// A picture that the HTML names, such as a logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The name as it stands in `src`, for example `logo.png`.
    pub name: String,
    /// The bytes of a PNG, JPEG or GIF.
    pub bytes: Vec<u8>,
}

/// One document: a page for each ticket, or whatever the HTML says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The page, already escaped. Pictures must be named in `assets`; nothing is ever fetched.
    pub html: String,
    /// Style sheets beyond those in the HTML, in order.
    pub css: Vec<String>,
    /// Pictures by name.
    pub assets: Vec<Asset>,
    /// The margin of every page in millimetres; 0 for documents that lay their own sheets out.
    pub margin_mm: u8,
    /// The title that a reader's window shows.
    pub title: String,
    /// The language of the text, such as `en-CA`.
    pub lang: String,
}
