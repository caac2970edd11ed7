//! Events: made, changed, published, listed.

mod change;
mod create;
mod fields;
mod mine;
mod public;
mod publish;

pub use change::{ChangeEventError, change};
pub use create::{CreateEventError, create};
pub use fields::{EventFields, MOST};
pub use mine::{of_organizer, show_to};
pub use public::{
    Card, PublicEvent, PublicPage, PublicQuery, TierView, by_slug, cities, page_of_slug,
    public_page, show_public, tier_view, tier_view_with,
};
pub use publish::missing;
