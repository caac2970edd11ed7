-- What making an event needs: pictures that any server can serve, and an organizer's own list in its order.

-- Each picture twice, in two widths, under one id that nothing else ever gets; `body` is base64. A file is
-- never changed, so it may be kept by browsers for ever, and copies of an event share it.
create table tickets_files (
  id text not null,
  size text not null check (size in ('wide', 'narrow')),
  organizer_id text not null references tickets_organizers (id),
  content_type text not null,
  width bigint not null check (width > 0),
  height bigint not null check (height > 0),
  body text not null,
  created_at bigint not null,
  primary key (id, size)
);
create index tickets_files_organizer on tickets_files (organizer_id);

-- Finds an organizer's events as the old index did, and in the order in which they are listed.
create index tickets_events_mine on tickets_events (organizer_id, start_at, id);
drop index tickets_events_organizer;
