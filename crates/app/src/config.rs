//! What a house is told at its start: times, limits and texts, already checked.

use crate::ports::PartyPaper;
use model::flags::FlagSet;
use model::pricing::FeeRule;
use model::tax::Registration;
use secrecy::SecretString;

/// The settings that use cases look at.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Flags as the environment sets them: the ceiling that nothing at run time exceeds.
    pub flags: FlagSet,
    /// The address under which buyers reach us, without a slash at the end: `https://jugnu.ca`.
    pub public_url: String,
    /// The path under which we are mounted: empty, or `/a/b`.
    pub mount: String,
    /// How long places are held for a buyer, in seconds.
    pub hold_s: i64,
    /// How much longer a buyer gets who asks for more time, in seconds.
    pub extend_s: i64,
    /// How long a hold may last in all, in seconds; Stripe's page must outlive it.
    pub hold_most_s: i64,
    /// The most tickets in one order, over all its tiers.
    pub max_tickets_per_order: i64,
    /// The service fee of a new event; only the platform changes it, event by event.
    pub fee: FeeRule,
    /// What the platform itself is registered for: it decides the tax on its fee.
    pub platform_registration: Registration,
    /// The platform's name, on receipts and mails.
    pub platform_name: String,
    /// The platform as receipts name it: legal name, address, tax numbers.
    pub platform: PartyPaper,
    /// The sender of mails: `Jugnu Tickets <tickets@example.ca>`.
    pub email_from: String,
    /// Whether Stripe's objects must be live ones.
    pub livemode: bool,
    /// Secrets with which Stripe's webhooks may be signed.
    pub webhook_secrets: Vec<SecretString>,
    /// How long after an event's end its money goes to the organizer's bank, in seconds; `None` leaves payouts
    /// to Stripe's schedule or to people.
    pub payout_delay_s: Option<i64>,
    /// What a host signs its hand-overs with; `None` lets nobody be handed over.
    pub sso_secret: Option<SecretString>,
    /// How many lanes a PostgreSQL server runs; SQLite always has one.
    pub lanes: usize,
    /// Strict per-address limits are multiplied by this; 0 switches them off, for load generators.
    pub rate_scale: u32,
}
