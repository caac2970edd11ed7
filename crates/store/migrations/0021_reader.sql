-- In which language somebody reads a mail that belongs to no order: that of the page which they asked on.
alter table tickets_sign_in_links
  add column locale text not null default 'en' check (locale in ('en', 'fr'));
alter table tickets_passkey_news
  add column locale text not null default 'en' check (locale in ('en', 'fr'));
