//! The provider of identities: all of its names, or none.

use super::Reader;
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// The longest name that a button has room for, in characters.
const NAME_MOST: usize = 40;

/// Where people may sign in besides us.
#[derive(Clone, Debug)]
pub struct ProviderConfig {
    /// `OIDC_ISSUER`: the provider, exactly as it calls itself.
    pub issuer: String,
    /// `OIDC_CLIENT_ID`: the name under which it knows us.
    pub client_id: String,
    /// `OIDC_CLIENT_SECRET`: what we show that it is us.
    pub client_secret: SecretString,
    /// `OIDC_NAME`: what people call it.
    pub name: String,
    /// How long one call to it may take; `None` for the usual. Not a setting for operators: tests shorten it.
    pub patience: Option<Duration>,
}

impl ProviderConfig {
    /// Reads it; `None` if none of its names is set.
    pub(super) fn read(r: &mut Reader<'_>) -> Option<Self> {
        const NAMES: [&str; 4] = [
            "OIDC_ISSUER",
            "OIDC_CLIENT_ID",
            "OIDC_CLIENT_SECRET",
            "OIDC_NAME",
        ];
        let values = NAMES.map(|name| r.text(name, Some("")));
        if values.iter().all(String::is_empty) {
            return None;
        }
        let mut whole = true;
        for (name, value) in NAMES.into_iter().zip(&values) {
            if value.is_empty() {
                whole = false;
                r.fault(
                    name,
                    "signing in by OpenID Connect needs all four of OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME, or none of them.",
                );
            }
        }
        let [issuer, client_id, client_secret, name] = values;
        let config = Self {
            issuer,
            client_id,
            client_secret: SecretString::from(client_secret),
            name,
            patience: None,
        };
        if !config.issuer.is_empty()
            && let Err(bad) = config.client()
        {
            r.fault("OIDC_ISSUER", &bad.to_string());
        }
        if model::text::line(&config.name, NAME_MOST).is_err() && !config.name.is_empty() {
            r.fault(
                "OIDC_NAME",
                "write what people call the provider, in at most 40 characters: it stands on a button.",
            );
        }
        whole.then_some(config)
    }

    /// The client that speaks to it.
    pub(crate) fn client(&self) -> Result<oidc::Client, oidc::ConfigError> {
        let secret = SecretString::from(self.client_secret.expose_secret().to_owned());
        let mut config = oidc::Config::new(&self.issuer, &self.client_id, secret)?;
        if let Some(patience) = self.patience {
            config.patience = patience;
        }
        oidc::Client::new(config)
    }
}
