//! Signing in: ask for a link, read your mail, press the button.

use super::input::Input;
use super::passkeys::ShowPasskey;
use crate::pages::views::shell::Shell;
use crate::words;
use askama::Template;
use std::sync::Arc;

/// Whoever has shown their address already, as a buyer, and could go on with it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The address.
    pub email: String,
    /// Where the button is sent.
    pub action: String,
    /// The token of its form.
    pub csrf: String,
}

/// Where one asks for a link.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in/ask.html")]
pub struct SignInPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Where the form is sent.
    pub action: String,
    /// Where to go on; empty for one's home.
    pub next: String,
    /// Whether somebody wants to sell, and not to see their tickets.
    pub selling: bool,
    /// The address of the same page for the other of the two.
    pub other: String,
    /// The address.
    pub email: Input,
    /// Whoever has signed in as a buyer.
    pub known: Option<Known>,
    /// The way in with a passkey, where there is one.
    pub passkey: Option<ShowPasskey>,
    /// The way in by a provider of identities, where there is one.
    pub provider: Option<ShowProvider>,
}

/// The way in by a provider of identities.
#[derive(Clone, Debug)]
pub struct ShowProvider {
    /// What people call it.
    pub name: String,
    /// Where the way begins.
    pub href: String,
}

/// What is said when somebody comes back from a provider and does not come in.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in/stranded.html")]
pub struct StrandedPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// What happened, in a few words.
    pub title: String,
    /// What it means, in a sentence or two.
    pub words: String,
    /// Where to try it once more; `None` where that would end the same.
    pub again: Option<String>,
    /// Where to ask for a link by mail.
    pub mail: String,
}

impl StrandedPage {
    /// What is said of one way of not coming in, by its key among the texts: title and words.
    pub fn said(key: &str, provider: &str) -> (String, String) {
        (
            words::t1(key, "name", provider),
            words::t1(&format!("{key}-words"), "name", provider),
        )
    }
}

/// What is said when a link is on its way.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in/sent.html")]
pub struct LinkSentPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Where it was sent.
    pub email: String,
    /// How long it holds, in minutes.
    pub minutes: i64,
    /// Where to ask again.
    pub again: String,
}

/// What the link in the mail opens: a button.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in/enter.html")]
pub struct EnterPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Where the form is sent.
    pub action: String,
    /// The link's key.
    pub key: String,
    /// Who signs in.
    pub email: String,
    /// Whether somebody wants to sell.
    pub selling: bool,
}

/// What is said of a link that was used or is past its time.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in/spent.html")]
pub struct LinkSpentPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Where to ask for a new one.
    pub again: String,
}
