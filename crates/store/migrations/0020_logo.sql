-- An organizer's logo: which file it is, the pixels of the one for print, and what it needs behind it on a dark
-- page: `paper`, or nothing if it fills its own edges.
alter table tickets_organizers add column logo_file text;
alter table tickets_organizers add column logo_width bigint check (logo_width > 0);
alter table tickets_organizers add column logo_height bigint check (logo_height > 0);
alter table tickets_organizers add column logo_ground text check (logo_ground in ('paper', 'own'));
