//! All events of an organizer together, for the first page after signing in.

use super::Numbers;
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::EventId;
use model::money::Currency;
use model::time::Time;
use std::collections::BTreeMap;
use store::metrics::series;

/// What an organizer's events sold since a time.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The sums, by currency: amounts of two currencies are never added.
    pub sums: Vec<(Currency, Numbers)>,
    /// Each event that sold or gave back anything since.
    pub events: BTreeMap<EventId, Numbers>,
}

/// What the actor's own events sold since `since` (whole quarters of an hour); `None` for whoever is no
/// organizer.
pub async fn overview(house: &House, cx: &Cx, since: Time) -> Result<Option<Overview>, Fault> {
    let Some(organizer) = access::own_organizer(house, cx).await? else {
        return Ok(None);
    };
    let rows = series::of_organizer(&mut *house.read().await?, &organizer.id, since).await?;
    let mut overview = Overview::default();
    for row in rows {
        let sum = overview.sums.iter_mut().find(|(c, _)| *c == row.currency);
        match sum {
            Some((_, numbers)) => *numbers += row.numbers,
            None => overview.sums.push((row.currency, row.numbers)),
        }
        overview.events.insert(row.event_id, row.numbers);
    }
    Ok(Some(overview))
}
