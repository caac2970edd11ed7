//! Pictures: drawn anew from a stranger's file, away from the threads that answer requests.

use async_trait::async_trait;

/// A picture in one width.
#[derive(Clone, Debug)]
pub struct Print {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are: `image/jpeg`.
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
}
