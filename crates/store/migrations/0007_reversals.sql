-- An organizer's part may be taken back from more than one transfer: after a refund that failed, what it had
-- taken lies in a transfer of its own. What each refund takes from which transfer is planned here, under the
-- order's lock, before Stripe is asked, so that no two refunds count on the same cents.
create table tickets_refund_reversals (
  refund_id text not null references tickets_refunds (id),
  transfer text not null,
  amount_cents bigint not null check (amount_cents > 0),
  stripe_reversal_id text unique,
  planned_at bigint not null,
  made_at bigint,
  primary key (refund_id, transfer),
  check ((stripe_reversal_id is null) = (made_at is null))
);

-- What Stripe has taken back for a refund so far, and what the transfer of a failure gave back, in cents.
alter table tickets_refunds add column reversed_cents bigint not null default 0
  check (reversed_cents >= 0 and reversed_cents <= amount_cents);
-- Stripe takes no returned fee back: what the organizer has of it from an earlier refund that failed is neither
-- taken with the next reversal nor returned again.
alter table tickets_refunds add column fee_kept_cents bigint not null default 0 check (fee_kept_cents >= 0);
alter table tickets_refunds add column returned_cents bigint not null default 0 check (returned_cents >= 0);

insert into tickets_refund_reversals (refund_id, transfer, amount_cents, stripe_reversal_id, planned_at, made_at)
select f.id, p.stripe_transfer_id, f.amount_cents - f.reversed_elsewhere_cents, f.stripe_reversal_id,
  f.created_at, f.updated_at
from tickets_refunds f
join tickets_payments p on p.id = f.payment_id
where f.stripe_reversal_id is not null
  and p.stripe_transfer_id is not null
  and f.amount_cents > f.reversed_elsewhere_cents;
update tickets_refunds
set reversed_cents = amount_cents - reversed_elsewhere_cents
where stripe_reversal_id is not null;
update tickets_refunds
set returned_cents = reversed_elsewhere_cents + reversed_cents - fee_elsewhere_cents
  - case when stripe_fee_refund_id is null then 0 else fee_cents - fee_elsewhere_cents end
where stripe_return_id is not null;

update tickets_refunds
set fee_kept_cents = fee_elsewhere_cents,
    reversed_elsewhere_cents = reversed_elsewhere_cents - fee_elsewhere_cents,
    fee_elsewhere_cents = 0
where origin not in ('stripe', 'give_back');

drop index tickets_refunds_reversal;
alter table tickets_refunds drop column stripe_reversal_id;

-- How many orders a cancellation has to deal with is counted whenever somebody asks.
alter table tickets_cancellations drop column orders_total;
