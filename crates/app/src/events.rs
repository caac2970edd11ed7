//! Events: made, changed, published, listed.

mod change;
mod cover;
mod create;
mod duplicate;
mod fields;
mod mine;
mod own;
mod public;
mod publish;

use model::ids::EventId;

pub use change::{ChangeEventError, change};
pub use cover::{CoverError, set_cover, take_cover_away};
pub use create::{CreateEventError, create};
pub use duplicate::{Duplicate, DuplicateError, duplicate};
pub(crate) use fields::FEE_MODES;
pub use fields::{EventFields, MOST};
pub use mine::{OwnListings, of_organizer, own_listings, show_to};
pub use own::{OwnCard, OwnPage, OwnQuery, Shelf, cards_of, own_page};
pub use public::{
    Card, PublicEvent, PublicPage, PublicQuery, TierView, by_slug, cities, page_of_slug,
    public_page, recent_by_slug, show_public, tier_view, tier_view_with,
};
pub use publish::missing;

/// What calendars know an event by, whoever's file it comes from: one that has it already gets no second entry.
pub fn calendar_uid(event: &EventId) -> String {
    format!("{event}@jugnu-tickets")
}
