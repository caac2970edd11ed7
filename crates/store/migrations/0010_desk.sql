-- The organizer's desk: orders and guests that are found by what people remember of them, requests for
-- refunds, and notes.

-- Search keys are made by the program (folded, as digits), because the databases disagree on the order of
-- letters. `turned` is a name with its last word first. Rows from before have none: they are listed, and
-- found by their code, serial or payment.
alter table tickets_orders add column buyer_name_key text not null default '';
alter table tickets_orders add column buyer_turned_key text not null default '';
alter table tickets_orders add column buyer_email_key text not null default '';
create index tickets_orders_name on tickets_orders (organizer_id, buyer_name_key, id);
create index tickets_orders_turned on tickets_orders (organizer_id, buyer_turned_key, id);
create index tickets_orders_mailed on tickets_orders (organizer_id, buyer_email_key, id);

-- Orders that are over and orders that were given away are few beside those that are paid, and no sale
-- pays for these indexes: they hold nothing of it.
create index tickets_orders_over on tickets_orders (event_id, status, created_at, id)
  where status in ('refunded', 'partially_refunded', 'canceled');
create index tickets_orders_over_own on tickets_orders (organizer_id, status, created_at, id)
  where status in ('refunded', 'partially_refunded', 'canceled');
create index tickets_orders_given on tickets_orders (organizer_id, created_at, id)
  where source = 'comp';

-- The orders of a tier, newest first: ids sort by the time that they were made at.
drop index tickets_order_items_tier;
create index tickets_order_items_tier on tickets_order_items (tier_id, order_id);

alter table tickets_tickets add column holder_key text not null default '';
alter table tickets_tickets add column holder_turned_key text not null default '';
create index tickets_tickets_holder on tickets_tickets (event_id, holder_key, id);
create index tickets_tickets_holder_turned on tickets_tickets (event_id, holder_turned_key, id);

-- What a buyer asks for on the order's page and the organizer decides; one at a time of an order. No
-- tickets named means all of them.
create table tickets_refund_requests (
  id text primary key,
  order_id text not null references tickets_orders (id),
  event_id text not null references tickets_events (id),
  organizer_id text not null references tickets_organizers (id),
  message text not null,
  status text not null check (status in ('open', 'approved', 'declined', 'withdrawn')),
  answer text not null default '',
  refund_id text references tickets_refunds (id),
  decided_by text,
  decided_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  check ((status = 'open') = (decided_at is null))
);
create unique index tickets_refund_requests_one on tickets_refund_requests (order_id) where status = 'open';
create index tickets_refund_requests_order on tickets_refund_requests (order_id, created_at);
create index tickets_refund_requests_organizer on tickets_refund_requests (organizer_id, status, created_at, id);
create index tickets_refund_requests_event on tickets_refund_requests (event_id);
create index tickets_refund_requests_refund on tickets_refund_requests (refund_id);

create table tickets_refund_request_tickets (
  request_id text not null references tickets_refund_requests (id),
  ticket_id text not null references tickets_tickets (id),
  primary key (request_id, ticket_id)
);
create index tickets_refund_request_tickets_ticket on tickets_refund_request_tickets (ticket_id);

-- What an organizer writes down about an order; buyers never see it.
create table tickets_order_notes (
  id text primary key,
  order_id text not null references tickets_orders (id),
  author text not null,
  text text not null,
  created_at bigint not null
);
create index tickets_order_notes_order on tickets_order_notes (order_id, created_at);

-- Refunds that came back, for the organizer to see: few.
create index tickets_refunds_failed on tickets_refunds (failed_at) where failed_at is not null;
