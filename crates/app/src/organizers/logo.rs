//! An organizer's logo: what they send is drawn anew, kept for print and for mails, and put on their papers.

use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::files::{self, FileSize, Served};
use crate::house::House;
use crate::ports::{LogoPaper, PictureError};
use model::ids::FileId;
use std::sync::Arc;
use store::files::NewFile;
use store::organizers::{Logo, LogoGround, Organizer};

/// Why a logo was not changed.
#[derive(Debug, thiserror::Error)]
pub enum LogoError {
    /// Whoever asks is no organizer.
    #[error("Connect your organizer account first: POST /api/tickets/organizers/connect.")]
    NotAnOrganizer,
    /// The file is not one that we take; the sentence says what to do.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed it meanwhile.
    #[error(
        "The logo was changed a moment ago. Look at it, and repeat your change if you still want it."
    )]
    Stale,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(LogoError: store::StoreError);

/// Gives an organizer a logo from a stranger's file; `address` says where a file is found.
pub async fn set_logo(
    house: &House,
    cx: &mut Cx,
    file: Vec<u8>,
    address: &(dyn Fn(&FileId) -> String + Sync),
) -> Result<Organizer, LogoError> {
    let organizer = own(house, cx).await?;
    let drawn = house.pictures.develop_logo(file).await;
    let prints = drawn.map_err(|e| match e {
        PictureError::Refused(why) => LogoError::Refused(why),
        PictureError::Broke(why) => LogoError::Fault(Fault::Workshop {
            what: "a logo",
            why,
        }),
    })?;
    let logo = Logo {
        file: cx.mint(FileId::mint),
        width: prints.print.width.into(),
        height: prints.print.height.into(),
        ground: if prints.needs_paper {
            LogoGround::Paper
        } else {
            LogoGround::Own
        },
    };
    let file = |size, print| files::new_file(&logo.file, &organizer.id, size, print, cx.now);
    let files = [
        file(FileSize::Wide, &prints.print),
        file(FileSize::Narrow, &prints.mail),
    ];
    show(house, cx, organizer, Some(logo), &files, address).await
}

/// Takes an organizer's logo away; without one it is fine, too.
pub async fn take_logo_away(
    house: &House,
    cx: &mut Cx,
    address: &(dyn Fn(&FileId) -> String + Sync),
) -> Result<Organizer, LogoError> {
    let organizer = own(house, cx).await?;
    if organizer.logo.is_none() {
        return Ok(organizer);
    }
    show(house, cx, organizer, None, &[], address).await
}

async fn own(house: &House, cx: &Cx) -> Result<Organizer, LogoError> {
    let organizer = access::own_organizer(house, cx).await?;
    organizer.ok_or(LogoError::NotAnOrganizer)
}

async fn show(
    house: &House,
    cx: &mut Cx,
    organizer: Organizer,
    logo: Option<Logo>,
    files: &[NewFile],
    address: &(dyn Fn(&FileId) -> String + Sync),
) -> Result<Organizer, LogoError> {
    let id = &organizer.id;
    let line = access::audit_line(cx, "organizer.logo_changed", "organizer", id.as_str());
    let old = organizer.logo.as_ref().map(|logo| &logo.file);
    let mut tx = house.write().await?;
    for file in files {
        store::files::insert(&mut tx, file).await?;
    }
    if !store::organizers::set_logo(&mut tx, id, old, logo.as_ref(), cx.now).await? {
        return Err(LogoError::Stale);
    }
    if let Some(old) = old {
        // An event may show it as its cover, by its address.
        store::files::delete_unused(&mut tx, old, id, &address(old)).await?;
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget_all(house);
    Ok(Organizer {
        logo,
        updated_at: cx.now,
        ..organizer
    })
}

/// The logo with its bytes, for papers and mails. One that went a moment ago is none: no ticket waits for a picture.
pub(crate) async fn logo_paper(
    house: &House,
    organizer: &Organizer,
) -> Result<Option<LogoPaper>, Fault> {
    let Some(logo) = &organizer.logo else {
        return Ok(None);
    };
    let print: Option<Arc<Served>> = files::serve(house, &logo.file, FileSize::Wide).await?;
    let mail = files::serve(house, &logo.file, FileSize::Narrow).await?;
    Ok(print.zip(mail).map(|(print, mail)| LogoPaper {
        file: logo.file.clone(),
        print,
        mail,
    }))
}
