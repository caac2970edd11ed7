//! What happened at Stripe while we did not listen: the list of events, for webhooks that never came.

use super::stripe_objects::failed;
use app::ports::{ListedEvent, PaymentsError, SignedEvent};
use model::time::Time;
use stripe::calls::{ListEvents, Page, Range};
use stripe::{Client, Event, EventType};

/// The events of these kinds since a time, oldest first. All of them: the list begins with the newest, and
/// whoever stopped early would lose the oldest.
pub(super) async fn events_since(
    client: &Client,
    kinds: &[&str],
    since: Time,
) -> Result<Vec<ListedEvent>, PaymentsError> {
    let mut request = ListEvents {
        types: kinds.iter().map(|kind| EventType::from(*kind)).collect(),
        created: Some(Range {
            gte: Some(since.seconds()),
            ..Range::default()
        }),
        page: Page {
            limit: Some(100),
            starting_after: None,
        },
    };
    let mut events = Vec::new();
    loop {
        let found = client.events().list(&request).await;
        let found = found.map_err(|e| failed(&e))?;
        let next = found.next().map(str::to_owned);
        events.extend(found.data.into_iter().map(listed));
        let Some(next) = next else { break };
        request.page.starting_after = Some(next);
    }
    events.reverse();
    Ok(events)
}

fn listed(event: Event) -> ListedEvent {
    ListedEvent {
        created: Time::from_seconds(event.created),
        payload_json: serde_json::json!({
            "id": event.id, "object": "event", "type": event.kind.as_str(), "created": event.created,
            "livemode": event.livemode, "account": event.account, "data": { "object": event.data.object },
        })
        .to_string(),
        event: SignedEvent {
            object_id: event.object_id().unwrap_or_default().to_owned(),
            kind: event.kind.as_str().to_owned(),
            account: event.account.clone(),
            livemode: event.livemode,
            id: event.id,
        },
    }
}
