-- Who is who in a browser: sign-in links, sessions, the second factor of admins, people of a host site,
-- and what an organizer settles about themselves for their papers and mails.

-- A link's secret is derived from its id, so nothing in this table signs anybody in.
create table tickets_sign_in_links (
  id text primary key,
  mail_id text not null unique references tickets_emails (id),
  email text not null,
  email_folded text not null,
  purpose text not null check (purpose in ('organizer', 'buyer')),
  next text not null default '',
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index tickets_sign_in_links_email on tickets_sign_in_links (email_folded, created_at);
create index tickets_sign_in_links_age on tickets_sign_in_links (created_at);

-- A session is found by a keyed hash of its cookie. One without an account is a buyer's: it has shown an
-- address and nothing more.
create table tickets_sessions (
  id text primary key,
  secret_hash text not null unique,
  account_id text references tickets_accounts (id),
  email text not null,
  email_folded text not null,
  browser text not null default '',
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  second_factor_at bigint
);
create index tickets_sessions_account on tickets_sessions (account_id);
create index tickets_sessions_email on tickets_sessions (email_folded);
create index tickets_sessions_age on tickets_sessions (expires_at);

-- The shared secret of an authenticator is derived from the account and this generation.
create table tickets_second_factors (
  account_id text primary key references tickets_accounts (id),
  generation bigint not null check (generation > 0),
  confirmed_at bigint,
  last_step bigint not null default 0,
  failures bigint not null default 0,
  locked_until bigint
);

create table tickets_recovery_codes (
  code_hash text primary key,
  account_id text not null references tickets_accounts (id),
  used_at bigint
);
create index tickets_recovery_codes_account on tickets_recovery_codes (account_id);

-- Who of a host's people is which account of ours, by the host's own name for them.
create table tickets_host_people (
  host_user text primary key,
  account_id text not null references tickets_accounts (id),
  created_at bigint not null
);
create index tickets_host_people_account on tickets_host_people (account_id);

-- Hand-overs that were used; kept until they would have lapsed anyway.
create table tickets_hand_overs (
  nonce_hash text primary key,
  expires_at bigint not null
);
create index tickets_hand_overs_age on tickets_hand_overs (expires_at);
