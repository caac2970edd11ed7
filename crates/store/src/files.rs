//! Pictures that organizers gave us, each in two widths, as base64 so that one text serves both databases.
//!
//! A file is written once and never changed. It is taken away when the last event of its organizer that
//! shows it has another one, and when its organizer has another logo.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{FileId, OrganizerId};
use model::time::Time;

words! {
    /// Which of a picture's two widths.
    FileSize {
        /// For large screens; of a logo, for print and pages.
        Wide = "wide",
        /// For phones and cards; of a logo, for mails.
        Narrow = "narrow",
    }
}

statements! {
    INSERT = "
        insert into tickets_files (id, size, organizer_id, content_type, width, height, body, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_ID = "
        select content_type, width, height, body
        from tickets_files
        where id = $1
          and size = $2";
    DELETE_UNUSED = "
        delete from tickets_files
        where id = $1
          and organizer_id = $2
          and not exists (
            select 1
            from tickets_events e
            where e.organizer_id = $2
              and e.cover_url = $3)";
}

/// A picture in one width, to be kept.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub id: FileId,
    pub size: FileSize,
    pub organizer_id: OrganizerId,
    pub content_type: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
    /// The bytes in base64.
    pub body: String,
    pub created_at: Time,
}

/// A picture in one width, as it is served.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeptFile {
    pub content_type: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
    /// The bytes in base64.
    pub body: String,
}

fn file(row: &Row) -> Result<KeptFile, StoreError> {
    Ok(KeptFile {
        content_type: row.text("content_type")?,
        width: row.int("width")?,
        height: row.int("height")?,
        body: row.text("body")?,
    })
}

/// Keeps a picture in one width.
pub async fn insert(tx: &mut WriteTx, f: &NewFile) -> Result<(), StoreError> {
    let args = args![
        f.id.as_str(),
        f.size.code(),
        f.organizer_id.as_str(),
        &f.content_type,
        f.width,
        f.height,
        &f.body,
        f.created_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// A picture in one width.
pub async fn by_id(
    s: &mut Session,
    id: &FileId,
    size: FileSize,
) -> Result<Option<KeptFile>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str(), size.code()])
        .await?
        .as_ref()
        .map(file)
        .transpose()
}

/// Takes a picture away, unless an event of its organizer still shows it at this address.
pub async fn delete_unused(
    tx: &mut WriteTx,
    id: &FileId,
    organizer: &OrganizerId,
    address: &str,
) -> Result<(), StoreError> {
    tx.run(
        &DELETE_UNUSED,
        args![id.as_str(), organizer.as_str(), address],
    )
    .await?;
    Ok(())
}
