-- Money that goes back: refunds that people ask for, refunds made at Stripe, disputes, canceled events,
-- and the papers that follow. Every cent that goes back is a part of a ticket's price, so that no part
-- can be given back twice, whoever gives it: a person, a canceled event, or the buyer's bank.

-- What a dispute does to tickets while it is open.
alter table tickets_events add column dispute_policy text not null default 'freeze'
  check (dispute_policy in ('freeze', 'keep'));

-- Whether a ticket's place is back on sale: counters are recounted from here.
alter table tickets_tickets add column seat_released boolean not null default false;

-- The organizer's side of a payment, what Stripe kept of it (null until Stripe has told), and how much
-- of our fee went back to the organizer.
alter table tickets_payments add column stripe_destination_payment text;
alter table tickets_payments add column stripe_fee_cents bigint check (stripe_fee_cents >= 0);
alter table tickets_payments add column fee_refunded_cents bigint not null default 0
  check (fee_refunded_cents >= 0 and fee_refunded_cents <= application_fee_cents);
create index tickets_payments_charge on tickets_payments (stripe_charge_id);
create index tickets_payments_destination on tickets_payments (stripe_destination_payment);

create table tickets_disputes (
  id text primary key,
  stripe_dispute_id text not null unique,
  order_id text not null references tickets_orders (id),
  payment_id text not null references tickets_payments (id),
  event_id text not null references tickets_events (id),
  organizer_id text not null references tickets_organizers (id),
  amount_cents bigint not null check (amount_cents >= 0),
  fee_cents bigint not null default 0 check (fee_cents >= 0),
  currency text not null,
  reason text not null,
  status text not null check (status in ('inquiry', 'needs_response', 'under_review', 'won', 'lost', 'closed')),
  funds text not null check (funds in ('untouched', 'withdrawn', 'reinstated')),
  policy text not null check (policy in ('freeze', 'keep')),
  due_at bigint,
  opened_at bigint not null,
  closed_at bigint,
  evidence_sent_at bigint,
  updated_at bigint not null
);
create index tickets_disputes_order on tickets_disputes (order_id);
create index tickets_disputes_payment on tickets_disputes (payment_id);
create index tickets_disputes_event on tickets_disputes (event_id);
create index tickets_disputes_organizer on tickets_disputes (organizer_id, opened_at, id);
create index tickets_disputes_open on tickets_disputes (status, opened_at);

-- The tickets that a dispute has frozen, to be thawed if it is won.
create table tickets_dispute_tickets (
  dispute_id text not null references tickets_disputes (id),
  ticket_id text not null references tickets_tickets (id),
  primary key (dispute_id, ticket_id)
);
create index tickets_dispute_tickets_ticket on tickets_dispute_tickets (ticket_id);

-- Refunds get an origin, a record of how far they are at Stripe, and may stand without a payment (a free
-- order). What a bank takes back by a dispute is a refund as well, made by nobody here. `asked_at` is when
-- Stripe was first asked, `settled_at` when nothing more is to be done there, `stripe_return_id` the transfer
-- that gave the organizer's part back after a failure; what was done in Stripe's dashboard is `elsewhere`.
-- SQLite cannot loosen a column, so the table is made anew.
create table tickets_refunds_next (
  id text primary key,
  order_id text not null references tickets_orders (id),
  payment_id text references tickets_payments (id),
  dispute_id text references tickets_disputes (id),
  origin text not null check (origin in ('asked', 'cancellation', 'give_back', 'stripe', 'dispute')),
  amount_cents bigint not null check (amount_cents >= 0),
  fee_cents bigint not null check (fee_cents >= 0),
  currency text not null,
  reason text not null,
  note text not null default '',
  status text not null check (status in ('planned', 'pending', 'succeeded', 'failed')),
  restock boolean not null default true,
  stripe_refund_id text unique,
  stripe_reversal_id text,
  stripe_fee_refund_id text,
  stripe_return_id text,
  reversed_elsewhere_cents bigint not null default 0 check (reversed_elsewhere_cents >= 0),
  fee_elsewhere_cents bigint not null default 0 check (fee_elsewhere_cents >= 0),
  asked_at bigint,
  settled_at bigint,
  requested_by text not null,
  error text,
  created_at bigint not null,
  updated_at bigint not null,
  check (payment_id is not null or amount_cents = 0),
  check ((origin = 'dispute') = (dispute_id is not null))
);
insert into tickets_refunds_next (
  id, order_id, payment_id, origin, amount_cents, fee_cents, currency, reason, note, status,
  stripe_refund_id, stripe_reversal_id, stripe_fee_refund_id, requested_by, error, created_at, updated_at)
select id, order_id, payment_id, 'give_back', amount_cents, fee_cents, currency, reason, note, status,
  stripe_refund_id, stripe_reversal_id, stripe_fee_refund_id, requested_by, error, created_at, updated_at
from tickets_refunds;
update tickets_refunds_next set settled_at = updated_at where status = 'succeeded';
drop table tickets_refunds;
alter table tickets_refunds_next rename to tickets_refunds;
create index tickets_refunds_order on tickets_refunds (order_id);
create index tickets_refunds_payment on tickets_refunds (payment_id);
create index tickets_refunds_dispute on tickets_refunds (dispute_id);
create index tickets_refunds_open on tickets_refunds (settled_at, updated_at);

-- What a refund takes of each ticket's price, in the parts of tickets_ticket_parts.
create table tickets_refund_parts (
  refund_id text not null references tickets_refunds (id),
  ticket_id text not null references tickets_tickets (id),
  part text not null,
  amount_cents bigint not null check (amount_cents > 0),
  primary key (refund_id, ticket_id, part)
);
create index tickets_refund_parts_ticket on tickets_refund_parts (ticket_id);

-- The tickets that die with a refund, and how they stood before, should the money not arrive.
create table tickets_refund_tickets (
  refund_id text not null references tickets_refunds (id),
  ticket_id text not null references tickets_tickets (id),
  prior_status text not null,
  prior_used_at bigint,
  prior_used_by text,
  released boolean not null,
  primary key (refund_id, ticket_id)
);
create index tickets_refund_tickets_ticket on tickets_refund_tickets (ticket_id);

-- Numbers without gaps: one row for each organizer and series, raised in the transaction that uses it.
create table tickets_series (
  organizer_id text not null references tickets_organizers (id),
  series text not null,
  last_number bigint not null check (last_number >= 0),
  primary key (organizer_id, series)
);

-- Credit notes: one when the money of a refund is on its way, another that takes it back if the money
-- did not arrive after all.
create table tickets_credit_notes (
  id text primary key,
  organizer_id text not null references tickets_organizers (id),
  number bigint not null check (number > 0),
  kind text not null check (kind in ('credit', 'reversal')),
  refund_id text not null references tickets_refunds (id),
  order_id text not null references tickets_orders (id),
  amount_cents bigint not null check (amount_cents > 0),
  issued_at bigint not null,
  unique (organizer_id, number),
  unique (refund_id, kind)
);
create index tickets_credit_notes_order on tickets_credit_notes (order_id);

-- How far we have read what Stripe lists.
create table tickets_cursors (
  name text primary key,
  read_until bigint not null,
  updated_at bigint not null
);

-- An event that is called off: who did it, what its buyers are told, and whether its refunds are done. How
-- far they are is counted from the orders themselves.
create table tickets_cancellations (
  event_id text primary key references tickets_events (id),
  requested_by text not null,
  note text not null,
  status text not null check (status in ('running', 'done')),
  orders_total bigint not null,
  started_at bigint not null,
  finished_at bigint,
  updated_at bigint not null
);
