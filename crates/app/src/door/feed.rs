//! What happens at an event's door, told to every device as it happens.
//!
//! On each server one task a watched event looks at the number of the event's changes: at once when this server
//! has recorded a scan, else every second, so that another server's scans arrive in time. What changed is
//! read once and handed to all devices that listen. A device that is slow, or has just come, reads what it
//! missed by itself. The task ends when nobody listens any more.

use super::changes::{self, Changes, Delta, Place};
use super::{DoorError, Pass, listing};
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::checkin::Gate;
use model::flags::Flag;
use model::ids::EventId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Notify, broadcast, watch};
use tokio::time::Instant;

/// How often another server's changes are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// However many scans there are, changes are read no more often than this.
const PAUSE: Duration = Duration::from_millis(100);
/// After so long without news a device is told that we are still there.
const BEAT: Duration = Duration::from_secs(15);
/// A device calls again after so long.
const LONGEST: Duration = Duration::from_mins(10);
/// So much news may wait for a slow device, before it has to read by itself.
const WAITING: usize = 64;

/// The events that devices of this server listen to.
pub struct Feeds {
    rooms: Mutex<HashMap<EventId, Weak<Room>>>,
    closing: watch::Sender<bool>,
}

/// The devices that listen to one event.
struct Room {
    bell: Notify,
    news: broadcast::Sender<News>,
}

/// Something happened.
#[derive(Clone)]
struct News {
    /// What changed; none if each device reads it by itself: there is very much, or nobody looked before.
    delta: Option<Arc<Delta>>,
    /// The number of changes that the news begins after.
    since: i64,
    /// The number of changes that there are.
    up_to: i64,
    /// Rises when devices must look at their own key.
    notices: i64,
    /// The door's own rules, without those of a gate.
    gate: Gate,
}

/// Where things stood at the last look.
#[derive(Eq, PartialEq)]
struct Known {
    changes: i64,
    notices: i64,
    gate: Gate,
}

impl Default for Feeds {
    fn default() -> Self {
        Self {
            rooms: Mutex::default(),
            closing: watch::Sender::new(false),
        }
    }
}

impl Feeds {
    /// Says that tickets of an event were changed on this server.
    pub fn ring(&self, event: &EventId) {
        let rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = rooms.get(event).and_then(Weak::upgrade) {
            room.bell.notify_one();
        }
    }

    /// Ends every feed, because the server stops: devices call again, and another server answers.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn enter(&self, house: &House, event: &EventId) -> Arc<Room> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = rooms.get(event).and_then(Weak::upgrade) {
            return room;
        }
        rooms.retain(|_, room| room.strong_count() > 0);
        let room = Arc::new(Room {
            bell: Notify::new(),
            news: broadcast::Sender::new(WAITING),
        });
        rooms.insert(event.clone(), Arc::downgrade(&room));
        tokio::spawn(keep(house.clone(), event.clone(), Arc::downgrade(&room)));
        room
    }
}

/// Looks after one event while anybody listens.
async fn keep(house: House, event: EventId, room: Weak<Room>) {
    let mut known: Option<Known> = None;
    while let Some(here) = room.upgrade() {
        match look(&house, &event, known.as_ref()).await {
            Ok((news, now)) => {
                if let Some(news) = news {
                    // With nobody there, nobody missed it.
                    let _nobody = here.news.send(news);
                }
                known = Some(now);
            }
            Err(error) => {
                tracing::warn!(target: "tickets::door", %event, %error, "a door's news could not be read");
            }
        }
        tokio::time::sleep(PAUSE).await;
        tokio::select! {
            () = here.bell.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY.saturating_sub(PAUSE)) => {}
        }
    }
}

/// What is new since the last look; the first look only says where things stand, because a device may have
/// read just before it, and would miss what happened in between.
async fn look(
    house: &House,
    event: &EventId,
    known: Option<&Known>,
) -> Result<(Option<News>, Known), Fault> {
    let door = store::doors::of_event(&mut *house.read().await?, event).await?;
    let listing = listing(house, event).await?;
    let gate = open_gate(&listing);
    let now = Known {
        changes: door.changes,
        notices: door.notices,
        gate: gate.clone(),
    };
    if known == Some(&now) {
        return Ok((None, now));
    }
    let delta = match known {
        Some(before) => {
            let place = Place::after(before.changes);
            Some(changes::read(house, &listing, &place, door.changes).await?)
        }
        None => None,
    };
    let news = News {
        delta: delta.filter(|delta| !delta.more).map(Arc::new),
        since: known.map_or(door.changes, |before| before.changes),
        up_to: door.changes,
        notices: door.notices,
        gate,
    };
    Ok((Some(news), now))
}

fn open_gate(listing: &crate::catalogue::Listing) -> Gate {
    Gate {
        event_id: listing.event.id.clone(),
        opens: listing.event.door_opens_at,
        closes: listing.event.door_closes_at,
        tiers: None,
        reentry: listing.event.door_reentry,
    }
}

/// One device that listens.
pub struct Feed {
    house: House,
    pass: Pass,
    /// The room stays open while somebody holds it.
    _room: Arc<Room>,
    inbox: broadcast::Receiver<News>,
    closing: watch::Receiver<bool>,
    place: Option<Place>,
    /// Whether what came before the feed was told.
    caught_up: bool,
    notices: Option<i64>,
    until: Instant,
}

/// What a device that listens hears.
#[derive(Clone, Debug)]
pub enum Heard {
    /// Something changed.
    Changes(Box<Changes>),
    /// Nothing did; we are still there.
    Beat,
}

