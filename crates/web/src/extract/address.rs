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
    /// The peer's address, or the one that a proxy of ours speaks for (`proxies`). Without a peer
    /// (in-process calls) it is the local machine.
    pub fn of(state: &WebState, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let peer = extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
        Self(state.proxies.client(peer, headers))
    }
}
