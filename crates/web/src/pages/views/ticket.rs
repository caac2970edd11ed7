//! One ticket, as text, code and page: what a friend sees who was sent the ticket's own link.

use super::parts::{Logo, Occasion};
use super::shell::Shell;
use askama::Template;
use std::sync::Arc;

/// A ticket's own page, for whoever has its secret link; it tells nothing of the rest of the order.
#[derive(Clone, Debug, Template)]
#[template(path = "ticket.html")]
pub struct TicketPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// The organizer's logo, if they have one.
    pub logo: Option<Logo>,
    /// Which event.
    pub occasion: Occasion,
    /// Street, city and province of the place.
    pub address: String,
    /// The ticket, without a link to itself.
    pub card: TicketCard,
    /// The address of the event's calendar file.
    pub calendar_url: String,
}

/// One ticket on the page.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/ticket.html")]
pub struct TicketCard {
    /// The number for people.
    pub serial: String,
    /// The tier.
    pub tier: String,
    /// Whose it is.
    pub holder: String,
    /// The code as inline SVG, without ids and without style attributes.
    pub qr_svg: String,
    /// The ticket's own page, for passing on; `None` on that page itself.
    pub url: Option<String>,
    /// Whether it still opens the door.
    pub mark: TicketMark,
    /// How its name is changed; `None` where it cannot be.
    pub rename: Option<Rename>,
    /// Where it goes into a phone's wallet.
    pub wallet: WalletLinks,
}

/// Where a ticket goes into phones' wallets; `None` for a wallet that gets no passes.
#[derive(Clone, Debug, Default)]
pub struct WalletLinks {
    /// The address of the file for Apple's.
    pub apple: Option<String>,
    /// The address of ours that leads on to Google's.
    pub google: Option<String>,
}

impl WalletLinks {
    const fn any(&self) -> bool {
        self.apple.is_some() || self.google.is_some()
    }
}

/// The form that changes the name on a ticket.
#[derive(Clone, Debug)]
pub struct Rename {
    /// POST.
    pub action: String,
    /// The token against forged forms.
    pub csrf: String,
}

/// Whether a ticket opens the door.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TicketMark {
    /// It does.
    Valid,
    /// It has: when and where, in words.
    Used(String),
    /// Its money went back.
    Refunded,
    /// It was canceled.
    Canceled,
}
