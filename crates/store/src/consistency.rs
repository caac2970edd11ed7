//! The independent recount: what must hold across tables, asked of the rows themselves.
//!
//! The lanes keep counters and states in step; this knows nothing of how, and adds up again from
//! the bottom. Tests end with it, and so can an operator. Each statement finds what is wrong and
//! returns one row for each thing: its id and, where there are two numbers, both.

pub(crate) mod doors;
pub(crate) mod rollups;

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{Statement, args, statement::statements};

statements! {
    TIERS = "
        select t.id,
               cast(t.held as text) || ' held, ' || cast(t.sold as text) || ' sold' as kept,
               cast(coalesce(c.held, 0) as text) || ' held, '
                 || cast(coalesce(c.sold, 0) as text) || ' sold' as counted
        from tickets_tiers t
        left join (
          select i.tier_id,
                 cast(sum(case when o.places = 'held' then i.qty else 0 end) as bigint) as held,
                 cast(sum(case when o.places = 'sold' then i.qty - coalesce(r.released, 0) else 0 end)
                   as bigint) as sold
          from tickets_order_items i
          join tickets_orders o on o.id = i.order_id
          left join (
            select order_item_id, count(*) as released
            from tickets_tickets
            where seat_released
            group by order_item_id) r on r.order_item_id = i.id
          group by i.tier_id) c on c.tier_id = t.id
        where t.held <> coalesce(c.held, 0)
           or t.sold <> coalesce(c.sold, 0)
        order by t.id";
    EVENTS = "
        select e.id,
               cast(e.held as text) || ' held, ' || cast(e.sold as text) || ' sold' as kept,
               cast(coalesce(c.held, 0) as text) || ' held, '
                 || cast(coalesce(c.sold, 0) as text) || ' sold' as counted
        from tickets_events e
        left join (
          select o.event_id,
                 cast(sum(case when o.places = 'held' then i.qty else 0 end) as bigint) as held,
                 cast(sum(case when o.places = 'sold' then i.qty - coalesce(r.released, 0) else 0 end)
                   as bigint) as sold
          from tickets_order_items i
          join tickets_orders o on o.id = i.order_id
          left join (
            select order_item_id, count(*) as released
            from tickets_tickets
            where seat_released
            group by order_item_id) r on r.order_item_id = i.id
          group by o.event_id) c on c.event_id = e.id
        where e.capacity is not null
          and (e.held <> coalesce(c.held, 0) or e.sold <> coalesce(c.sold, 0))
        order by e.id";
    DISCOUNTS = "
        select d.id,
               cast(d.held_count as text) || ' held, ' || cast(d.used_count as text) || ' used' as kept,
               cast(coalesce(c.held, 0) as text) || ' held, '
                 || cast(coalesce(c.used, 0) as text) || ' used' as counted
        from tickets_discounts d
        left join (
          select discount_id,
                 cast(sum(case when discount_use = 'held' then 1 else 0 end) as bigint) as held,
                 cast(sum(case when discount_use = 'used' then 1 else 0 end) as bigint) as used
          from tickets_orders
          where discount_id is not null
          group by discount_id) c on c.discount_id = d.id
        where d.held_count <> coalesce(c.held, 0)
           or d.used_count <> coalesce(c.used, 0)
        order by d.id";
    DISCOUNT_USES = "
        select id, status || ' with its places ' || places as kept,
               coalesce(discount_use, 'missing') as counted
        from tickets_orders
        where (discount_id is null and discount_use is not null)
           or (discount_id is not null and (
                 discount_use is null
                 or (discount_use = 'held') <> (places = 'held')
                 or (status in ('paid', 'partially_refunded')
                     and discount_use <> 'used'
                     and not exists (
                       select 1
                       from tickets_refunds f
                       where f.order_id = tickets_orders.id
                         and f.status = 'failed'))
                 or (status = 'canceled' and discount_use <> 'returned')))
        order by id";
    TICKETS_MISSING = "
        select o.id,
               cast(coalesce(t.tickets, 0) as text) || ' tickets' as kept,
               cast(coalesce(i.places, 0) as text) || ' places' as counted
        from tickets_orders o
        left join (
          select order_id, cast(sum(qty) as bigint) as places
          from tickets_order_items
          group by order_id) i on i.order_id = o.id
        left join (
          select order_id, count(*) as tickets
          from tickets_tickets
          group by order_id) t on t.order_id = o.id
        where o.status in ('paid', 'partially_refunded', 'refunded')
          and coalesce(t.tickets, 0) <> coalesce(i.places, 0)
        order by o.id";
    TICKETS_UNPAID = "
        select t.id, o.id as kept, o.status as counted
        from tickets_tickets t
        join tickets_orders o on o.id = t.order_id
        where o.status in ('pending', 'canceled')
        order by t.id";
    PLACES_OF_PAID = "
        select id, status as kept, places as counted
        from tickets_orders
        where (status = 'paid' and places <> 'sold')
           or (status = 'canceled' and places <> 'released')
        order by id";
    POSTINGS = "
        select posting_id as id,
               'zero' as kept,
               cast(cast(sum(amount_cents) as bigint) as text) || ' cents' as counted
        from tickets_ledger
        group by posting_id
        having sum(amount_cents) <> 0
        order by posting_id";
    PAYMENTS_UNFULFILLED = "
        select p.id, p.order_id as kept, o.status as counted
        from tickets_payments p
        join tickets_orders o on o.id = p.order_id
        where p.outcome = 'fulfilled'
          and o.status in ('pending', 'canceled')
        order by p.id";
    REFUNDED_PARTS = "
        select p.ticket_id || ' ' || p.part as id,
               cast(p.refunded_cents as text) || ' cents' as kept,
               cast(coalesce(r.cents, 0) as text) || ' cents' as counted
        from tickets_ticket_parts p
        left join (
          select rp.ticket_id, rp.part, cast(sum(rp.amount_cents) as bigint) as cents
          from tickets_refund_parts rp
          join tickets_refunds f on f.id = rp.refund_id
          where f.status <> 'failed'
          group by rp.ticket_id, rp.part) r on r.ticket_id = p.ticket_id and r.part = p.part
        where p.refunded_cents <> coalesce(r.cents, 0)
        order by p.ticket_id, p.part";
    REFUNDED_ORDERS = "
        select o.id,
               cast(o.refunded_cents as text) || ' cents' as kept,
               cast(coalesce(r.cents, 0) as text) || ' cents' as counted
        from tickets_orders o
        left join (
          select order_id, cast(sum(amount_cents) as bigint) as cents
          from tickets_refunds
          where status <> 'failed'
            and origin <> 'give_back'
          group by order_id) r on r.order_id = o.id
        where o.refunded_cents <> coalesce(r.cents, 0)
        order by o.id";
    // An absorbed fee is no part of what the buyer paid; the order says so by charging no fees.
    ORDER_PARTS = "
        select o.id,
               cast(o.total_cents as text) || ' + ' || cast(o.application_fee_cents as text) as kept,
               cast(p.own as text) || ' + ' || cast(p.fee as text) as counted
        from tickets_orders o
        join (
          select t.order_id,
                 cast(sum(case when tp.part like 'fee%' then 0 else tp.amount_cents end) as bigint) as own,
                 cast(sum(case when tp.part like 'fee%' then tp.amount_cents else 0 end) as bigint) as fee
          from tickets_ticket_parts tp
          join tickets_tickets t on t.id = tp.ticket_id
          group by t.order_id) p on p.order_id = o.id
        where o.application_fee_cents <> p.fee
           or o.total_cents <> p.own + case when o.fees_cents > 0 then p.fee else 0 end
        order by o.id";
    PAID_AMOUNTS = "
        select o.id,
               cast(o.paid_cents as text) || ' cents' as kept,
               cast(coalesce(p.cents, 0) as text) || ' cents' as counted
        from tickets_orders o
        left join (
          select order_id, cast(sum(amount_cents) as bigint) as cents
          from tickets_payments
          where outcome = 'fulfilled'
          group by order_id) p on p.order_id = o.id
        where o.paid_cents <> coalesce(p.cents, 0)
           or (o.status in ('paid', 'partially_refunded', 'refunded')
               and o.paid_cents <> o.total_cents)
        order by o.id";
    LOGOS = "
        select o.id, o.logo_file as kept, cast(count(f.id) as text) as counted
        from tickets_organizers o
        left join tickets_files f on f.id = o.logo_file and f.organizer_id = o.id
        where o.logo_file is not null
        group by o.id, o.logo_file
        having count(f.id) <> 2
        order by o.id";
}

