-- The first sale: who sells, what is sold, who bought, what was made of it, and what is still to do.
-- One text for SQLite and PostgreSQL: columns are text, bigint and boolean; ids and times (microseconds
-- since 1970, UTC) come from the program; money is in cents. Statements end with a semicolon at a line's end.

create table tickets_accounts (
  id text primary key,
  email text not null,
  email_folded text not null unique,
  name text not null,
  role text not null check (role in ('user', 'admin')),
  created_at bigint not null
);

create table tickets_organizers (
  id text primary key,
  user_id text not null unique references tickets_accounts (id),
  name text not null,
  legal_name text not null default '',
  address text not null default '',
  support_email text not null default '',
  stripe_account_id text unique,
  status text not null check (status in ('not_started', 'in_progress', 'pending', 'active', 'restricted', 'disconnected')),
  stripe_account_json text,
  stripe_checked_at bigint,
  charge_model text not null default 'destination' check (charge_model in ('destination', 'direct')),
  registered_gst_hst boolean not null default false,
  registered_pst boolean not null default false,
  registered_qst boolean not null default false,
  gst_hst_number text not null default '',
  pst_number text not null default '',
  qst_number text not null default '',
  brand_color text not null default '',
  brand_footer text not null default '',
  created_at bigint not null,
  updated_at bigint not null
);

create table tickets_events (
  id text primary key,
  organizer_id text not null references tickets_organizers (id),
  slug text not null unique,
  title text not null,
  summary text not null,
  description text not null,
  venue text not null,
  address text not null,
  city text not null,
  city_folded text not null,
  province text not null,
  timezone text not null,
  start_at bigint not null,
  end_at bigint not null,
  status text not null check (status in ('draft', 'published', 'archived', 'canceled')),
  cover_url text not null default '',
  allow_refunds_until bigint,
  currency text not null,
  capacity bigint check (capacity >= 0),
  held bigint not null default 0 check (held >= 0),
  sold bigint not null default 0 check (sold >= 0),
  fee_mode text not null check (fee_mode in ('pass', 'absorb')),
  fee_percent_ppm bigint not null check (fee_percent_ppm between 0 and 1000000),
  fee_fixed_cents bigint not null check (fee_fixed_cents >= 0),
  fee_min_cents bigint not null check (fee_min_cents >= 0),
  fee_cap_cents bigint check (fee_cap_cents >= 0),
  tax_engine text not null check (tax_engine in ('table', 'none', 'stripe')),
  tax_inclusive boolean not null,
  door_opens_at bigint,
  door_closes_at bigint,
  search_folded text not null,
  revision bigint not null default 1,
  published_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  check (end_at > start_at),
  check (capacity is null or held + sold <= capacity)
);
create index tickets_events_organizer on tickets_events (organizer_id);
create index tickets_events_public on tickets_events (status, end_at, start_at, id);
create index tickets_events_city on tickets_events (status, city_folded, start_at, id);

create table tickets_tiers (
  id text primary key,
  event_id text not null references tickets_events (id),
  name text not null,
  description text not null default '',
  price_cents bigint not null check (price_cents >= 0),
  currency text not null,
  item_class text not null check (item_class in ('admission', 'goods', 'donation', 'exempt')),
  capacity bigint not null check (capacity >= 0),
  held bigint not null default 0 check (held >= 0),
  sold bigint not null default 0 check (sold >= 0),
  max_per_order bigint not null check (max_per_order between 1 and 100),
  sales_start_at bigint,
  sales_end_at bigint,
  visibility text not null check (visibility in ('public', 'hidden')),
  sort bigint not null default 0,
  revision bigint not null default 1,
  deleted_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  check (held + sold <= capacity)
);
create index tickets_tiers_event on tickets_tiers (event_id, sort, id);

create table tickets_discounts (
  id text primary key,
  event_id text not null references tickets_events (id),
  code text not null,
  type text not null check (type in ('percent', 'fixed')),
  value bigint not null check (value >= 0),
  max_uses bigint check (max_uses >= 0),
  used_count bigint not null default 0 check (used_count >= 0),
  starts_at bigint,
  ends_at bigint,
  status text not null check (status in ('active', 'disabled')),
  created_at bigint not null,
  updated_at bigint not null,
  unique (event_id, code),
  check (max_uses is null or used_count <= max_uses)
);

