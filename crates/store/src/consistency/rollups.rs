//! Whether the rollups say what was sold: counted anew from tickets, parts, refunds and orders.
//!
//! Which tier a discount fell to is not kept with the order, so by tier only its sum is compared.

use crate::statement::statements;

/// What every sale, refund and order adds, with its slot and its facets' keys.
macro_rules! base {
    () => {
        "
        with base as (
          select o.event_id, o.placed_at - o.placed_at % 900000000 as slot_at, t.tier_id,
            coalesce(o.discount_id, '') as discount_id, o.source,
            case when p.part = 'net' then 1 else 0 end as units,
            case when p.part not like 'fee%' or o.fees_cents > 0 then p.amount_cents else 0 end as gross,
            0 as discount,
            case when p.part like 'tax:%' then p.amount_cents else 0 end as tax,
            case when p.part = 'fee' then p.amount_cents else 0 end as fee,
            case when p.part like 'fee!_tax:%' escape '!' then p.amount_cents else 0 end as fee_tax,
            0 as refund_units, 0 as refund_gross, 0 as refund_tax, 0 as refund_fee, 0 as refund_fee_tax,
            0 as placed, 0 as paid, 0 as abandoned
          from tickets_orders o
          join tickets_tickets t on t.order_id = o.id
          join tickets_ticket_parts p on p.ticket_id = t.id
          where o.status in ('paid', 'partially_refunded', 'refunded')
            and o.placed_at is not null
          union all
          select o.event_id, o.placed_at - o.placed_at % 900000000, '',
            coalesce(o.discount_id, ''), o.source, 0, 0, o.discount_cents, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
          from tickets_orders o
          where o.status in ('paid', 'partially_refunded', 'refunded')
            and o.placed_at is not null
            and o.discount_cents > 0
          union all
          select o.event_id, f.created_at - f.created_at % 900000000, t.tier_id, coalesce(o.discount_id, ''), o.source,
            0, 0, 0, 0, 0, 0, 0,
            case when p.part not like 'fee%' or o.fees_cents > 0 then p.amount_cents else 0 end,
            case when p.part like 'tax:%' then p.amount_cents else 0 end,
            case when p.part = 'fee' then p.amount_cents else 0 end,
            case when p.part like 'fee!_tax:%' escape '!' then p.amount_cents else 0 end,
            0, 0, 0
          from tickets_refunds f
          join tickets_orders o on o.id = f.order_id
          join tickets_refund_parts p on p.refund_id = f.id
          join tickets_tickets t on t.id = p.ticket_id
          where f.status <> 'failed'
          union all
          select o.event_id, f.created_at - f.created_at % 900000000, t.tier_id, coalesce(o.discount_id, ''), o.source,
            0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0
          from tickets_refunds f
          join tickets_orders o on o.id = f.order_id
          join tickets_refund_tickets d on d.refund_id = f.id
          join tickets_tickets t on t.id = d.ticket_id
          where f.status <> 'failed'
          union all
          select o.event_id, o.created_at - o.created_at % 900000000, '', coalesce(o.discount_id, ''), o.source,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
            case when o.status in ('paid', 'partially_refunded', 'refunded') then 1 else 0 end,
            case when o.status = 'canceled' then 1 else 0 end
          from tickets_orders o)"
    };
}

