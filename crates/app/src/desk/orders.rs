//! Finding orders: by page, by state, by tier, by day, and by what somebody on the phone can tell.

use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::ids::{EventId, OrderId, TierId};
use model::order::OrderStatus;
use model::serial;
use model::text;
use model::time::{Day, Time, Zone};
use std::collections::BTreeSet;
use store::Session;
use store::order_list::{self, OrderRow, Scope};

/// The most orders on one page.
const MOST_AT_ONCE: i64 = 100;
/// A hold cannot be older: whoever looks for orders that wait need not look further back, in seconds.
const HOLDS_AT_MOST_S: i64 = 2 * 86_400;

/// Where most organizers are: days of orders over all events begin by its clock.
const HOME_ZONE: &str = "America/Vancouver";

/// What is looked for, as it came in; empty texts are left out.
#[derive(Clone, Debug, Default)]
pub struct OrderSearch {
    /// One event's orders.
    pub event: Option<EventId>,
    /// The beginning of a name or an address, or a whole code, serial or payment id.
    pub q: String,
    /// One state's.
    pub status: Option<OrderStatus>,
    /// Those with tickets of one tier.
    pub tier: Option<TierId>,
    /// Those that were given away.
    pub given: bool,
    /// Those that were begun on this day or later: `2026-12-31`; empty is no limit.
    pub from: String,
    /// Those that were begun on this day or before.
    pub to: String,
    /// Where to continue, as the page before said.
    pub cursor: String,
    /// At most so many.
    pub limit: i64,
}

/// A page of orders.
#[derive(Clone, Debug)]
pub struct OrdersPage {
    /// The orders.
    pub orders: Vec<OrderRow>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
}

/// Why no orders are listed.
#[derive(Debug, thiserror::Error)]
pub enum OrdersError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Whoever asks is no organizer.
    #[error("Connect an organizer first.")]
    NotAnOrganizer,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(OrdersError: store::StoreError);

impl OrdersError {
    fn bad_cursor() -> Self {
        let mut invalid = Invalid::default();
        invalid.note(
            "cursor",
            "Continue with the next_cursor of the page before.",
        );
        Self::Invalid(invalid)
    }
}

/// Finds orders of the acting organizer, or of an event for an admin.
pub async fn search(
    house: &House,
    cx: &Cx,
    input: &OrderSearch,
) -> Result<OrdersPage, OrdersError> {
    let (organizer_id, zone) = if let Some(event) = &input.event {
        let event = access::own_event(house, cx, event).await?;
        let event = event.ok_or(OrdersError::NotFound)?;
        (event.organizer_id, event.timezone)
    } else {
        let own = access::own_organizer(house, cx).await?;
        let own = own.ok_or(OrdersError::NotAnOrganizer)?;
        (own.id, HOME_ZONE.to_owned())
    };
    let days = days(input, &zone)?;
    let limit = input.limit.clamp(1, MOST_AT_ONCE);
    let scope = Scope {
        organizer_id,
        event_id: input.event.clone(),
        status: input.status,
        limit: limit + 1,
    };
    let mut read = house.read().await?;
    let q = input.q.trim();
    if !q.is_empty() && input.cursor.is_empty() {
        let found = exactly(&mut read, &scope, q).await?;
        if !found.is_empty() {
            return Ok(OrdersPage {
                orders: found,
                next: None,
            });
        }
    }
    let found = match (q.is_empty(), &input.tier) {
        (false, _) => beginning(&mut read, &scope, q, &input.cursor).await?,
        (true, Some(tier)) => of_tier(&mut read, &scope, tier, &input.cursor).await?,
        (true, None) => latest(&mut read, &scope, cx.now, input, days).await?,
    };
    Ok(cut(found, limit, input))
}

