//! What may be said about an event.

use crate::api::nullable;
use crate::api::words::{DisputePolicyWord, FeeModeWord, ProvinceWord, TaxEngineWord};
use app::events::EventFields;
use serde::Deserialize;
use utoipa::ToSchema;

/// The fields of an event. When changing, what is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(
    clippy::option_option,
    reason = "absent, null and a value are three things here"
)]
pub struct EventInput {
    /// The title; needed for a new event.
    #[schema(max_length = 160, min_length = 1)]
    title: Option<String>,
    /// One or two sentences.
    #[schema(max_length = 300)]
    summary: Option<String>,
    /// The description, in Markdown.
    #[schema(max_length = 20000)]
    description: Option<String>,
    /// The name of the place.
    #[schema(max_length = 160)]
    venue: Option<String>,
    /// Its street.
    #[schema(max_length = 240)]
    address: Option<String>,
    /// Its city.
    #[schema(max_length = 80)]
    city: Option<String>,
    /// Its province, which decides the taxes.
    #[schema(value_type = Option<ProvinceWord>)]
    province: Option<String>,
    /// When it starts, ISO 8601 with an offset; needed for a new event.
    #[schema(format = DateTime)]
    start_at: Option<String>,
    /// When it ends; needed for a new event.
    #[schema(format = DateTime)]
    end_at: Option<String>,
    /// The zone of the place, such as `America/Vancouver`.
    timezone: Option<String>,
    /// Places of the whole event, besides those of its tiers; null is without limit.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 10_000_000)]
    capacity: Option<Option<i64>>,
    /// Its picture: an address that begins with https:// or with a slash.
    #[schema(max_length = 500)]
    cover_url: Option<String>,
    /// Until when the organizer refunds on request; null is never.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    allow_refunds_until: Option<Option<String>>,
    /// The currency of all its prices, such as CAD.
    currency: Option<String>,
    /// Who bears the service fee.
    #[schema(value_type = Option<FeeModeWord>)]
    fee_mode: Option<String>,
    /// The fee's share of the price, in parts per million. The four parts of the fee are the
    /// platform's: an organizer who changes one is refused, an admin may.
    #[schema(minimum = 0, maximum = 500_000)]
    fee_percent_ppm: Option<i64>,
    /// The fee's fixed part per ticket, in cents.
    #[schema(minimum = 0, maximum = 10_000_000)]
    fee_fixed_cents: Option<i64>,
    /// The least fee per ticket, in cents.
    #[schema(minimum = 0, maximum = 10_000_000)]
    fee_min_cents: Option<i64>,
    /// The most fee per ticket, in cents; null is without limit.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 10_000_000)]
    fee_cap_cents: Option<Option<i64>>,
    /// Who computes the organizer's taxes.
    #[schema(value_type = Option<TaxEngineWord>)]
    tax_engine: Option<String>,
    /// Whether prices contain their taxes.
    tax_inclusive: Option<bool>,
    /// What a dispute does to its tickets while it is open: `freeze` (they admit nobody) or `keep`.
    #[schema(value_type = Option<DisputePolicyWord>)]
    dispute_policy: Option<String>,
    /// Whether checkout asks for a name on each ticket.
    ask_names: Option<bool>,
    /// From when tickets are admitted; null is always.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    door_opens_at: Option<Option<String>>,
    /// Until when tickets are admitted; null is for ever.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    door_closes_at: Option<Option<String>>,
    /// Whether a used ticket lets its holder in again.
    door_reentry: Option<bool>,
    /// `draft`, `published` or `archived`; only when changing.
    status: Option<String>,
    /// The `revision` that your change started from: if somebody was faster, it is refused as `stale`.
    #[schema(minimum = 1)]
    revision: Option<i64>,
}

impl From<EventInput> for EventFields {
    fn from(input: EventInput) -> Self {
        Self {
            title: input.title,
            summary: input.summary,
            description: input.description,
            venue: input.venue,
            address: input.address,
            city: input.city,
            province: input.province,
            start_at: input.start_at,
            end_at: input.end_at,
            timezone: input.timezone,
            capacity: input.capacity,
            cover_url: input.cover_url,
            allow_refunds_until: input.allow_refunds_until,
            currency: input.currency,
            fee_mode: input.fee_mode,
            fee_percent_ppm: input.fee_percent_ppm,
            fee_fixed_cents: input.fee_fixed_cents,
            fee_min_cents: input.fee_min_cents,
            fee_cap_cents: input.fee_cap_cents,
            tax_engine: input.tax_engine,
            tax_inclusive: input.tax_inclusive,
            dispute_policy: input.dispute_policy,
            ask_names: input.ask_names,
            door_opens_at: input.door_opens_at,
            door_closes_at: input.door_closes_at,
            door_reentry: input.door_reentry,
            status: input.status,
            revision: input.revision,
        }
    }
}
