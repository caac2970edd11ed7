//! Where a request comes from: for limits, and for whose an idempotency key is.

use crate::state::WebState;
use axum::extract::ConnectInfo;
use http::Extensions;
use http::HeaderMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The client's address.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Address(pub IpAddr);

impl Address {
    /// The peer's address; behind a proxy of ours the last hop that it wrote down, because everything
    /// before that is the client's own word. Without a peer (in-process calls) it is the local machine.
    pub fn of(state: &WebState, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let peer = extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let told = if state.trusted_proxy {
            forwarded(headers)
        } else {
            None
        };
        Self(told.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)))
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let hop = last.to_str().ok()?.rsplit(',').next()?.trim();
    hop.parse()
        .ok()
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|a| a.ip()))
}

#[cfg(test)]
mod tests {
    use super::forwarded;
    use http::HeaderMap;

    #[test]
    fn only_the_hop_that_the_proxy_wrote_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded(&headers), None);
        headers.append("x-forwarded-for", "6.6.6.6".parse().unwrap());
        headers.append("x-forwarded-for", "1.1.1.1, 203.0.113.9".parse().unwrap());
        assert_eq!(forwarded(&headers), Some("203.0.113.9".parse().unwrap()));
        headers.append("x-forwarded-for", "203.0.113.9:4711".parse().unwrap());
        assert_eq!(forwarded(&headers), Some("203.0.113.9".parse().unwrap()));
        headers.append("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(forwarded(&headers), None);
    }
}
