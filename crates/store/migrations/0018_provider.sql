-- Signing in by somebody else's sign-in: OpenID Connect.

-- Who of a provider's people is which account of ours, by the provider's own name for them. An account is at
-- most one person of a provider.
create table tickets_provider_people (
  issuer text not null,
  subject text not null,
  account_id text not null references tickets_accounts (id),
  created_at bigint not null,
  primary key (issuer, subject)
);
create unique index tickets_provider_people_account on tickets_provider_people (account_id, issuer);

-- A session may have begun that way, too. No database changes a check in the same words as the other, so the
-- column is made anew.
alter table tickets_sessions
  add column begun text not null default 'link' check (begun in ('link', 'passkey', 'host', 'provider'));
update tickets_sessions set begun = way;
alter table tickets_sessions drop column way;
alter table tickets_sessions rename column begun to way;