create table tickets_orders (
  id text primary key,
  event_id text not null references tickets_events (id),
  organizer_id text not null references tickets_organizers (id),
  code text not null unique,
  buyer_email text not null,
  buyer_email_folded text not null,
  buyer_name text not null,
  locale text not null default 'en',
  status text not null check (status in ('pending', 'paid', 'refunded', 'partially_refunded', 'canceled')),
  places text not null check (places in ('held', 'sold', 'released')),
  cancel_reason text,
  subtotal_cents bigint not null check (subtotal_cents >= 0),
  fees_cents bigint not null check (fees_cents >= 0),
  tax_cents bigint not null check (tax_cents >= 0),
  total_cents bigint not null check (total_cents >= 0),
  application_fee_cents bigint not null check (application_fee_cents >= 0),
  discount_cents bigint not null default 0 check (discount_cents >= 0),
  discount_id text references tickets_discounts (id),
  currency text not null,
  pricing_json text not null,
  paid_cents bigint not null default 0 check (paid_cents >= 0),
  refunded_cents bigint not null default 0 check (refunded_cents >= 0),
  charge_model text not null check (charge_model in ('destination', 'direct')),
  stripe_session_id text unique,
  stripe_session_expires_at bigint,
  stripe_payment_intent text unique,
  session_attempt bigint not null default 0,
  page_closed_at bigint,
  source text not null default '',
  hold_expires_at bigint,
  checked_at bigint,
  placed_at bigint,
  canceled_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  check (total_cents = subtotal_cents + fees_cents + tax_cents),
  check (refunded_cents <= paid_cents),
  check (application_fee_cents <= total_cents),
  check ((status = 'pending') = (places = 'held'))
);
create index tickets_orders_event on tickets_orders (event_id, created_at, id);
create index tickets_orders_organizer on tickets_orders (organizer_id, created_at, id);
create index tickets_orders_buyer on tickets_orders (buyer_email_folded, created_at);
create index tickets_orders_discount on tickets_orders (discount_id);
create index tickets_orders_open on tickets_orders (places, hold_expires_at);
create index tickets_orders_canceled on tickets_orders (canceled_at);

create table tickets_order_items (
  id text primary key,
  order_id text not null references tickets_orders (id),
  tier_id text not null references tickets_tiers (id),
  tier_name text not null,
  qty bigint not null check (qty > 0),
  unit_price_cents bigint not null check (unit_price_cents >= 0),
  tax_cents bigint not null check (tax_cents >= 0),
  fees_cents bigint not null check (fees_cents >= 0)
);
create index tickets_order_items_order on tickets_order_items (order_id);
create index tickets_order_items_tier on tickets_order_items (tier_id);

-- `qr_token` is a keyed hash of the token: a stolen database lets nobody in. `qr_generation` rises when
-- the token is issued anew. The token itself is derived from the ticket's id and a key of the environment.
create table tickets_tickets (
  id text primary key,
  order_id text not null references tickets_orders (id),
  order_item_id text not null references tickets_order_items (id),
  event_id text not null references tickets_events (id),
  tier_id text not null references tickets_tiers (id),
  serial text not null unique,
  qr_token text not null unique,
  qr_generation bigint not null default 1,
  holder_name text not null,
  status text not null check (status in ('valid', 'used', 'refunded', 'canceled')),
  used_at bigint,
  used_by text,
  created_at bigint not null,
  updated_at bigint not null,
  check ((status = 'used') = (used_at is not null))
);
create index tickets_tickets_order on tickets_tickets (order_id);
create index tickets_tickets_item on tickets_tickets (order_item_id);
create index tickets_tickets_event on tickets_tickets (event_id, updated_at, id);
create index tickets_tickets_tier on tickets_tickets (tier_id);

-- What each ticket's price is made of: 'net', 'tax:GST', 'fee', 'fee_tax:GST', … in cents.
create table tickets_ticket_parts (
  ticket_id text not null references tickets_tickets (id),
  part text not null,
  rate_ppm bigint not null default 0,
  amount_cents bigint not null check (amount_cents >= 0),
  refunded_cents bigint not null default 0 check (refunded_cents >= 0),
  primary key (ticket_id, part),
  check (refunded_cents <= amount_cents)
);

create table tickets_payments (
  id text primary key,
  order_id text not null references tickets_orders (id),
  stripe_payment_intent text not null unique,
  stripe_session_id text,
  stripe_charge_id text,
  stripe_transfer_id text,
  stripe_application_fee_id text,
  amount_cents bigint not null check (amount_cents >= 0),
  application_fee_cents bigint not null check (application_fee_cents >= 0),
  refunded_cents bigint not null default 0 check (refunded_cents >= 0),
  currency text not null,
  outcome text not null check (outcome in ('fulfilled', 'given_back')),
  give_back_reason text,
  late boolean not null,
  received_at bigint not null,
  check (refunded_cents <= amount_cents)
);
create index tickets_payments_order on tickets_payments (order_id);

