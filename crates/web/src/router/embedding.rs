//! The routes that other sites use: the widget on their pages, and their word that somebody has signed out.

use super::{api, page};
use crate::api as calls;
use crate::pages::handlers as pages;
use crate::route::Audience::Public;
use crate::route::Class::{Free, Read, Write};
use crate::route::Route;
use crate::route::Switch::On;
use crate::route::Verb::{Get, Post};
use model::flags::Flag::Ticketing;

/// The API's and the script.
#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        page(Get,  "/tickets/widget.js",        Public, Ticketing,     Free,  pages::widget_script),
        api(Get,   "/api/tickets/widget",       Public, On(Ticketing), Read,  calls::widget::show_widget),
        api(Post,  "/api/tickets/sso/sign-out", Public, On(Ticketing), Write, calls::sso::sign_out),
    ]
}
