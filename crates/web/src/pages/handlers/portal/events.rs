//! An organizer's events: listed, made, changed, put on sale, called off.

mod call_off;
mod check_in;
mod cover;
mod create;
mod discount_form;
mod discounts;
mod duplicate;
mod edit;
mod faces;
mod form;
mod list;
mod overview;
mod own;
mod preview;
mod tell;
mod tier_form;
mod tiers;

pub use call_off::{call_off_page, call_off_step};
pub use check_in::{check_in_page, end_key_step, pair_step, passphrase_step, rules_step};
pub use cover::{cover_removal_step, cover_step};
pub use create::{new_event_page, new_event_step};
pub use discounts::{
    change_discount_step, discount_page, discounts_page, new_discount_page, new_discount_step,
    switch_discount_step,
};
pub use duplicate::{duplicate_page, duplicate_step};
pub use edit::{description_words, edit_page, edit_step};
pub(super) use list::event_row;
pub use list::own_events_page;
pub use overview::{event_overview_page, event_status_step};
pub use own::{OwnEvent, event_tabs};
pub use preview::preview_page;
pub use tell::{tell_page, tell_step};
pub use tiers::{
    change_tier_step, delete_tier_step, move_tier_step, new_tier_page, new_tier_step, price_words,
    tier_page, tiers_page,
};
