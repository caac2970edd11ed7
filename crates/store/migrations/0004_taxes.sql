-- Taxes: an organizer's registrations as one record with their days, a tier's own choice of taxes, who
-- computed an order's taxes and whether its prices had them inside, and venues as Stripe Tax knows them.

alter table tickets_organizers add column tax_profile_json text not null default '[]';

update tickets_organizers
set tax_profile_json = '[' || rtrim(
  (case when registered_gst_hst and gst_hst_number <> ''
        then '{"tax":"gst_hst","number":"' || replace(replace(gst_hst_number, '\', ''), '"', '') || '","from":null,"until":null},'
        else '' end)
  || (case when registered_qst and qst_number <> ''
        then '{"tax":"qst","number":"' || replace(replace(qst_number, '\', ''), '"', '') || '","from":null,"until":null},'
        else '' end)
  || (case when registered_pst and pst_number <> ''
        then '{"tax":"' || (case when upper(pst_number) like 'PST%' then 'bc_pst' else 'sk_pst' end)
          || '","number":"' || replace(replace(pst_number, '\', ''), '"', '') || '","from":null,"until":null},'
        else '' end), ',') || ']';

alter table tickets_organizers drop column registered_gst_hst;
alter table tickets_organizers drop column registered_pst;
alter table tickets_organizers drop column registered_qst;
alter table tickets_organizers drop column gst_hst_number;
alter table tickets_organizers drop column pst_number;
alter table tickets_organizers drop column qst_number;

-- Null is by the item class; `none`, or the components with commas, is the organizer's choice.
alter table tickets_tiers add column tax_choice text;

alter table tickets_orders add column tax_engine text not null default 'table' check (tax_engine in ('table', 'none', 'stripe'));
alter table tickets_orders add column tax_included boolean not null default false;

update tickets_orders
set tax_engine = (select e.tax_engine from tickets_events e where e.id = tickets_orders.event_id),
    tax_included = (select e.tax_inclusive from tickets_events e where e.id = tickets_orders.event_id);

-- Stripe keeps venues as objects of its own; each address is made there once.
create table tickets_tax_locations (
  address text primary key,
  stripe_location_id text not null unique,
  created_at bigint not null
);