create table tickets_refunds (
  id text primary key,
  order_id text not null references tickets_orders (id),
  payment_id text not null references tickets_payments (id),
  amount_cents bigint not null check (amount_cents > 0),
  fee_cents bigint not null check (fee_cents >= 0),
  currency text not null,
  reason text not null,
  note text not null default '',
  status text not null check (status in ('planned', 'pending', 'succeeded', 'failed')),
  stripe_refund_id text unique,
  stripe_reversal_id text,
  stripe_fee_refund_id text,
  requested_by text not null,
  error text,
  created_at bigint not null,
  updated_at bigint not null
);
create index tickets_refunds_order on tickets_refunds (order_id);
create index tickets_refunds_payment on tickets_refunds (payment_id);

-- The books: every posting's lines add up to zero; positive is a debit.
create table tickets_ledger (
  posting_id text not null,
  line bigint not null,
  order_id text not null references tickets_orders (id),
  event_id text not null,
  organizer_id text not null,
  kind text not null,
  account text not null,
  amount_cents bigint not null check (amount_cents <> 0),
  currency text not null,
  at bigint not null,
  primary key (posting_id, line)
);
create index tickets_ledger_order on tickets_ledger (order_id);
create index tickets_ledger_event on tickets_ledger (event_id, at);
create index tickets_ledger_organizer on tickets_ledger (organizer_id, at);

create table tickets_webhooks (
  id text primary key,
  stripe_event_id text not null unique,
  kind text not null,
  object_id text not null default '',
  stripe_account text not null default '',
  livemode boolean not null,
  payload_json text not null,
  status text not null check (status in ('received', 'processed', 'ignored', 'failed')),
  attempts bigint not null default 0,
  error text,
  received_at bigint not null,
  processed_at bigint
);
create index tickets_webhooks_status on tickets_webhooks (status, received_at);

create table tickets_jobs (
  id text primary key,
  kind text not null,
  subject text not null,
  dedupe text unique,
  status text not null check (status in ('ready', 'running', 'done', 'dead')),
  run_at bigint not null,
  attempts bigint not null default 0,
  max_attempts bigint not null,
  lease_until bigint,
  lease_token text,
  last_error text,
  created_at bigint not null,
  finished_at bigint
);
create index tickets_jobs_due on tickets_jobs (status, run_at, id);

create table tickets_emails (
  id text primary key,
  kind text not null,
  order_id text references tickets_orders (id),
  dedupe text not null unique,
  to_email text not null,
  to_name text not null,
  subject text not null default '',
  status text not null check (status in ('queued', 'sent', 'failed')),
  attempts bigint not null default 0,
  error text,
  created_at bigint not null,
  sent_at bigint
);
create index tickets_emails_order on tickets_emails (order_id);
create index tickets_emails_status on tickets_emails (status, created_at);

create table tickets_scans (
  id text primary key,
  ticket_id text references tickets_tickets (id),
  event_id text not null references tickets_events (id),
  key_id text not null,
  device text not null,
  result text not null,
  scanned_at bigint not null,
  received_at bigint not null
);
create index tickets_scans_ticket on tickets_scans (ticket_id);
create index tickets_scans_event on tickets_scans (event_id, received_at, id);

-- Bearer keys are kept as a keyed hash and shown once.
create table tickets_api_keys (
  id text primary key,
  kind text not null check (kind in ('organizer', 'admin', 'scanner', 'service')),
  account_id text references tickets_accounts (id),
  event_id text references tickets_events (id),
  name text not null,
  secret_hash text not null unique,
  created_at bigint not null,
  last_used_at bigint,
  revoked_at bigint,
  check ((kind = 'scanner') = (event_id is not null))
);
create index tickets_api_keys_account on tickets_api_keys (account_id);
create index tickets_api_keys_event on tickets_api_keys (event_id);

create table tickets_idempotency (
  actor text not null,
  key text not null,
  fingerprint text not null,
  token text not null,
  status bigint,
  content_type text,
  body text,
  created_at bigint not null,
  primary key (actor, key)
);
create index tickets_idempotency_age on tickets_idempotency (created_at);

-- Flags that an admin has switched off while we run; absent means as the environment says.
create table tickets_flags (
  name text primary key,
  is_off boolean not null,
  changed_by text not null,
  changed_at bigint not null
);

create table tickets_audit (
  id text primary key,
  actor_type text not null check (actor_type in ('user', 'organizer', 'admin', 'system')),
  actor_id text not null,
  action text not null,
  target_type text not null,
  target_id text not null,
  meta_json text not null,
  created_at bigint not null
);
create index tickets_audit_target on tickets_audit (target_type, target_id, created_at);
create index tickets_audit_age on tickets_audit (created_at, id);

-- Counters of the strict rate limits, shared by all servers; one row per subject and window.
create table tickets_rate_counters (
  subject text not null,
  window_start bigint not null,
  hits bigint not null,
  primary key (subject, window_start)
);
create index tickets_rate_counters_age on tickets_rate_counters (window_start);

-- The world's facts about each server: who is alive, who runs jobs.
create table tickets_servers (
  id text primary key,
  started_at bigint not null,
  seen_at bigint not null,
  version text not null
);
