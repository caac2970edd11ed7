//! Events: what is on, where and when, with its fee rule, its taxes and its stock.
//!
//! `held` and `sold` are moved by the lanes only; an edit never touches them. Edits are optimistic:
//! they name the revision that they started from and fail if somebody was faster. The public
//! listing stands in [`crate::listing`].

use crate::db::{Arg, Row, Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::dispute::DisputePolicy;
use model::event::EventStatus;
use model::ids::{EventId, OrganizerId};
use model::money::{Currency, Ppm};
use model::pricing::{FeeMode, FeeRule};
use model::stock::Stock;
use model::tax::Province;
use model::tax_engine::TaxEngine;
use model::time::Time;

macro_rules! columns {
    () => {
        "id, organizer_id, slug, title, summary, description, venue, address, city, city_folded,
         province, timezone, start_at, end_at, status, cover_url, allow_refunds_until, currency,
         capacity, fee_mode, fee_percent_ppm, fee_fixed_cents, fee_min_cents, fee_cap_cents,
         tax_engine, tax_inclusive, door_opens_at, door_closes_at, search_folded, dispute_policy,
         ask_names, door_reentry, revision, published_at, created_at, updated_at, held, sold"
    };
}
pub(crate) use columns;

statements! {
    INSERT = concat!("
        insert into tickets_events (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,
                $36, $37, $38)");
    UPDATE = "
        update tickets_events
        set slug = $3, title = $4, summary = $5, description = $6, venue = $7, address = $8,
            city = $9, city_folded = $10, province = $11, timezone = $12, start_at = $13,
            end_at = $14, status = $15, cover_url = $16, allow_refunds_until = $17, currency = $18,
            capacity = $19, fee_mode = $20, fee_percent_ppm = $21, fee_fixed_cents = $22,
            fee_min_cents = $23, fee_cap_cents = $24, tax_engine = $25, tax_inclusive = $26,
            door_opens_at = $27, door_closes_at = $28, search_folded = $29, dispute_policy = $30,
            ask_names = $31, door_reentry = $32, published_at = $33, updated_at = $34, revision = revision + 1
        where id = $1
          and revision = $2";
    TOUCH_REVISION = "
        update tickets_events
        set revision = revision + 1
        where id = $1";
    BY_ID = concat!("select ", columns!(), "
        from tickets_events
        where id = $1");
    BY_SLUG = concat!("select ", columns!(), "
        from tickets_events
        where slug = $1");
    CALL_OFF = "
        update tickets_events
        set status = 'canceled', updated_at = $2, revision = revision + 1
        where id = $1
          and status <> 'canceled'";
    OF_ORGANIZER = concat!("select ", columns!(), "
        from tickets_events
        where organizer_id = $1
          and (start_at, id) < ($2, $3)
        order by start_at desc, id desc
        limit $4");
}

/// An event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Event {
    pub id: EventId,
    pub organizer_id: OrganizerId,
    /// The last part of its page's address; unique.
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub description: String,
    pub venue: String,
    pub address: String,
    pub city: String,
    /// The city for comparing.
    pub city_folded: String,
    pub province: Province,
    /// IANA name, such as `America/Vancouver`.
    pub timezone: String,
    pub start_at: Time,
    pub end_at: Time,
    pub status: EventStatus,
    pub cover_url: String,
    pub allow_refunds_until: Option<Time>,
    pub currency: Currency,
    /// Places of the whole event, beside those of its tiers; often without limit.
    pub stock: Stock,
    pub fee: FeeRule,
    pub tax_engine: TaxEngine,
    /// Whether listed prices contain their taxes.
    pub tax_inclusive: bool,
    pub door_opens_at: Option<Time>,
    pub door_closes_at: Option<Time>,
    /// What a search looks through, folded.
    pub search_folded: String,
    /// What a dispute does to its tickets while it is open.
    pub dispute_policy: DisputePolicy,
    /// Whether checkout asks for a name on each ticket.
    pub ask_names: bool,
    /// Whether a used ticket lets its holder in again.
    pub door_reentry: bool,
    /// Rises with each edit.
    pub revision: i64,
    pub published_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
}

pub(crate) fn event(row: &Row) -> Result<Event, StoreError> {
    Ok(Event {
        id: row.parsed("id", EventId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        slug: row.text("slug")?,
        title: row.text("title")?,
        summary: row.text("summary")?,
        description: row.text("description")?,
        venue: row.text("venue")?,
        address: row.text("address")?,
        city: row.text("city")?,
        city_folded: row.text("city_folded")?,
        province: row.parsed("province", Province::parse)?,
        timezone: row.text("timezone")?,
        start_at: row.time("start_at")?,
        end_at: row.time("end_at")?,
        status: row.word("status", EventStatus::parse)?,
        cover_url: row.text("cover_url")?,
        allow_refunds_until: row.opt_time("allow_refunds_until")?,
        currency: row.parsed("currency", Currency::parse)?,
        stock: Stock {
            capacity: row.opt_int("capacity")?,
            held: row.int("held")?,
            sold: row.int("sold")?,
        },
        fee: fee(row)?,
        tax_engine: row.word("tax_engine", TaxEngine::parse)?,
        tax_inclusive: row.bool("tax_inclusive")?,
        door_opens_at: row.opt_time("door_opens_at")?,
        door_closes_at: row.opt_time("door_closes_at")?,
        search_folded: row.text("search_folded")?,
        dispute_policy: row.word("dispute_policy", DisputePolicy::parse)?,
        ask_names: row.bool("ask_names")?,
        door_reentry: row.bool("door_reentry")?,
        revision: row.int("revision")?,
        published_at: row.opt_time("published_at")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn fee(row: &Row) -> Result<FeeRule, StoreError> {
    let ppm = u32::try_from(row.int("fee_percent_ppm")?).map_err(StoreError::inconsistent)?;
    Ok(FeeRule {
        percent: Ppm(ppm),
        fixed_cents: row.int("fee_fixed_cents")?,
        min_cents: row.int("fee_min_cents")?,
        cap_cents: row.opt_int("fee_cap_cents")?,
        mode: row.word("fee_mode", FeeMode::parse)?,
    })
}

/// What an edit may change, in the order that both statements use.
fn edited(e: &Event) -> [Arg<'_>; 30] {
    [
        Arg::from(&e.slug),
        Arg::from(&e.title),
        Arg::from(&e.summary),
        Arg::from(&e.description),
        Arg::from(&e.venue),
        Arg::from(&e.address),
        Arg::from(&e.city),
        Arg::from(&e.city_folded),
        Arg::from(e.province.code()),
        Arg::from(&e.timezone),
        Arg::from(e.start_at),
        Arg::from(e.end_at),
        Arg::from(e.status.code()),
        Arg::from(&e.cover_url),
        Arg::from(e.allow_refunds_until),
        Arg::from(e.currency.as_str()),
        Arg::from(e.stock.capacity),
        Arg::from(e.fee.mode.code()),
        Arg::from(i64::from(e.fee.percent.0)),
        Arg::from(e.fee.fixed_cents),
        Arg::from(e.fee.min_cents),
        Arg::from(e.fee.cap_cents),
        Arg::from(e.tax_engine.code()),
        Arg::from(e.tax_inclusive),
        Arg::from(e.door_opens_at),
        Arg::from(e.door_closes_at),
        Arg::from(&e.search_folded),
        Arg::from(e.dispute_policy.code()),
        Arg::from(e.ask_names),
        Arg::from(e.door_reentry),
    ]
}

/// Writes a new event; a constraint on `slug` refuses a second one of that name.
pub async fn insert(tx: &mut WriteTx, e: &Event) -> Result<(), StoreError> {
    let mut args = vec![Arg::from(e.id.as_str()), Arg::from(e.organizer_id.as_str())];
    args.extend(edited(e));
    args.extend([
        Arg::from(e.revision),
        Arg::from(e.published_at),
        Arg::from(e.created_at),
    ]);
    args.extend([
        Arg::from(e.updated_at),
        Arg::from(e.stock.held),
        Arg::from(e.stock.sold),
    ]);
    tx.run_one(&INSERT, &args).await
}

/// Writes an edited event if it still has the revision that the edit started from; false if not.
///
/// A capacity below what is held and sold is refused by a constraint.
pub async fn update(tx: &mut WriteTx, e: &Event) -> Result<bool, StoreError> {
    let mut args = vec![Arg::from(e.id.as_str()), Arg::from(e.revision)];
    args.extend(edited(e));
    args.extend([Arg::from(e.published_at), Arg::from(e.updated_at)]);
    tx.changed(&UPDATE, &args).await
}

/// Raises the revision, so that edits that started before fail and caches notice.
pub async fn touch_revision(tx: &mut WriteTx, id: &EventId) -> Result<(), StoreError> {
    tx.run_one(&TOUCH_REVISION, args![id.as_str()]).await
}

/// Calls an event off; false if it was before.
pub async fn call_off(tx: &mut WriteTx, id: &EventId, now: Time) -> Result<bool, StoreError> {
    tx.changed(&CALL_OFF, args![id.as_str(), now]).await
}

/// The event of an id.
pub async fn by_id(s: &mut Session, id: &EventId) -> Result<Option<Event>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(event)
        .transpose()
}

/// The event of a slug, in any status.
pub async fn by_slug(s: &mut Session, slug: &str) -> Result<Option<Event>, StoreError> {
    s.maybe(&BY_SLUG, args![slug])
        .await?
        .as_ref()
        .map(event)
        .transpose()
}

/// An organizer's events, the latest start first; `before` is where the page before ended.
pub async fn of_organizer(
    s: &mut Session,
    organizer: &OrganizerId,
    before: Option<&(Time, EventId)>,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let (start, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.micros(), id.as_str()));
    s.rows(&OF_ORGANIZER, args![organizer.as_str(), start, id, limit])
        .await?
        .iter()
        .map(event)
        .collect()
}

pub use crate::listing::{PublicFilter, cities, public_page};