/// Begins to listen after a cursor.
pub fn listen(house: &House, cx: &Cx, since: &str) -> Result<Feed, DoorError> {
    let pass = Pass::of(cx)?;
    // Entered before anything is read, so that what happens meanwhile waits in the inbox.
    let room = house.feeds.enter(house, &pass.event);
    Ok(Feed {
        inbox: room.news.subscribe(),
        closing: house.feeds.closing.subscribe(),
        _room: room,
        house: house.clone(),
        pass,
        place: Place::parse(since),
        caught_up: false,
        notices: None,
        until: Instant::now() + LONGEST,
    })
}

/// What is done when news comes.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
enum OnNews {
    /// The device is told.
    Tell,
    /// It knows already.
    Leave,
    /// It reads what it misses by itself.
    Read,
}

/// What a device does that has read up to a change, when news comes of the changes after `since` and up to
/// `up_to`; `told` is whether they stand in the news. It never goes on over a change that it has not read.
const fn on_news(at: i64, since: i64, up_to: i64, told: bool) -> OnNews {
    if told && since <= at && at <= up_to {
        // News of no change are told as well: the door's own rules have changed.
        OnNews::Tell
    } else if at >= up_to {
        OnNews::Leave
    } else {
        OnNews::Read
    }
}

impl Feed {
    /// What happens next; `None` when the device must call again: after ten minutes, when its key was revoked,
    /// when scanning is switched off, when the server stops.
    pub async fn next(&mut self) -> Result<Option<Heard>, Fault> {
        loop {
            if *self.closing.borrow() || Instant::now() >= self.until {
                return Ok(None);
            }
            if !self.caught_up {
                return self.catch_up().await.map(Some);
            }
            let beat = self.until.min(Instant::now() + BEAT);
            let mut closing = self.closing.clone();
            let heard = tokio::select! {
                heard = self.inbox.recv() => Some(heard),
                () = tokio::time::sleep_until(beat) => None,
                // An error means that the house is gone, which is the end too.
                _ended = closing.wait_for(|closing| *closing) => return Ok(None),
            };
            if !self.house.board.current().is_on(Flag::Scanning) {
                return Ok(None);
            }
            match heard {
                None if self.still_works().await? => return Ok(Some(Heard::Beat)),
                None | Some(Err(broadcast::error::RecvError::Closed)) => return Ok(None),
                Some(Err(broadcast::error::RecvError::Lagged(_))) => self.caught_up = false,
                Some(Ok(news)) => {
                    if self.notices.replace(news.notices) != Some(news.notices)
                        && !self.still_works().await?
                    {
                        return Ok(None);
                    }
                    if let Some(changes) = self.hear(news) {
                        return Ok(Some(Heard::Changes(Box::new(changes))));
                    }
                }
            }
        }
    }

    async fn catch_up(&mut self) -> Result<Heard, Fault> {
        let listing = listing(&self.house, &self.pass.event).await?;
        let (delta, reset) = changes::since_place(&self.house, &listing, self.place.take()).await?;
        self.place = Some(delta.place.clone());
        self.caught_up = !delta.more;
        Ok(Heard::Changes(Box::new(Changes {
            gate: self.pass.gate(&listing),
            delta,
            reset,
        })))
    }

    /// News as this device is told it; nothing if it has read further by itself.
    fn hear(&mut self, news: News) -> Option<Changes> {
        let at = self.place.as_ref().map_or(0, |place| place.change);
        let todo = on_news(at, news.since, news.up_to, news.delta.is_some());
        self.caught_up = todo != OnNews::Read;
        let delta = news.delta.filter(|_| todo == OnNews::Tell)?;
        self.place = Some(delta.place.clone());
        Some(Changes {
            delta: Delta::clone(&delta),
            gate: Gate {
                tiers: self.pass.tiers.clone(),
                ..news.gate
            },
            reset: false,
        })
    }

    async fn still_works(&self) -> Result<bool, Fault> {
        access::still_works(&self.house, &self.pass.key).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A device, and a server that looks now and then: each change is told, read, or known already.
    #[test]
    fn whatever_comes_first_no_change_is_passed_over() {
        for at in 0..6 {
            for since in 0..6 {
                for up_to in since..6 {
                    for told in [false, true] {
                        let known_after = match on_news(at, since, up_to, told) {
                            // What stands in the news follows on what the device has.
                            OnNews::Tell => {
                                assert!(told && since <= at, "a gap between {at} and {since}");
                                up_to.max(at)
                            }
                            OnNews::Leave => at,
                            // Reading by oneself begins at `at` and ends at what there is.
                            OnNews::Read => {
                                assert!(at < up_to, "there is nothing to read");
                                up_to
                            }
                        };
                        assert!(known_after >= up_to, "{at}, {since}..{up_to}, {told}");
                        assert!(known_after >= at, "a device never goes back");
                    }
                }
            }
        }
    }

    #[test]
    fn a_change_between_a_devices_reading_and_the_first_look_is_read() {
        // The device has read up to 4; the first look of the server's task finds 5 and can tell none of it.
        assert_eq!(on_news(4, 5, 5, false), OnNews::Read);
        // Later news begin after 5, which the device still does not have.
        assert_eq!(on_news(4, 5, 6, true), OnNews::Read);
        assert_eq!(on_news(5, 5, 6, true), OnNews::Tell);
        // It read further by itself than the news go; and rules that changed alone are told.
        assert_eq!(on_news(7, 5, 6, true), OnNews::Leave);
        assert_eq!(on_news(6, 6, 6, true), OnNews::Tell);
    }
}
