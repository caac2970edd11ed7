//! What happened at Stripe in the last 30 days, for the webhooks that never arrived.

use serde::Serialize;

use super::{Page, Range};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::event::{Event, EventType};
use crate::objects::List;
use crate::transport::Nothing;

/// `GET /v1/events`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ListEvents {
    /// Only these kinds (at most 20); empty means all.
    pub types: Vec<EventType>,
    pub created: Option<Range>,
    #[serde(flatten)]
    pub page: Page,
}

/// The calls on events.
#[derive(Debug, Clone, Copy)]
pub struct Events<'a>(&'a Client);

impl Client {
    /// Events.
    pub fn events(&self) -> Events<'_> {
        Events(self)
    }
}

impl Events<'_> {
    /// One event.
    pub async fn retrieve(&self, id: &str) -> Result<Event, Error> {
        let endpoint = Endpoint::get("/v1/events/{id}");
        self.0.get(endpoint, Some(id), &Nothing {}).await
    }

    /// A page of events, newest first; [`List::next`] says where the next page starts.
    pub async fn list(&self, request: &ListEvents) -> Result<List<Event>, Error> {
        let endpoint = Endpoint::get("/v1/events");
        self.0.get(endpoint, None, request).await
    }
}
