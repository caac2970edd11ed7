-- Discount codes: how a code is compared, what it asks for, which tiers it is for, and the uses that are
-- held and used like places. Columns are added with checks that name other columns, which both databases
-- take as checks of the table, so that no row and no reference has to move.

alter table tickets_discounts add column code_folded text not null default ''
  check (type = 'fixed' or value <= 100);
alter table tickets_discounts add column held_count bigint not null default 0
  check (held_count >= 0 and (max_uses is null or held_count + used_count <= max_uses));
alter table tickets_discounts add column min_qty bigint not null default 1
  check (min_qty >= 1);
alter table tickets_discounts add column unlocks_hidden boolean not null default false;
alter table tickets_discounts add column reuse_after_refund boolean not null default true;
alter table tickets_discounts add column revision bigint not null default 1
  check (ends_at is null or starts_at is null or ends_at > starts_at);
update tickets_discounts set code_folded = lower(code);
create unique index tickets_discounts_folded on tickets_discounts (event_id, code_folded);

-- The tiers that a code is for; none means all of its event.
create table tickets_discount_tiers (
  discount_id text not null references tickets_discounts (id),
  tier_id text not null references tickets_tiers (id),
  primary key (discount_id, tier_id)
);
create index tickets_discount_tiers_tier on tickets_discount_tiers (tier_id);

-- The code as it stood when the order was placed, and where the use is that the order took.
alter table tickets_orders add column discount_code text not null default '';
alter table tickets_orders add column discount_use text
  check (discount_use in ('held', 'used', 'returned'));
update tickets_orders
  set discount_code = (select d.code from tickets_discounts d where d.id = tickets_orders.discount_id),
      discount_use = case places when 'held' then 'held' when 'sold' then 'used' else 'returned' end
  where discount_id is not null;
update tickets_discounts
  set held_count = (select count(*) from tickets_orders o where o.discount_id = tickets_discounts.id and o.discount_use = 'held'),
      used_count = (select count(*) from tickets_orders o where o.discount_id = tickets_discounts.id and o.discount_use = 'used')
  where exists (select 1 from tickets_orders o where o.discount_id = tickets_discounts.id);
