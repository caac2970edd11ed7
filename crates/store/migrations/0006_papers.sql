-- What papers and reports must be able to say later: which terms a buyer accepted and which refund rule
-- was shown, with which card it was paid, and when a refund turned out to have failed.

alter table tickets_orders add column terms_version text not null default '';
alter table tickets_orders add column refunds_until_shown bigint;
alter table tickets_payments add column card text not null default '';
alter table tickets_refunds add column failed_at bigint;
