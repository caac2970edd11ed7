//! Who we are to which provider.

use secrecy::SecretString;
use std::net::IpAddr;
use std::time::Duration;
use url::{Host, Url};

/// How long one call to the provider may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A client of a provider.
#[derive(Clone, Debug)]
pub struct Config {
    /// The provider, exactly as it calls itself; tokens are compared with these very characters.
    pub issuer: String,
    /// The name under which it knows us.
    pub client_id: String,
    /// What we show that it is us.
    pub client_secret: SecretString,
    /// How long one call may take.
    pub patience: Duration,
    pub(crate) place: Url,
}

/// Why a provider cannot be one.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ConfigError {
    /// It is no address of a provider.
    #[error(
        "write the provider's own address, like https://accounts.example.ca, without a question mark or a password."
    )]
    Issuer,
    /// Whoever sits on the line could sign in as anybody.
    #[error(
        "it must begin with https://; without TLS only a provider on this machine is believed."
    )]
    Plain,
    /// The client for HTTP could not be made.
    #[error("no client for HTTP could be made: {0}")]
    Http(String),
}

impl Config {
    /// Checks the provider's address.
    pub fn new(
        issuer: &str,
        client_id: &str,
        client_secret: SecretString,
    ) -> Result<Self, ConfigError> {
        let place = Url::parse(issuer).map_err(|_| ConfigError::Issuer)?;
        if !matches!(place.scheme(), "http" | "https") || place.query().is_some() {
            return Err(ConfigError::Issuer);
        }
        if place.fragment().is_some() || !place.username().is_empty() || place.password().is_some()
        {
            return Err(ConfigError::Issuer);
        }
        if !is_safe(&place, true) {
            return Err(ConfigError::Plain);
        }
        Ok(Self {
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            client_secret,
            patience: PATIENCE,
            place,
        })
    }

    /// Whether the provider is a stand-in on this machine, without TLS.
    pub(crate) fn is_here(&self) -> bool {
        self.place.scheme() == "http"
    }
}

/// Whether nobody on the line can read or change what is sent there: it has TLS, or (where `here` allows it)
/// never leaves this machine.
pub(crate) fn is_safe(url: &Url, here: bool) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => here && is_this_machine(url),
        _ => false,
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(issuer: &str) -> Option<ConfigError> {
        Config::new(issuer, "jugnu", SecretString::from("secret")).err()
    }

    #[test]
    fn a_provider_has_tls_or_is_on_this_machine() {
        for good in [
            "https://accounts.example.ca",
            "https://accounts.example.ca/realms/jugnu",
            "https://accounts.example.ca/",
            "http://127.0.0.1:8310",
            "http://[::1]:8310",
            "http://localhost:8310/realm",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for plain in [
            "http://accounts.example.ca",
            "http://192.168.1.4",
            "http://localhost.example.ca",
        ] {
            assert_eq!(fault(plain), Some(ConfigError::Plain), "{plain}");
        }
        for bad in [
            "accounts.example.ca",
            "ftp://accounts.example.ca",
            "https://accounts.example.ca?tenant=1",
            "https://accounts.example.ca#x",
            "https://me:secret@accounts.example.ca",
            "",
        ] {
            assert_eq!(fault(bad), Some(ConfigError::Issuer), "{bad}");
        }
    }
}
