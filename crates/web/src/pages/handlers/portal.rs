//! The pages of whoever has signed in: organizers, admins, and buyers who look at their tickets.
//!
//! The gate has decided who may come in; a handler takes [`Portal`] and has the organizer. Forms are
//! sent once, answered by a redirect, and say what happened by a code in the address, never by words.

mod account;
mod admin;
mod admin_disputes;
mod analytics;
mod clock;
pub(crate) mod desk;
mod enter;
mod events;
mod factor;
mod first_run;
mod frame;
mod home;
mod keys;
mod messages;
mod mine;
mod passkeys;
mod payments;
mod provider;
mod settings;
mod settings_mail;
mod sign_in;
mod sso;
mod start;

pub use account::{account_page, end_others_step, end_session_step};
pub use admin::{admin_page, books_page, dead_letters_page, flags_page, flags_step, revive_step};
pub use admin_disputes::admin_disputes_page;
pub use analytics::{analytics_page, export_file};
pub use enter::{enter_page, enter_step};
pub use events::*;
pub use factor::{second_factor_page, second_factor_step};
pub use frame::{Done, Portal};
pub use home::home_page;
pub use keys::{keys_page, keys_step, revoke_page, revoke_step};
pub use messages::{messages_page, messages_step};
pub use mine::my_tickets_page;
pub use passkeys::{
    new_passkey_begin, new_passkey_step, passkey_begin, passkey_step, remove_passkey_step,
    rename_passkey_step,
};
pub use payments::{connect_step, payments_page};
pub use provider::{provider_back_step, provider_step};
pub use settings::{settings_page, settings_step, settings_ticket};
pub use settings_mail::settings_mail;
pub use sign_in::{sell_step, sign_in_page, sign_in_step, sign_out_step};
pub use sso::sso_step;
pub use start::{start_page, start_step};
