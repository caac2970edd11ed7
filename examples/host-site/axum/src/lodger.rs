//! All that the site knows of its lodger.
//!
//! Two lines on its pages, and its signed word about who somebody is. Nothing here waits for the lodger: a
//! page that names it is written without asking it, and a sign-out is told to it while the site goes on.

use crate::db::Person;
use crate::pages::escaped;
use crate::seal::sealed;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tickets::{Config, Tickets};

/// How long the site's word about somebody holds, in seconds.
const HOLDS_S: u64 = 60;

/// The lodger, as the site sees it.
#[derive(Clone)]
pub struct Lodger {
    mount: String,
    audience: String,
    secret: Option<SecretString>,
    house: Option<Tickets>,
}

impl Lodger {
    /// A lodger of this configuration. `house` is the lodger itself, if it could be opened: the site's pages
    /// are the same without it.
    pub fn new(config: &Config, house: Option<Tickets>) -> Self {
        Self {
            mount: config.mount.clone(),
            audience: config.public_url.clone(),
            secret: config.sso_secret.clone(),
            house,
        }
    }

    /// The lodger's own routes, if it is there.
    pub fn house(&self) -> Option<&Tickets> {
        self.house.as_ref()
    }

    /// The one line on an event's page.
    pub(crate) fn button(&self, slug: &str) -> String {
        let (mount, slug) = (escaped(&self.mount), escaped(slug));
        format!(
            "<script async src=\"{mount}/tickets/widget.js\"></script><jugnu-tickets event=\"{slug}\" source=\"jugnu\"></jugnu-tickets>\n"
        )
    }

    /// The one line in the portal.
    pub(crate) fn portal_link(&self) -> String {
        self.secret.as_ref().map_or_else(String::new, |_| {
            "<p><a href=\"/portal/tickets\">Sell tickets</a></p>\n".to_owned()
        })
    }

    /// Where to send somebody whom the site knows; `None` if they cannot be handed over. `now_s` is in
    /// seconds since 1970.
    pub(crate) fn hand_over(&self, person: &Person, now_s: u64) -> Option<String> {
        let mut nonce = [0; 16];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let claims = json!({
            "user_id": person.id, "email": person.email, "name": person.name, "aud": self.audience,
            "iat": now_s, "exp": now_s + HOLDS_S, "nonce": HEXLOWER.encode(&nonce),
            "next": format!("{}/tickets/organizer", self.mount),
        });
        let claims = BASE64URL_NOPAD.encode(claims.to_string().as_bytes());
        let token = sealed(self.secret.as_ref()?.expose_secret(), &claims);
        Some(format!("{}/tickets/sso?token={token}", self.mount))
    }

    /// Tells the lodger that somebody has signed out here, and does not wait.
    pub(crate) fn farewell(&self, person: String) {
        if let Some(house) = self.house.clone() {
            tokio::spawn(async move {
                if let Err(fault) = house.sign_out(&person).await {
                    eprintln!("the tickets did not hear that {person} has signed out: {fault}");
                }
            });
        }
    }
}
