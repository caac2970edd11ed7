//! Pictures, drawn anew by the press.

use app::ports::{LogoPrints, PictureError, Pictures, Print, Prints};
use async_trait::async_trait;
use press::{Ground, Logo, Picture};
use tokio::sync::Semaphore;

/// How many pictures are drawn at a time: each may take hundreds of megabytes while it is read.
static TABLES: Semaphore = Semaphore::const_new(2);

/// Draws pictures on a thread of its own.
pub struct PressPictures;

/// Draws on a thread of its own, once there is a table.
async fn drawn<T: Send + 'static>(
    draw: impl FnOnce() -> Result<T, press::PictureError> + Send + 'static,
) -> Result<T, PictureError> {
    let broke = |error: &dyn std::fmt::Display| PictureError::Broke(error.to_string());
    let _table = TABLES.acquire().await.map_err(|e| broke(&e))?;
    // A decoder that breaks on a stranger's file costs that file and not the server.
    tokio::task::spawn_blocking(draw)
        .await
        .map_err(|e| broke(&e))?
        .map_err(|error| PictureError::Refused(error.to_string()))
}

fn print(print: press::Print) -> Print {
    Print {
        bytes: print.bytes,
        content_type: print.content_type,
        width: print.width,
        height: print.height,
    }
}

#[async_trait]
impl Pictures for PressPictures {
    async fn develop(&self, file: Vec<u8>) -> Result<Prints, PictureError> {
        let picture = drawn(move || Picture::read(&file)).await?;
        Ok(Prints {
            wide: print(picture.wide),
            narrow: print(picture.narrow),
        })
    }

    async fn develop_logo(&self, file: Vec<u8>) -> Result<LogoPrints, PictureError> {
        let logo = drawn(move || Logo::read(&file)).await?;
        Ok(LogoPrints {
            print: print(logo.print),
            mail: print(logo.mail),
            needs_paper: logo.ground == Ground::Paper,
        })
    }
}
