//! What every page shares: the files it loads and the ways out of it.

use super::portal::shell::Section;
use crate::assets::AssetNames;
use crate::router;
use crate::urls::Urls;

/// The frame of a page; made once when the server starts, and shared.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Address of the style sheet.
    pub css: String,
    /// Address of the script.
    pub js: String,
    /// Addresses of the faces to fetch early.
    pub faces: Vec<String>,
    /// Address of the icon.
    pub icon: String,
    /// Address of the list of events.
    pub home: String,
    /// Address of the terms of sale.
    pub terms: String,
    /// Address of the privacy page.
    pub privacy: String,
    /// Address of the refund policy.
    pub refund_policy: String,
    /// Address of the organizers' style sheet.
    pub portal_css: String,
    /// Address of the organizers' script.
    pub portal_js: String,
    /// Address of the door's style sheet.
    pub door_css: String,
    /// Address of the door's script.
    pub door_js: String,
    /// Address of the script where passkeys are made and shown.
    pub passkeys_js: String,
    /// Address of the organizers' pages.
    pub organizer: String,
    /// Address of one's own account.
    pub account: String,
    /// Where signing out is sent.
    pub sign_out: String,
    /// Address of a buyer's tickets.
    pub my_tickets: String,
    /// The sections of the organizers' pages that exist, with their addresses.
    pub sections: Vec<(Section, String)>,
}

impl Shell {
    /// The frame for a mount and a build.
    pub fn new(urls: &Urls, names: &AssetNames) -> Self {
        Self {
            css: urls.asset(&names.css).to_string(),
            js: urls.asset(&names.js).to_string(),
            faces: names
                .faces
                .iter()
                .map(|face| urls.asset(face).to_string())
                .collect(),
            icon: urls.asset("mark.svg").to_string(),
            home: urls.events().to_string(),
            terms: urls.terms().to_string(),
            privacy: urls.privacy().to_string(),
            refund_policy: urls.refund_policy().to_string(),
            portal_css: urls.asset(&names.portal_css).to_string(),
            portal_js: urls.asset(&names.portal_js).to_string(),
            door_css: urls.asset(&names.door_css).to_string(),
            door_js: urls.asset(&names.door_js).to_string(),
            passkeys_js: urls.asset(&names.passkeys_js).to_string(),
            organizer: urls.organizer().to_string(),
            account: urls.account().to_string(),
            sign_out: urls.sign_out().to_string(),
            my_tickets: urls.my_tickets().to_string(),
            sections: Section::ALL
                .into_iter()
                .filter(|section| router::has_page(section.path()))
                .map(|section| (section, urls.section(section.path()).to_string()))
                .collect(),
        }
    }
}
