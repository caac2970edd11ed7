//! The door's page: a frame that the app fills. It is the same for everybody and says nothing of any event.

use super::shell::Shell;
use crate::urls::Urls;
use askama::Template;
use std::sync::Arc;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "checkin.html")]
pub struct DoorAppPage {
    /// The frame, of which only the door's files are used.
    pub shell: Arc<Shell>,
    /// Where the API begins.
    pub api: String,
    /// The page's own address, which is also what its service worker rules.
    pub scope: String,
    /// Address of the service worker.
    pub worker: String,
    /// Address of the manifest.
    pub manifest: String,
    /// Address of the icon for home screens that read no manifest.
    pub touch_icon: String,
}

impl DoorAppPage {
    /// The page at a mount.
    pub fn new(shell: Arc<Shell>, urls: &Urls) -> Self {
        Self {
            shell,
            api: urls.api_root().to_string(),
            scope: urls.checkin().to_string(),
            worker: urls.checkin_worker().to_string(),
            manifest: urls.checkin_manifest().to_string(),
            touch_icon: urls.asset("door-192.png").to_string(),
        }
    }
}
