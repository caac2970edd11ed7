-- What an organizer decides once for all their events: their refund policy in their own words, which buyers
-- read before they buy, and who bears the service fee of a new event unless the event says otherwise.
alter table tickets_organizers add column refund_policy text not null default '';
alter table tickets_organizers add column fee_mode text not null default 'pass' check (fee_mode in ('pass', 'absorb'));

-- Whom an organizer may write news to, by address, without sorting.
create index tickets_consents_audience on tickets_consents (organizer_id, email_folded) where withdrawn_at is null;
