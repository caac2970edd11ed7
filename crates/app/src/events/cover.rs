//! An event's picture: what an organizer sends is drawn anew, kept in two widths, and shown from here.

use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::files;
use crate::house::House;
use crate::ports::PictureError;
use model::ids::{EventId, FileId};
use store::WriteTx;
use store::events::Event;
use store::files::{FileSize, NewFile};

/// Why an event's picture was not changed.
#[derive(Debug, thiserror::Error)]
pub enum CoverError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// The file is not one that we take; the sentence says what to do.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed the event meanwhile.
    #[error("Somebody else changed this event a moment ago. Load it again and repeat your change.")]
    Stale,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(CoverError: store::StoreError);

/// Gives an event a picture from a stranger's file; `address` says where a file is found.
pub async fn set_cover(
    house: &House,
    cx: &mut Cx,
    id: &EventId,
    file: Vec<u8>,
    address: &(dyn Fn(&FileId) -> String + Sync),
) -> Result<Event, CoverError> {
    let event = access::own_event(house, cx, id).await?;
    event.ok_or(CoverError::NotFound)?;
    let prints = house.pictures.develop(file).await.map_err(|e| match e {
        PictureError::Refused(why) => CoverError::Refused(why),
        PictureError::Broke(why) => CoverError::Fault(Fault::Workshop {
            what: "a cover",
            why,
        }),
    })?;
    // Read again: drawing takes a moment, and what was typed meanwhile is kept.
    let event = access::own_event(house, cx, id).await?;
    let event = event.ok_or(CoverError::NotFound)?;
    let file = cx.mint(FileId::mint);
    let kept = |size, print| files::new_file(&file, &event.organizer_id, size, print, cx.now);
    let files = [
        kept(FileSize::Wide, &prints.wide),
        kept(FileSize::Narrow, &prints.narrow),
    ];
    show(house, cx, event, address(&file), &files).await
}

/// Takes an event's picture away.
pub async fn take_cover_away(
    house: &House,
    cx: &mut Cx,
    id: &EventId,
) -> Result<Event, CoverError> {
    let event = access::own_event(house, cx, id).await?;
    let event = event.ok_or(CoverError::NotFound)?;
    if event.cover_url.is_empty() {
        return Ok(event);
    }
    show(house, cx, event, String::new(), &[]).await
}

async fn show(
    house: &House,
    cx: &mut Cx,
    event: Event,
    cover_url: String,
    files: &[NewFile],
) -> Result<Event, CoverError> {
    let line = access::audit_line(cx, "event.cover_changed", "event", event.id.as_str());
    let mut changed = Event {
        cover_url,
        updated_at: cx.now,
        ..event.clone()
    };
    let mut tx = house.write().await?;
    for file in files {
        store::files::insert(&mut tx, file).await?;
    }
    if !store::events::update(&mut tx, &changed).await? {
        return Err(CoverError::Stale);
    }
    drop_old(&mut tx, &event).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget(house, &changed.id);
    changed.revision += 1;
    Ok(changed)
}

/// Takes the picture away that an event had before, unless another event of the organizer shows it too.
async fn drop_old(tx: &mut WriteTx, event: &Event) -> Result<(), CoverError> {
    let last = event.cover_url.rsplit('/').next().unwrap_or_default();
    if let Ok(old) = FileId::parse(last) {
        store::files::delete_unused(tx, &old, &event.organizer_id, &event.cover_url).await?;
    }
    Ok(())
}
