-- The door: devices that are paired, what each may do, what changed since a device last asked, and scans
-- that were made without a network.

alter table tickets_events add column door_reentry boolean not null default false;

-- Only scanners' keys have use for these. `tiers_json` is a JSON array of the tiers that a gate admits; null
-- is all. `device` is what the device that was paired says of itself.
alter table tickets_api_keys add column door_role text not null default 'steward' check (door_role in ('steward', 'supervisor'));
alter table tickets_api_keys add column tiers_json text;
alter table tickets_api_keys add column device text not null default '';

-- A code that turns a device into a gate, once. Only a keyed hash of it is kept.
create table tickets_pairings (
  id text primary key,
  event_id text not null references tickets_events (id),
  code_hash text not null unique,
  name text not null,
  door_role text not null check (door_role in ('steward', 'supervisor')),
  tiers_json text,
  created_by text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  key_id text references tickets_api_keys (id),
  check ((used_at is null) = (key_id is null))
);
create index tickets_pairings_event on tickets_pairings (event_id, expires_at);
create index tickets_pairings_key on tickets_pairings (key_id);

-- An event's door. `changes` counts the transactions that changed a ticket of the event: each raises it, and
-- writes the new number to the tickets that it changes (`door_change`). The row is locked until they commit, so
-- the numbers become visible in their order, and whoever asks for what came after a number misses nothing,
-- whatever the servers' clocks say. `notices` rises when devices must look at their own key again.
create table tickets_doors (
  event_id text primary key references tickets_events (id),
  changes bigint not null default 0,
  notices bigint not null default 0,
  people_generation bigint not null default 0,
  people_salt text,
  people_iterations bigint,
  people_wrapped text,
  check ((people_salt is null) = (people_wrapped is null)),
  check ((people_salt is null) = (people_iterations is null))
);

-- How many tickets of a tier may come in or have (`expected`), and how many have, kept in the same transactions.
create table tickets_door_counts (
  event_id text not null references tickets_events (id),
  tier_id text not null references tickets_tiers (id),
  expected bigint not null,
  admitted bigint not null,
  primary key (event_id, tier_id)
);
create index tickets_door_counts_tier on tickets_door_counts (tier_id);
insert into tickets_door_counts (event_id, tier_id, expected, admitted)
select event_id, tier_id,
  cast(sum(case when status in ('valid', 'used') then 1 else 0 end) as bigint),
  cast(sum(case when status = 'used' then 1 else 0 end) as bigint)
from tickets_tickets
group by event_id, tier_id;

-- Under what names a device knows a ticket without knowing its token: hashes of the token and of the serial.
-- Tickets from before get theirs when a device first asks for its event's tickets.
alter table tickets_tickets add column door_id text;
alter table tickets_tickets add column door_serial text;
alter table tickets_tickets add column door_change bigint not null default 0;
create unique index tickets_tickets_door on tickets_tickets (event_id, door_id);
create index tickets_tickets_door_serial on tickets_tickets (event_id, door_serial);
create index tickets_tickets_unnamed on tickets_tickets (event_id, id) where door_id is null;
drop index tickets_tickets_event;
create index tickets_tickets_event on tickets_tickets (event_id, door_change, id);

-- `client_id` is the device's own name for a scan, so that a repeat gets the first answer again: `answer_at` and
-- `answer_by` are what it said beside its word. `told` is what the device said to whoever stood before it.
alter table tickets_scans add column client_id text;
alter table tickets_scans add column kind text not null default 'scan' check (kind in ('scan', 'undo', 'admit'));
alter table tickets_scans add column told text;
alter table tickets_scans add column conflict boolean not null default false;
alter table tickets_scans add column answer_at bigint;
alter table tickets_scans add column answer_by text;
create unique index tickets_scans_client on tickets_scans (key_id, client_id);
create index tickets_scans_conflicts on tickets_scans (event_id, received_at, id) where conflict;
