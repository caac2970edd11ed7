//! What waits for the organizer, each thing with what can be done about it.

use crate::pages::views::portal::icon::Icon;
use crate::pages::views::portal::parts::{Empty, Input};
use crate::pages::views::portal::shell::Frame;
use askama::Template;

/// Something that waits.
#[derive(Clone, Debug)]
pub struct NeedCard {
    /// Its sign.
    pub icon: Icon,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// What it is.
    pub title: String,
    /// What it means, sentence by sentence.
    pub words: Vec<String>,
    /// What somebody wrote, line by line.
    pub quote: Vec<String>,
    /// What can be done: words and address.
    pub links: Vec<(String, String)>,
    /// A form: where it is sent, its fields, what its button says.
    pub form: Option<(String, Vec<Input>, &'static str)>,
}

/// All that waits.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/needs.html")]
pub struct NeedsPage {
    /// The frame.
    pub frame: Frame,
    /// What waits.
    pub needs: Vec<NeedCard>,
    /// What stands there if nothing does.
    pub empty: Empty,
}
