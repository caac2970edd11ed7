//! The first two pages of whoever begins to sell: the organization's name, and what comes next.

use super::input::Input;
use super::parts::Steps;
use super::shell::Frame;
use askama::Template;

/// Where an organization gets its name.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/start.html")]
pub struct StartPage {
    /// The frame, without any navigation yet.
    pub frame: Frame,
    /// Where the form is sent.
    pub action: String,
    /// The name.
    pub name: Input,
}

/// The organizers' home.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/home.html")]
pub struct HomePage {
    /// The frame.
    pub frame: Frame,
    /// The way to the first event on sale.
    pub steps: Steps,
}
