-- Who wants no more of an organizer's own words, by address. What belongs to a purchase (tickets, refunds, another time
-- or place, the reminder) is not held back by it.
create table tickets_unsubscribes (
  organizer_id text not null references tickets_organizers (id),
  email_folded text not null,
  created_at bigint not null,
  primary key (organizer_id, email_folded)
);
