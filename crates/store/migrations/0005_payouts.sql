-- Stripe's own books beside ours: each movement of our balance, what each payout to an organizer's bank
-- was made of, and where the two do not agree.

-- A movement of our own balance at Stripe. The three references are what Stripe says caused it; by them
-- it finds its payment, then or later.
create table tickets_movements (
  id text primary key,
  kind text not null,
  source text not null,
  amount_cents bigint not null,
  fee_cents bigint not null,
  net_cents bigint not null,
  currency text not null,
  charge text,
  transfer text,
  application_fee text,
  payment_id text references tickets_payments (id),
  order_id text references tickets_orders (id),
  at bigint not null,
  imported_at bigint not null,
  check (net_cents = amount_cents - fee_cents)
);
create index tickets_movements_order on tickets_movements (order_id, at);
create index tickets_movements_payment on tickets_movements (payment_id, at);
create index tickets_movements_at on tickets_movements (at, id);

-- Movements find their payments by these; the charge has its index already.
create index tickets_payments_transfer on tickets_payments (stripe_transfer_id);
create index tickets_payments_fee on tickets_payments (stripe_application_fee_id);
create index tickets_refunds_reversal on tickets_refunds (stripe_reversal_id);
create index tickets_refunds_fee_refund on tickets_refunds (stripe_fee_refund_id);
create index tickets_refunds_return on tickets_refunds (stripe_return_id);

-- Money on its way from an organizer's balance to their bank. `itemized` is true once Stripe has told
-- which movements it is made of; of a payout that was made by hand it never does.
create table tickets_payouts (
  id text primary key,
  organizer_id text not null references tickets_organizers (id),
  stripe_account text not null,
  stripe_payout_id text not null unique,
  amount_cents bigint not null,
  currency text not null,
  status text not null check (status in ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
  automatic boolean not null,
  itemized boolean not null default false,
  failure_code text,
  arrival_at bigint not null,
  created_at bigint not null,
  imported_at bigint not null,
  updated_at bigint not null
);
create index tickets_payouts_organizer on tickets_payouts (organizer_id, created_at, id);
create index tickets_payouts_open on tickets_payouts (itemized, automatic);

-- What a payout is made of: movements of the organizer's balance, as Stripe lists them.
create table tickets_payout_lines (
  id text primary key,
  payout_id text not null references tickets_payouts (id),
  kind text not null,
  source text not null,
  amount_cents bigint not null,
  fee_cents bigint not null,
  net_cents bigint not null,
  destination_payment text,
  transfer text,
  reversal text,
  application_fee text,
  payment_id text references tickets_payments (id),
  order_id text references tickets_orders (id),
  refund_id text references tickets_refunds (id),
  at bigint not null,
  check (net_cents = amount_cents - fee_cents)
);
create index tickets_payout_lines_payout on tickets_payout_lines (payout_id, at, id);
create index tickets_payout_lines_payment on tickets_payout_lines (payment_id);
create index tickets_payout_lines_order on tickets_payout_lines (order_id);
create index tickets_payout_lines_refund on tickets_payout_lines (refund_id);

-- Each comparison of the two books, and each difference that one found. A difference is open until a
-- later comparison over the same ground no longer finds it.
create table tickets_comparisons (
  id text primary key,
  since bigint not null,
  started_at bigint not null,
  finished_at bigint not null,
  orders bigint not null,
  movements bigint not null,
  still_moving bigint not null,
  differences bigint not null
);
create index tickets_comparisons_age on tickets_comparisons (finished_at);

create table tickets_differences (
  subject text primary key,
  kind text not null,
  sentence text not null,
  order_id text references tickets_orders (id),
  ours_cents bigint,
  stripe_cents bigint,
  at bigint not null,
  first_seen_at bigint not null,
  last_seen_at bigint not null,
  resolved_at bigint
);
create index tickets_differences_open on tickets_differences (resolved_at, first_seen_at);
create index tickets_differences_order on tickets_differences (order_id);
