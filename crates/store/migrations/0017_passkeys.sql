-- Signing in with a passkey: a key that a phone, a computer or a security key holds for an address.

-- The public key is kept as the browser gave it; nothing in this table signs anybody in.
create table tickets_passkeys (
  id text primary key,
  email text not null,
  email_folded text not null,
  user_handle text not null,
  credential_id text not null unique,
  public_key text not null,
  algorithm text not null check (algorithm in ('es256', 'eddsa', 'rs256')),
  counter bigint not null check (counter >= 0),
  name text not null,
  created_at bigint not null,
  used_at bigint
);
create index tickets_passkeys_email on tickets_passkeys (email_folded, created_at);

-- Challenges that were answered; kept until they would have lapsed anyway.
create table tickets_passkey_challenges (
  challenge_hash text primary key,
  expires_at bigint not null
);
create index tickets_passkey_challenges_age on tickets_passkey_challenges (expires_at);

-- What the mail says that tells of a passkey which was added or removed.
create table tickets_passkey_news (
  mail_id text primary key references tickets_emails (id),
  email text not null,
  added boolean not null,
  name text not null,
  browser text not null,
  created_at bigint not null
);
create index tickets_passkey_news_age on tickets_passkey_news (created_at);

-- How a session began: by a link, with a passkey, or handed over by a host.
alter table tickets_sessions
  add column way text not null default 'link' check (way in ('link', 'passkey', 'host'));