/// The first and the last moment of the days that are asked for.
fn days(input: &OrderSearch, zone: &str) -> Result<(Option<Time>, Option<Time>), OrdersError> {
    let zone = Zone::parse(zone).unwrap_or_else(|_| Zone::utc());
    let mut invalid = Invalid::default();
    let mut moment = |field: &str, text: &str, after: bool| {
        let text = Some(text.trim()).filter(|t| !t.is_empty())?;
        let day = Day::parse(text).and_then(|day| if after { day.next() } else { Ok(day) });
        invalid.check(field, day.and_then(|day| day.begins(&zone)))
    };
    let days = (
        moment("from", &input.from, false),
        moment("to", &input.to, true),
    );
    if invalid.is_fine() {
        Ok(days)
    } else {
        Err(OrdersError::Invalid(invalid))
    }
}

/// One order, if the text names one: a code that is read aloud, a serial off a ticket, an id of Stripe's.
async fn exactly(s: &mut Session, scope: &Scope, q: &str) -> Result<Vec<OrderRow>, OrdersError> {
    let normal = serial::normalize(q).unwrap_or_default();
    let found = order_list::exactly(s, scope, q, &normal).await?;
    let fits = |o: &OrderRow| scope.status.is_none_or(|status| status == o.status);
    Ok(found.into_iter().filter(fits).collect())
}

async fn beginning(
    s: &mut Session,
    scope: &Scope,
    q: &str,
    cursor: &str,
) -> Result<Vec<OrderRow>, OrdersError> {
    let after = match cursor {
        "" => None,
        text => Some(after_key(text, OrderId::parse).ok_or_else(OrdersError::bad_cursor)?),
    };
    let key = text::search_key(q);
    Ok(order_list::beginning(s, scope, &key, after.as_ref()).await?)
}

/// A cursor of two parts: the key that was found, and the id beside it.
pub(super) fn after_key<T, E>(
    cursor: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Option<(String, T)> {
    let (key, id) = cursor.split_once('.')?;
    let digits = key.len() <= 512 && key.bytes().all(|b| b.is_ascii_hexdigit());
    Some((key.to_owned(), parse(id).ok()?)).filter(|_| digits)
}

async fn of_tier(
    s: &mut Session,
    scope: &Scope,
    tier: &TierId,
    cursor: &str,
) -> Result<Vec<OrderRow>, OrdersError> {
    let before = match cursor {
        "" => None,
        text => Some(OrderId::parse(text).map_err(|_| OrdersError::bad_cursor())?),
    };
    Ok(order_list::of_tier(s, scope, tier, before.as_ref()).await?)
}

async fn latest(
    s: &mut Session,
    scope: &Scope,
    now: Time,
    input: &OrderSearch,
    (since, until): (Option<Time>, Option<Time>),
) -> Result<Vec<OrderRow>, OrdersError> {
    let before = match input.cursor.as_str() {
        "" => None,
        text => {
            let id = OrderId::parse(text).map_err(|_| OrdersError::bad_cursor())?;
            let last = store::orders::by_id(s, &id).await?;
            let last = last.filter(|o| o.organizer_id == scope.organizer_id);
            let last = last.ok_or_else(OrdersError::bad_cursor)?;
            Some((last.created_at, last.id))
        }
    };
    let recent = now.plus_seconds(-HOLDS_AT_MOST_S);
    let since = match (scope.status, since) {
        (Some(OrderStatus::Pending), since) => Some(since.map_or(recent, |s| s.max(recent))),
        (_, since) => since,
    };
    Ok(order_list::latest(s, scope, input.given, before.as_ref(), until, since).await?)
}

/// Cuts what was found to a page, and says where the next one begins.
fn cut(mut found: Vec<OrderRow>, limit: i64, input: &OrderSearch) -> OrdersPage {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let by_key = !input.q.trim().is_empty();
    let next = found.last().filter(|_| more).map(|last| {
        if by_key {
            format!("{}.{}", last.found_key, last.id)
        } else {
            last.id.to_string()
        }
    });
    // Whoever is found by name and by address is still one order.
    let mut seen = BTreeSet::new();
    found.retain(|o| seen.insert(o.id.clone()));
    OrdersPage {
        orders: found,
        next,
    }
}
