//! Sending into a folder: every message becomes an `.eml` file that any mail program opens.
//!
//! The file is named after the Message-ID and replaced as a whole, so a repeat leaves one file, and a reader never sees half of one.

use std::path::{Path, PathBuf};

use async_trait::async_trait;

use crate::{Message, Receipt, SendError, Transport};

/// A folder that takes messages.
#[derive(Debug, Clone)]
pub struct FileDrop {
    dir: PathBuf,
}

impl FileDrop {
    /// A transport into `dir`, which is created when the first message comes.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Where the message with this Message-ID lies once it is sent.
    pub fn path_of(&self, message_id: &str) -> PathBuf {
        let name: String = message_id
            .trim_matches(['<', '>'])
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || "@._-".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        self.dir
            .join(format!("{}.eml", name.trim_start_matches('.')))
    }
}

#[async_trait]
impl Transport for FileDrop {
    async fn send(&self, message: &Message) -> Result<Receipt, SendError> {
        let eml = message.eml()?;
        let path = self.path_of(&message.message_id);
        let partial = path.with_extension("part");
        let trouble = |error: std::io::Error| SendError::Unreachable(error.to_string());
        tokio::fs::create_dir_all(&self.dir)
            .await
            .map_err(trouble)?;
        tokio::fs::write(&partial, eml).await.map_err(trouble)?;
        tokio::fs::rename(&partial, &path).await.map_err(trouble)?;
        Ok(Receipt {
            message_id: message.message_id.clone(),
            answer: file_name(&path),
        })
    }

    async fn check(&self) -> Result<(), SendError> {
        tokio::fs::create_dir_all(&self.dir)
            .await
            .map_err(|error| SendError::Unreachable(error.to_string()))
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
