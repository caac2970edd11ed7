//! An organizer's logo on paper and in mails.

use app::ports::{Inline, LogoPaper, OrderPaper};
use press::Asset;
use web::mails::MailLogo;
use web::papers::logo::PrintLogo;

/// The name that a picture has within a mail: like an address, and the same only for the same picture.
fn content_id(logo: &LogoPaper) -> String {
    format!("{}@jugnu-tickets", logo.file)
}

/// The logo as it travels in a mail.
pub(super) fn inline(logo: &LogoPaper) -> Inline {
    Inline {
        content_id: content_id(logo),
        mime: logo.mail.content_type.clone(),
        bytes: logo.mail.bytes.clone(),
    }
}

/// The logo as a mail's template shows it.
pub(super) fn for_mail(order: &OrderPaper) -> Option<MailLogo> {
    let logo = order.logo.as_ref()?;
    Some(MailLogo::of(
        content_id(logo),
        order.organizer_name.clone(),
        (logo.mail.width, logo.mail.height),
    ))
}

/// The logo as a paper's template shows it.
pub(super) fn for_print(order: &OrderPaper) -> Option<PrintLogo> {
    let logo = order.logo.as_ref()?;
    Some(PrintLogo::of(
        asset_name(logo),
        (logo.print.width, logo.print.height),
    ))
}

/// The pictures that a paper of the order names.
pub(super) fn assets(order: &OrderPaper) -> Vec<Asset> {
    let asset = |logo: &LogoPaper| Asset {
        name: asset_name(logo),
        bytes: logo.print.bytes.clone(),
    };
    order.logo.iter().map(asset).collect()
}

fn asset_name(logo: &LogoPaper) -> String {
    match logo.print.content_type.as_str() {
        "image/jpeg" => "logo.jpg".to_owned(),
        _ => "logo.png".to_owned(),
    }
}
