//! What is KEPT: every line of SQL, the migrations, and the seam between the two databases.
//!
//! This is the only crate that names the database driver. One SQL text serves SQLite and PostgreSQL;
//! what differs stands in [`dialect`] and nowhere else. Functions here load and write; they decide
//! nothing (that is `model`) and orchestrate nothing (that is `app`).

pub mod accounts;
mod arg;
pub mod audit;
pub mod buyer_orders;
pub mod cancellations;
pub mod comparison;
pub mod consents;
pub mod consistency;
pub mod copies;
pub mod credit_notes;
pub mod cursors;
pub mod db;
mod dialect;
pub mod disbursements;
pub mod discounts;
pub mod disputes;
pub mod door_tickets;
pub mod doors;
pub mod emails;
mod error;
pub mod events;
pub mod exports;
pub mod files;
pub mod flags;
pub mod guests;
pub mod hand_overs;
pub mod idempotency;
mod job_overview;
pub mod jobs;
pub mod keys;
pub mod lanes;
pub mod ledger;
mod listing;
pub mod messages;
pub mod metrics;
mod migrate;
pub mod movements;
pub mod needs;
pub mod order_changes;
pub mod order_list;
pub mod order_notes;
mod order_work;
pub mod orders;
pub mod organizers;
pub mod own_events;
pub mod pairings;
pub mod passkeys;
pub mod payments;
pub mod payouts;
pub mod provider_people;
pub mod rate;
pub mod refund_requests;
pub mod refund_work;
pub mod refunds;
pub mod reminders;
pub mod reversals;
mod row;
mod rows;
pub mod scans;
#[cfg(feature = "scratch")]
pub mod scratch;
pub mod second_factors;
pub mod servers;
pub mod sessions;
pub mod settlement;
pub mod sign_in_links;
mod statement;
pub mod tax_locations;
pub mod tax_report;
pub mod tickets;
pub mod tiers;
pub mod uninstall;
pub mod unsubscribes;
pub mod webhooks;
mod words;

pub use db::{Db, Options, Reader, Session, WriteTx};
pub use dialect::Kind;
pub use error::StoreError;
pub use statement::Statement;

/// The statements of each file.
const STATEMENTS: &[&[&Statement]] = &[
    accounts::ALL,
    audit::ALL,
    buyer_orders::ALL,
    cancellations::ALL,
    comparison::ALL,
    consents::ALL,
    consistency::ALL,
    consistency::doors::ALL,
    consistency::rollups::ALL,
    copies::ALL,
    credit_notes::ALL,
    cursors::ALL,
    disbursements::ALL,
    discounts::ALL,
    disputes::ALL,
    door_tickets::ALL,
    doors::ALL,
    emails::ALL,
    events::ALL,
    exports::ALL,
    files::ALL,
    flags::ALL,
    guests::ALL,
    hand_overs::ALL,
    idempotency::ALL,
    job_overview::ALL,
    jobs::ALL,
    keys::ALL,
    lanes::admit::ALL,
    lanes::load::ALL,
    lanes::write::ALL,
    ledger::ALL,
    listing::ALL,
    messages::ALL,
    metrics::ALL,
    metrics::series::ALL,
    migrate::ALL,
    movements::ALL,
    needs::ALL,
    order_changes::ALL,
    order_list::ALL,
    order_notes::ALL,
    order_work::ALL,
    orders::ALL,
    organizers::ALL,
    own_events::ALL,
    pairings::ALL,
    passkeys::ALL,
    payments::ALL,
    payouts::ALL,
    provider_people::ALL,
    rate::ALL,
    refund_requests::ALL,
    refund_work::ALL,
    refunds::ALL,
    reversals::ALL,
    reminders::ALL,
    scans::ALL,
    second_factors::ALL,
    servers::ALL,
    sessions::ALL,
    settlement::ALL,
    sign_in_links::ALL,
    tax_locations::ALL,
    tax_report::ALL,
    tickets::ALL,
    tiers::ALL,
    uninstall::ALL,
    unsubscribes::ALL,
    webhooks::ALL,
];

/// Every statement of this crate, for the test that prepares them all on both databases.
pub fn all_statements() -> Vec<&'static Statement> {
    STATEMENTS.concat()
}
