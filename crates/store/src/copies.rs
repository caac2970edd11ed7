//! Copying what belongs to an event to another one: its tiers and its discount codes, with nothing sold.
//!
//! The rows are copied inside the database, all of a kind in one statement; the program brings along the
//! new ids and the new dates.

use crate::db::WriteTx;
use crate::error::StoreError;
use crate::rows::json;
use crate::{args, statement::statements};
use model::ids::EventId;
use model::time::Time;
use serde::Serialize;

statements! {
    TIERS = "
        insert into tickets_tiers (id, event_id, name, description, price_cents, currency, item_class,
            capacity, held, sold, max_per_order, sales_start_at, sales_end_at, visibility, sort, revision,
            deleted_at, created_at, updated_at, tax_choice)
        select r.new_id, cast($2 as text), t.name, t.description, t.price_cents, t.currency, t.item_class,
            t.capacity, 0, 0, t.max_per_order, r.begins, r.ends, t.visibility, t.sort, 1,
            cast(null as bigint), cast($3 as bigint), cast($3 as bigint), t.tax_choice
        from {rows $1 r: old_id text, new_id text, begins bigint, ends bigint}
        join tickets_tiers t on t.id = r.old_id";
    DISCOUNTS = "
        insert into tickets_discounts (id, event_id, code, code_folded, type, value, max_uses, held_count,
            used_count, starts_at, ends_at, min_qty, unlocks_hidden, reuse_after_refund, status, revision,
            created_at, updated_at)
        select r.new_id, cast($2 as text), d.code, d.code_folded, d.type, d.value, d.max_uses, 0,
            0, r.begins, r.ends, d.min_qty, d.unlocks_hidden, d.reuse_after_refund, d.status, 1,
            cast($3 as bigint), cast($3 as bigint)
        from {rows $1 r: old_id text, new_id text, begins bigint, ends bigint}
        join tickets_discounts d on d.id = r.old_id";
    DISCOUNT_TIERS = "
        insert into tickets_discount_tiers (discount_id, tier_id)
        select r.discount_id, r.tier_id
        from {rows $1 r: discount_id text, tier_id text}";
}

/// A row with its copy's id and its copy's window; times in microseconds since 1970.
#[derive(Clone, Debug, Serialize)]
pub struct Copy {
    pub old_id: String,
    pub new_id: String,
    pub begins: Option<i64>,
    pub ends: Option<i64>,
}

/// A tier that a copied code is for.
#[derive(Clone, Debug, Serialize)]
pub struct CopiedChoice {
    pub discount_id: String,
    pub tier_id: String,
}

/// Copies tiers to an event.
pub async fn tiers(
    tx: &mut WriteTx,
    to: &EventId,
    copies: &[Copy],
    now: Time,
) -> Result<(), StoreError> {
    tx.run(&TIERS, args![json(copies)?, to.as_str(), now])
        .await?;
    Ok(())
}

/// Copies discount codes to an event, with the tiers that they are for.
pub async fn discounts(
    tx: &mut WriteTx,
    to: &EventId,
    copies: &[Copy],
    choices: &[CopiedChoice],
    now: Time,
) -> Result<(), StoreError> {
    tx.run(&DISCOUNTS, args![json(copies)?, to.as_str(), now])
        .await?;
    tx.run(&DISCOUNT_TIERS, args![json(choices)?]).await?;
    Ok(())
}
