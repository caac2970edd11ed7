//! Pictures: drawn anew from a stranger's file, away from the threads that answer requests.

use async_trait::async_trait;

/// A picture in one width.
#[derive(Clone, Debug)]
pub struct Print {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are: `image/jpeg` or `image/png`.
    pub content_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A picture in two widths.
#[derive(Clone, Debug)]
pub struct Prints {
    /// For large screens.
    pub wide: Print,
    /// For phones and cards.
    pub narrow: Print,
}

/// A logo, twice.
#[derive(Clone, Debug)]
pub struct LogoPrints {
    /// For print and pages.
    pub print: Print,
    /// For mails, on a ground that mail programs leave alone.
    pub mail: Print,
    /// Whether it needs something as light as paper behind it.
    pub needs_paper: bool,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file is not one that we take; the sentence says what to do.
    #[error("{0}")]
    Refused(String),
    /// It could not be drawn, through nobody's fault outside.
    #[error("{0}")]
    Broke(String),
}

/// The dark room.
#[async_trait]
pub trait Pictures: Send + Sync {
    /// Makes safe pictures of a file that a stranger sent.
    async fn develop(&self, file: Vec<u8>) -> Result<Prints, PictureError>;
    /// Makes a safe logo of a file that a stranger sent.
    async fn develop_logo(&self, file: Vec<u8>) -> Result<LogoPrints, PictureError>;
}
