//! Pictures, drawn anew by the press.

use app::ports::{PictureError, Pictures, Print, Prints};
use async_trait::async_trait;
use press::Picture;
use tokio::sync::Semaphore;

/// How many pictures are drawn at a time: each may take hundreds of megabytes while it is read.
static TABLES: Semaphore = Semaphore::const_new(2);

/// Draws pictures on a thread of its own.
pub struct PressPictures;

#[async_trait]
impl Pictures for PressPictures {
    async fn develop(&self, file: Vec<u8>) -> Result<Prints, PictureError> {
        let broke = |error: &dyn std::fmt::Display| PictureError::Broke(error.to_string());
        let _table = TABLES.acquire().await.map_err(|e| broke(&e))?;
        // A decoder that breaks on a stranger's file costs that file and not the server.
        let drawn = tokio::task::spawn_blocking(move || Picture::read(&file))
            .await
            .map_err(|e| broke(&e))?
            .map_err(|error| PictureError::Refused(error.to_string()))?;
        let print = |print: press::Print| Print {
            bytes: print.bytes,
            content_type: "image/jpeg",
            width: print.width,
            height: print.height,
        };
        Ok(Prints {
            wide: print(drawn.wide),
            narrow: print(drawn.narrow),
        })
    }
}
