-- The storefront: names on tickets where an organizer asks for them, and consent to news, word for word.

alter table tickets_events add column ask_names boolean not null default false;

-- The names of a line's tickets in their order, as a JSON array; empty where nobody was asked.
alter table tickets_order_items add column holders_json text not null default '';

-- What somebody agreed to, in the words that they read. A row is proof, so it is never changed; leaving is a
-- row of its own (`withdrawn_at` says when).
create table tickets_consents (
  id text primary key,
  order_id text not null references tickets_orders (id),
  email_folded text not null,
  sender text not null check (sender in ('organizer', 'platform')),
  organizer_id text references tickets_organizers (id),
  wording text not null,
  version text not null,
  locale text not null,
  given_at bigint not null,
  withdrawn_at bigint,
  unique (order_id, sender),
  check ((sender = 'organizer') = (organizer_id is not null))
);
create index tickets_consents_person on tickets_consents (email_folded, sender);
create index tickets_consents_organizer on tickets_consents (organizer_id);
