//! Passkeys on pages: the button that shows one, the button that makes one, and the list of one's own.
//!
//! Both buttons need the page's script, and a browser that knows passkeys; without them the pages are what
//! they were, and the link by mail is there. What can go wrong stands in the template, in words, for the
//! script to show.

use super::icon::Icon;
use askama::Template;

/// The button that signs in with a passkey.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in/passkey.html")]
pub struct ShowPasskey {
    /// Where the question comes from.
    pub begin: String,
    /// Where the answer is sent.
    pub finish: String,
    /// The host that passkeys are kept for.
    pub site: String,
    /// Where to go on; empty for one's home.
    pub next: String,
    /// Whether passkeys are offered in the page's field for an address, too.
    pub in_field: bool,
}

/// The button that makes a passkey.
#[derive(Clone, Debug, Template)]
#[template(path = "mine/new_passkey.html")]
pub struct MakePasskey {
    /// Where the question comes from.
    pub begin: String,
    /// Where the answer is sent.
    pub finish: String,
    /// The host that it will be kept for.
    pub site: String,
    /// The token of its requests.
    pub csrf: String,
}

/// A passkey of one's own.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it was added.
    pub added: String,
    /// When it last signed in; `None` if never.
    pub used: Option<String>,
}

/// What there is to do about another passkey.
#[derive(Clone, Debug)]
pub enum Another {
    /// Make it.
    Make(MakePasskey),
    /// Sign in again first, by a link to an address that is sent from here.
    SignIn {
        /// Where the address is sent.
        action: String,
        /// Where the link leads.
        next: String,
    },
    /// Show the second factor first; its page.
    Code(String),
    /// Show a passkey first.
    Passkey,
}

/// One's passkeys.
#[derive(Clone, Debug)]
pub struct OwnPasskeys {
    /// The passkeys.
    pub rows: Vec<PasskeyRow>,
    /// Where a new name is sent.
    pub rename: String,
    /// The longest name, in characters.
    pub name_most: usize,
    /// Where a removal is sent.
    pub remove: String,
    /// What there is to do about another one.
    pub another: Another,
    /// The button that shows one, where that is asked for and there is one.
    pub show: Option<ShowPasskey>,
}
