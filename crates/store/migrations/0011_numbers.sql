-- Numbers that are kept instead of counted, and mails that organizers write.

-- What was sold and what went back, by quarter of an hour and by facet: all of it, by tier, by code, by
-- source. A slot begins at a full quarter (microseconds since 1970, UTC): all time zones of today are whole
-- quarters from UTC, so the days and hours of each of them are made of whole slots. A sale counts when it is
-- paid, a refund when it is taken, and what became of an order when it was placed. `gross_cents` is what
-- buyers pay; less taxes, fees and their taxes it is the organizer's net. Sales without a code have no row of
-- the facet `discount`.
create table tickets_metrics (
  event_id text not null references tickets_events (id),
  facet text not null check (facet in ('all', 'tier', 'discount', 'source')),
  slot_at bigint not null check (slot_at % 900000000 = 0),
  facet_key text not null,
  units bigint not null default 0,
  gross_cents bigint not null default 0,
  discount_cents bigint not null default 0,
  tax_cents bigint not null default 0,
  fee_cents bigint not null default 0,
  fee_tax_cents bigint not null default 0,
  refund_units bigint not null default 0,
  refund_gross_cents bigint not null default 0,
  refund_tax_cents bigint not null default 0,
  refund_fee_cents bigint not null default 0,
  refund_fee_tax_cents bigint not null default 0,
  placed bigint not null default 0,
  paid bigint not null default 0,
  abandoned bigint not null default 0,
  primary key (event_id, facet, slot_at, facet_key)
);

-- Sales from before. What a code took off stands with the order, so its first line carries it.
insert into tickets_metrics (
  event_id, facet, slot_at, facet_key, units, gross_cents, discount_cents, tax_cents, fee_cents, fee_tax_cents,
  refund_units, refund_gross_cents, refund_tax_cents, refund_fee_cents, refund_fee_tax_cents, placed, paid, abandoned)
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
  select o.event_id, o.placed_at - o.placed_at % 900000000, 
    (select i.tier_id from tickets_order_items i where i.order_id = o.id order by i.id limit 1),
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
  from tickets_orders o)
select x.event_id, x.facet, x.slot_at, x.facet_key,
  cast(sum(x.units) as bigint),
  cast(sum(x.gross) as bigint),
  cast(sum(x.discount) as bigint),
  cast(sum(x.tax) as bigint),
  cast(sum(x.fee) as bigint),
  cast(sum(x.fee_tax) as bigint),
  cast(sum(x.refund_units) as bigint),
  cast(sum(x.refund_gross) as bigint),
  cast(sum(x.refund_tax) as bigint),
  cast(sum(x.refund_fee) as bigint),
  cast(sum(x.refund_fee_tax) as bigint),
  cast(sum(x.placed) as bigint),
  cast(sum(x.paid) as bigint),
  cast(sum(x.abandoned) as bigint)
from (
  select b.*, f.facet,
    case f.facet when 'tier' then b.tier_id when 'discount' then b.discount_id when 'source' then b.source
      else '' end as facet_key
  from base b
  join (
    select 'all' as facet
    union all select 'tier'
    union all select 'discount'
    union all select 'source') f on true) x
where x.facet in ('all', 'source')
   or x.facet_key <> ''
group by x.event_id, x.facet, x.slot_at, x.facet_key;

-- What an organizer tells the people who hold tickets. The mails themselves are rows of tickets_emails, made
-- a portion at a time; `after_at` and `after_id` say after which order to go on.
create table tickets_messages (
  id text primary key,
  event_id text not null references tickets_events (id),
  kind text not null check (kind in ('message', 'changed')),
  audience text not null check (audience in ('all', 'tier', 'not_checked_in')),
  tier_id text references tickets_tiers (id),
  subject text not null,
  body text not null,
  requested_by text not null,
  status text not null check (status in ('running', 'done')),
  after_at bigint not null default -1,
  after_id text not null default '',
  recipients bigint not null default 0,
  created_at bigint not null,
  finished_at bigint,
  check ((audience = 'tier') = (tier_id is not null))
);
create index tickets_messages_event on tickets_messages (event_id, created_at, id);
create index tickets_messages_tier on tickets_messages (tier_id);

-- Of a message's mail, its id; mails are older than messages, so it is no reference.
alter table tickets_emails add column message_id text;
create index tickets_emails_message on tickets_emails (message_id, status);

-- How far the reminders of an event are, for the start that they speak of.
create table tickets_reminders (
  event_id text not null references tickets_events (id),
  start_at bigint not null,
  after_at bigint not null default -1,
  after_id text not null default '',
  finished_at bigint,
  primary key (event_id, start_at)
);