statements! {
    METRICS = concat!(base!(), "
        select x.event_id || ' ' || x.facet || ' ' || x.facet_key || ' ' || cast(x.slot_at as text) as id,
               cast(cast(sum(x.m_units) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_gross) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_discount) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_tax) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_fee) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_fee_tax) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_refund_units) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_refund_gross) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_refund_tax) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_refund_fee) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_refund_fee_tax) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_placed) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_paid) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.m_abandoned) as bigint) as text) as kept,
               cast(cast(sum(x.c_units) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_gross) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_discount) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_tax) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_fee) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_fee_tax) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_refund_units) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_refund_gross) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_refund_tax) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_refund_fee) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_refund_fee_tax) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_placed) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_paid) as bigint) as text) || ', ' ||
                 cast(cast(sum(x.c_abandoned) as bigint) as text) as counted
        from (
          select b.event_id, b.slot_at, f.facet,
                 case f.facet when 'tier' then b.tier_id when 'discount' then b.discount_id
                   when 'source' then b.source else '' end as facet_key,
                 b.units as c_units, b.gross as c_gross, b.discount as c_discount, b.tax as c_tax,
                 b.fee as c_fee, b.fee_tax as c_fee_tax, b.refund_units as c_refund_units,
                 b.refund_gross as c_refund_gross, b.refund_tax as c_refund_tax,
                 b.refund_fee as c_refund_fee, b.refund_fee_tax as c_refund_fee_tax,
                 b.placed as c_placed, b.paid as c_paid, b.abandoned as c_abandoned,
                 0 as m_units, 0 as m_gross, 0 as m_discount, 0 as m_tax, 0 as m_fee,
                 0 as m_fee_tax, 0 as m_refund_units, 0 as m_refund_gross, 0 as m_refund_tax,
                 0 as m_refund_fee, 0 as m_refund_fee_tax, 0 as m_placed, 0 as m_paid,
                 0 as m_abandoned
          from base b
          join (
            select 'all' as facet
            union all
            select 'tier'
            union all
            select 'discount'
            union all
            select 'source') f on true
          union all
          select event_id, slot_at, facet, facet_key,
                 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 units, gross_cents, discount_cents, tax_cents, fee_cents, fee_tax_cents,
                 refund_units, refund_gross_cents, refund_tax_cents, refund_fee_cents,
                 refund_fee_tax_cents, placed, paid, abandoned
          from tickets_metrics) x
        where x.facet in ('all', 'source')
           or x.facet_key <> ''
        group by x.event_id, x.facet, x.slot_at, x.facet_key
        having sum(x.c_units) <> sum(x.m_units)
            or sum(x.c_gross) <> sum(x.m_gross)
            or (x.facet <> 'tier' and sum(x.c_discount) <> sum(x.m_discount))
            or sum(x.c_tax) <> sum(x.m_tax)
            or sum(x.c_fee) <> sum(x.m_fee)
            or sum(x.c_fee_tax) <> sum(x.m_fee_tax)
            or sum(x.c_refund_units) <> sum(x.m_refund_units)
            or sum(x.c_refund_gross) <> sum(x.m_refund_gross)
            or sum(x.c_refund_tax) <> sum(x.m_refund_tax)
            or sum(x.c_refund_fee) <> sum(x.m_refund_fee)
            or sum(x.c_refund_fee_tax) <> sum(x.m_refund_fee_tax)
            or sum(x.c_placed) <> sum(x.m_placed)
            or sum(x.c_paid) <> sum(x.m_paid)
            or sum(x.c_abandoned) <> sum(x.m_abandoned)
        order by x.event_id, x.facet, x.slot_at, x.facet_key");
    DISCOUNTS_BY_TIER = "
        select event_id || ' ' || cast(slot_at as text) as id,
               cast(cast(sum(case when facet = 'tier' then discount_cents else 0 end) as bigint) as text) as kept,
               cast(cast(sum(case when facet = 'all' then discount_cents else 0 end) as bigint) as text) as counted
        from tickets_metrics
        where facet in ('all', 'tier')
        group by event_id, slot_at
        having sum(case when facet = 'tier' then discount_cents else 0 end)
            <> sum(case when facet = 'all' then discount_cents else 0 end)
        order by event_id, slot_at";
}

/// The statements with their sentences.
pub(super) const CHECKS: &[(&crate::Statement, &str)] = &[
    (
        &METRICS,
        "the rollup of event {id} says {kept}, a recount {counted}",
    ),
    (
        &DISCOUNTS_BY_TIER,
        "discounts by tier of event {id} add up to {kept} cents instead of {counted}",
    ),
];