const CHECKS: &[(&Statement, &str)] = &[
    (&TIERS, "tier {id} says {kept}, its orders {counted}"),
    (&EVENTS, "event {id} says {kept}, its orders {counted}"),
    (
        &DISCOUNTS,
        "discount {id} says {kept}, its orders {counted}",
    ),
    (
        &DISCOUNT_USES,
        "order {id} is {kept}, and its use of a code is {counted}",
    ),
    (
        &TICKETS_MISSING,
        "order {id} is paid with {kept} for {counted}",
    ),
    (
        &TICKETS_UNPAID,
        "ticket {id} belongs to order {kept}, which is {counted}",
    ),
    (
        &PLACES_OF_PAID,
        "order {id} is {kept} and its places are {counted}",
    ),
    (
        &POSTINGS,
        "posting {id} adds up to {counted} instead of {kept}",
    ),
    (
        &PAYMENTS_UNFULFILLED,
        "payment {id} was fulfilled by order {kept}, which is {counted}",
    ),
    (
        &PAID_AMOUNTS,
        "order {id} says that {kept} were paid, its payments {counted}",
    ),
    (
        &REFUNDED_PARTS,
        "part {id} says that {kept} went back, its refunds {counted}",
    ),
    (
        &REFUNDED_ORDERS,
        "order {id} says that {kept} went back, its refunds {counted}",
    ),
    (
        &ORDER_PARTS,
        "order {id} costs (with our fee) {kept} cents, its tickets' parts {counted}",
    ),
    (
        &LOGOS,
        "organizer {id} has the logo {kept}, of which {counted} of 2 sizes are there",
    ),
];

/// Everything that is wrong, a sentence each; empty is as it should be.
pub async fn problems(s: &mut Session) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    let checks = CHECKS.iter().chain(rollups::CHECKS).chain(doors::CHECKS);
    for (statement, sentence) in checks {
        for row in s.rows(statement, args![]).await? {
            problems.push(told(sentence, &row)?);
        }
    }
    Ok(problems)
}

fn told(sentence: &str, row: &Row) -> Result<String, StoreError> {
    let told = sentence.replace("{id}", &row.text("id")?);
    let told = told.replace("{kept}", &row.text("kept")?);
    Ok(told.replace("{counted}", &row.text("counted")?))
}
