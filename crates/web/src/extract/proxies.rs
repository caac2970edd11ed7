//! Which proxies are believed when they say whom they speak for.
//!
//! `X-Forwarded-For` is a list to which every proxy adds the address that it was called from, at the end;
//! whoever calls the first one may have written anything before that. So it is read from its end, as long
//! as each address is one of the operator's own proxies; the first that is not is the client. A caller who
//! is no such proxy is not listened to at all. `X-Forwarded-Proto` and `X-Forwarded-Host` are not read by
//! anybody here: our addresses come from `PUBLIC_URL`, so that no header can make a mail lead elsewhere.

use http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

/// The most hops that are looked at.
const HOPS_MOST: usize = 20;

/// Addresses of proxies, singly or by network.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Proxies(Vec<Network>);

/// A text that names no proxies.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "“{0}” is no address and no network: write 127.0.0.1, 10.0.0.0/8 or fd00::/8, several separated by commas."
)]
pub struct BadProxy(String);

#[derive(Copy, Clone, Debug, Eq, PartialEq)]
struct Network {
    /// The address, as 128 bits; of IPv4 the lowest 32.
    bits: u128,
    /// How many of the highest bits count.
    prefix: u32,
    four: bool,
}

/// An address as itself: IPv4 inside of IPv6 is IPv4.
fn plain(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(four) => (u128::from(u32::from(four)), 32),
        IpAddr::V6(six) => (u128::from(six), 128),
    }
}

impl Network {
    fn read(text: &str) -> Option<Self> {
        let (address, prefix) = text
            .split_once('/')
            .map_or((text, None), |(a, p)| (a, Some(p)));
        let address: IpAddr = address.trim().parse().ok()?;
        let address = plain(address);
        let (bits, width) = bits(address);
        let prefix = prefix.map_or(Some(width), |p| p.trim().parse().ok())?;
        (prefix <= width).then_some(Self {
            bits,
            prefix,
            four: width == 32,
        })
    }

    fn has(&self, address: IpAddr) -> bool {
        let (other, width) = bits(address);
        let rest = width - self.prefix.min(width);
        // Moving all 128 bits away is one step more than a shift can do.
        let high = |bits: u128| bits.checked_shr(rest).unwrap_or_default();
        self.four == (width == 32) && high(self.bits) == high(other)
    }
}

impl Proxies {
    /// Reads addresses and networks, separated by commas; an empty text names none.
    pub fn parse(text: &str) -> Result<Self, BadProxy> {
        let items = text.split(',').map(str::trim).filter(|t| !t.is_empty());
        items
            .map(|item| Network::read(item).ok_or_else(|| BadProxy(item.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.has(address))
    }

    /// Who calls: the peer, or whom our proxies say that they were called by.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = plain(peer);
        let lines = headers.get_all("x-forwarded-for").iter();
        let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
        let hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
        for hop in hops.take(HOPS_MOST) {
            if !self.trusts(client) {
                break;
            }
            // What cannot be read was not written by a proxy of ours.
            let Some(address) = read_hop(hop.trim()) else {
                break;
            };
            client = address;
        }
        client
    }
}

/// An address, with or without a port.
fn read_hop(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<SocketAddr>().ok().map(|a| a.ip());
    hop.parse().ok().or_else(with_port).map(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let proxies = Proxies::parse(proxies).unwrap();
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_stranger_is_not_listened_to() {
        assert_eq!(client("", "203.0.113.9", &["1.1.1.1"]), "203.0.113.9");
        assert_eq!(
            client("10.0.0.1", "203.0.113.9", &["1.1.1.1"]),
            "203.0.113.9"
        );
        assert_eq!(client("127.0.0.1", "::1", &["1.1.1.1"]), "::1");
    }

    #[test]
    fn the_first_hop_from_the_end_that_is_no_proxy_of_ours_is_the_client() {
        let ours = "127.0.0.1, 10.0.0.0/8, fd00::/8";
        assert_eq!(client(ours, "127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(
            client(ours, "127.0.0.1", &["6.6.6.6, 203.0.113.9"]),
            "203.0.113.9"
        );
        assert_eq!(
            client(ours, "10.1.2.3", &["6.6.6.6", "203.0.113.9, 10.9.9.9"]),
            "203.0.113.9"
        );
        assert_eq!(
            client(ours, "fd12::1", &["203.0.113.9:4711"]),
            "203.0.113.9"
        );
        assert_eq!(
            client(ours, "::ffff:127.0.0.1", &["[2001:db8::7]:99"]),
            "2001:db8::7"
        );
        assert_eq!(
            client(ours, "127.0.0.1", &["10.0.0.5, 10.0.0.6"]),
            "10.0.0.5"
        );
    }

    #[test]
    fn what_is_no_address_ends_the_chain() {
        let ours = "127.0.0.1,10.0.0.0/8";
        assert_eq!(
            client(ours, "127.0.0.1", &["1.1.1.1, unknown"]),
            "127.0.0.1"
        );
        assert_eq!(
            client(ours, "127.0.0.1", &["1.1.1.1, , 10.0.0.2"]),
            "10.0.0.2"
        );
        let long = vec!["10.0.0.3"; 500].join(",");
        assert_eq!(client(ours, "127.0.0.1", &["1.1.1.1", &long]), "10.0.0.3");
    }

    #[test]
    fn networks_are_read_and_what_is_none_is_named() {
        assert_eq!(
            client("0.0.0.0/0", "8.8.8.8", &["203.0.113.9"]),
            "203.0.113.9"
        );
        assert_eq!(
            client("192.0.2.128/25", "192.0.2.127", &["1.1.1.1"]),
            "192.0.2.127"
        );
        for bad in [
            "proxy",
            "10.0.0.0/33",
            "::1/129",
            "10.0.0.0/-1",
            "10.0.0.0/",
            "true",
        ] {
            assert_eq!(Proxies::parse(bad), Err(BadProxy(bad.to_owned())), "{bad}");
        }
        assert_eq!(Proxies::parse(" , "), Ok(Proxies::default()));
    }
}
