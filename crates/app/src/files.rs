//! Pictures as they are served and printed: read from the database once, and kept in memory for a while.

use crate::error::Fault;
use crate::house::House;
use crate::ports::Print;
use data_encoding::BASE64;
use model::ids::{FileId, OrganizerId};
use model::time::Time;
use moka::sync::Cache;
use std::sync::Arc;
pub use store::files::FileSize;
use store::files::NewFile;

/// The memory that kept pictures may take on one server, in bytes.
const KEPT_MOST: u64 = 64 * 1024 * 1024;

/// A picture in one width.
#[derive(Debug)]
pub struct Served {
    /// What it is: `image/jpeg`.
    pub content_type: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Pictures that were served lately. A file never changes, so nothing here grows old.
pub struct Files(Cache<(FileId, FileSize), Arc<Served>>);

impl Default for Files {
    fn default() -> Self {
        let weight = |_: &(FileId, FileSize), served: &Arc<Served>| {
            u32::try_from(served.bytes.len()).unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .max_capacity(KEPT_MOST)
                .weigher(weight)
                .build(),
        )
    }
}

/// A print of a new picture, as it is written down.
pub(crate) fn new_file(
    id: &FileId,
    organizer: &OrganizerId,
    size: FileSize,
    print: &Print,
    now: Time,
) -> NewFile {
    NewFile {
        id: id.clone(),
        size,
        organizer_id: organizer.clone(),
        content_type: print.content_type.to_owned(),
        width: print.width.into(),
        height: print.height.into(),
        body: BASE64.encode(&print.bytes),
        created_at: now,
    }
}

/// A picture in one width; `None` if there is none of this id.
pub async fn serve(
    house: &House,
    id: &FileId,
    size: FileSize,
) -> Result<Option<Arc<Served>>, Fault> {
    let key = (id.clone(), size);
    if let Some(served) = house.files.0.get(&key) {
        return Ok(Some(served));
    }
    let Some(file) = store::files::by_id(&mut *house.read().await?, id, size).await? else {
        return Ok(None);
    };
    let bytes = BASE64.decode(file.body.as_bytes());
    let bytes = bytes.map_err(|e| Fault::Inconsistent(format!("file {id}: {e}")))?;
    let served = Arc::new(Served {
        content_type: file.content_type,
        width: file.width,
        height: file.height,
        bytes,
    });
    house.files.0.insert(key, Arc::clone(&served));
    Ok(Some(served))
}
