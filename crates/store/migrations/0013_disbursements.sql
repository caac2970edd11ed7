-- Organizers' accounts at Stripe pay out only when we say so. What an event has earned goes to its
-- organizer's bank some days after it is over: planned here with each order's part, then asked for at Stripe.
create table tickets_disbursements (
  id text primary key,
  organizer_id text not null references tickets_organizers (id),
  event_id text not null references tickets_events (id),
  stripe_account text not null,
  amount_cents bigint not null check (amount_cents >= 0),
  currency text not null,
  status text not null check (status in ('planned', 'made', 'failed')),
  stripe_payout_id text unique,
  tries bigint not null default 0,
  unsure boolean not null default false,
  error text,
  created_at bigint not null,
  updated_at bigint not null,
  check ((status = 'planned') = (stripe_payout_id is null) or status = 'failed')
);
create index tickets_disbursements_event on tickets_disbursements (event_id, created_at);
create index tickets_disbursements_organizer on tickets_disbursements (organizer_id, created_at, id);
create index tickets_disbursements_open on tickets_disbursements (status, created_at, id);
create unique index tickets_disbursements_one on tickets_disbursements (event_id) where status = 'planned';

-- What of each order a disbursement pays: negative where more went back to a buyer than came.
create table tickets_disbursement_orders (
  disbursement_id text not null references tickets_disbursements (id),
  order_id text not null references tickets_orders (id),
  amount_cents bigint not null check (amount_cents <> 0),
  primary key (disbursement_id, order_id)
);
create index tickets_disbursement_orders_order on tickets_disbursement_orders (order_id);
