//! What browsers call the relying party: the host that passkeys are kept for, and the origin of its pages.

use std::net::Ipv4Addr;

/// The site that passkeys belong to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Party {
    /// The host: `tickets.example.ca`. A passkey is kept for it and shown to nobody else.
    pub id: String,
    /// Scheme, host and port of its pages.
    pub origin: String,
}

impl Party {
    /// The party behind a public address (an origin, without a path). `None` where browsers offer no
    /// passkeys: an IP address cannot own one, and neither can a page that came without TLS, unless it is
    /// this machine's own (`localhost`).
    pub fn of(public_url: &str) -> Option<Self> {
        let (scheme, rest) = public_url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.starts_with('[') {
            return None;
        }
        let host = authority.split(':').next().unwrap_or_default();
        let own = host == "localhost" || host.ends_with(".localhost");
        let safe = scheme == "https" || (scheme == "http" && own);
        if host.is_empty() || host.parse::<Ipv4Addr>().is_ok() || !safe {
            return None;
        }
        Some(Self {
            id: host.to_owned(),
            origin: format!("{scheme}://{authority}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Party;

    #[test]
    fn a_host_with_tls_and_this_machine_may_have_passkeys() {
        for (url, id) in [
            ("https://tickets.example.ca", "tickets.example.ca"),
            ("https://tickets.example.ca:8443", "tickets.example.ca"),
            ("http://localhost:8080", "localhost"),
            ("http://tickets.localhost", "tickets.localhost"),
        ] {
            let party = Party::of(url).unwrap();
            assert_eq!((party.id.as_str(), party.origin.as_str()), (id, url));
        }
    }

    #[test]
    fn an_address_of_numbers_or_without_tls_may_not() {
        for url in [
            "http://127.0.0.1:8080",
            "https://127.0.0.1",
            "https://[::1]:8443",
            "http://tickets.example.ca",
            "ftp://localhost",
            "https://",
            "tickets.example.ca",
            "",
        ] {
            assert_eq!(Party::of(url), None, "{url}");
        }
    }
}
